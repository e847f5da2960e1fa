import * as cdk from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as cfn from 'aws-cdk-lib/aws-gameliftstreams';
import * as iam from 'aws-cdk-lib/aws-iam';
import { AwsSolutionsChecks } from 'cdk-nag';
import { gameliftstreams } from '../../src';

let stack: cdk.Stack;
let streamGroup: cfn.IStreamGroupRef;
let application: cfn.IApplicationRef;

beforeEach(() => {
  stack = new cdk.Stack(new cdk.App(), 'Stack', { env: { account: '111111111111', region: 'us-west-2' } });
  streamGroup = gameliftstreams.StreamGroup.fromStreamGroupId(stack, 'Group', 'sg-1');
  application = gameliftstreams.Application.fromApplicationId(stack, 'Game', 'a-1');
});

function share(props: Partial<gameliftstreams.StreamUrlProps> = {}): gameliftstreams.StreamUrl {
  return new gameliftstreams.StreamUrl(stack, 'Url', {
    streamGroup, application, locations: ['us-west-2'], expiration: cdk.Duration.hours(1), ...props,
  });
}

/** The properties of the custom resource, without what all have. */
function properties(): Record<string, unknown> {
  const [{ Properties }] = Object.values(Template.fromStack(stack).findResources('Custom::GameLiftStreamsStreamUrl'));
  const { ServiceToken, ServiceTimeout, TimeoutSeconds, SecretArn, ...rest } = Properties;
  return { ...rest, Launch: JSON.parse(rest.Launch) };
}

test('says no more than what it is told', () => {
  share();
  expect(properties()).toEqual({
    StreamGroupArn: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':gameliftstreams:us-west-2:111111111111:streamgroup/sg-1']] },
    ApplicationArn: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':gameliftstreams:us-west-2:111111111111:application/a-1']] },
    UrlExpiresAfter: '60',
    Launch: { Description: 'Stack/Url', Locations: ['us-west-2'] },
    RevocationMode: 'REVOKE_URL',
  });
});

test('with all properties', () => {
  share({
    locations: ['us-west-2', 'eu-west-2'],
    usageLimit: 20,
    sessionLength: cdk.Duration.minutes(90),
    additionalLaunchArgs: ['--demo', '--level', '2'],
    additionalEnvironmentVariables: { STAGE: 'beta' },
    role: iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111111111111:role/games/GameLiftStreams-chess'),
    displayResolution: { width: 1280, height: 720 },
    description: 'For friends',
    revocationMode: gameliftstreams.RevocationMode.REVOKE_AND_TERMINATE_SESSIONS,
    revision: '2',
    timeout: cdk.Duration.minutes(30),
  });
  expect(properties()).toMatchObject({
    UrlExpiresAfter: '60',
    UsageLimit: '20',
    Launch: {
      Description: 'For friends',
      Locations: ['us-west-2', 'eu-west-2'],
      SessionLengthSeconds: 5400,
      AdditionalLaunchArgs: ['--demo', '--level', '2'],
      AdditionalEnvironmentVariables: { STAGE: 'beta' },
      RoleArn: 'arn:aws:iam::111111111111:role/games/GameLiftStreams-chess',
      DisplayConfiguration: { Resolution: { Width: 1280, Height: 720 } },
    },
    RevocationMode: 'REVOKE_AND_TERMINATE_SESSIONS',
    Revision: '2',
  });
  Template.fromStack(stack).hasResourceProperties('Custom::GameLiftStreamsStreamUrl', { TimeoutSeconds: '1800' });
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: {
      Statement: Match.arrayWith([Match.objectLike({
        Action: 'iam:PassRole',
        Resource: 'arn:aws:iam::111111111111:role/games/GameLiftStreams-chess',
        Condition: { StringEquals: { 'iam:PassedToService': 'gameliftstreams.amazonaws.com' } },
      })]),
    },
  });
});

test('what only the deployment knows is passed on', () => {
  const minutes = new cdk.CfnParameter(stack, 'Minutes', { type: 'Number' }).valueAsNumber;
  share({ expiration: cdk.Duration.minutes(minutes), usageLimit: minutes, locations: [cdk.Aws.REGION] });
  Template.fromStack(stack).hasResourceProperties('Custom::GameLiftStreamsStreamUrl', {
    UrlExpiresAfter: { Ref: 'Minutes' },
    UsageLimit: { Ref: 'Minutes' },
    Launch: { 'Fn::Join': ['', ['{"Description":"Stack/Url","Locations":["', { Ref: 'AWS::Region' }, '"]}']] },
  });
});

test('what it tells is no secret, and the secret is its own', () => {
  const url = share();
  expect(stack.resolve([url.streamUrlArn, url.streamUrlId, url.expires, url.secret.secretArn])).toEqual([
    { Ref: 'UrlD4FAABD0' },
    { 'Fn::GetAtt': ['UrlD4FAABD0', 'StreamUrlId'] },
    { 'Fn::GetAtt': ['UrlD4FAABD0', 'Expires'] },
    { Ref: 'UrlSecret1A5347F1' },
  ]);
});

test('group, application and their association are there before it, wherever they are made', () => {
  const game = new cfn.CfnApplication(stack, 'L1Game', {
    applicationSourceUri: 's3://games/chess', description: 'chess', executablePath: 'chess', runtimeEnvironment: { type: 'UBUNTU', version: '22_04_LTS' },
  });
  const group = new cfn.CfnStreamGroup(stack, 'L1Group', {
    description: 'group', streamClass: 'gen5n_high', locationConfigurations: [{ locationName: 'us-west-2', maximumCapacity: 2 }],
  });
  share({ streamGroup: group, application: game });
  new gameliftstreams.StreamGroupApplicationAssociation(stack, 'Association', { streamGroup: group, application: game });
  Template.fromStack(stack).hasResource('Custom::GameLiftStreamsStreamUrl', {
    DependsOn: Match.arrayWith(['AssociationA4069362', 'L1Game', 'L1Group']),
  });
});

test.each([
  ['a duration below a minute', { expiration: cdk.Duration.seconds(30) }, 'expiration must be 1 to 9007199254740991 whole minutes, got 0.5'],
  ['a limit of nothing', { usageLimit: 0 }, 'usageLimit must be a whole number of at least 1, got 0'],
  ['no location', { locations: [] }, 'locations must have 1 to 100 elements, got 0'],
  ['a location twice', { locations: ['us-west-2', 'us-west-2'] }, 'locations must have each location once, got "us-west-2" more than once'],
  ['what is no location', { locations: ['London'] }, 'locations: name must be a Region like "eu-west-2", got "London"'],
  ['no length', { sessionLength: cdk.Duration.millis(500) }, 'sessionLength must be 1 to 86400 whole seconds, got 0.5'],
  ['more than a day', { sessionLength: cdk.Duration.seconds(86_401) }, 'sessionLength must be 1 to 86400 whole seconds, got 86401'],
  ['too many arguments', { additionalLaunchArgs: Array(101).fill('x') }, 'additionalLaunchArgs must have 0 to 100 elements, got 101'],
  ['too many variables', { additionalEnvironmentVariables: Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`V${i}`, 'x'])) },
    'additionalEnvironmentVariables must have 0 to 50 elements, got 51'],
  ['a variable that begins with a digit', { additionalEnvironmentVariables: { '1UP': 'x' } },
    'additionalEnvironmentVariables: name must have 1 to 256 letters, digits and "_", and not begin with a digit, got "1UP"'],
  ['an odd width', { displayResolution: { width: 1281, height: 720 } }, 'displayResolution must be of even numbers and at most 2073600 pixels, got 1281 x 720'],
  ['too many pixels', { displayResolution: { width: 1922, height: 1080 } }, 'displayResolution must be of even numbers and at most 2073600 pixels, got 1922 x 1080'],
  ['a small height', { displayResolution: { width: 1280, height: 318 } }, 'displayResolution: height must be a whole number from 320 to 4096, got 318'],
  ['a comma', { description: 'one, two' }, 'description must have only letters, digits, blanks, "-", "_", ".", "!", "+", "@" and "/", and not start with a blank, got "one, two"'],
])('fails for %s', (_, props, sentence) => {
  expect(() => share(props)).toThrow(`${sentence} [at Stack/Url]`);
});

test('fails for a value of a variable that is too long', () => {
  const value = 'x'.repeat(4097);
  expect(() => share({ additionalEnvironmentVariables: { LONG: value } })).toThrow(
    `additionalEnvironmentVariables: value of LONG must have 0 to 4096 characters, got 4097: "${value}" [at Stack/Url]`,
  );
});

test('fails for a description to which no mark can be added', () => {
  const description = 'x'.repeat(58);
  expect(() => share({ description })).toThrow(`description must have 1 to 57 characters, got 58: "${description}" [at Stack/Url]`);
});

test.each([
  ['one minute', { expiration: cdk.Duration.minutes(1) }],
  ['one use', { usageLimit: 1 }],
  ['sessions of a second', { sessionLength: cdk.Duration.seconds(1) }],
  ['sessions of a day', { sessionLength: cdk.Duration.days(1) }],
  ['a hundred arguments', { additionalLaunchArgs: Array(100).fill('x') }],
  ['fifty variables', { additionalEnvironmentVariables: Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`V${i}`, 'x'.repeat(4096)])) }],
  ['the most pixels', { displayResolution: { width: 1920, height: 1080 } }],
  ['the fewest pixels', { displayResolution: { width: 320, height: 320 } }],
  ['a description that leaves room for the mark', { description: 'x'.repeat(57) }],
])('%s is taken', (_, props) => {
  expect(() => share(props)).not.toThrow();
});

describe('the role of its sessions', () => {
  const assumedBy = new iam.ServicePrincipal('gameliftstreams.amazonaws.com');

  test('may be made in the app, with the name that GameLift Streams wants', () => {
    share({ role: new iam.Role(stack, 'Role', { assumedBy, roleName: 'GameLiftStreams-chess' }) });
    Template.fromStack(stack).hasResourceProperties('Custom::GameLiftStreamsStreamUrl', {
      Launch: { 'Fn::Join': ['', Match.arrayWith([{ 'Fn::GetAtt': ['Role1ABCC5F0', 'Arn'] }])] },
    });
  });

  test('may have a name that only the deployment knows', () => {
    const roleName = new cdk.CfnParameter(stack, 'Name').valueAsString;
    expect(() => share({ role: new iam.Role(stack, 'Role', { assumedBy, roleName }) })).not.toThrow();
  });

  test('fails with another name', () => {
    expect(() => share({ role: new iam.Role(stack, 'Role', { assumedBy, roleName: 'chess' }) }))
      .toThrow('role must have a name that starts with "GameLiftStreams-", got "chess" [at Stack/Url]');
  });

  test('fails with another name, imported', () => {
    expect(() => share({ role: iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111111111111:role/GameLiftStreams/chess') }))
      .toThrow('role must have a name that starts with "GameLiftStreams-", got "chess" [at Stack/Url]');
  });

  test('fails with the name that CloudFormation would make', () => {
    expect(() => share({ role: new iam.Role(stack, 'Role', { assumedBy }) }))
      .toThrow('role must have a name that starts with "GameLiftStreams-", got one whose name CloudFormation makes: "Stack/Role" [at Stack/Url]');
  });
});

test.each([
  ['group', 'account', { streamGroup: 'arn:aws:gameliftstreams:us-west-2:222222222222:streamgroup/sg-1' }, '"111111111111", got a resource of "222222222222"'],
  ['application', 'Region', { application: 'arn:aws:gameliftstreams:us-east-2:111111111111:application/a-1' }, '"us-west-2", got a resource of "us-east-2"'],
])('fails for a %s of another %s', (_, what, arns: { streamGroup?: string; application?: string }, found) => {
  const theirs = {
    ...arns.streamGroup && { streamGroup: gameliftstreams.StreamGroup.fromStreamGroupArn(stack, 'TheirGroup', arns.streamGroup) },
    ...arns.application && { application: gameliftstreams.Application.fromApplicationArn(stack, 'TheirGame', arns.application) },
  };
  expect(() => share(theirs)).toThrow(`a lifecycle resource works in the ${what} of its stack, ${found} [at Stack/Url]`);
});

test('cdk-nag finds nothing', () => {
  const app = new cdk.App();
  cdk.Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  stack = new cdk.Stack(app, 'Stack');
  streamGroup = gameliftstreams.StreamGroup.fromStreamGroupId(stack, 'Group', 'sg-1');
  application = gameliftstreams.Application.fromApplicationId(stack, 'Game', 'a-1');
  share();
  expect(() => app.synth()).not.toThrow();
});
