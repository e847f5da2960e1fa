import * as cdk from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { CfnApplication, CfnStreamGroup } from 'aws-cdk-lib/aws-gameliftstreams';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks } from 'cdk-nag';
import { Application, ApplicationSource, Location, RuntimeEnvironment, StreamClass, StreamGroup, StreamGroupApplicationAssociation } from '../../src/gameliftstreams';

const TYPE = 'Custom::GameLiftStreamsApplicationAssociation';
const ARN = 'arn:aws:gameliftstreams:us-west-2:123456789012';

let stack: cdk.Stack;
let chess: Application;
let playtest: StreamGroup;

beforeEach(() => {
  stack = new cdk.Stack(new cdk.App(), 'Test', { env: { account: '123456789012', region: 'us-west-2' } });
  chess = application('Chess');
  playtest = new StreamGroup(stack, 'Playtest', { streamClass: StreamClass.GEN6N_ULTRA, locations: [Location.primary({ maximumCapacity: 1 })], defaultApplication: chess });
});

function application(id: string, runtimeEnvironment = RuntimeEnvironment.UBUNTU_22_04_LTS, scope = stack): Application {
  const source = ApplicationSource.fromBucket(s3.Bucket.fromBucketName(scope, `${id}Bucket`, 'games'));
  return new Application(scope, id, { source, executablePath: 'game.exe', runtimeEnvironment });
}

const associations = () => Template.fromStack(stack).findResources(TYPE);

test('an application that is added waits for both, and the group outlives it', () => {
  playtest.addApplication(application('Go'));
  expect(associations()).toEqual({
    PlaytestApplicationTestGo93248C6C41AB9D7B: {
      Type: TYPE,
      Properties: {
        ServiceToken: { 'Fn::GetAtt': [expect.stringMatching(/^GameLiftStreamsLifecycleEngineFunction/), 'Arn'] },
        ServiceTimeout: '3120',
        TimeoutSeconds: '2700',
        StreamGroupArn: { 'Fn::GetAtt': ['PlaytestCA98431B', 'Arn'] },
        ApplicationArn: { 'Fn::GetAtt': ['Go7B58DA9E', 'Arn'] },
      },
      DependsOn: expect.arrayContaining(['PlaytestCA98431B', 'Go7B58DA9E']),
      UpdateReplacePolicy: 'Delete',
      DeletionPolicy: 'Delete',
    },
  });
  // A group that has expired lets nothing go: its applications are deleted after it.
  Template.fromStack(stack).hasResource('AWS::GameLiftStreams::StreamGroup', { DependsOn: ['Go7B58DA9E'] });
});

test('an association is made of L1s too, with a timeout of its own', () => {
  const group = new CfnStreamGroup(stack, 'Group', { description: 'Group', streamClass: 'gen6n_ultra', locationConfigurations: [{ locationName: 'us-west-2' }] });
  const game = new CfnApplication(stack, 'Game', {
    applicationSourceUri: 's3://games', description: 'Game', executablePath: 'a', runtimeEnvironment: { type: 'UBUNTU', version: '22_04_LTS' },
  });
  new StreamGroupApplicationAssociation(stack, 'Association', { streamGroup: group, application: game, timeout: cdk.Duration.minutes(10) });
  Template.fromStack(stack).hasResourceProperties(TYPE, { StreamGroupArn: { Ref: 'Group' }, ApplicationArn: { Ref: 'Game' }, TimeoutSeconds: '600' });
  for (const type of ['StreamGroup', 'Application']) {
    Template.fromStack(stack).hasResourceProperties(`AWS::GameLiftStreams::${type}`, {
      Tags: { 'cdk-app-streaming:stack': { Ref: 'AWS::StackName' } }, Description: type === 'StreamGroup' ? 'Group' : 'Game',
    });
  }
});

test('what is imported can be associated', () => {
  const group = StreamGroup.fromStreamGroupId(stack, 'Group', 'sg-1AB2C3De4');
  group.addApplication(Application.fromApplicationArn(stack, 'Game', `${ARN}:application/a-9ZY8X7Wv6`));
  Template.fromStack(stack).hasResourceProperties(TYPE, { ApplicationArn: `${ARN}:application/a-9ZY8X7Wv6` });
  // It may not have the tag of this stack.
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: {
      Statement: Match.arrayWith([{
        Action: ['gameliftstreams:AssociateApplications', 'gameliftstreams:DisassociateApplications', 'gameliftstreams:GetApplication'],
        Effect: 'Allow',
        Resource: `${ARN}:application/a-9ZY8X7Wv6`,
      }]),
    },
  });
});

test('its permissions are on the two, and what takes back on what has the stack\'s tag', () => {
  playtest.addApplication(application('Go'));
  const tagged = { StringEquals: { 'aws:ResourceTag/cdk-app-streaming:stack': { Ref: 'AWS::StackName' } } };
  const all = (kind: string) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:gameliftstreams:us-west-2:123456789012:${kind}/*`]] });
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Action: ['gameliftstreams:AssociateApplications', 'gameliftstreams:GetStreamGroup'],
          Effect: 'Allow',
          Resource: { 'Fn::GetAtt': ['PlaytestCA98431B', 'Arn'] },
        },
        {
          Action: ['gameliftstreams:DisassociateApplications', 'gameliftstreams:GetStreamGroup'], Effect: 'Allow', Resource: all('streamgroup'), Condition: tagged,
        },
        {
          Action: ['gameliftstreams:AssociateApplications', 'gameliftstreams:GetApplication'],
          Effect: 'Allow',
          Resource: { 'Fn::GetAtt': ['Go7B58DA9E', 'Arn'] },
        },
        { Action: 'gameliftstreams:DisassociateApplications', Effect: 'Allow', Resource: all('application'), Condition: tagged },
      ],
    },
  });
});

test.each([[0, 0], [1, 7], [2, 8]])('%i associations are made of %i resources', (number, expected) => {
  const games = ['Go', 'Shogi'].map((id) => application(id));
  games.slice(0, number).forEach((game) => playtest.addApplication(game));
  expect(Object.keys(Template.fromStack(stack).toJSON().Resources)).toHaveLength(4 + expected);
});

test('cdk-nag finds nothing', () => {
  const app = new cdk.App();
  cdk.Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  stack = new cdk.Stack(app, 'Test');
  new StreamGroup(stack, 'Group', { streamClass: StreamClass.GEN6N_ULTRA, locations: [Location.primary({ maximumCapacity: 1 })] })
    .addApplication(application('Go'));
  expect(() => app.synth()).not.toThrow();
});

test('fails for an application that the group has already', () => {
  const go = application('Go');
  playtest.addApplication(go);
  expect(() => playtest.addApplication(go)).toThrow(
    'application "Test/Go" is associated with the stream group already, got it once more: remove one of the two [at Test/Playtest]',
  );
  expect(() => new StreamGroupApplicationAssociation(stack, 'Again', { streamGroup: playtest, application: go })).toThrow(
    'application "Test/Go" is associated with the stream group already, got it once more: remove one of the two [at Test/Again]',
  );
});

test.each([
  ['by its ARN', () => ({ arn: chess.applicationArn })],
  ['by its id', () => ({ id: chess.applicationId })],
])('fails for the default application of the group: %s', (_, defaultApplication) => {
  const group = new CfnStreamGroup(stack, 'Group', {
    description: 'Group', streamClass: 'gen6n_ultra', locationConfigurations: [{ locationName: 'us-west-2' }], defaultApplication: defaultApplication(),
  });
  expect(() => new StreamGroupApplicationAssociation(stack, 'Association', { streamGroup: group, application: chess })).toThrow(
    'application "Test/Chess" is the default of the stream group already, got it once more: remove one of the two [at Test/Association]',
  );
});

test('fails for an application that does not run on the machines of the group', () => {
  expect(() => playtest.addApplication(application('Go', RuntimeEnvironment.WINDOWS_2022))).toThrow(
    'streamClass must be one that ends in "_win2022" for applications on WINDOWS and another for those on PROTON and UBUNTU, '
    + 'got "gen6n_ultra" for one on WINDOWS [at Test/Playtest]',
  );
});

test('fails for what is in another Region', () => {
  const elsewhere = Application.fromApplicationArn(stack, 'Elsewhere', 'arn:aws:gameliftstreams:eu-central-1:123456789012:application/a-9ZY8X7Wv6');
  expect(() => playtest.addApplication(elsewhere)).toThrow(
    'a lifecycle resource works in the Region of its stack, "us-west-2", got a resource of "eu-central-1" [at Test/Playtest]',
  );
});

test.each([[59, false], [60, true], [3180, true], [3181, false]])('a timeout of %i seconds is taken: %s', (seconds, taken) => {
  const make = () => new StreamGroupApplicationAssociation(stack, 'Association', {
    streamGroup: playtest, application: application('Go'), timeout: cdk.Duration.seconds(seconds),
  });
  if (taken) {
    expect(make).not.toThrow();
  } else {
    expect(make).toThrow(`timeout must be 60 to 3180 whole seconds, got ${seconds} [at Test/Association]`);
  }
});

test('several applications are added to one group', () => {
  playtest.addApplication(application('Go'));
  playtest.addApplication(application('Shogi'));
  Template.fromStack(stack).resourceCountIs(TYPE, 2);
  Template.fromStack(stack).hasResource('AWS::GameLiftStreams::StreamGroup', { DependsOn: Match.arrayWith(['Go7B58DA9E']) });
});
