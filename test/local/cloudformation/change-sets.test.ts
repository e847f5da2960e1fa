import {
  CloudFormationClient, CreateChangeSetCommand, CreateStackCommand, DeleteChangeSetCommand, DeleteStackCommand, DescribeChangeSetCommand,
  DescribeStackEventsCommand, DescribeStackResourcesCommand, DescribeStacksCommand, DetectStackDriftCommand, ExecuteChangeSetCommand,
  GetTemplateCommand, GetTemplateSummaryCommand, ListExportsCommand, ListStackResourcesCommand, ListStacksCommand, UpdateStackCommand,
  UpdateTerminationProtectionCommand,
} from '@aws-sdk/client-cloudformation';
import { custom, gateway, World } from './world';
import { Endpoint } from '../../../local/wire/endpoint';

let world: World;
let endpoint: Endpoint;
let client: CloudFormationClient;

beforeEach(async () => {
  world = new World();
  endpoint = new Endpoint({
    clock: world.clock,
    hooks: { identify: (accessKeyId) => ({ accessKeyId }), authorize: async () => undefined, kill: () => undefined },
  });
  endpoint.register(world.cloudformation);
  await endpoint.start();
  client = new CloudFormationClient({
    endpoint: endpoint.url, region: 'eu-west-1', credentials: { accessKeyId: 'operator', secretAccessKey: 'x' }, maxAttempts: 1,
  });
});

afterEach(async () => {
  client.destroy();
  await endpoint.stop();
});

const body = (resources: object, more: object = {}) => JSON.stringify({ Resources: resources, ...more });

const changeSet = (type: 'CREATE' | 'UPDATE', TemplateBody: string, more: object = {}) => client.send(new CreateChangeSetCommand({
  StackName: 'stack',
  ChangeSetName: 'changes',
  ChangeSetType: type,
  TemplateBody,
  Parameters: [],
  Tags: [],
  Capabilities: ['CAPABILITY_IAM'],
  IncludeNestedStacks: true,
  DeploymentConfig: { Mode: 'STANDARD' },
  ...more,
}));
const described = () => client.send(new DescribeChangeSetCommand({ StackName: 'stack', ChangeSetName: 'changes', IncludePropertyValues: true }));
const execute = async () => {
  await client.send(new ExecuteChangeSetCommand({ StackName: 'stack', ChangeSetName: 'changes', ClientRequestToken: 'token' }));
  return world.cloudformation.settled('stack');
};
const deployed = async (TemplateBody: string) => {
  await client.send(new CreateStackCommand({ StackName: 'stack', TemplateBody }));
  await world.cloudformation.settled('stack');
};
const statusOf = async (StackName = 'stack') => (await client.send(new DescribeStacksCommand({ StackName }))).Stacks?.[0]?.StackStatus;

describe('a change set', () => {
  test('that creates puts the stack under review, and then makes it', async () => {
    const { Id, StackId } = await changeSet('CREATE', body({ A: custom() }));
    expect(await described()).toMatchObject({
      ChangeSetId: Id,
      StackId,
      Status: 'CREATE_COMPLETE',
      ExecutionStatus: 'AVAILABLE',
      Changes: [{ Type: 'Resource', ResourceChange: { Action: 'Add', LogicalResourceId: 'A', ResourceType: 'Custom::Thing' } }],
    });
    expect(await statusOf()).toBe('REVIEW_IN_PROGRESS');
    expect(await execute()).toBe('CREATE_COMPLETE');
    expect(world.story).toEqual(['Create A']);
  });

  test('tells what an update would do', async () => {
    await deployed(body({
      Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
      Subnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' } } },
      Thing: custom({ Size: 1 }),
      User: custom({ Of: { Ref: 'Thing' } }),
      Same: gateway(),
      Gone: gateway(),
    }));
    await changeSet('UPDATE', body({
      Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.1.0.0/16' } },
      Subnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' } } },
      Thing: custom({ Size: 2 }),
      User: custom({ Of: { Ref: 'Thing' } }),
      Same: gateway(),
      New: gateway(),
    }));
    const { Changes = [] } = await described();
    expect(Object.fromEntries(Changes.map(({ ResourceChange: change }) =>
      [change?.LogicalResourceId, [change?.Action, change?.Replacement, change?.Details?.map(({ Target, Evaluation }) => `${Target?.Name} ${Evaluation}`)]]))).toEqual({
      Vpc: ['Modify', 'True', ['CidrBlock Static']],
      Subnet: ['Modify', 'Conditional', ['VpcId Dynamic']],
      Thing: ['Modify', 'False', ['Size Static']],
      User: ['Modify', 'False', ['Of Dynamic']],
      New: ['Add', undefined, []],
      Gone: ['Remove', undefined, []],
    });
    expect(Changes.find(({ ResourceChange }) => ResourceChange?.LogicalResourceId === 'Vpc')?.ResourceChange?.PolicyAction).toBe('ReplaceAndDelete');
    expect(await execute()).toBe('UPDATE_COMPLETE');
  });

  test('without changes is FAILED, in the words that the CDK looks for', async () => {
    await deployed(body({ A: custom() }));
    await changeSet('UPDATE', body({ A: custom() }));
    expect(await described()).toMatchObject({
      Status: 'FAILED',
      ExecutionStatus: 'UNAVAILABLE',
      StatusReason: "The submitted information didn't contain changes. Submit different information to create a change set.",
    });
    await expect(execute()).rejects.toMatchObject({ name: 'InvalidChangeSetStatusException' });
  });

  test('that is deleted is gone', async () => {
    await deployed(body({ A: custom() }));
    await changeSet('UPDATE', body({ A: custom({ Size: 1 }) }));
    await client.send(new DeleteChangeSetCommand({ StackName: 'stack', ChangeSetName: 'changes' }));
    await expect(described()).rejects.toMatchObject({ name: 'ChangeSetNotFoundException' });
    await expect(client.send(new DeleteChangeSetCommand({ StackName: 'stack', ChangeSetName: 'changes' }))).resolves.toBeDefined();
  });

  test('is executed once', async () => {
    await changeSet('CREATE', body({ A: custom() }));
    await execute();
    await expect(execute()).rejects.toThrow(/cannot be executed in its current execution status of \[EXECUTE_COMPLETE\]/);
  });

  test('has a template that can be read before and after', async () => {
    const template = body({ A: custom() });
    await changeSet('CREATE', template);
    expect((await client.send(new GetTemplateCommand({ StackName: 'stack', ChangeSetName: 'changes' }))).TemplateBody).toBe(template);
    await execute();
    expect((await client.send(new GetTemplateCommand({ StackName: 'stack', TemplateStage: 'Original' }))).TemplateBody).toBe(template);
  });

  test.each([
    ['CREATE', 'Stack [stack] already exists and cannot be created again with the changeSet [changes].'],
    ['UPDATE', 'ChangeSet changes cannot be created due to a mismatch with existing attribute Template'],
  ] as const)('of type %s is refused when there is one already, or a stack', async (type, message) => {
    await deployed(body({ A: custom() }));
    await changeSet('UPDATE', body({ A: custom({ Size: 1 }) }));
    await expect(changeSet(type, body({ A: custom({ Size: 2 }) }))).rejects.toThrow(message);
  });

  test('with anything that is not imitated fails the run', async () => {
    await expect(changeSet('CREATE', body({ A: { Type: 'AWS::Glue::Job' } }))).rejects.toMatchObject({ name: 'LoopbackNotImitated' });
    await expect(changeSet('CREATE', body({ A: custom() }), { RollbackConfiguration: { MonitoringTimeInMinutes: 5 } })).rejects.toThrow('the parameter RollbackConfiguration');
    await expect(changeSet('CREATE', body({ A: custom() }), { DeploymentConfig: { Mode: 'EXPRESS' } })).rejects.toThrow('the deployment mode EXPRESS');
    expect(endpoint.notImitated).toHaveLength(3);
    await expect(statusOf()).rejects.toThrow('Stack with id stack does not exist');
  });
});

describe('a stack', () => {
  test('is made, updated and deleted without change sets', async () => {
    await deployed(body({ A: custom() }));
    await client.send(new UpdateStackCommand({ StackName: 'stack', TemplateBody: body({ A: custom({ Size: 2 }) }) }));
    expect(await world.cloudformation.settled('stack')).toBe('UPDATE_COMPLETE');
    await expect(client.send(new UpdateStackCommand({ StackName: 'stack', UsePreviousTemplate: true })))
      .rejects.toMatchObject({ name: 'ValidationError', message: 'No updates are to be performed.' });
    await client.send(new DeleteStackCommand({ StackName: 'stack' }));
    expect(world.story.slice(0, 2)).toEqual(['Create A', 'Update A a']);
  });

  test('can be described by its id after it is gone, and by its name no more', async () => {
    await deployed(body({ A: custom() }));
    const StackId = (await client.send(new DescribeStacksCommand({ StackName: 'stack' }))).Stacks?.[0].StackId;
    await client.send(new DeleteStackCommand({ StackName: StackId }));
    await world.cloudformation.settled(StackId!);
    expect(await statusOf(StackId)).toBe('DELETE_COMPLETE');
    await expect(statusOf()).rejects.toMatchObject({ name: 'ValidationError', message: 'Stack with id stack does not exist' });
    await expect(client.send(new DeleteStackCommand({ StackName: 'stack' }))).resolves.toBeDefined();
    expect((await client.send(new DescribeStacksCommand({}))).Stacks).toEqual([]);
    expect((await client.send(new ListStacksCommand({}))).StackSummaries).toMatchObject([{ StackStatus: 'DELETE_COMPLETE' }]);
  });

  test('is described with all that it has', async () => {
    await client.send(new CreateStackCommand({
      StackName: 'stack',
      TemplateBody: body({ A: gateway() }, {
        Description: 'what it is',
        Parameters: {
          Plain: { Type: 'String' },
          Secret: { Type: 'String', NoEcho: true },
          Version: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/cdk-bootstrap/hnb659fds/version' },
        },
        Outputs: { Out: { Value: { Ref: 'Plain' }, Description: 'an output', Export: { Name: 'exported' } } },
      }),
      Parameters: [{ ParameterKey: 'Plain', ParameterValue: 'a<b' }, { ParameterKey: 'Secret', ParameterValue: 's' }],
      Tags: [{ Key: 'team', Value: 'x' }],
      RoleARN: 'arn:aws:iam::111122223333:role/exec',
    }));
    await world.cloudformation.settled('stack');
    expect((await client.send(new DescribeStacksCommand({ StackName: 'stack' }))).Stacks?.[0]).toMatchObject({
      StackName: 'stack',
      StackStatus: 'CREATE_COMPLETE',
      Description: 'what it is',
      RoleARN: 'arn:aws:iam::111122223333:role/exec',
      EnableTerminationProtection: false,
      Tags: [{ Key: 'team', Value: 'x' }],
      Outputs: [{ OutputKey: 'Out', OutputValue: 'a<b', Description: 'an output', ExportName: 'exported' }],
      Parameters: [
        { ParameterKey: 'Plain', ParameterValue: 'a<b' },
        { ParameterKey: 'Secret', ParameterValue: '****' },
        { ParameterKey: 'Version', ParameterValue: '/cdk-bootstrap/hnb659fds/version', ResolvedValue: '30' },
      ],
    });
    expect((await client.send(new ListExportsCommand({}))).Exports).toMatchObject([{ Name: 'exported', Value: 'a<b' }]);
  });

  test('tells its events, the newest first, and its resources', async () => {
    await deployed(body({ A: custom() }));
    const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName: 'stack' }));
    expect(StackEvents.map(({ ResourceStatus }) => ResourceStatus)).toEqual([
      'CREATE_COMPLETE', 'CREATE_COMPLETE', 'CREATE_IN_PROGRESS', 'CREATE_IN_PROGRESS', 'CREATE_IN_PROGRESS',
    ]);
    expect(new Set(StackEvents.map(({ EventId }) => EventId)).size).toBe(5);
    expect((await client.send(new DescribeStackResourcesCommand({ StackName: 'stack', LogicalResourceId: 'A' }))).StackResources)
      .toMatchObject([{ LogicalResourceId: 'A', PhysicalResourceId: 'a', ResourceType: 'Custom::Thing', ResourceStatus: 'CREATE_COMPLETE' }]);
    expect((await client.send(new ListStackResourcesCommand({ StackName: 'stack' }))).StackResourceSummaries).toMatchObject([{ LogicalResourceId: 'A' }]);
    await expect(client.send(new DescribeStackEventsCommand({ StackName: 'none' }))).rejects.toThrow('Stack [none] does not exist');
  });

  test('that is protected is not deleted', async () => {
    await deployed(body({ A: custom() }));
    await client.send(new UpdateTerminationProtectionCommand({ StackName: 'stack', EnableTerminationProtection: true }));
    await expect(client.send(new DeleteStackCommand({ StackName: 'stack' }))).rejects.toThrow('cannot be deleted while TerminationProtection is enabled');
  });

  test('that is at work takes no other work', async () => {
    const context = { caller: { accessKeyId: 'operator' } };
    await world.cloudformation.operations.CreateStack({ StackName: 'stack', TemplateBody: body({ A: custom() }) }, context);
    const { UpdateStack, DeleteStack } = world.cloudformation.operations;
    await expect(UpdateStack({ StackName: 'stack', TemplateBody: body({ A: custom({ Size: 1 }) }) }, context))
      .rejects.toThrow(/is in CREATE_IN_PROGRESS state and can not be updated\.$/);
    expect(() => DeleteStack({ StackName: 'stack' }, context)).toThrow(/cannot be deleted while in status CREATE_IN_PROGRESS$/);
  });

  test('there already is made only once', async () => {
    await deployed(body({ A: custom() }));
    await expect(client.send(new CreateStackCommand({ StackName: 'stack', TemplateBody: body({ A: custom() }) })))
      .rejects.toMatchObject({ name: 'AlreadyExistsException' });
  });

  test('comes from a template in a bucket', async () => {
    await world.cloud.call('s3', 'CreateBucket', { Bucket: 'templates' });
    await world.cloud.call('s3', 'PutObject', { Bucket: 'templates', Key: 'a/b.json', Body: body({ A: custom() }) });
    for (const [name, TemplateURL] of [['one', 'https://s3.eu-west-1.amazonaws.com/templates/a/b.json'], ['two', 'https://templates.s3.eu-west-1.amazonaws.com/a/b.json']]) {
      await client.send(new CreateStackCommand({ StackName: name, TemplateURL }));
      expect(await world.cloudformation.settled(name)).toBe('CREATE_COMPLETE');
    }
  });

  test('comes from YAML as well, but not from its short forms', async () => {
    await deployed('Resources:\n  A:\n    Type: AWS::EC2::InternetGateway\n');
    expect(await statusOf()).toBe('CREATE_COMPLETE');
    await expect(client.send(new CreateStackCommand({ StackName: 'other', TemplateBody: 'Resources:\n  A:\n    Type: !Ref X\n' })))
      .rejects.toThrow('Template format error');
  });

  test('is refused when its template is too long for a request', async () => {
    await expect(deployed(body({ A: custom({ Long: 'x'.repeat(51_200) }) }))).rejects.toThrow('Member must have length less than or equal to 51200');
  });
});

test('a template is summed up', async () => {
  const summary = await client.send(new GetTemplateSummaryCommand({
    TemplateBody: body({ A: custom(), B: custom(), C: gateway() }, { Parameters: { P: { Type: 'String', Default: 'd' } } }),
  }));
  expect(summary).toMatchObject({
    Parameters: [{ ParameterKey: 'P', DefaultValue: 'd', ParameterType: 'String', NoEcho: false }],
    ResourceTypes: ['Custom::Thing', 'AWS::EC2::InternetGateway'],
  });
});

test('an unknown operation fails the run', async () => {
  await expect(client.send(new DetectStackDriftCommand({ StackName: 'stack' }))).rejects.toMatchObject({ name: 'LoopbackNotImitated' });
  expect(endpoint.notImitated).toEqual(['the loopback does not imitate cloudformation:DetectStackDrift']);
});
