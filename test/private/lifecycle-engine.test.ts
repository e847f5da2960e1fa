import * as cdk from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { AwsSolutionsChecks } from 'cdk-nag';
import { appstream, LifecycleSettings, type LifecycleSettingsProps } from '../../src';

function stackWith(
  lifecycles: number, settings?: (stack: cdk.Stack) => LifecycleSettingsProps, app = new cdk.App(), env?: cdk.Environment,
): cdk.Stack {
  const stack = new cdk.Stack(app, 'Stack', { env });
  if (settings) {
    LifecycleSettings.apply(stack, settings(stack));
  }
  for (let index = 0; index < lifecycles; index += 1) {
    const fleet = appstream.Fleet.fromFleetName(stack, `Fleet${index}`, `fleet-${index}`);
    new appstream.FleetLifecycle(stack, `Lifecycle${index}`, { fleet, desiredState: appstream.FleetState.RUNNING });
  }
  return stack;
}

const resources = (stack: cdk.Stack): Record<string, { Type: string }> => Template.fromStack(stack).toJSON().Resources ?? {};
const count = (stack: cdk.Stack) => Object.keys(resources(stack)).length;

test('the first lifecycle resource of a stack adds at most 8 resources, each next one exactly 1', () => {
  expect(count(stackWith(1))).toBeLessThanOrEqual(8);
  expect(count(stackWith(2))).toBe(count(stackWith(1)) + 1);
  expect(count(stackWith(3))).toBe(count(stackWith(1)) + 2);
});

test('a lifecycle resource of another kind adds itself and its policy', () => {
  const stack = stackWith(1);
  const imageBuilder = appstream.ImageBuilder.fromImageBuilderName(stack, 'Builder', 'builder');
  new appstream.ImageBuilderLifecycle(stack, 'BuilderLifecycle', { imageBuilder, desiredState: appstream.ImageBuilderState.STOPPED });
  expect(count(stack)).toBe(count(stackWith(1)) + 2);
});

test('the logical ids of an engine never change: CloudFormation refuses another ServiceToken', () => {
  expect(Object.entries(resources(stackWith(1))).map(([id, { Type }]) => [Type, id])).toEqual([
    ['Custom::AppStreamFleetLifecycle', 'Lifecycle0C5338C83'],
    ['AWS::Logs::LogGroup', 'AppStreamLifecycleEngineLog2A62BA06'],
    ['AWS::IAM::Role', 'AppStreamLifecycleEngineRoleF737D272'],
    ['AWS::Lambda::Function', 'AppStreamLifecycleEngineFunctionBB1AF29E'],
    ['AWS::IAM::Role', 'AppStreamLifecycleEngineMachineRoleC1C2058F'],
    ['AWS::StepFunctions::StateMachine', 'AppStreamLifecycleEngineMachineC8ADA35A'],
    ['AWS::IAM::Policy', 'AppStreamLifecycleEngineAppStreamFleetLifecycleB456518D'],
  ]);
});

test('the template of an engine', () => {
  const template = JSON.stringify(Template.fromStack(stackWith(1)).toJSON()).replace(/[0-9a-f]{64}/g, '<asset>');
  expect(JSON.parse(template)).toMatchSnapshot();
});

test('each stack has an engine of its own, and stacks without lifecycle resources have none', () => {
  const app = new cdk.App();
  stackWith(1, undefined, app);
  const other = new cdk.Stack(app, 'Other');
  new appstream.Fleet(other, 'Fleet', {
    image: appstream.Image.fromName('image'), instanceType: appstream.InstanceType.STANDARD_SMALL, capacity: appstream.Capacity.instances(1),
  });
  Template.fromStack(other).resourceCountIs('AWS::Lambda::Function', 0);
});

test('permissions are there before the first resource of their kind, and go after the last', () => {
  Template.fromStack(stackWith(1)).hasResource('Custom::AppStreamFleetLifecycle', {
    DependsOn: Match.arrayWith(['AppStreamLifecycleEngineAppStreamFleetLifecycleB456518D', 'AppStreamLifecycleEngineMachineC8ADA35A']),
  });
});

test('CloudFormation waits a little longer than the engine, so that the engine\'s answer comes first', () => {
  Template.fromStack(stackWith(1)).hasResourceProperties('Custom::AppStreamFleetLifecycle', { TimeoutSeconds: '2700', ServiceTimeout: '3120' });
});

describe('settings', () => {
  test('put the function into a VPC', () => {
    const stack = stackWith(1, (scope) => ({ vpc: new ec2.Vpc(scope, 'Vpc', { restrictDefaultSecurityGroup: false }) }));
    Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', { VpcConfig: Match.objectLike({ SubnetIds: Match.anyValue() }) });
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', {
      Policies: [{ PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Action: Match.arrayWith(['ec2:CreateNetworkInterface']) })]) } }],
    });
  });

  test('encrypt logs, environment and requests, and open the key for what encrypts', () => {
    const template = Template.fromStack(stackWith(1, (scope) => ({ encryptionKey: new kms.Key(scope, 'Key') })));
    const key = { 'Fn::GetAtt': ['Key961B73FD', 'Arn'] };
    template.hasResourceProperties('AWS::Logs::LogGroup', { KmsKeyId: key });
    template.hasResourceProperties('AWS::Lambda::Function', { KmsKeyArn: key });
    template.hasResourceProperties('AWS::StepFunctions::StateMachine', {
      EncryptionConfiguration: Match.objectLike({ KmsKeyId: key, Type: 'CUSTOMER_MANAGED_KMS_KEY' }),
    });
    template.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: { Statement: Match.arrayWith([Match.objectLike({ Principal: { Service: Match.objectLike({ 'Fn::Join': Match.anyValue() }) } })]) },
    });
    template.resourcePropertiesCountIs('AWS::IAM::Role', {
      Policies: [{ PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: key })]) } }],
    }, 2);
  });

  test('tell how long logs are kept', () => {
    Template.fromStack(stackWith(1, () => ({ logRetention: logs.RetentionDays.ONE_YEAR })))
      .hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 365 });
    Template.fromStack(stackWith(1)).hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 30 });
  });

  test('trace function and machine', () => {
    const template = Template.fromStack(stackWith(1, () => ({ tracing: true })));
    template.hasResourceProperties('AWS::Lambda::Function', { TracingConfig: { Mode: 'Active' } });
    template.hasResourceProperties('AWS::StepFunctions::StateMachine', { TracingConfiguration: { Enabled: true } });
  });

  test('cost no resource of the engine\'s eight', () => {
    expect(count(stackWith(1, () => ({ tracing: true, logRetention: logs.RetentionDays.ONE_DAY })))).toBe(count(stackWith(1)));
  });

  test('of the app count for its stacks, those of a stack come first', () => {
    const app = new cdk.App();
    LifecycleSettings.apply(app, { logRetention: logs.RetentionDays.ONE_DAY });
    Template.fromStack(stackWith(1, () => ({ logRetention: logs.RetentionDays.TWO_YEARS }), app))
      .hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 731 });

    const plain = new cdk.App();
    LifecycleSettings.apply(plain, { logRetention: logs.RetentionDays.ONE_DAY });
    Template.fromStack(stackWith(1, undefined, plain)).hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 1 });
  });

  test('let a request wait for the VPC\'s endpoints, and the endpoints for the last one', () => {
    const stack = stackWith(1, (scope) => {
      const vpc = new ec2.Vpc(scope, 'Vpc', { natGateways: 0, restrictDefaultSecurityGroup: false });
      vpc.addInterfaceEndpoint('States', { service: ec2.InterfaceVpcEndpointAwsService.STEP_FUNCTIONS });
      return { vpc, vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED } };
    });
    const [endpoint] = Object.keys(Template.fromStack(stack).findResources('AWS::EC2::VPCEndpoint'));
    Template.fromStack(stack).hasResource('Custom::AppStreamFleetLifecycle', { DependsOn: Match.arrayWith([endpoint]) });
  });

  test('fails when they come too late', () => {
    const stack = stackWith(1);
    expect(() => LifecycleSettings.apply(stack, { tracing: true }))
      .toThrow('lifecycle settings must be applied before the first lifecycle resource is made [at Stack]');
  });

  test('need none for a permissions boundary: the one of the scope reaches both roles', () => {
    const stack = stackWith(1);
    iam.PermissionsBoundary.of(stack).apply(iam.ManagedPolicy.fromManagedPolicyName(stack, 'Boundary', 'boundary'));
    Template.fromStack(stack).resourcePropertiesCountIs('AWS::IAM::Role', { PermissionsBoundary: Match.anyValue() }, 2);
  });
});

describe('cdk-nag\'s AwsSolutions pack finds nothing that is not acknowledged', () => {
  test.each<cdk.Environment>([
    {}, { region: 'eu-west-1' }, { account: '111111111111', region: 'eu-west-1' },
  ])('in an engine whose stack knows its environment as %j', (env) => {
    const app = new cdk.App();
    cdk.Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    const stack = stackWith(1, undefined, app, env);
    const held = { image: appstream.Image.fromName('image'), instanceType: appstream.InstanceType.STANDARD_SMALL };
    new appstream.Fleet(stack, 'Held', { ...held, capacity: appstream.Capacity.instances(1), desiredState: appstream.FleetState.RUNNING });
    new appstream.ImageBuilder(stack, 'Builder', { ...held, desiredState: appstream.ImageBuilderState.STOPPED });
    expect(() => app.synth()).not.toThrow();
  });

  test.each<[string, ((stack: cdk.Stack) => LifecycleSettingsProps) | undefined]>([
    ['without settings', undefined],
    ['with a key', (stack) => ({ encryptionKey: new kms.Key(stack, 'Key', { enableKeyRotation: true }) })],
    ['with tracing', () => ({ tracing: true })],
    ['in a VPC', (stack) => ({
      vpc: ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
        vpcId: 'vpc-1', availabilityZones: ['a'], privateSubnetIds: ['subnet-1'], privateSubnetRouteTableIds: ['table-1'],
      }),
    })],
  ])('in an engine %s', (_, settings) => {
    const app = new cdk.App();
    cdk.Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    const stack = stackWith(1, settings, app);
    const held = { image: appstream.Image.fromName('image'), instanceType: appstream.InstanceType.STANDARD_SMALL };
    new appstream.Fleet(stack, 'Held', { ...held, capacity: appstream.Capacity.instances(1), desiredState: appstream.FleetState.RUNNING });
    new appstream.ImageBuilder(stack, 'Builder', { ...held, desiredState: appstream.ImageBuilderState.STOPPED });
    expect(() => app.synth()).not.toThrow();
  });
});
