import * as cdk from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Deployment } from './deployment';
import { appstream } from '../../src';

/** Makes the call that it is told to, and answers with its name or with the name of the error. */
const CALLER = `
  const sdk = require('@aws-sdk/client-appstream');
  exports.handler = ({ operation, input }) => new sdk.AppStreamClient({ maxAttempts: 1 }).send(new sdk[operation + 'Command'](input))
    .then(() => 'accepted', (error) => error.name);
`;

let deployment: Deployment;

/** Two of everything, and a function that is granted what is to be done with the first. */
beforeAll(async () => {
  deployment = await Deployment.start();
  const { status, failures } = await deployment.deploy((app) => {
    const scope = new cdk.Stack(app, 'Office');
    const caller = new lambda.Function(scope, 'Caller', {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: lambda.Code.fromInline(CALLER),
      role: new iam.Role(scope, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') }),
      timeout: cdk.Duration.seconds(20),
    });
    const [ours] = ['ours', 'theirs'].map((name) => everythingCalled(scope, name));
    ours.stack.grants.createStreamingUrl(caller, ours.fleet);
    ours.stack.grants.describeSessions(caller, ours.fleet);
    ours.fleet.grants.startStop(caller);
    ours.builder.grants.createStreamingUrl(caller);
    ours.builder.grants.startStop(caller);
    ours.stack.grants.expireSessions(caller);
    return scope;
  });
  expect({ status, failures }).toEqual({ status: 'CREATE_COMPLETE', failures: [] });
}, 60_000);

afterAll(() => deployment.stop());

function everythingCalled(scope: cdk.Stack, name: string) {
  const instance = { image: appstream.Image.fromName('AppStream-WinServer2022-06-17-2024'), instanceType: appstream.InstanceType.STANDARD_LARGE };
  const fleet = new appstream.Fleet(scope, `Fleet-${name}`, { ...instance, fleetName: name, capacity: appstream.Capacity.instances(1) });
  const stack = new appstream.Stack(scope, `Stack-${name}`, { stackName: name });
  stack.addFleet(fleet);
  const builder = new appstream.ImageBuilder(scope, `Builder-${name}`, {
    ...instance, imageBuilderName: name, desiredState: appstream.ImageBuilderState.UNMANAGED,
  });
  return { fleet, stack, builder };
}

async function call(operation: string, input: object): Promise<string> {
  const { Payload } = await deployment.loopback.call('lambda', 'Invoke', {
    FunctionName: deployment.physicalId('Office', 'AWS::Lambda::Function'), Payload: JSON.stringify({ operation, input }),
  });
  return JSON.parse(Payload);
}

test.each([
  ['CreateStreamingURL', { StackName: 'ours', FleetName: 'ours', UserId: 'ann' }],
  ['CreateStreamingURL', { StackName: 'ours', FleetName: 'ours', UserId: 'anybody.else' }],
  ['DescribeSessions', { StackName: 'ours', FleetName: 'ours' }],
  ['CreateImageBuilderStreamingURL', { Name: 'ours' }],
  ['StopFleet', { Name: 'ours' }],
  ['StopImageBuilder', { Name: 'ours' }],
])('%s is granted for %j', async (operation, input) => {
  expect(await call(operation, input)).toBe('accepted');
});

test('StartFleet and StartImageBuilder are granted, and refused by nobody but AppStream while fleet and builder stop', async () => {
  const start = () => Promise.all(['StartFleet', 'StartImageBuilder'].map((operation) => call(operation, { Name: 'ours' })));
  expect(await start()).toEqual(['OperationNotPermittedException', 'ResourceNotAvailableException']);
  deployment.clock.advance(600_000);
  expect(await start()).toEqual(['accepted', 'accepted']);
});

test.each([
  ['CreateStreamingURL', { StackName: 'theirs', FleetName: 'theirs', UserId: 'ann' }],
  ['CreateStreamingURL', { StackName: 'ours', FleetName: 'theirs', UserId: 'ann' }],
  ['CreateStreamingURL', { StackName: 'theirs', FleetName: 'ours', UserId: 'ann' }],
  ['DescribeSessions', { StackName: 'theirs', FleetName: 'theirs' }],
  ['DescribeSessions', { StackName: 'ours', FleetName: 'theirs' }],
  ['CreateImageBuilderStreamingURL', { Name: 'theirs' }],
  ['StartFleet', { Name: 'theirs' }],
  ['StopFleet', { Name: 'theirs' }],
  ['DescribeFleets', {}],
  ['StartImageBuilder', { Name: 'theirs' }],
  ['StopImageBuilder', { Name: 'theirs' }],
  ['DescribeImageBuilders', {}],
])('fails %s for %j', async (operation, input) => {
  expect(await call(operation, input)).toBe('AccessDeniedException');
});

test('ExpireSession is granted for every session: IAM cannot tell them apart', async () => {
  const { StreamingURL } = await deployment.loopback.call('appstream', 'CreateStreamingURL', { StackName: 'theirs', FleetName: 'theirs', UserId: 'bob' });
  const { Id } = deployment.loopback.appstream.openStreamingUrl(StreamingURL);
  expect(await call('ExpireSession', { SessionId: Id })).toBe('accepted');
});
