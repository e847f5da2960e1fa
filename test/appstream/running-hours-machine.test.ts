import * as cdk from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import { AwsSolutionsChecks } from 'cdk-nag';
import { appstream, LifecycleSettings } from '../../src';

const { RunningHours, Weekday } = appstream;
const timeZone = cdk.TimeZone.EUROPE_BERLIN;
const HOURS = [RunningHours.weekly({ from: '07:00', to: '19:00', timeZone })];
const HOLIDAYS = ['2026-12-25', '2027-01-01'];
const instance = { image: appstream.Image.fromName('image'), instanceType: appstream.InstanceType.STANDARD_SMALL };

let stack: cdk.Stack;

beforeEach(() => {
  stack = new cdk.Stack(new cdk.App(), 'Stack');
});

function run(options: Partial<appstream.FleetRunDuringOptions>): Template {
  new appstream.Fleet(stack, 'Fleet', { ...instance, capacity: appstream.Capacity.instances(1) }).runDuring({ hours: HOURS, ...options });
  return Template.fromStack(stack);
}

/** What the role whose logical id begins so may do. */
function statements(template: Template, id: string): unknown[] {
  const [, role] = Object.entries(template.findResources('AWS::IAM::Role')).find(([each]) => each.startsWith(id))!;
  return role.Properties.Policies.flatMap((policy: { PolicyDocument: { Statement: unknown[] } }) => policy.PolicyDocument.Statement);
}

const joined = (...parts: unknown[]) => ({ 'Fn::Join': ['', parts] });
const arn = (...resource: unknown[]) =>
  joined('arn:', { Ref: 'AWS::Partition' }, ':appstream:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ...resource);
const ROLE = 'FleetRunningHoursRole3859EC95';
const FLEET_ARN = arn(':fleet/', { Ref: 'Fleet30813DF3' });

test('with holidays or users who stay on, the schedules start a state machine and may do nothing else', () => {
  const template = run({ holidays: HOLIDAYS, waitForSessions: cdk.Duration.hours(2) });
  const schedule = (hour: number) => ({
    Type: 'AWS::Scheduler::Schedule',
    Properties: {
      FlexibleTimeWindow: { Mode: 'OFF' },
      ScheduleExpression: `cron(0 ${hour} ? * MON,TUE,WED,THU,FRI *)`,
      ScheduleExpressionTimezone: 'Europe/Berlin',
      State: 'ENABLED',
      Target: {
        Arn: { Ref: expect.stringMatching(/^FleetRunningHoursMachine/) },
        Input: '{"due":"<aws.scheduler.scheduled-time>","wait":60}',
        RetryPolicy: { MaximumEventAgeInSeconds: 1800, MaximumRetryAttempts: 185 },
        RoleArn: { 'Fn::GetAtt': [ROLE, 'Arn'] },
      },
    },
    DependsOn: ['FleetLifecycle59BD595E'],
  });
  const schedules = template.findResources('AWS::Scheduler::Schedule');
  expect(Object.values(schedules)).toEqual([schedule(7), schedule(19)]);
  expect(Object.keys(schedules)).toEqual(['FleetRunningHoursStart02C9B428F', 'FleetRunningHoursStop1876D9BA5']);
  expect(statements(template, ROLE)).toEqual([
    { Action: 'states:StartExecution', Effect: 'Allow', Resource: { Ref: expect.stringMatching(/^FleetRunningHoursMachine/) } },
  ]);
});

test('the function is told the hours, and may see, start and stop the fleet and see its sessions', () => {
  const template = run({ holidays: HOLIDAYS, waitForSessions: cdk.Duration.hours(2) });
  template.hasResourceProperties('AWS::Lambda::Function', {
    Handler: 'index.runningHours',
    Timeout: 120,
    Environment: {
      Variables: {
        RUNNING_HOURS: joined(
          '{"noun":"fleet","name":"', { Ref: 'Fleet30813DF3' },
          '","periods":[{"days":["MON","TUE","WED","THU","FRI"],"from":"07:00","to":"19:00"}],"timeZone":"Europe/Berlin",'
          + '"holidays":"2026-12-25,2027-01-01","waitSeconds":7200}',
        ),
      },
    },
  });
  expect(statements(template, 'FleetRunningHoursMachineRole').slice(1)).toEqual([
    { Action: 'appstream:DescribeFleets', Effect: 'Allow', Resource: '*' },
    {
      Action: ['appstream:StartFleet', 'appstream:StopFleet', 'appstream:DescribeSessions', 'appstream:ListAssociatedStacks'],
      Effect: 'Allow',
      Resource: FLEET_ARN,
    },
    {
      Action: 'appstream:DescribeSessions',
      Effect: 'Allow',
      Resource: arn(':stack/*'),
    },
  ]);
});

test('the state machine looks until nothing is left to do, whatever happens to the function', () => {
  const { DefinitionString, RoleArn } = Object.values(run({ holidays: HOLIDAYS }).findResources('AWS::StepFunctions::StateMachine'))
    .find(({ Properties }) => JSON.stringify(Properties).includes('GivenUp'))!.Properties;
  expect(RoleArn).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^FleetRunningHoursMachineMachineRole/), 'Arn'] });
  const [, [before, { 'Fn::GetAtt': [fn] }, after]] = DefinitionString['Fn::Join'];
  expect(fn).toMatch(/^FleetRunningHoursMachineFunction/);
  expect(JSON.parse(`${before}FUNCTION${after}`)).toEqual({
    Comment: 'Starts or stops something at its running hours',
    StartAt: 'Look',
    TimeoutSeconds: 3600,
    States: {
      'Look': {
        Type: 'Task',
        Resource: 'FUNCTION',
        Parameters: { 'state.$': '$', 'now.$': '$$.State.EnteredTime' },
        Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.fault', Next: 'Wait' }],
        Next: 'More?',
      },
      'More?': {
        Type: 'Choice',
        Choices: [{ Variable: '$.outcome', StringEquals: 'waiting', Next: 'Wait' }, { Variable: '$.outcome', StringEquals: 'done', Next: 'Done' }],
        Default: 'Given up',
      },
      'Wait': { Type: 'Wait', SecondsPath: '$.wait', Next: 'Look' },
      'Done': { Type: 'Succeed' },
      'Given up': { Type: 'Fail', Error: 'GivenUp', CausePath: '$.why' },
    },
  });
});

test('the state machine has time for the longest wait for users', () => {
  const machines = run({ waitForSessions: cdk.Duration.hours(24) }).findResources('AWS::StepFunctions::StateMachine');
  expect(JSON.stringify(machines)).toContain('\\"TimeoutSeconds\\":90000');
});

test('with holidays alone nothing is said of sessions', () => {
  const template = run({ holidays: HOLIDAYS });
  expect(JSON.stringify(template.findResources('AWS::IAM::Role'))).not.toContain('Session');
  expect(JSON.stringify(template.findResources('AWS::Lambda::Function'))).toContain('\\"waitSeconds\\":0');
});

test('an image builder has holidays too', () => {
  new appstream.ImageBuilder(stack, 'Builder', instance).runDuring({ hours: HOURS, holidays: HOLIDAYS });
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::Lambda::Function', {
    Environment: { Variables: { RUNNING_HOURS: joined(Match.stringLikeRegexp('^{"noun":"image builder"'), Match.anyValue(), Match.anyValue()) } },
  });
  expect(statements(template, 'BuilderRunningHoursMachineRole').slice(1)).toEqual([
    { Action: 'appstream:DescribeImageBuilders', Effect: 'Allow', Resource: '*' },
    {
      Action: ['appstream:StartImageBuilder', 'appstream:StopImageBuilder'],
      Effect: 'Allow',
      Resource: arn(':image-builder/', { Ref: 'BuilderB630A0FA' }),
    },
  ]);
});

test('with holidays it takes a look between hours that touch, since one of them may not begin', () => {
  const allDay = [RunningHours.weekly({ days: [Weekday.MONDAY, Weekday.TUESDAY], from: '00:00', to: '24:00', timeZone })];
  const expressions = (template: Template) => Object.values(template.findResources('AWS::Scheduler::Schedule')).map(({ Properties }) => Properties.ScheduleExpression);
  expect(expressions(run({ hours: allDay, holidays: HOLIDAYS }))).toEqual(['cron(0 0 ? * MON,TUE *)', 'cron(0 0 ? * WED *)']);
  stack = new cdk.Stack(new cdk.App(), 'Stack');
  expect(expressions(run({ hours: allDay, waitForSessions: cdk.Duration.hours(1) }))).toEqual(['cron(0 0 ? * MON *)', 'cron(0 0 ? * WED *)']);
});

test('the dates may come from a parameter', () => {
  const dates = new cdk.CfnParameter(stack, 'Holidays', { type: 'CommaDelimitedList' });
  run({ holidays: dates.valueAsList }).hasResourceProperties('AWS::Lambda::Function', {
    Environment: { Variables: { RUNNING_HOURS: joined(Match.anyValue(), Match.anyValue(), Match.stringLikeRegexp('"holidays":"$'), { 'Fn::Join': [',', { Ref: 'Holidays' }] }, Match.anyValue()) } },
  });
});

test('no holidays take no function', () => {
  const template = run({ holidays: [] });
  template.resourceCountIs('AWS::StepFunctions::StateMachine', 1);
  expect(JSON.stringify(template.findResources('AWS::Scheduler::Schedule'))).toContain('aws-sdk:appstream:startFleet');
});

test('a look adds a function with its log, a state machine, and a role for each of them', () => {
  const types = [{}, { holidays: HOLIDAYS, waitForSessions: cdk.Duration.hours(1) }].map((options) => {
    stack = new cdk.Stack(new cdk.App(), 'Stack');
    return Object.values<{ Type: string }>(run(options).toJSON().Resources).map(({ Type }) => Type).sort();
  });
  types[0].forEach((type) => types[1].splice(types[1].indexOf(type), 1));
  expect(types[1]).toEqual(['AWS::IAM::Role', 'AWS::IAM::Role', 'AWS::Lambda::Function', 'AWS::Logs::LogGroup', 'AWS::StepFunctions::StateMachine']);
});

test('who starts an encrypted state machine may use its key', () => {
  const encryptionKey = new kms.Key(stack, 'Key');
  LifecycleSettings.apply(stack, { encryptionKey });
  const template = run({ holidays: HOLIDAYS });
  expect(statements(template, ROLE)).toEqual([
    expect.objectContaining({ Action: 'states:StartExecution' }),
    { Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Effect: 'Allow', Resource: { 'Fn::GetAtt': ['Key961B73FD', 'Arn'] } },
  ]);
});

test.each<[string, string[], string]>([
  ['that are no dates', ['25.12.2026'], 'holidays must be dates such as "2026-12-25", got "25.12.2026"'],
  ['with a time', ['2026-12-25T00:00'], 'holidays must be dates such as "2026-12-25", got "2026-12-25T00:00"'],
  ['on a day that there is not', ['2026-12-25', '2027-02-29'], 'holidays must be dates such as "2026-12-25", got "2027-02-29"'],
  ['in a month that there is not', ['2026-13-01'], 'holidays must be dates such as "2026-12-25", got "2026-13-01"'],
  ['that are given twice', ['2026-12-25', '2026-12-26', '2026-12-25'], 'holidays must have each date once, got "2026-12-25" twice'],
  ['that are too many', days(101), 'holidays must have 0 to 100 elements, got 101'],
])('fails for holidays %s', (_what, holidays, message) => {
  expect(() => run({ holidays })).toThrow(new Error(`${message} [at Stack/Fleet]`));
});

test.each<[string, string[]]>([
  ['a leap day', ['2028-02-29']],
  ['a day without hours', ['2026-12-26']],
  ['a hundred days', days(100)],
  ['a token', [cdk.Lazy.string({ produce: () => 'tomorrow' })]],
])('holidays may be %s', (_what, holidays) => {
  expect(() => run({ holidays })).not.toThrow();
});

test.each([[0, 0], [90, 1.5], [86_460, 1441]])('fails for users who may stay on for %s seconds', (seconds, got) => {
  expect(() => run({ waitForSessions: cdk.Duration.seconds(seconds) }))
    .toThrow(new Error(`waitForSessions must be 1 to 1440 whole minutes, got ${got} [at Stack/Fleet]`));
});

test.each([1, 1440])('users may stay on for %s minutes', (minutes) => {
  expect(() => run({ waitForSessions: cdk.Duration.minutes(minutes) })).not.toThrow();
});

test('cdk-nag finds nothing in what looks', () => {
  const app = new cdk.App();
  cdk.Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  stack = new cdk.Stack(app, 'Stack');
  new appstream.Fleet(stack, 'Fleet', { ...instance, capacity: appstream.Capacity.instances(1) })
    .runDuring({ hours: HOURS, holidays: HOLIDAYS, waitForSessions: cdk.Duration.hours(1) });
  new appstream.ImageBuilder(stack, 'Builder', instance).runDuring({ hours: HOURS, holidays: HOLIDAYS });
  expect(() => app.synth()).not.toThrow();
});

/** As many dates. */
function days(count: number): string[] {
  return Array.from({ length: count }, (_none, index) => new Date(Date.parse('2026-01-01') + index * 24 * 60 * 60_000).toISOString().slice(0, 10));
}
