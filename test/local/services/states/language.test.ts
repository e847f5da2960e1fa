import { FUNCTION, MachineFixture, only } from './machine-fixture';
import { LeapingClock } from '../../../../local/clock';

let fixture: MachineFixture<LeapingClock>;

beforeEach(async () => {
  fixture = new MachineFixture(new LeapingClock());
  await fixture.createRole();
});
afterEach(() => {
  expect(fixture.states.faults).toEqual([]);
});

async function outcome(definition: object, input: unknown = {}) {
  const { status, output, error, cause } = await fixture.run(definition, input);
  return status === 'SUCCEEDED' ? JSON.parse(output!) : { status, error, cause };
}

describe('data', () => {
  test('a Pass state puts its result at ResultPath', async () => {
    expect(await outcome(only({ Type: 'Pass', Result: 1, ResultPath: '$.a.b' }), { c: 2 })).toEqual({ a: { b: 1 }, c: 2 });
  });

  test('parameters take values from the input and from the context', async () => {
    const Parameters = {
      'id.$': '$.fleet[\'id\'][1]',
      'nested': { 'name.$': '$$.Execution.Name', 'list': [{ 'started.$': '$$.Execution.StartTime' }] },
      'state.$': '$$.State.Name',
      'entered.$': '$$.State.EnteredTime',
      'all.$': '$',
      'text.$': "States.Format('{} of {}', $.fleet.name, States.MathAdd($.n, 1))",
      'json.$': 'States.JsonToString($.fleet)',
    };
    const input = { fleet: { id: [7, 8], name: 'office' }, n: 1 };
    expect(await outcome(only({ Type: 'Pass', Parameters }), input)).toEqual({
      id: 8,
      nested: { name: expect.stringMatching(/^[0-9a-f-]{36}$/), list: [{ started: '2026-01-05T08:00:00.000Z' }] },
      state: 'Only',
      entered: '2026-01-05T08:00:00.000Z',
      all: input,
      text: 'office of 2',
      json: '{"id":[7,8],"name":"office"}',
    });
  });

  test('InputPath, ResultSelector, ResultPath and OutputPath apply in this order', async () => {
    fixture.step = (event) => ({ got: event, noise: 1 });
    const state = { Type: 'Task', Resource: FUNCTION, InputPath: '$.in', ResultSelector: { 'only.$': '$.got' }, ResultPath: '$.result', OutputPath: '$.result' };
    expect(await outcome(only(state), { in: 5 })).toEqual({ only: 5 });
  });

  test('a null ResultPath discards the result, a null OutputPath everything', async () => {
    expect(await outcome(only({ Type: 'Task', Resource: FUNCTION, Parameters: {}, ResultPath: null }), { kept: 1 })).toEqual({ kept: 1 });
    expect(await outcome(only({ Type: 'Pass', OutputPath: null }), { lost: 1 })).toEqual({});
  });

  test('a missing path fails the execution', async () => {
    expect(await outcome(only({ Type: 'Pass', Parameters: { 'a.$': '$.missing' } }))).toMatchObject({ status: 'FAILED', error: 'States.ParameterPathFailure' });
    expect(await outcome(only({ Type: 'Pass', InputPath: '$.missing' }))).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
  });

  test('more than 256 KB between states fail the execution, whatever is caught', async () => {
    fixture.step = () => 'x'.repeat(300_000);
    const machine = {
      StartAt: 'Big',
      States: {
        Big: { Type: 'Task', Resource: FUNCTION, End: true, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }] },
        Caught: { Type: 'Pass', End: true },
      },
    };
    expect(await outcome(machine)).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
  });
});

describe('choices', () => {
  const choose = (rule: object, input: unknown) => outcome({
    StartAt: 'Choice',
    States: {
      Choice: { Type: 'Choice', Choices: [{ ...rule, Next: 'Yes' }], Default: 'No' },
      Yes: { Type: 'Pass', Result: true, End: true },
      No: { Type: 'Pass', Result: false, End: true },
    },
  }, input);

  test.each([
    [{ Variable: '$.a', StringEquals: 'x' }, { a: 'x' }, { a: 'y' }],
    [{ Variable: '$.a', StringMatches: 'x*z' }, { a: 'xyz' }, { a: 'xy' }],
    [{ Variable: '$.a', NumericLessThan: 3 }, { a: 2 }, { a: '2' }],
    [{ Variable: '$.a', NumericGreaterThanEqualsPath: '$.b' }, { a: 2, b: 2 }, { a: 1, b: 2 }],
    [{ Variable: '$.a', BooleanEquals: true }, { a: true }, { a: 'true' }],
    [{ Variable: '$.a', IsPresent: false }, {}, { a: null }],
    [{ Variable: '$.a', IsNull: true }, { a: null }, { a: 0 }],
    [{ Variable: '$$.State.EnteredTime', TimestampGreaterThanPath: '$.t' }, { t: '2026-01-05T07:59:59Z' }, { t: '2026-01-05T08:00:01Z' }],
    [{ And: [{ Variable: '$.a', IsPresent: true }, { Variable: '$.a', StringEquals: 'x' }] }, { a: 'x' }, {}],
    [{ Or: [{ Variable: '$.a', NumericEquals: 1 }, { Variable: '$.a', NumericEquals: 2 }] }, { a: 2 }, { a: 3 }],
    [{ Not: { Variable: '$.a', StringEquals: 'x' } }, { a: 'y' }, { a: 'x' }],
  ])('%j tells apart', async (rule, yes, no) => {
    expect(await choose(rule, yes)).toBe(true);
    expect(await choose(rule, no)).toBe(false);
  });

  test('a variable that is missing fails the execution', async () => {
    expect(await choose({ Variable: '$.a', StringEquals: 'x' }, {})).toMatchObject({ error: 'States.Runtime' });
  });

  test('no match and no default fail the execution', async () => {
    expect(await outcome({
      StartAt: 'Choice',
      States: { Choice: { Type: 'Choice', Choices: [{ Variable: '$.a', IsNull: true, Next: 'Choice' }] } },
    }, { a: 1 })).toMatchObject({ error: 'States.NoChoiceMatched' });
  });
});

describe('waiting', () => {
  test.each([
    [{ Seconds: 30 }, 30_000],
    [{ SecondsPath: '$.wait' }, 7_000],
    [{ Timestamp: '2026-01-05T09:00:00Z' }, 3_600_000],
    [{ TimestampPath: '$.until' }, 60_000],
  ])('%j takes virtual time', async (wait, ms) => {
    const execution = await fixture.run(only({ Type: 'Wait', ...wait }), { wait: 7, until: '2026-01-05T08:01:00Z' });
    expect(execution.stopDate! - execution.startDate).toBe(ms);
  });

  test('a machine that takes longer than its time-out ends there', async () => {
    const execution = await fixture.run({ ...only({ Type: 'Wait', Seconds: 3600 }), TimeoutSeconds: 60 });
    expect(execution).toMatchObject({ status: 'TIMED_OUT', error: 'States.Timeout' });
    expect(execution.stopDate! - execution.startDate).toBe(60_000);
  });

  test('a Fail state names its error', async () => {
    const fail = { StartAt: 'Fail', States: { Fail: { Type: 'Fail', Error: 'Custom', CausePath: '$.why' } } };
    expect(await outcome(fail, { why: 'because' })).toEqual({ status: 'FAILED', error: 'Custom', cause: 'because' });
  });
});

describe('definitions', () => {
  test.each([
    [{ StartAt: 'Missing', States: {} }, 'InvalidDefinition'],
    [{ StartAt: 'A', States: { A: { Type: 'Pass' } } }, 'InvalidDefinition'],
    [{ StartAt: 'A', States: { A: { Type: 'Pass', Next: 'B' } } }, 'InvalidDefinition'],
    [only({ Type: 'Wait' }), 'InvalidDefinition'],
    [only({ Type: 'Task', Resource: FUNCTION, Retry: [{ ErrorEquals: ['States.ALL', 'Other'] }] }), 'InvalidDefinition'],
    [only({ Type: 'Map' }), 'LoopbackNotImitated'],
    [only({ Type: 'Task', Resource: FUNCTION, HeartbeatSeconds: 1 }), 'LoopbackNotImitated'],
    [only({ Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage' }), 'LoopbackNotImitated'],
    [only({ Type: 'Pass', InputPath: '$.a[*]' }), 'LoopbackNotImitated'],
    [{ ...only({ Type: 'Pass' }), QueryLanguage: 'JSONata' }, 'LoopbackNotImitated'],
  ])('%j is refused', async (definition, code) => {
    await expect(fixture.define(definition)).rejects.toMatchObject({ code });
  });
});
