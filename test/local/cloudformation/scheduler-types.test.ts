import { World } from './world';
import type { Service } from '../../../local/wire/service';

/** Notes what it is asked to do. */
function scheduler(asked: [operation: string, input: object][]): Service {
  const note = (operation: string) => (input: { readonly Name: string }) => {
    asked.push([operation, input]);
    return { ScheduleArn: `arn:aws:scheduler:eu-west-1:111122223333:schedule/default/${input.Name}` };
  };
  const operations = Object.fromEntries(['CreateSchedule', 'UpdateSchedule', 'DeleteSchedule'].map((name) => [name, note(name)]));
  return { name: 'scheduler', signingNames: ['scheduler'], protocols: [], operations };
}

const PROPERTIES = {
  ScheduleExpression: 'cron(0 7 ? * MON *)',
  ScheduleExpressionTimezone: 'UTC',
  FlexibleTimeWindow: { Mode: 'OFF' },
  Target: { Arn: 'arn:aws:scheduler:::aws-sdk:appstream:startFleet', RoleArn: 'arn:aws:iam::111122223333:role/Hours', RetryPolicy: { MaximumRetryAttempts: '5' } },
};
const template = (properties: object) => ({
  Resources: { Morning: { Type: 'AWS::Scheduler::Schedule', Properties: { ...PROPERTIES, ...properties } } },
  Outputs: { Ref: { Value: { Ref: 'Morning' } }, Arn: { Value: { 'Fn::GetAtt': ['Morning', 'Arn'] } } },
});

let world: World;
let asked: [operation: string, input: object][];

beforeEach(() => {
  world = new World({ concurrency: 1 });
  asked = [];
  world.add(scheduler(asked));
});

test('a schedule is known by its name, is changed in place, and goes with its stack', async () => {
  const { outputs } = await world.cloudformation.deploy('stack', template({}));
  expect(outputs.Ref).toMatch(/^stack-Morning-[A-Z0-9]{12}$/);
  expect(outputs.Arn).toBe(`arn:aws:scheduler:eu-west-1:111122223333:schedule/default/${outputs.Ref}`);
  const Name = outputs.Ref;
  await world.cloudformation.deploy('stack', template({ State: 'DISABLED' }));
  await world.cloudformation.destroy('stack');
  const given = { ...PROPERTIES, Target: { ...PROPERTIES.Target, RetryPolicy: { MaximumRetryAttempts: 5 } } };
  expect(asked).toEqual([
    ['CreateSchedule', { ...given, Name }],
    ['UpdateSchedule', { ...given, State: 'DISABLED', Name }],
    ['DeleteSchedule', { Name }],
  ]);
});

test('another name replaces a schedule', async () => {
  await world.cloudformation.deploy('stack', template({ Name: 'one' }));
  await world.cloudformation.deploy('stack', template({ Name: 'two' }));
  expect(asked.map(([operation, input]) => [operation, 'Name' in input && input.Name])).toEqual([
    ['CreateSchedule', 'one'], ['CreateSchedule', 'two'], ['DeleteSchedule', 'one'],
  ]);
});

test('fails loudly for a property that is not imitated', async () => {
  await expect(world.cloudformation.deploy('stack', template({ GroupName: 'mine' }))).rejects.toThrow('GroupName');
});
