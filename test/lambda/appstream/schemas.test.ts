import { readFileSync } from 'fs';
import { join } from 'path';
import * as cdk from 'aws-cdk-lib';
import { FLEET, HeldFleet, STACK } from './held-fleet';
import { appstream } from '../../../src';
import { eventOf } from '../engine/events';

interface Schema {
  readonly schema: string;
  /** What was answered with it, where that is more than a name. */
  readonly id?: string;
  readonly properties: Record<string, string>;
}

const schemasOf = (resource: string): Schema[] => JSON.parse(readFileSync(join(__dirname, 'fixtures', `${resource}.json`), 'utf8'));
const TODAY = { FleetName: FLEET, DesiredState: 'STOPPED', StopOnDelete: 'true', TimeoutSeconds: '2700' };

let held: HeldFleet;
let answers: { Status: string; Reason?: string; PhysicalResourceId?: string; Data?: object }[];

beforeEach(async () => {
  held = await HeldFleet.start({ appstream: { readings: { unreadableObject: 'accepted' } } });
  answers = [];
  held.loopback.endpoint.registerUnsigned('/answers/', ({ body }) => {
    answers.push(JSON.parse(body.toString()));
    return { status: 200 };
  });
  await held.create('RUNNING');
  await held.hold(appstream.FleetState.RUNNING);
});

afterEach(() => held.stop());

async function send(parts: Parameters<typeof eventOf>[0]): Promise<void> {
  await held.loopback.call('lambda', 'Invoke', {
    FunctionName: held.deployment.physicalId(STACK, 'AWS::Lambda::Function'),
    InvocationType: 'Event',
    Payload: JSON.stringify(eventOf({ ResponseURL: `${held.loopback.url}/answers/?X-Amz-Date=20260105T090000Z`, PhysicalResourceId: FLEET, ...parts })),
  });
  await held.loopback.lambda.idle();
  await held.loopback.states.idle();
}

/** What was deployed with one release is updated and deleted with another, for ever. Add a schema here; never change one. */
describe.each(schemasOf('fleet-lifecycle'))('a fleet lifecycle with the schema $schema', ({ properties }) => {
  test('is updated to that of today', async () => {
    await send({ RequestType: 'Update', OldResourceProperties: properties, ResourceProperties: TODAY });
    expect(answers).toMatchObject([{ Status: 'SUCCESS' }]);
    expect(await held.state()).toBe('STOPPED');
  });

  test('is rolled back to', async () => {
    await send({ RequestType: 'Update', OldResourceProperties: TODAY, ResourceProperties: properties });
    expect(answers).toMatchObject([{ Status: 'SUCCESS' }]);
    expect(await held.state()).toBe('RUNNING');
  });

  test('is deleted', async () => {
    await send({ RequestType: 'Delete', ResourceProperties: properties });
    expect(answers).toMatchObject([{ Status: 'SUCCESS' }]);
    expect(await held.state()).toBe('STOPPED');
  });
});

describe.each(schemasOf('fleet-capacity'))('a reading of the capacity with the schema $schema', ({ properties }) => {
  const today = { FleetName: FLEET, Unit: 'INSTANCES', InitialCapacity: '2', MinCapacities: '[1]', MaxCapacities: '[10]', Settings: '{}', TimeoutSeconds: '2700' };
  const ofReading = { ResourceType: 'Custom::AppStreamFleetCapacity' };

  test('is updated to that of today, rolled back to, and deleted', async () => {
    await send({ ...ofReading, RequestType: 'Update', OldResourceProperties: properties, ResourceProperties: today });
    await send({ ...ofReading, RequestType: 'Update', RequestId: 'rollback', OldResourceProperties: today, ResourceProperties: properties });
    await send({ ...ofReading, RequestType: 'Delete', RequestId: 'deletion', ResourceProperties: properties });
    expect(answers).toMatchObject([
      { Status: 'SUCCESS', PhysicalResourceId: FLEET, Data: { Capacity: '1' } },
      { Status: 'SUCCESS', PhysicalResourceId: FLEET, Data: { Capacity: '3' } },
      { Status: 'SUCCESS', PhysicalResourceId: FLEET },
    ]);
    expect(await held.state()).toBe('RUNNING');
  });
});

describe.each(schemasOf('image-builder-lifecycle'))('an image builder lifecycle with the schema $schema', ({ properties }) => {
  const today = { ImageBuilderName: 'next-image', DesiredState: 'STOPPED', StopOnDelete: 'true', TimeoutSeconds: '2700' };
  const builder = async () => (await held.call('DescribeImageBuilders', { Names: ['next-image'] })).ImageBuilders[0].State;
  const ofBuilder = { ResourceType: 'Custom::AppStreamImageBuilderLifecycle', PhysicalResourceId: 'next-image' };

  beforeEach(async () => {
    await held.call('CreateImageBuilder', { Name: 'next-image', ImageName: 'AppStream-WinServer2022-06-17-2024', InstanceType: 'stream.standard.large' });
    await held.holdBuilder('next-image');
  });

  test('is updated to that of today', async () => {
    await send({ ...ofBuilder, RequestType: 'Update', OldResourceProperties: properties, ResourceProperties: today });
    expect(answers).toMatchObject([{ Status: 'SUCCESS' }]);
    expect(await builder()).toBe('STOPPED');
  });

  test('is deleted', async () => {
    await send({ ...ofBuilder, RequestType: 'Delete', ResourceProperties: properties });
    expect(answers).toMatchObject([{ Status: 'SUCCESS' }]);
    expect(await builder()).toBe('STOPPED');
  });
});

describe.each(schemasOf('app-block-builder-lifecycle'))('an app block builder lifecycle with the schema $schema', ({ properties }) => {
  const today = { AppBlockBuilderName: 'packer', DesiredState: 'STOPPED', StopOnDelete: 'true', TimeoutSeconds: '2700' };
  const ofBuilder = { ResourceType: 'Custom::AppStreamAppBlockBuilderLifecycle', PhysicalResourceId: 'packer' };

  test.each([
    ['updated to that of today', { RequestType: 'Update', OldResourceProperties: properties, ResourceProperties: today }],
    ['deleted', { RequestType: 'Delete', ResourceProperties: properties }],
  ] as const)('is %s', async (_, parts) => {
    await held.createAppBlockBuilder('packer');
    await held.holdAppBlockBuilder('packer', appstream.AppBlockBuilderState.RUNNING);
    await send({ ...ofBuilder, ...parts });
    expect(answers).toMatchObject([{ Status: 'SUCCESS' }]);
    expect((await held.call('DescribeAppBlockBuilders', { Names: ['packer'] })).AppBlockBuilders[0].State).toBe('STOPPED');
  });
});

describe.each(schemasOf('session-drain'))('a session drain with the schema $schema', ({ properties }) => {
  const today = { StackName: 'office', FleetName: FLEET, Method: 'EXPIRE', Trigger: 'today', TimeoutSeconds: '2700' };
  const ofDrain = { ResourceType: 'Custom::AppStreamSessionDrain', PhysicalResourceId: 'office/office' };
  const states = async () => (await held.call('DescribeSessions', { StackName: 'office', FleetName: FLEET, AuthenticationType: 'SAML' })).Sessions
    .map(({ State }: { State: string }) => State);

  beforeEach(async () => {
    await held.call('CreateStack', { Name: 'office' });
    await held.call('AssociateFleet', { StackName: 'office', FleetName: FLEET });
    await held.deployment.deploy((app) => {
      const stack = new cdk.Stack(app, STACK);
      new appstream.SessionDrain(stack, 'Drain', {
        stack: appstream.Stack.fromStackName(stack, 'Stack', 'office'), fleet: appstream.Fleet.fromFleetName(stack, 'Fleet', FLEET),
      });
      return stack;
    });
    held.loopback.appstream.signIn('office', 'anna', 'SAML');
    held.clock.advance(10 * 60_000);
  });

  test.each([
    ['updated to that of today', { RequestType: 'Update', OldResourceProperties: properties, ResourceProperties: today }],
    ['rolled back to', { RequestType: 'Update', OldResourceProperties: today, ResourceProperties: properties }],
    ['deleted', { RequestType: 'Delete', ResourceProperties: properties }],
  ] as const)('is %s', async (_, parts) => {
    await send({ ...ofDrain, ...parts });
    expect(answers).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId: 'office/office' }]);
    expect(await states()).toEqual(['EXPIRED']);
  });
});

describe.each(schemasOf('fleet-update-gate'))('a gate with the schema $schema', ({ id, properties }) => {
  const today = {
    FleetName: FLEET, Settings: '{"InstanceType":"stream.standard.large","Description":"new"}', Strategy: 'STOP_AND_RESTART', TimeoutSeconds: '3180',
  };
  const ofGate = { ResourceType: 'Custom::AppStreamFleetUpdateGate', PhysicalResourceId: id };
  const note = { 'cdk-app-streaming:state-before-update': 'RUNNING' };

  test('has the id that it was deployed with', async () => {
    await send({ ...ofGate, RequestType: 'Update', OldResourceProperties: properties, ResourceProperties: properties });
    expect(answers).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId: id }]);
  });

  test('is updated to that of today, and rolled back to where that has failed', async () => {
    await held.allow('ListTagsForResource', 'TagResource', 'UntagResource');
    await send({ ...ofGate, RequestType: 'Update', OldResourceProperties: properties, ResourceProperties: today });
    expect(answers).toMatchObject([{ Status: 'SUCCESS' }]);
    expect(await held.state()).toBe('STOPPED');
    await send({
      ...ofGate,
      RequestType: 'Update',
      RequestId: 'rollback',
      ResourceProperties: properties,
      OldResourceProperties: today,
      ResponseURL: `${held.loopback.url}/answers/?X-Amz-Date=20260105T100000Z`,
    });
    expect(answers[1]).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: id });
    expect(await held.state()).toBe('RUNNING');
  });

  test('is deleted, and opens the fleet', async () => {
    await held.allow('ListTagsForResource', 'TagResource', 'UntagResource');
    await held.call('StopFleet', { Name: FLEET });
    const [{ Arn }] = (await held.call('DescribeFleets', { Names: [FLEET] })).Fleets;
    await held.call('TagResource', { ResourceArn: Arn, Tags: note });
    await send({ ...ofGate, RequestType: 'Delete', ResourceProperties: properties });
    expect(answers).toMatchObject([{ Status: 'SUCCESS' }]);
    expect(await held.state()).toBe('RUNNING');
  });
});

describe.each(schemasOf('fleet-reopening'))('a reopening with the schema $schema', ({ properties }) => {
  const ofReopening = { ResourceType: 'Custom::AppStreamFleetReopening' };

  test('opens the fleet', async () => {
    await held.allow('ListTagsForResource', 'TagResource', 'UntagResource');
    await held.call('StopFleet', { Name: FLEET });
    const [{ Arn }] = (await held.call('DescribeFleets', { Names: [FLEET] })).Fleets;
    await held.call('TagResource', { ResourceArn: Arn, Tags: { 'cdk-app-streaming:state-before-update': 'RUNNING' } });
    await send({ ...ofReopening, RequestType: 'Update', OldResourceProperties: {}, ResourceProperties: properties });
    expect(answers).toMatchObject([{ Status: 'SUCCESS' }]);
    expect(await held.state()).toBe('RUNNING');
  });

  test('is deleted', async () => {
    await send({ ...ofReopening, RequestType: 'Delete', ResourceProperties: properties });
    expect(answers).toMatchObject([{ Status: 'SUCCESS' }]);
  });
});

describe.each(schemasOf('fleet-association'))('an association with the schema $schema', ({ id, properties }) => {
  const today = { StackName: 'office', FleetName: 'next', WaitSeconds: '0', TimeoutSeconds: '3180' };
  const ofAssociation = { ResourceType: 'Custom::AppStreamFleetAssociation', PhysicalResourceId: id };
  const associated = async () => (await held.call('ListAssociatedFleets', { StackName: 'office' })).Names;

  beforeEach(async () => {
    await held.call('CreateStack', { Name: 'office' });
    await held.call('AssociateFleet', { StackName: 'office', FleetName: FLEET });
    await held.create('STOPPED', 'next');
    await held.allow('ListAssociatedFleets', 'AssociateFleet', 'DisassociateFleet', 'DescribeSessions');
  });

  test('has the id that it was deployed with', async () => {
    await send({ ...ofAssociation, RequestType: 'Update', OldResourceProperties: properties, ResourceProperties: { ...properties, WaitSeconds: '1' } });
    expect(answers).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId: id }]);
  });

  test('is updated to that of today, and rolled back to', async () => {
    await send({ ...ofAssociation, RequestType: 'Update', OldResourceProperties: properties, ResourceProperties: today });
    expect(answers).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId: id!.replace('/office', '/next') }]);
    expect(await associated()).toEqual(['next']);
    await send({
      ...ofAssociation,
      PhysicalResourceId: answers[0].PhysicalResourceId,
      RequestType: 'Update',
      RequestId: 'rollback',
      ResourceProperties: properties,
      OldResourceProperties: today,
      ResponseURL: `${held.loopback.url}/answers/?X-Amz-Date=20260105T100000Z`,
    });
    expect(answers[1]).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: id });
    expect(await associated()).toEqual([FLEET]);
  });

  test('is deleted', async () => {
    await send({ ...ofAssociation, RequestType: 'Delete', ResourceProperties: properties });
    expect(answers).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId: id }]);
    expect(await associated()).toEqual([]);
  });
});
