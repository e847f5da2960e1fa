import * as cdk from 'aws-cdk-lib';
import { Annotations, Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { appstream } from '../../src';

const { FleetState, ImageBuilderState, RunningHours, Weekday } = appstream;
const timeZone = cdk.TimeZone.EUROPE_BERLIN;
const OFFICE = { from: '07:00', to: '19:00', timeZone };

let stack: cdk.Stack;

beforeEach(() => {
  stack = new cdk.Stack(new cdk.App(), 'Stack');
});

function fleet(props: Partial<appstream.FleetProps> = {}): appstream.Fleet {
  return new appstream.Fleet(stack, 'Fleet', {
    image: appstream.Image.fromName('image'), instanceType: appstream.InstanceType.STANDARD_SMALL, capacity: appstream.Capacity.instances(1), ...props,
  });
}

function builder(props: Partial<appstream.ImageBuilderProps> = {}): appstream.ImageBuilder {
  return new appstream.ImageBuilder(stack, 'Builder', {
    image: appstream.Image.fromName('image'), instanceType: appstream.InstanceType.STANDARD_SMALL, ...props,
  });
}

const run = (...hours: appstream.WeeklyHours[]) => fleet().runDuring({ hours: hours.map((each) => RunningHours.weekly(each)) });

/** What is done when, and for how many minutes it is tried. */
function switched(): string[] {
  return Object.values(Template.fromStack(stack).findResources('AWS::Scheduler::Schedule')).map(({ Properties: { ScheduleExpression, Target } }) =>
    `${/start/.test(JSON.stringify(Target.Arn)) ? 'start' : 'stop'} ${ScheduleExpression} ${Target.RetryPolicy.MaximumEventAgeInSeconds / 60}`);
}

test('a fleet has two schedules for its hours, with a role that may start and stop it and nothing else', () => {
  fleet().runDuring({ hours: [RunningHours.weekly(OFFICE)] });
  const template = Template.fromStack(stack);
  const schedules = template.findResources('AWS::Scheduler::Schedule');
  const schedule = (operation: string, hour: number) => ({
    Type: 'AWS::Scheduler::Schedule',
    Properties: {
      FlexibleTimeWindow: { Mode: 'OFF' },
      ScheduleExpression: `cron(0 ${hour} ? * MON,TUE,WED,THU,FRI *)`,
      ScheduleExpressionTimezone: 'Europe/Berlin',
      State: 'ENABLED',
      Target: {
        Arn: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:scheduler:::aws-sdk:appstream:${operation}`]] },
        Input: { 'Fn::Join': ['', ['{"Name":"', { Ref: 'Fleet30813DF3' }, '"}']] },
        RetryPolicy: { MaximumEventAgeInSeconds: 1800, MaximumRetryAttempts: 185 },
        RoleArn: { 'Fn::GetAtt': ['FleetRunningHoursRole3859EC95', 'Arn'] },
      },
    },
    DependsOn: ['FleetLifecycle59BD595E'],
  });
  expect(Object.values(schedules)).toEqual([schedule('startFleet', 7), schedule('stopFleet', 19)]);
  expect(Object.keys(schedules)).toEqual(['FleetRunningHoursStart02C9B428F', 'FleetRunningHoursStop1876D9BA5']);
  template.hasResource('AWS::IAM::Role', {
    Properties: {
      AssumeRolePolicyDocument: {
        Statement: [{
          Action: 'sts:AssumeRole',
          Effect: 'Allow',
          Principal: { Service: 'scheduler.amazonaws.com' },
          Condition: {
            StringEquals: {
              'aws:SourceAccount': { Ref: 'AWS::AccountId' },
              'aws:SourceArn': { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':scheduler:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':schedule-group/default']] },
            },
          },
        }],
        Version: '2012-10-17',
      },
      Description: 'Starts and stops the fleet at its running hours',
      Policies: [{
        PolicyName: 'StartStop',
        PolicyDocument: {
          Statement: [{
            Action: ['appstream:StartFleet', 'appstream:StopFleet'],
            Effect: 'Allow',
            Resource: {
              'Fn::Join': ['', [
                'arn:', { Ref: 'AWS::Partition' }, ':appstream:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':fleet/', { Ref: 'Fleet30813DF3' },
              ]],
            },
          }],
          Version: '2012-10-17',
        },
      }],
    },
    DependsOn: ['FleetLifecycle59BD595E'],
  });
});

test('a fleet with running hours is not started by CloudFormation, and is only stopped by its lifecycle', () => {
  fleet().runDuring({ hours: [RunningHours.weekly(OFFICE)] });
  const template = Template.fromStack(stack);
  expect(Object.values(template.findResources('AWS::AppStream::Fleet'))[0].CreationPolicy).toBeUndefined();
  template.hasResourceProperties('Custom::AppStreamFleetLifecycle', { DesiredState: 'UNMANAGED', StopOnDelete: 'true' });
  expect(JSON.stringify(template.findResources('AWS::IAM::Policy'))).not.toContain('StartFleet');
});

test('an image builder runs in its hours, and nobody warns that it keeps running', () => {
  builder().runDuring({ hours: [RunningHours.weekly(OFFICE)] });
  const template = Template.fromStack(stack);
  const targets = Object.values(template.findResources('AWS::Scheduler::Schedule')).map(({ Properties: { Target } }) => JSON.stringify(Target.Arn));
  expect(targets).toEqual([expect.stringContaining('appstream:startImageBuilder'), expect.stringContaining('appstream:stopImageBuilder')]);
  template.hasResourceProperties('Custom::AppStreamImageBuilderLifecycle', { DesiredState: 'UNMANAGED', StopOnDelete: 'true' });
  Annotations.fromStack(stack).hasNoWarning('*', '*');
});

test.each<[string, appstream.WeeklyHours[], string[]]>([
  ['over midnight', [{ days: [Weekday.FRIDAY, Weekday.SUNDAY], from: '22:30', to: '06:15', timeZone }],
    ['start cron(30 22 ? * FRI,SUN *) 30', 'stop cron(15 6 ? * MON,SAT *) 30']],
  ['until midnight', [{ days: [Weekday.SUNDAY], from: '12:00', to: '24:00', timeZone }], ['start cron(0 12 ? * SUN *) 30', 'stop cron(0 0 ? * MON *) 30']],
  ['in whole days without a break', [{ from: '00:00', to: '24:00', timeZone }], ['start cron(0 0 ? * MON *) 30', 'stop cron(0 0 ? * SAT *) 30']],
  ['in two parts of a day', [{ days: [Weekday.MONDAY], from: '08:00', to: '12:00', timeZone }, { days: [Weekday.MONDAY], from: '12:05', to: '12:20', timeZone }],
    ['start cron(0 8 ? * MON *) 30', 'stop cron(0 12 ? * MON *) 5', 'start cron(5 12 ? * MON *) 15', 'stop cron(20 12 ? * MON *) 30']],
  ['in parts that touch', [{ days: [Weekday.MONDAY, Weekday.TUESDAY], from: '08:00', to: '12:00', timeZone }, { days: [Weekday.TUESDAY], from: '12:00', to: '18:00', timeZone }],
    ['start cron(0 8 ? * MON,TUE *) 30', 'stop cron(0 12 ? * MON *) 30', 'stop cron(0 18 ? * TUE *) 30']],
  ['until the week begins', [{ days: [Weekday.SUNDAY], from: '20:00', to: '02:00', timeZone }, { days: [Weekday.MONDAY], from: '02:00', to: '03:00', timeZone }],
    ['start cron(0 20 ? * SUN *) 30', 'stop cron(0 3 ? * MON *) 30']],
])('hours %s', (_what, hours, expected) => {
  run(...hours);
  expect(switched()).toEqual(expected);
});

test.each<[string, appstream.WeeklyHours[], string]>([
  ['from an hour that there is not', [{ ...OFFICE, from: '24:00' }], 'from must be a time from "00:00" to "23:59", got "24:00"'],
  ['from a short time', [{ ...OFFICE, from: '7:00' }], 'from must be a time from "00:00" to "23:59", got "7:00"'],
  ['to a minute that there is not', [{ ...OFFICE, to: '18:60' }], 'to must be a time from "00:00" to "24:00", got "18:60"'],
  ['to after midnight', [{ ...OFFICE, to: '24:01' }], 'to must be a time from "00:00" to "24:00", got "24:01"'],
  ['to a token', [{ ...OFFICE, to: cdk.Lazy.string({ produce: () => '18:00' }) }], 'from and to must be known at synthesis, got a token: schedules are made of them'],
  ['that are empty', [{ ...OFFICE, to: '07:00' }], 'running hours must not be empty, got "07:00" to "07:00"; whole days are from "00:00" to "24:00"'],
  ['on no day', [{ ...OFFICE, days: [] }], 'days must have each day once, and at least one, got []'],
  ['twice on a day', [{ ...OFFICE, days: [Weekday.MONDAY, Weekday.MONDAY] }], 'days must have each day once, and at least one, got ["MON","MON"]'],
  ['in an unknown time zone', [{ ...OFFICE, timeZone: cdk.TimeZone.of('Europe/Rom') }],
    'timeZone must be a name of the IANA time zone database, such as "Europe/Berlin", got "Europe/Rom"'],
  ['in two time zones', [OFFICE, { ...OFFICE, timeZone: cdk.TimeZone.ETC_UTC }],
    'running hours must all have one timeZone, since zones that change their clocks on different days overlap on some, got ["Europe/Berlin","Etc/UTC"]'],
  ['that overlap', [OFFICE, { days: [Weekday.FRIDAY], from: '18:59', to: '20:00', timeZone }],
    'running hours must not overlap, got "FRI 07:00 to 19:00" and "FRI 18:59 to 20:00"'],
  ['that are given twice', [OFFICE, OFFICE], 'running hours must not overlap, got "MON 07:00 to 19:00" and "MON 07:00 to 19:00"'],
  ['that overlap over the end of the week', [{ days: [Weekday.SUNDAY], from: '20:00', to: '02:01', timeZone }, { days: [Weekday.MONDAY], from: '02:00', to: '03:00', timeZone }],
    'running hours must not overlap, got "SUN 20:00 to 02:01" and "MON 02:00 to 03:00"'],
  ['without end', [{ days: Object.values(Weekday), from: '00:00', to: '24:00', timeZone }],
    'running hours must have an end, got all hours of the week; take the desiredState "RUNNING" instead'],
  ['that are none', [], 'runDuring takes at least one period of running hours, got none'],
])('fails for hours %s', (_what, hours, message) => {
  expect(() => run(...hours)).toThrow(new Error(`${message} [at Stack/Fleet]`));
});

test.each(['UTC', 'Asia/Kolkata', 'Asia/Calcutta', 'Etc/UTC'])('hours may be in the time zone %s', (name) => {
  run({ ...OFFICE, timeZone: cdk.TimeZone.of(name) });
  Template.fromStack(stack).hasResourceProperties('AWS::Scheduler::Schedule', { ScheduleExpressionTimezone: name });
});

test.each([FleetState.RUNNING, FleetState.STOPPED])('fails for a fleet with the desired state %s', (desiredState) => {
  expect(() => fleet({ desiredState }).runDuring({ hours: [RunningHours.weekly(OFFICE)] }))
    .toThrow(new Error(`running hours start and stop the fleet, so the desiredState must be "UNMANAGED" or left out, got "${desiredState}" [at Stack/Fleet]`));
});

test('fails for an image builder with a desired state', () => {
  expect(() => builder({ desiredState: ImageBuilderState.STOPPED }).runDuring({ hours: [RunningHours.weekly(OFFICE)] }))
    .toThrow(new Error('running hours start and stop the image builder, so the desiredState must be "UNMANAGED" or left out, got "STOPPED" [at Stack/Builder]'));
});

test('fails for hours that are given in two calls', () => {
  const twice = fleet({ desiredState: FleetState.UNMANAGED });
  twice.runDuring({ hours: [RunningHours.weekly(OFFICE)] });
  expect(() => twice.runDuring({ hours: [RunningHours.weekly(OFFICE)] })).toThrow(new Error('runDuring takes all running hours at once, got a second call [at Stack/Fleet]'));
});

test('the next fleet with hours adds a lifecycle resource, a role and two schedules', () => {
  const types = [false, true].map((withHours) => {
    stack = new cdk.Stack(new cdk.App(), 'Stack');
    fleet().runDuring({ hours: [RunningHours.weekly(OFFICE)] });
    const other = new appstream.Fleet(stack, 'Other', {
      image: appstream.Image.fromName('image'), instanceType: appstream.InstanceType.STANDARD_SMALL, capacity: appstream.Capacity.instances(1),
    });
    if (withHours) {
      other.runDuring({ hours: [RunningHours.weekly(OFFICE)] });
    }
    return Object.values<{ Type: string }>(Template.fromStack(stack).toJSON().Resources).map(({ Type }) => Type).sort();
  });
  types[0].forEach((type) => types[1].splice(types[1].indexOf(type), 1));
  expect(types[1]).toEqual(['AWS::IAM::Role', 'AWS::Scheduler::Schedule', 'AWS::Scheduler::Schedule', 'Custom::AppStreamFleetLifecycle']);
});

test('cdk-nag finds nothing in running hours', () => {
  const app = new cdk.App();
  cdk.Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  stack = new cdk.Stack(app, 'Stack');
  fleet().runDuring({ hours: [RunningHours.weekly(OFFICE)] });
  builder().runDuring({ hours: [RunningHours.weekly(OFFICE)] });
  expect(() => app.synth()).not.toThrow();
});
