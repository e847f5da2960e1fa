import * as sdk from '@aws-sdk/client-nimble';
import * as cdk from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { aStack, arn, aVpc, importedStudio, onlyResource } from './world';
import {
  ClipboardMode, InstanceType, LaunchProfile, LaunchProfileProps, SessionPersistence, StreamingImage, Studio, StudioComponent,
} from '../../src/nimblestudio';

let stack: cdk.Stack;
let required: LaunchProfileProps;
beforeEach(() => {
  stack = aStack();
  required = {
    studio: importedStudio(stack),
    vpc: aVpc(stack),
    instanceTypes: [InstanceType.G5_XLARGE],
    streamingImages: [StreamingImage.fromStreamingImageId(stack, 'Image', 'image-id')],
    studioComponents: [StudioComponent.fromStudioComponentId(stack, 'Component', 'component-id')],
  };
});

function streamConfiguration(props: Partial<LaunchProfileProps>) {
  new LaunchProfile(stack, 'Profile', { ...required, ...props });
  return onlyResource(stack, 'LaunchProfile').Properties.StreamConfiguration;
}

const MINIMAL = { ClipboardMode: 'DISABLED', Ec2InstanceTypes: ['g5.xlarge'], StreamingImageIds: ['image-id'] };

test('with the required properties alone', () => {
  new LaunchProfile(stack, 'Profile', required);

  expect(Template.fromStack(stack).toJSON().Resources).toEqual({
    Profile6F32097C: {
      Type: 'AWS::NimbleStudio::LaunchProfile',
      Properties: {
        StudioId: 'us-west-2-studio',
        Name: 'Test-Profile-EED5DC7C',
        Ec2SubnetIds: ['private-1', 'private-2'],
        LaunchProfileProtocolVersions: ['2021-03-31'],
        StudioComponentIds: ['component-id'],
        StreamConfiguration: MINIMAL,
      },
    },
  });
});

test('with all properties', () => {
  new LaunchProfile(stack, 'Profile', {
    ...required,
    vpcSubnets: { subnets: [required.vpc.privateSubnets[1]] },
    instanceTypes: [InstanceType.G4DN_12XLARGE, InstanceType.of('g6.xlarge')],
    launchProfileName: 'Artists',
    description: 'models and paints',
    clipboardMode: ClipboardMode.ENABLED,
    maxSessionLength: cdk.Duration.hours(12),
    sessionPersistence: SessionPersistence.terminateStoppedAfter(cdk.Duration.days(2), {
      size: cdk.Size.gibibytes(500), iops: 4000, throughput: 200,
    }),
    maxBackupsToRetain: 3,
    uploadStorage: { linux: '$HOME/uploads', windows: '%HOMEPATH%\\uploads' },
  });

  expect(onlyResource(stack, 'LaunchProfile').Properties).toEqual({
    StudioId: 'us-west-2-studio',
    Name: 'Artists',
    Description: 'models and paints',
    Ec2SubnetIds: ['private-2'],
    LaunchProfileProtocolVersions: ['2021-03-31'],
    StudioComponentIds: ['component-id'],
    StreamConfiguration: {
      ClipboardMode: 'ENABLED',
      Ec2InstanceTypes: ['g4dn.12xlarge', 'g6.xlarge'],
      StreamingImageIds: ['image-id'],
      MaxSessionLengthInMinutes: 720,
      SessionPersistenceMode: 'ACTIVATED',
      AutomaticTerminationMode: 'ACTIVATED',
      MaxStoppedSessionLengthInMinutes: 2880,
      VolumeConfiguration: { Size: 500, Iops: 4000, Throughput: 200 },
      SessionBackup: { Mode: 'AUTOMATIC', MaxBackupsToRetain: 3 },
      SessionStorage: { Mode: ['UPLOAD'], Root: { Linux: '$HOME/uploads', Windows: '%HOMEPATH%\\uploads' } },
    },
  });
});

test('stopped sessions can be kept', () => {
  expect(streamConfiguration({ sessionPersistence: SessionPersistence.keepStopped() })).toEqual({
    ...MINIMAL, SessionPersistenceMode: 'ACTIVATED', AutomaticTerminationMode: 'DEACTIVATED',
  });
});

test('files can be uploaded to the folders that Nimble Studio chooses', () => {
  expect(streamConfiguration({ uploadStorage: {} })).toEqual({ ...MINIMAL, SessionStorage: { Mode: ['UPLOAD'], Root: {} } });
});

test('a launch profile comes after all that it names', () => {
  const studio = new Studio(stack, 'Own', { acknowledgeServiceShutdown: true });
  const profile = new LaunchProfile(stack, 'Profile', { ...required, studio });
  expect(profile.studio).toBe(studio);
  expect(onlyResource(stack, 'LaunchProfile').Properties.StudioId).toEqual(stack.resolve(studio.studioId));
});

test('attributes refer to the resource', () => {
  const profile = new LaunchProfile(stack, 'Profile', required);
  const id = { 'Fn::GetAtt': ['Profile6F32097C', 'LaunchProfileId'] };
  expect(stack.resolve(profile.launchProfileId)).toEqual(id);
  expect(stack.resolve(profile.launchProfileArn)).toEqual(arn('launch-profile', id));
});

test('a launch profile is imported by its studio and id', () => {
  const profile = LaunchProfile.fromLaunchProfileAttributes(stack, 'Profile', { studio: required.studio, launchProfileId: 'profile-id' });
  expect([profile.studio, profile.launchProfileId]).toEqual([required.studio, 'profile-id']);
  expect(stack.resolve(profile.launchProfileArn)).toEqual(arn('launch-profile', 'profile-id'));
});

test('there is a constant for each instance type of the API', () => {
  const constants = Object.values(InstanceType).map(({ name }) => name);
  expect(constants.sort()).toEqual(Object.values(sdk.StreamingInstanceType).sort());
});

const many = <T>(count: number, item: T): T[] => Array<T>(count).fill(item);
const persistent = (minutes: number) => SessionPersistence.terminateStoppedAfter(cdk.Duration.minutes(minutes));
const volume = (size?: number, iops?: number, throughput?: number) =>
  SessionPersistence.keepStopped({ size: size === undefined ? undefined : cdk.Size.gibibytes(size), iops, throughput });

test.each<[string, () => Partial<LaunchProfileProps>]>([
  ['names', () => ({ launchProfileName: 'n'.repeat(64), description: 'd'.repeat(256) })],
  ['short names', () => ({ launchProfileName: 'n', description: '' })],
  ['subnets', () => ({ vpc: aVpc(new cdk.Stack(), 6) })],
  ['instance types', () => ({ instanceTypes: many(30, InstanceType.G5_XLARGE) })],
  ['images', () => ({ streamingImages: many(20, required.streamingImages[0]) })],
  ['components', () => ({ studioComponents: many(100, required.studioComponents[0]) })],
  ['short sessions', () => ({ maxSessionLength: cdk.Duration.minutes(1), sessionPersistence: persistent(1), maxBackupsToRetain: 0 })],
  ['long sessions', () => ({ maxSessionLength: cdk.Duration.days(30), sessionPersistence: persistent(5760), maxBackupsToRetain: 10 })],
  ['small volumes', () => ({ sessionPersistence: volume(100, 3000, 125) })],
  ['large volumes', () => ({ sessionPersistence: volume(16_000, 16_000, 1000) })],
  ['folders', () => ({ uploadStorage: { linux: `/${'f'.repeat(127)}`, windows: `C:/a/${'f'.repeat(123)}` } })],
])('limits can be reached: %s', (_what, props) => {
  expect(() => new LaunchProfile(stack, 'Profile', { ...required, ...props() })).not.toThrow();
});

const LINUX = 'uploadStorage: linux must start with "$HOME" or "/" and have folders of letters, digits, "_" and "-"';
const WINDOWS = 'uploadStorage: windows must start with "%HOMEPATH%" or a drive and have folders of letters, digits, "_" and "-"';
test.each<[string, () => Partial<LaunchProfileProps>]>([
  ['launchProfileName must have 1 to 64 characters, got 0: ""', () => ({ launchProfileName: '' })],
  [`launchProfileName must have 1 to 64 characters, got 65: "${'n'.repeat(65)}"`, () => ({ launchProfileName: 'n'.repeat(65) })],
  [`description must have 0 to 256 characters, got 257: "${'d'.repeat(257)}"`, () => ({ description: 'd'.repeat(257) })],
  ['vpcSubnets must have 1 to 6 elements, got 7', () => ({ vpc: aVpc(new cdk.Stack(), 7) })],
  ['vpcSubnets must have 1 to 6 elements, got 0', () => ({ vpcSubnets: { subnets: [] } })],
  ['instanceTypes must have 1 to 30 elements, got 0', () => ({ instanceTypes: [] })],
  ['instanceTypes must have 1 to 30 elements, got 31', () => ({ instanceTypes: many(31, InstanceType.G5_XLARGE) })],
  ['streamingImages must have 1 to 20 elements, got 0', () => ({ streamingImages: [] })],
  ['streamingImages must have 1 to 20 elements, got 21', () => ({ streamingImages: many(21, required.streamingImages[0]) })],
  ['studioComponents must have 1 to 100 elements, got 0', () => ({ studioComponents: [] })],
  ['studioComponents must have 1 to 100 elements, got 101', () => ({ studioComponents: many(101, required.studioComponents[0]) })],
  ['maxSessionLength must be 1 to 43200 whole minutes, got 0', () => ({ maxSessionLength: cdk.Duration.minutes(0) })],
  ['maxSessionLength must be 1 to 43200 whole minutes, got 43201', () => ({ maxSessionLength: cdk.Duration.minutes(43_201) })],
  ['maxSessionLength must be 1 to 43200 whole minutes, got 1.5', () => ({ maxSessionLength: cdk.Duration.seconds(90) })],
  ['sessionPersistence: period must be 1 to 5760 whole minutes, got 0', () => ({ sessionPersistence: persistent(0) })],
  ['sessionPersistence: period must be 1 to 5760 whole minutes, got 5761', () => ({ sessionPersistence: persistent(5761) })],
  ['sessionPersistence: size must be 100 to 16000 whole gibibytes, got 99', () => ({ sessionPersistence: volume(99) })],
  ['sessionPersistence: size must be 100 to 16000 whole gibibytes, got 16001', () => ({ sessionPersistence: volume(16_001) })],
  ['sessionPersistence: iops must be a whole number from 3000 to 16000, got 2999', () => ({ sessionPersistence: volume(undefined, 2999) })],
  ['sessionPersistence: iops must be a whole number from 3000 to 16000, got 16001', () => ({ sessionPersistence: volume(undefined, 16_001) })],
  ['sessionPersistence: throughput must be a whole number from 125 to 1000, got 124', () => ({ sessionPersistence: volume(undefined, undefined, 124) })],
  ['sessionPersistence: throughput must be a whole number from 125 to 1000, got 1001', () => ({ sessionPersistence: volume(undefined, undefined, 1001) })],
  ['maxBackupsToRetain must be a whole number from 0 to 10, got -1', () => ({ maxBackupsToRetain: -1 })],
  ['maxBackupsToRetain must be a whole number from 0 to 10, got 11', () => ({ maxBackupsToRetain: 11 })],
  ['uploadStorage: linux must have 1 to 128 characters, got 0: ""', () => ({ uploadStorage: { linux: '' } })],
  [`uploadStorage: linux must have 1 to 128 characters, got 129: "/${'f'.repeat(128)}"`, () => ({ uploadStorage: { linux: `/${'f'.repeat(128)}` } })],
  [`${LINUX}, got "uploads"`, () => ({ uploadStorage: { linux: 'uploads' } })],
  [`${WINDOWS}, got "uploads"`, () => ({ uploadStorage: { windows: 'uploads' } })],
])('fails: %s', (message, props) => {
  expect(() => new LaunchProfile(stack, 'Profile', { ...required, ...props() })).toThrow(new Error(`${message} [at Test/Profile]`));
});

test('tokens are taken as they are', () => {
  const text = new cdk.CfnParameter(stack, 'Text').valueAsString;
  const number = new cdk.CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber;
  expect(() => new LaunchProfile(stack, 'Profile', {
    ...required,
    launchProfileName: text,
    description: text,
    maxSessionLength: cdk.Duration.minutes(number),
    sessionPersistence: SessionPersistence.terminateStoppedAfter(cdk.Duration.minutes(number), { iops: number }),
    maxBackupsToRetain: number,
    uploadStorage: { linux: text, windows: text },
  })).not.toThrow();
});
