import * as cdk from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks } from 'cdk-nag';
import { Application, ApplicationSource, Location, RuntimeEnvironment, StreamClass, StreamGroup, StreamSession, StreamSessionProps } from '../../src/gameliftstreams';

const TYPE = 'Custom::GameLiftStreamsStreamSession';

let stack: cdk.Stack;

beforeEach(() => {
  stack = new cdk.Stack(new cdk.App(), 'Test', { env: { account: '123456789012', region: 'us-west-2' } });
});

function session(props: Partial<StreamSessionProps> = {}, id = 'Session'): StreamSession {
  const application = stack.node.tryFindChild('Chess') as Application | undefined ?? new Application(stack, 'Chess', {
    source: ApplicationSource.fromBucket(s3.Bucket.fromBucketName(stack, 'Bucket', 'games')),
    executablePath: 'chess',
    runtimeEnvironment: RuntimeEnvironment.UBUNTU_22_04_LTS,
  });
  const streamGroup = stack.node.tryFindChild('Group') as StreamGroup | undefined ?? new StreamGroup(stack, 'Group', {
    streamClass: StreamClass.GEN6N_ULTRA, locations: [Location.primary({ maximumCapacity: 1 })], defaultApplication: application,
  });
  return new StreamSession(stack, id, { streamGroup, application, locations: ['us-west-2'], ...props });
}

/** The only session of the stack, without what every lifecycle resource has. */
function properties() {
  const [{ Properties: { ServiceToken, ServiceTimeout, Launch, ...rest } }] = Object.values(Template.fromStack(stack).findResources(TYPE));
  return { ...rest, Launch: typeof Launch === 'string' ? JSON.parse(Launch) : Launch };
}

test('with the required properties alone', () => {
  session();
  expect(properties()).toEqual({
    TimeoutSeconds: '2700',
    StreamGroupArn: { 'Fn::GetAtt': ['GroupC77FDACD', 'Arn'] },
    ApplicationArn: { 'Fn::GetAtt': ['Chess07ABB0D4', 'Arn'] },
    Launch: { Description: 'Test/Session', Locations: ['us-west-2'] },
    ConnectionTimeoutSeconds: '3600',
    PerformanceStats: 'false',
  });
});

test('with all properties', () => {
  session({
    locations: ['eu-west-2', 'us-west-2'],
    connectionTimeout: cdk.Duration.minutes(5),
    sessionLength: cdk.Duration.hours(3),
    additionalLaunchArgs: ['--level', '2'],
    additionalEnvironmentVariables: { MODE: 'test' },
    userId: 'somebody',
    description: 'Night shift',
    role: iam.Role.fromRoleName(stack, 'Role', 'GameLiftStreams-Game'),
    performanceStats: true,
    displayResolution: { width: 1280, height: 720 },
    revision: '7',
    timeout: cdk.Duration.minutes(20),
  });
  const [{ Properties: { ServiceToken, ServiceTimeout, Launch, ...rest } }] = Object.values(Template.fromStack(stack).findResources(TYPE));
  expect(rest).toEqual({
    TimeoutSeconds: '1200',
    StreamGroupArn: { 'Fn::GetAtt': ['GroupC77FDACD', 'Arn'] },
    ApplicationArn: { 'Fn::GetAtt': ['Chess07ABB0D4', 'Arn'] },
    ConnectionTimeoutSeconds: '300',
    PerformanceStats: 'true',
    UserId: 'somebody',
    Revision: '7',
  });
  expect(JSON.parse(Launch['Fn::Join'][1].map((part: string | object) => (typeof part === 'string' ? part : 'aws')).join(''))).toEqual({
    Description: 'Night shift',
    Locations: ['eu-west-2', 'us-west-2'],
    SessionLengthSeconds: 10_800,
    AdditionalLaunchArgs: ['--level', '2'],
    AdditionalEnvironmentVariables: { MODE: 'test' },
    RoleArn: 'arn:aws:iam::123456789012:role/GameLiftStreams-Game',
    DisplayConfiguration: { Resolution: { Width: 1280, Height: 720 } },
  });
});

test('the logical id, and what is there before it: group and application', () => {
  session();
  const [[id, { DependsOn }]] = Object.entries(Template.fromStack(stack).findResources(TYPE));
  expect(id).toBe('Session88DA29BA');
  expect(DependsOn).toEqual(expect.arrayContaining(['Chess07ABB0D4', 'GroupC77FDACD']));
});

test('a session of an application that is added to the group is there after that, also if it is added later', () => {
  const source = ApplicationSource.fromBucket(s3.Bucket.fromBucketName(stack, 'GoBucket', 'games'));
  const go = new Application(stack, 'Go', { source, executablePath: 'go', runtimeEnvironment: RuntimeEnvironment.UBUNTU_22_04_LTS });
  session({ application: go });
  (stack.node.findChild('Group') as StreamGroup).addApplication(go);
  const [{ DependsOn }] = Object.values(Template.fromStack(stack).findResources(TYPE));
  expect(DependsOn).toEqual(expect.arrayContaining(['Go7B58DA9E', 'GroupC77FDACD', expect.stringMatching(/^GroupApplicationTestGo/)]));
});

test('a session can stand in the scope of its group', () => {
  const group = new StreamGroup(stack, 'Group', { streamClass: StreamClass.GEN6N_ULTRA, locations: [Location.primary({ maximumCapacity: 1 })] });
  new StreamSession(group, 'Session', {
    streamGroup: group, application: Application.fromApplicationId(stack, 'Game', 'a-9ZY8X7Wv6'), locations: ['us-west-2'],
  });
  const [[id, { DependsOn }]] = Object.entries(Template.fromStack(stack).findResources(TYPE));
  expect(DependsOn).toContain('GroupC77FDACD');
  expect(DependsOn).not.toContain(id);
});

test('the association of the group is there before a session of a nested stack', () => {
  const nested = new cdk.NestedStack(stack, 'Nested');
  const streamGroup = new StreamGroup(stack, 'Group', { streamClass: StreamClass.GEN6N_ULTRA, locations: [Location.primary({ maximumCapacity: 1 })] });
  const application = Application.fromApplicationId(stack, 'Game', 'a-9ZY8X7Wv6');
  new StreamSession(nested, 'Session', { streamGroup, application, locations: ['us-west-2'] });
  streamGroup.addApplication(application);
  Template.fromStack(stack).hasResource('AWS::CloudFormation::Stack', {
    DependsOn: Match.arrayWith([Match.stringLikeRegexp('^GroupApplication'), 'GroupC77FDACD']),
  });
});

test('its permissions are on the group and the application, and what ends sessions on what has the stack\'s tag', () => {
  session({ role: iam.Role.fromRoleName(stack, 'Role', 'GameLiftStreams-Game') });
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Action: [
            'gameliftstreams:GetStreamGroup', 'gameliftstreams:GetStreamSession', 'gameliftstreams:ListStreamSessions',
            'gameliftstreams:StartStreamSession',
          ],
          Effect: 'Allow',
          Resource: { 'Fn::GetAtt': ['GroupC77FDACD', 'Arn'] },
        },
        {
          Action: ['gameliftstreams:GetStreamSession', 'gameliftstreams:ListStreamSessions', 'gameliftstreams:TerminateStreamSession'],
          Effect: 'Allow',
          Resource: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':gameliftstreams:us-west-2:123456789012:streamgroup/*']] },
          Condition: { StringEquals: { 'aws:ResourceTag/cdk-app-streaming:stack': { Ref: 'AWS::StackName' } } },
        },
        { Action: 'gameliftstreams:GetApplication', Effect: 'Allow', Resource: { 'Fn::GetAtt': ['Chess07ABB0D4', 'Arn'] } },
        {
          Action: 'iam:PassRole',
          Effect: 'Allow',
          Resource: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::123456789012:role/GameLiftStreams-Game']] },
          Condition: { StringEquals: { 'iam:PassedToService': 'gameliftstreams.amazonaws.com' } },
        },
      ],
    },
  });
});

test.each([[1, 7], [2, 8]])('%i sessions are made of %i resources', (number, expected) => {
  ['One', 'Two'].slice(0, number).forEach((id) => session({}, id));
  expect(Object.keys(Template.fromStack(stack).toJSON().Resources)).toHaveLength(2 + expected);
});

test('cdk-nag finds nothing', () => {
  const app = new cdk.App();
  cdk.Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  stack = new cdk.Stack(app, 'Test');
  session();
  expect(() => app.synth()).not.toThrow();
});

test.each([[0, false], [1, true], [3600, true], [3601, false]])('a connectionTimeout of %i seconds is taken: %s', (seconds, taken) => {
  const make = () => session({ connectionTimeout: cdk.Duration.seconds(seconds) });
  if (taken) {
    expect(make).not.toThrow();
  } else {
    expect(make).toThrow(`connectionTimeout must be 1 to 3600 whole seconds, got ${seconds} [at Test/Session]`);
  }
});

test.each([[0, false], [1, true], [1024, true], [1025, false]])('a userId of %i characters is taken: %s', (length, taken) => {
  const userId = 'u'.repeat(length);
  const make = () => session({ userId });
  if (taken) {
    expect(make).not.toThrow();
  } else {
    expect(make).toThrow(`userId must have 1 to 1024 characters, got ${length}: "${userId}" [at Test/Session]`);
  }
});

test('fails for a group or application of another Region', () => {
  const arn = (name: string) => `arn:aws:gameliftstreams:eu-central-1:123456789012:${name}`;
  const sentence = 'a lifecycle resource works in the Region of its stack, "us-west-2", got a resource of "eu-central-1"';
  expect(() => session({ streamGroup: StreamGroup.fromStreamGroupArn(stack, 'Elsewhere', arn('streamgroup/sg-1')) })).toThrow(`${sentence} [at Test/Session]`);
  expect(() => session({ application: Application.fromApplicationArn(stack, 'Game', arn('application/a-1')) }, 'Other')).toThrow(`${sentence} [at Test/Other]`);
});
