import * as cdk from 'aws-cdk-lib';
import { DrainedStack, STACK } from './drained-stack';
import { appstream } from '../../../src';
import { eventOf, type EventParts } from '../engine/events';

const { SessionDrainMethod } = appstream;

let drained: DrainedStack;

beforeEach(async () => {
  drained = await DrainedStack.start();
});

afterEach(() => drained.stop());

describe('a drain that is created', () => {
  test('disturbs nobody', async () => {
    await drained.create();
    await drained.streamers('anna', 'bert');
    expect(await drained.deploy({ trigger: 'one' })).toMatchObject({ status: 'CREATE_COMPLETE', failures: [] });
    expect(await drained.present()).toEqual(['anna', 'bert']);
    expect(drained.changes()).toEqual([]);
    expect(drained.deployment.physicalId(STACK, 'Custom::AppStreamSessionDrain')).toBe('office/office');
  });

  test('does not mind that there is no such stack', async () => {
    expect(await drained.deploy()).toMatchObject({ status: 'CREATE_COMPLETE', failures: [] });
  });

  test('drains when the deployment fails and takes it away again', async () => {
    await drained.create();
    await drained.streamers('anna', 'bert');
    expect(await drained.deploy({}, { broken: true })).toMatchObject({ status: 'ROLLBACK_COMPLETE' });
    expect(await drained.present()).toEqual([]);
  });
});

describe('a drain that is updated', () => {
  test('ends the sessions when the trigger is another, and only then', async () => {
    await drained.create();
    await drained.deploy({ trigger: 'one' });
    await drained.streamers('anna', 'bert');
    const change = { method: SessionDrainMethod.waitThenExpire(cdk.Duration.minutes(1)), timeout: cdk.Duration.minutes(30) };
    expect(await drained.deploy({ trigger: 'one', ...change })).toMatchObject({ status: 'UPDATE_COMPLETE' });
    expect(await drained.present()).toEqual(['anna', 'bert']);
    expect(await drained.deploy({ trigger: 'two', ...change })).toMatchObject({ status: 'UPDATE_COMPLETE', failures: [] });
    expect(await drained.present()).toEqual([]);
  });

  test.each([[undefined, 'one'], ['one', undefined]])('ends the sessions when the trigger comes or goes: from %s to %s', async (before, after) => {
    await drained.create();
    await drained.deploy({ trigger: before });
    await drained.streamers('anna');
    expect(await drained.deploy({ trigger: after })).toMatchObject({ status: 'UPDATE_COMPLETE' });
    expect(await drained.present()).toEqual([]);
  });

  test('lets users stay who came after the deployment had come to it', async () => {
    await drained.create();
    await drained.deploy({ trigger: 'one' });
    const [anna] = await drained.streamers('anna');
    drained.loopback.appstream.script.unendingSession(anna.Id!, { times: 1 });
    const deployment = drained.deploy({ trigger: 'two' });
    await drained.loopback.clock.sleep(10_000);
    await drained.open('bert');
    expect(await deployment).toMatchObject({ status: 'UPDATE_COMPLETE' });
    expect(await drained.present()).toEqual(['bert']);
  });

  test('drains again when another resource fails and the trigger is brought back', async () => {
    await drained.create();
    await drained.deploy({ trigger: 'one' });
    await drained.streamers('anna');
    expect(await drained.deploy({ trigger: 'two' }, { broken: true })).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE' });
    expect(await drained.present()).toEqual([]);
    expect(await drained.deploy({ trigger: 'one' })).toMatchObject({ changed: false });
  });

  test('is rolled back when a session does not end, and ends it then if that is possible', async () => {
    await drained.create();
    await drained.deploy({ trigger: 'one' });
    const [anna] = await drained.streamers('anna');
    drained.loopback.appstream.script.unendingSession(anna.Id!, { times: 12 });
    const { status, failures } = await drained.deploy({ trigger: 'two' });
    expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(failures.join()).toContain(`1 session is left: ${anna.Id}; each was told to end 10 times: end them by hand, then deploy again`);
    expect(await drained.present()).toEqual([]);
  });
});

describe('a drain that is replaced', () => {
  test.each([
    ['stack and fleet', { stackName: 'lab', fleetName: 'lab' }],
    ['the user', { userId: 'carl' }],
  ])('drains what it was for: another %s', async (_, change) => {
    await drained.create();
    await drained.create({ name: 'lab' });
    await drained.deploy({ userId: 'anna' });
    await drained.streamers('anna', 'bert', 'carl');
    await drained.open('anna', 'lab');
    expect(await drained.deploy({ userId: 'anna', ...change })).toMatchObject({ status: 'UPDATE_COMPLETE', failures: [] });
    expect(await drained.present()).toEqual(['bert', 'carl']);
    expect(await drained.present('lab')).toEqual(['anna']);
  });

  test('drains what it was to be for when the deployment fails, and is what it was', async () => {
    await drained.create();
    await drained.create({ name: 'lab' });
    await drained.deploy({ trigger: 'one' });
    await drained.streamers('anna');
    await drained.open('bert', 'lab');
    expect(await drained.deploy({ trigger: 'two', stackName: 'lab', fleetName: 'lab' }, { broken: true })).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE' });
    expect(await drained.present()).toEqual(['anna']);
    expect(await drained.present('lab')).toEqual([]);
    expect(drained.deployment.physicalId(STACK, 'Custom::AppStreamSessionDrain')).toBe('office/office');
  });

  test('drains in the way that it had before', async () => {
    await drained.create({ multiSession: true });
    await drained.create({ name: 'lab', multiSession: true });
    await drained.deploy();
    await drained.streamers('anna');
    await drained.deploy({ method: SessionDrainMethod.drainInstances(), stackName: 'lab', fleetName: 'lab' });
    expect(drained.changes()).toEqual(['ExpireSession']);
    expect(await drained.present()).toEqual([]);
  });
});

describe('a drain that is deleted', () => {
  test('ends all sessions, however their users have signed in', async () => {
    await drained.create();
    await drained.deploy();
    await drained.streamers('anna');
    for (const type of ['SAML', 'USERPOOL', 'AWS_AD'] as const) {
      drained.loopback.appstream.signIn('office', 'anna', type);
    }
    expect(await drained.present()).toHaveLength(4);
    expect(await drained.destroy()).toMatchObject({ status: 'DELETE_COMPLETE', failures: [] });
    expect(await drained.present()).toEqual([]);
    expect(drained.changes()).toEqual(['ExpireSession', 'ExpireSession', 'ExpireSession', 'ExpireSession']);
  });

  test('ends those of its user alone, however the user has signed in', async () => {
    await drained.create();
    await drained.deploy({ userId: 'anna' });
    await drained.streamers('anna', 'bert');
    drained.loopback.appstream.signIn('office', 'anna', 'SAML');
    expect(await drained.destroy()).toMatchObject({ status: 'DELETE_COMPLETE', failures: [] });
    expect(await drained.present()).toEqual(['bert']);
  });

  test('asks for as many sessions at a time as AppStream gives', async () => {
    await drained.create();
    await drained.deploy();
    await drained.destroy();
    expect(drained.loopback.endpoint.calls.of('appstream').map(({ input }) => input)).toEqual(['API', 'AWS_AD', 'SAML', 'USERPOOL'].map((AuthenticationType) => (
      { StackName: 'office', FleetName: 'office', AuthenticationType, Limit: 50 })));
  });

  test('leaves the sessions of other stacks and fleets alone', async () => {
    await drained.create();
    await drained.create({ name: 'lab' });
    await drained.deploy();
    await drained.open('anna', 'lab');
    await drained.destroy();
    expect(await drained.present('lab')).toEqual(['anna']);
  });
});

describe('an event', () => {
  let answers: { Status: string; PhysicalResourceId: string; Reason?: string }[];

  beforeEach(async () => {
    answers = [];
    drained.loopback.endpoint.registerUnsigned('/answers/', ({ body }) => {
      answers.push(JSON.parse(body.toString()));
      return { status: 200 };
    });
    await drained.create();
    await drained.deploy();
    await drained.streamers('anna', 'bert');
  });

  /** An event of a moment, as Lambda hands it over when CloudFormation's invocation arrives late, again, or out of order. */
  async function send(time: string, parts: EventParts): Promise<void> {
    await drained.loopback.call('lambda', 'Invoke', {
      FunctionName: drained.deployment.physicalId(STACK, 'AWS::Lambda::Function'),
      InvocationType: 'Event',
      Payload: JSON.stringify(eventOf({
        ResourceType: 'Custom::AppStreamSessionDrain',
        ResponseURL: `${drained.loopback.url}/answers/?X-Amz-Date=20260105T${time}Z`,
        ResourceProperties: { StackName: 'office', FleetName: 'office', Method: 'EXPIRE', TimeoutSeconds: '2700' },
        PhysicalResourceId: 'office/office',
        ...parts,
      })),
    });
    await drained.loopback.lambda.idle();
    await drained.loopback.states.idle();
  }

  test('that is delivered twice has one effect', async () => {
    drained.loopback.lambda.deliverTwice(1);
    expect(await drained.deploy({ trigger: 'two' })).toMatchObject({ status: 'UPDATE_COMPLETE' });
    await drained.loopback.lambda.idle();
    expect(drained.changes()).toEqual(['ExpireSession', 'ExpireSession']);
  });

  test('that comes again after its effect ends nobody\'s session', async () => {
    const update: EventParts = { RequestType: 'Update', OldResourceProperties: { StackName: 'office', FleetName: 'office', Trigger: 'old' } };
    await send('100000', update);
    expect(await drained.present()).toEqual([]);
    await drained.open('carl');
    await send('100000', update);
    expect(await drained.present()).toEqual(['carl']);
    expect(answers).toHaveLength(1);
  });

  test('of an update that comes after its Delete is dropped', async () => {
    await send('100500', { RequestType: 'Delete' });
    await drained.open('carl');
    await send('100000', { RequestType: 'Update', OldResourceProperties: { StackName: 'office', FleetName: 'office', Trigger: 'old' } });
    expect(await drained.present()).toEqual(['carl']);
    expect(answers).toHaveLength(1);
  });

  test('of a Delete whose Create was never answered drains what the properties name', async () => {
    await send('100000', { RequestType: 'Delete', PhysicalResourceId: 'office-FleetLifecycle1A2B3C4D-1XKPV3Q0EXAMPLE' });
    expect(answers).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId: 'office/office' }]);
    expect(await drained.present()).toEqual([]);
  });

  test('of a Delete is about what the id names, whatever the properties say', async () => {
    await send('100000', { RequestType: 'Delete', PhysicalResourceId: 'office/office/bert' });
    expect(await drained.present()).toEqual(['anna']);
  });

  test('with a method that this release does not know fails by its name', async () => {
    await send('100000', { RequestType: 'Delete', ResourceProperties: { StackName: 'office', FleetName: 'office', Method: 'PERSUADE' } });
    expect(answers).toMatchObject([{ Status: 'FAILED', Reason: expect.stringContaining('sessions are to be ended by the unknown method PERSUADE') }]);
  });
});
