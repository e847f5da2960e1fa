import * as cdk from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { aStack, arn, aVpc, importedStudio } from './world';
import {
  ILaunchProfile, InstanceType, LaunchProfile, SessionPersistence, StreamingImage, StreamingSession, StreamingSessionProps, StreamingSessionState,
  Studio, StudioComponent, VolumeRetentionMode,
} from '../../src/nimblestudio';

const TYPE = 'Custom::NimbleStudioStreamingSession';

let stack: cdk.Stack;
beforeEach(() => {
  stack = aStack();
});

function importedProfile(scope: cdk.Stack): ILaunchProfile {
  return LaunchProfile.fromLaunchProfileAttributes(scope, 'Profile', { studio: importedStudio(scope), launchProfileId: 'profile-id' });
}

function ownProfile(sessionPersistence?: SessionPersistence): LaunchProfile {
  return new LaunchProfile(stack, 'Profile', {
    studio: importedStudio(stack),
    vpc: aVpc(stack),
    instanceTypes: [InstanceType.G5_XLARGE],
    streamingImages: [StreamingImage.fromStreamingImageId(stack, 'Image', 'image-id')],
    studioComponents: [StudioComponent.fromStudioComponentId(stack, 'Component', 'component-id')],
    sessionPersistence,
  });
}

const session = ({ launchProfile = importedProfile(stack), ...props }: Partial<StreamingSessionProps> = {}) =>
  new StreamingSession(stack, 'Session', { launchProfile, ...props });

const FUNCTION = { 'Fn::GetAtt': ['NimbleStudioLifecycleEngineFunctionAA2DFF8D', 'Arn'] };

function properties(of = stack) {
  const [{ Properties: { ServiceToken, ...rest } }] = Object.values(Template.fromStack(of).findResources(TYPE));
  return rest;
}

test('with the required properties alone', () => {
  session();
  expect(properties()).toEqual({
    StudioId: 'us-west-2-studio', LaunchProfileId: 'profile-id', DesiredState: 'READY', TimeoutSeconds: '2700', ServiceTimeout: '3120',
  });
});

test('with all properties', () => {
  const made = session({
    ownedBy: 'ada',
    instanceType: InstanceType.G5_2XLARGE,
    streamingImage: StreamingImage.fromStreamingImageId(stack, 'Image', 'image-id'),
    desiredState: StreamingSessionState.STOPPED,
    volumeRetentionMode: VolumeRetentionMode.DELETE,
    revision: '7',
    timeout: cdk.Duration.minutes(10),
    endpointUrl: 'https://nimble.example.com/studio',
  });
  cdk.Tags.of(made).add('film', 'Night');

  expect(properties()).toEqual({
    StudioId: 'us-west-2-studio',
    LaunchProfileId: 'profile-id',
    OwnedBy: 'ada',
    InstanceType: 'g5.2xlarge',
    StreamingImageId: 'image-id',
    Tags: '{"film":"Night"}',
    DesiredState: 'STOPPED',
    VolumeRetentionMode: 'DELETE',
    EndpointUrl: 'https://nimble.example.com/studio',
    Revision: '7',
    TimeoutSeconds: '600',
    ServiceTimeout: '1020',
  });
});

test('tags of the whole stack and tags with tokens are tags of the session', () => {
  const made = session();
  cdk.Tags.of(stack).add('project', 'film');
  cdk.Tags.of(made).add('region', stack.region);
  expect(properties().Tags).toEqual({ 'Fn::Join': ['', ['{"project":"film","region":"', { Ref: 'AWS::Region' }, '"}']] });
});

test('the logical ids never change: CloudFormation would make another session', () => {
  session();
  const resources: Record<string, { Type: string }> = Template.fromStack(stack).toJSON().Resources;
  expect(Object.entries(resources).map(([id, { Type }]) => [Type, id])).toEqual([
    [TYPE, 'Session88DA29BA'],
    ['AWS::Logs::LogGroup', 'NimbleStudioLifecycleEngineLog67364B73'],
    ['AWS::IAM::Role', 'NimbleStudioLifecycleEngineRole363762F1'],
    ['AWS::Lambda::Function', 'NimbleStudioLifecycleEngineFunctionAA2DFF8D'],
    ['AWS::IAM::Role', 'NimbleStudioLifecycleEngineMachineRoleD3F987BD'],
    ['AWS::StepFunctions::StateMachine', 'NimbleStudioLifecycleEngineMachine3371E163'],
    ['AWS::IAM::Policy', 'NimbleStudioLifecycleEngineNimbleStudioStreamingSessionF043C347'],
  ]);
});

test('a session comes after its launch profile, and its permissions are there first', () => {
  session({ launchProfile: ownProfile() });
  const [resource] = Object.values(Template.fromStack(stack).findResources(TYPE));
  expect(resource.Properties.ServiceToken).toEqual(FUNCTION);
  expect(resource.Properties.LaunchProfileId).toEqual({ 'Fn::GetAtt': ['Profile6F32097C', 'LaunchProfileId'] });
  expect(resource.DependsOn).toEqual(expect.arrayContaining([expect.stringMatching(/^NimbleStudioLifecycleEngineNimbleStudioStreamingSession/)]));
});

test('the engine may do what it needs to sessions of this stack, and to no others', () => {
  session();
  const sessions = arn('streaming-session', '*');
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: {
      Statement: [
        { Action: 'nimble:CreateStreamingSession', Effect: 'Allow', Resource: arn('launch-profile', 'profile-id') },
        { Action: 'nimble:ListStreamingSessions', Effect: 'Allow', Resource: arn('studio', 'us-west-2-studio') },
        { Action: 'nimble:GetStreamingSession', Effect: 'Allow', Resource: sessions },
        {
          Action: ['nimble:DeleteStreamingSession', 'nimble:StartStreamingSession', 'nimble:StopStreamingSession'],
          Effect: 'Allow',
          Resource: sessions,
          Condition: { StringEquals: { 'aws:ResourceTag/cdk-app-streaming:stack': { Ref: 'AWS::StackName' } } },
        },
      ],
    },
  });
});

test('attributes are those of the custom resource', () => {
  const made = session();
  const attributes = [made.streamingSessionId, made.streamingSessionArn, made.ownedBy, made.instanceTypeName, made.stopAt, made.terminateAt];
  expect(attributes.map((attribute) => stack.resolve(attribute)['Fn::GetAtt'][1])).toEqual([
    'SessionId', 'SessionArn', 'OwnedBy', 'InstanceType', 'StopAt', 'TerminateAt',
  ]);
});

test('cdk-nag finds nothing', () => {
  const app = new cdk.App();
  cdk.Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  const checked = new cdk.Stack(app, 'Checked');
  new StreamingSession(checked, 'Session', { launchProfile: importedProfile(checked) });
  expect(() => app.synth()).not.toThrow();
});

test.each<[string, () => Partial<StreamingSessionProps>]>([
  ['a stop where stopped sessions are kept', () => ({
    launchProfile: ownProfile(SessionPersistence.keepStopped()), desiredState: StreamingSessionState.STOPPED,
  })],
  ['a stop where nobody knows', () => ({ desiredState: StreamingSessionState.STOPPED })],
  ['no stop where none is possible', () => ({ launchProfile: ownProfile() })],
  ['the loopback in clear', () => ({ endpointUrl: 'http://127.0.0.1:8080' })],
  ['the loopback by name', () => ({ endpointUrl: 'http://localhost' })],
  ['the loopback of IPv6', () => ({ endpointUrl: 'http://[::1]:8080/' })],
  ['a token', () => ({ endpointUrl: new cdk.CfnParameter(stack, 'Url').valueAsString })],
])('accepts %s', (_what, props) => {
  expect(() => session(props())).not.toThrow();
});

const ADDRESS = 'endpointUrl must be an https address without user, query and fragment (http only for 127.0.0.1, localhost and [::1])';
test.each<[string, () => Partial<StreamingSessionProps>]>([
  ['desiredState "STOPPED" needs a launch profile with sessionPersistence, or the session fails; Test/Profile has none', () => ({
    launchProfile: ownProfile(), desiredState: StreamingSessionState.STOPPED,
  })],
  ...['http://nimble.example.com', 'nimble.example.com', '', 'ftp://127.0.0.1', 'https://ada@nimble.example.com', 'https://nimble.example.com/?a=b',
    'https://nimble.example.com/#a', 'http://127.0.0.1.example.com'].map((endpointUrl): [string, () => Partial<StreamingSessionProps>] => (
    [`${ADDRESS}, got "${endpointUrl}"`, () => ({ endpointUrl })])),
  ['timeout must be 60 to 3180 whole seconds, got 59', () => ({ timeout: cdk.Duration.seconds(59) })],
])('fails: %s', (message, props) => {
  expect(() => session(props())).toThrow(new Error(`${message} [at Test/Session]`));
});

test('fails for a launch profile of another Region', () => {
  const app = new cdk.App();
  const there = new cdk.Stack(app, 'There', { env: { region: 'us-west-2' } });
  const here = new cdk.Stack(app, 'Here', { env: { region: 'eu-west-1' } });
  expect(() => new StreamingSession(here, 'Session', { launchProfile: importedProfile(there) })).toThrow(new Error(
    'a lifecycle resource works in the Region of its stack, "eu-west-1", got a resource of "us-west-2" [at Here/Session]'));
});

test('fails without an acknowledgement of the shutdown, whose place is the studio', () => {
  expect(() => LaunchProfile.fromLaunchProfileAttributes(stack, 'Profile', {
    studio: Studio.fromStudioAttributes(stack, 'Studio', { studioId: 'studio' }), launchProfileId: 'profile-id',
  })).toThrow(new Error('AWS shut Amazon Nimble Studio down on 24 October 2024 and creates none of its resources any more: '
    + 'set acknowledgeServiceShutdown to true to synthesize them all the same [at Test/Studio]'));
});
