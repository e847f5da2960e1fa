import { eventOf, type EventParts } from './events';
import { appstream } from '../../../src';
import { FLEET, HeldFleet, MINUTE, STACK } from '../appstream/held-fleet';

const { RUNNING, STOPPED } = appstream.FleetState;

let held: HeldFleet;
let answers: { Status: string; PhysicalResourceId: string }[];

beforeEach(async () => {
  held = await HeldFleet.start({ appstream: { readings: { stopWhileStarting: 'accepted' } } });
  answers = [];
  held.loopback.endpoint.registerUnsigned('/answers/', ({ body }) => {
    answers.push(JSON.parse(body.toString()));
    return { status: 200 };
  });
  await held.create();
});

afterEach(() => held.stop());

/** An event of a moment, as Lambda hands it over when CloudFormation's invocation arrives late, again, or out of order. */
async function send(time: string, parts: EventParts): Promise<void> {
  await held.loopback.call('lambda', 'Invoke', {
    FunctionName: held.deployment.physicalId(STACK, 'AWS::Lambda::Function'),
    InvocationType: 'Event',
    Payload: JSON.stringify(eventOf({
      ResponseURL: `${held.loopback.url}/answers/?X-Amz-Date=20260105T${time}Z`,
      ResourceProperties: { FleetName: FLEET, DesiredState: 'RUNNING', StopOnDelete: 'true', TimeoutSeconds: '2700' },
      PhysicalResourceId: FLEET,
      ...parts,
    })),
  });
  await held.loopback.lambda.idle();
}

test('an event that is delivered twice has one effect and one answer', async () => {
  held.loopback.lambda.deliverTwice(1);
  expect(await held.hold(RUNNING)).toMatchObject({ status: 'CREATE_COMPLETE' });
  await held.loopback.lambda.idle();
  expect(held.loopback.states.executions).toHaveLength(1);
  expect(held.changes()).toEqual(['StartFleet']);
});

test('an event that comes again after its effect is not acted on', async () => {
  await held.hold(STOPPED);
  await send('100000', { RequestType: 'Create' });
  await held.loopback.states.idle();
  await held.call('StopFleet', { Name: FLEET });
  await send('100000', { RequestType: 'Create' });
  await held.loopback.states.idle();
  expect(await held.state()).toBe('STOPPING');
  expect(answers).toHaveLength(1);
});

test('a request id that CloudFormation uses again for another try is another request', async () => {
  await held.hold(STOPPED);
  await send('100000', { RequestType: 'Update' });
  await held.loopback.states.idle();
  await send('110000', { RequestType: 'Update' });
  await held.loopback.states.idle();
  expect(answers.map(({ Status }) => Status)).toEqual(['SUCCESS', 'SUCCESS']);
});

test('a Delete ends the Create that it overtakes: one answer, and nothing left running', async () => {
  await held.hold(STOPPED);
  await send('100000', { RequestType: 'Create' });
  await held.loopback.clock.sleep(5 * MINUTE);
  expect(await held.state()).toBe('STARTING');
  await send('100500', { RequestType: 'Delete' });
  await held.loopback.states.idle();
  expect(answers).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId: FLEET }]);
  expect(await held.state()).toBe('STOPPED');
});

test('a Create that comes after its Delete is dropped', async () => {
  await held.hold(STOPPED);
  await send('100500', { RequestType: 'Delete' });
  await held.loopback.states.idle();
  await send('100000', { RequestType: 'Create' });
  await held.loopback.states.idle();
  expect(await held.state()).toBe('STOPPED');
  expect(answers).toHaveLength(1);
});

test('a Delete whose Create was never answered acts on what the properties name', async () => {
  await held.hold(RUNNING);
  await send('100500', { RequestType: 'Delete', PhysicalResourceId: 'office-FleetLifecycle1A2B3C4D-1XKPV3Q0EXAMPLE' });
  await held.loopback.states.idle();
  expect(answers).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId: FLEET }]);
  expect(await held.state()).toBe('STOPPED');
});

test('a Delete of what was replaced acts on the id, whatever the properties say by then', async () => {
  await held.create('RUNNING', 'replaced');
  await held.hold(RUNNING, { stopOnDelete: true });
  await send('100500', { RequestType: 'Delete', PhysicalResourceId: 'replaced' });
  await held.loopback.states.idle();
  expect(await held.state('replaced')).toBe('STOPPED');
  expect(await held.state()).toBe('RUNNING');
});

test('an answer that CloudFormation\'s address refuses is delivered again', async () => {
  await held.hold(STOPPED);
  let refused = 0;
  held.loopback.endpoint.registerUnsigned('/down/', () => {
    refused += 1;
    return { status: refused < 3 ? 503 : 200 };
  });
  await send('100000', { RequestType: 'Update', ResponseURL: `${held.loopback.url}/down/?X-Amz-Date=20260105T100000Z` });
  await held.loopback.states.idle();
  expect(refused).toBe(3);
  expect(held.changes()).toEqual(['StartFleet']);
});

test('a resource that this release knows nothing of fails by its name', async () => {
  await held.hold(STOPPED);
  await send('100000', { RequestType: 'Create', ResourceType: 'Custom::AppStreamUnheardOf' });
  await held.loopback.states.idle();
  expect(answers).toMatchObject([{ Status: 'FAILED', Reason: expect.stringContaining('no controller for Custom::AppStreamUnheardOf') }]);
});

test.each([
  ['20260105T100000Z', '20260105T100000Z', 'of the same second'],
  ['', '', 'without a date'],
])('a Delete ends the Create that runs, also one %3$s', async (created, deleted) => {
  const address = (date: string, name: string) => `${held.loopback.url}/answers/${name}${date && `?X-Amz-Date=${date}`}`;
  await held.hold(STOPPED);
  await send('', { RequestType: 'Create', ResponseURL: address(created, 'create') });
  await held.loopback.clock.sleep(MINUTE);
  await send('', { RequestType: 'Delete', ResponseURL: address(deleted, 'delete') });
  await held.loopback.states.idle();
  expect(answers).toHaveLength(1);
  expect(await held.state()).toBe('STOPPED');
});

test('a Delete lets the step pass in which the older request was, and then looks', async () => {
  await held.hold(STOPPED);
  // The function of the Create goes on after its execution was ended, and starts the fleet.
  held.loopback.endpoint.faults.add({ operation: 'DescribeFleets', lambdaOnly: true, fault: { kind: 'delay', ms: 1_500 } });
  const calledFromNow = (operation: string) => {
    const before = held.loopback.endpoint.calls.of('appstream', operation).length;
    return async () => {
      while (held.loopback.endpoint.calls.of('appstream', operation).length === before) {
        await new Promise((resolve) => setImmediate(resolve));
      }
    };
  };
  const [read, started] = [calledFromNow('DescribeFleets'), calledFromNow('StartFleet')];
  await send('100000', { RequestType: 'Create' });
  await read();
  await send('100500', { RequestType: 'Delete' });
  await started();
  await held.loopback.states.idle();
  expect(await held.state()).toBe('STOPPED');
});

test('no log line contains the address of the answer, nor its signature', async () => {
  await held.hold(RUNNING);
  await held.hold(STOPPED);
  const lines = held.loopback.logs.lines().map(({ message }) => message);
  expect(lines.some((line) => line.includes('"at":"answer"'))).toBe(true);
  expect(lines.filter((line) => /ResponseURL|X-Amz-Signature|cfn-response/.test(line))).toEqual([]);
});
