import { custom, World } from './world';
import { Logs } from '../../../local/services/cloudwatch-logs/logs';
import { Iam } from '../../../local/services/iam/iam';
import { Kms } from '../../../local/services/kms';
import { Lambda } from '../../../local/services/lambda/lambda';
import { StepFunctions } from '../../../local/services/states/step-functions';

function serviceWorld(): World {
  const world = new World({ concurrency: 1 });
  const iam = new Iam(world.cloud);
  const logs = new Logs(world.cloud);
  [iam, logs, new Kms(world.cloud), new StepFunctions(world.cloud, iam), new Lambda(world.cloud, iam, logs)].forEach((service) => world.add(service));
  return world;
}

const trust = (service: string) => ({
  Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: service } }],
});
const allow = (action: string) => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] });
const role = (properties: object = {}, service = 'lambda.amazonaws.com') => ({
  Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trust(service), ...properties },
});
const idOf = (world: World, id: string) => world.cloudformation.stackResources('stack').find(({ logicalId }) => logicalId === id)?.physicalId;

/** Deploys templates one after another, then deletes the stack; the calls of each step. */
async function walk(world: World, service: string, ...templates: object[]): Promise<string[][]> {
  const steps: string[][] = [];
  const step = async (work: () => Promise<{ failures: readonly string[] }>) => {
    world.calls.length = 0;
    expect((await work()).failures).toEqual([]);
    steps.push(world.calls.filter((call) => call.startsWith(`${service}:`) && !/:(Get|Describe)/.test(call)).map((call) => call.split(':')[1]));
  };
  for (const Resources of templates) {
    await step(() => world.cloudformation.deploy('stack', { Resources }));
  }
  await step(() => world.cloudformation.destroy('stack'));
  return steps;
}

test('a role is made, changed and deleted with what belongs to it', async () => {
  const managed = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
  expect(await walk(serviceWorld(), 'iam',
    { Role: role({ ManagedPolicyArns: [managed], Policies: [{ PolicyName: 'a', PolicyDocument: allow('s3:GetObject') }] }) },
    { Role: role({ Description: 'x', Policies: [{ PolicyName: 'b', PolicyDocument: allow('s3:GetObject') }], Tags: [{ Key: 'k', Value: 'v' }] }) },
    { Role: { ...role({ Description: 'x' }), Properties: { AssumeRolePolicyDocument: trust('states.amazonaws.com'), Description: 'x' } } },
  )).toEqual([
    ['CreateRole', 'AttachRolePolicy', 'PutRolePolicy'],
    ['UpdateRole', 'DetachRolePolicy', 'PutRolePolicy', 'DeleteRolePolicy', 'TagRole'],
    ['UpdateAssumeRolePolicy', 'DeleteRolePolicy', 'UntagRole'],
    ['DeleteRole'],
  ]);
});

test('a policy follows its roles', async () => {
  const policy = (name: string, ...roles: string[]) => ({
    Type: 'AWS::IAM::Policy',
    Properties: { PolicyName: name, PolicyDocument: allow('s3:GetObject'), Roles: roles.map((id) => ({ Ref: id })) },
  });
  expect(await walk(serviceWorld(), 'iam',
    { A: role(), B: role(), Policy: policy('p', 'A') },
    { A: role(), B: role(), Policy: policy('p', 'B') },
    { A: role(), B: role(), Policy: policy('q', 'B') },
    { A: role(), B: role() },
  )).toEqual([
    ['CreateRole', 'CreateRole', 'PutRolePolicy'],
    ['PutRolePolicy', 'DeleteRolePolicy'],
    ['PutRolePolicy', 'DeleteRolePolicy'],
    ['DeleteRolePolicy'],
    ['DeleteRole', 'DeleteRole'],
  ]);
});

test('a role that others have attached more to is not deleted', async () => {
  const world = serviceWorld();
  await world.cloudformation.deploy('stack', { Resources: { Role: role() } });
  await world.cloud.call('iam', 'PutRolePolicy', { RoleName: idOf(world, 'Role'), PolicyName: 'foreign', PolicyDocument: JSON.stringify(allow('s3:GetObject')) });
  expect((await world.cloudformation.destroy('stack')).status).toBe('DELETE_FAILED');
});

test('a function is made, changed and deleted', async () => {
  const lambdaFunction = (properties: object = {}) => ({
    Role: role(),
    Function: {
      Type: 'AWS::Lambda::Function',
      Properties: { Code: { ZipFile: 'exports.handler = () => 1;' }, Handler: 'index.handler', Runtime: 'nodejs22.x', Role: { 'Fn::GetAtt': ['Role', 'Arn'] }, ...properties },
    },
    Invoke: {
      Type: 'AWS::Lambda::EventInvokeConfig',
      Properties: { FunctionName: { Ref: 'Function' }, Qualifier: '$LATEST', MaximumRetryAttempts: 0 },
    },
  });
  const world = serviceWorld();
  expect(await walk(world, 'lambda',
    lambdaFunction({ Timeout: 30, Environment: { Variables: { SIZE: 1 } } }),
    lambdaFunction({ Code: { ZipFile: 'exports.handler = () => 2;' }, Timeout: 30, Environment: { Variables: { SIZE: 1 } } }),
    lambdaFunction({ Code: { ZipFile: 'exports.handler = () => 2;' }, Tags: [{ Key: 'k', Value: 'v' }] }),
  )).toEqual([
    ['CreateFunction', 'PutFunctionEventInvokeConfig'],
    ['UpdateFunctionCode'],
    ['UpdateFunctionConfiguration', 'TagResource'],
    ['DeleteFunctionEventInvokeConfig', 'DeleteFunction'],
  ]);
});

test('a setting of a function that is gone from the template goes back to its default', async () => {
  const world = serviceWorld();
  const template = (properties: object) => ({
    Resources: {
      Role: role(),
      Function: {
        Type: 'AWS::Lambda::Function',
        Properties: { Code: { ZipFile: 'x' }, Handler: 'index.handler', Runtime: 'nodejs22.x', Role: { 'Fn::GetAtt': ['Role', 'Arn'] }, ...properties },
      },
    },
  });
  await world.cloudformation.deploy('stack', template({ Timeout: 30, MemorySize: 512 }));
  await world.cloudformation.deploy('stack', template({}));
  const { Configuration } = await world.cloud.call('lambda', 'GetFunction', { FunctionName: idOf(world, 'Function') });
  expect(Configuration).toMatchObject({ Timeout: 3, MemorySize: 128 });
});

test('a log group is made, changed and deleted', async () => {
  const group = (properties: object) => ({ Group: { Type: 'AWS::Logs::LogGroup', Properties: properties } });
  expect(await walk(serviceWorld(), 'logs',
    group({ RetentionInDays: 7 }), group({ RetentionInDays: 14, Tags: [{ Key: 'k', Value: 'v' }] }), group({}), group({ LogGroupName: 'named' }),
  )).toEqual([
    ['CreateLogGroup', 'PutRetentionPolicy'],
    ['PutRetentionPolicy', 'TagResource'],
    ['DeleteRetentionPolicy', 'UntagResource'],
    ['CreateLogGroup', 'DeleteLogGroup'],
    ['DeleteLogGroup'],
  ]);
});

test('a state machine is made, changed and deleted', async () => {
  const machine = (definition: object) => ({
    Role: role({}, 'states.amazonaws.com'),
    Machine: { Type: 'AWS::StepFunctions::StateMachine', Properties: { RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] }, ...definition } },
  });
  const pass = (result: string) => ({ StartAt: 'A', States: { A: { Type: 'Pass', Result: result, End: true } } });
  const world = serviceWorld();
  expect(await walk(world, 'states',
    machine({ DefinitionString: JSON.stringify(pass('one')) }),
    machine({ DefinitionString: JSON.stringify(pass('${Word}')), DefinitionSubstitutions: { Word: 'two' } }),
    machine({ Definition: pass('three') }),
  )).toEqual([['CreateStateMachine'], ['UpdateStateMachine'], ['UpdateStateMachine'], ['DeleteStateMachine']]);
});

test('a bucket holds objects, and is not deleted while it does', async () => {
  const world = serviceWorld();
  await world.cloudformation.deploy('stack', { Resources: { Bucket: { Type: 'AWS::S3::Bucket' } } });
  const Bucket = idOf(world, 'Bucket');
  expect(Bucket).toMatch(/^stack-bucket-[a-z0-9]{12}$/);
  await world.cloud.call('s3', 'PutObject', { Bucket, Key: 'a', Body: 'text' });
  const { status, failures } = await world.cloudformation.destroy('stack');
  expect(status).toBe('DELETE_FAILED');
  expect(failures[0]).toContain('The bucket you tried to delete is not empty (Service: S3, Error Code: BucketNotEmpty)');
});

test('records of a network and a key know each other', async () => {
  const world = new World();
  world.add(new Kms(world.cloud));
  await world.cloudformation.deploy('stack', {
    Resources: {
      Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
      Subnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: '10.0.0.0/24', AvailabilityZone: { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] } } },
      Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'x', VpcId: { Ref: 'Vpc' } } },
      Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: {} } },
      Thing: custom({
        Zone: { 'Fn::GetAtt': ['Subnet', 'AvailabilityZone'] }, Group: { 'Fn::GetAtt': ['Group', 'GroupId'] }, Key: { 'Fn::GetAtt': ['Key', 'Arn'] },
      }),
    },
  });
  expect(world.cloudformation.stackResources('stack').find(({ logicalId }) => logicalId === 'Thing')?.properties).toMatchObject({
    Zone: 'eu-west-1a', Group: expect.stringMatching(/^sg-0[0-9a-f]{16}$/), Key: expect.stringMatching(/^arn:aws:kms:eu-west-1:111122223333:key\/[0-9a-f-]{36}$/),
  });
});

test('a key is made, gets another policy, and is deleted', async () => {
  const template = (principal: string) => ({ Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: { Statement: principal } } } });
  expect(await walk(serviceWorld(), 'kms', template('one'), template('two'))).toEqual([['CreateKey'], ['PutKeyPolicy'], ['ScheduleKeyDeletion']]);
});
