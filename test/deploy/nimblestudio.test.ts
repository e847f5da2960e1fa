import * as cdk from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Deployment } from './deployment';
import { withoutManagedPolicies } from './without-managed-policies';
import { nimblestudio } from '../../src';

let deployment: Deployment;

beforeEach(async () => {
  deployment = await Deployment.start();
});

afterEach(() => deployment.stop());

interface Wish {
  readonly displayName?: string;
  readonly description?: string;
  readonly mountPoint?: string;
  readonly instanceTypes?: nimblestudio.InstanceType[];
  readonly ami?: string;
  readonly studioTag?: string;
  readonly partTag?: string;
  /** The studio alone. */
  readonly bare?: boolean;
}

const deploy = (wish: Wish = {}) => deployment.deploy((app) => {
  const stack = new cdk.Stack(app, 'Pictures');
  const { displayName = 'Pictures', description = 'as it began' } = wish;
  const studio = new nimblestudio.Studio(stack, 'Studio', { acknowledgeServiceShutdown: true, displayName });
  new cdk.CfnOutput(stack, 'Portal', { value: studio.studioUrl });
  if (wish.bare) {
    return stack;
  }
  const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 1, restrictDefaultSecurityGroup: false });
  const image = new nimblestudio.StreamingImage(stack, 'Image', {
    studio, description, machineImage: ec2.MachineImage.genericLinux({ 'us-east-1': wish.ami ?? 'ami-0123456789abcdef0' }, {}),
  });
  const projects = new nimblestudio.StudioComponent(stack, 'Projects', {
    studio,
    description,
    securityGroups: [new ec2.SecurityGroup(stack, 'Group', { vpc })],
    configuration: nimblestudio.ComponentConfiguration.fsxForLustre({
      fileSystemId: 'fs-0123456789abcdef0', linuxMountPoint: wish.mountPoint ?? '/projects',
    }),
    initializationScripts: [{
      platform: nimblestudio.Platform.LINUX, runContext: nimblestudio.ScriptRunContext.SYSTEM_INITIALIZATION, script: 'mount -a',
    }],
    scriptParameters: { LOG_LEVEL: 'info' },
  });
  const artists = new nimblestudio.LaunchProfile(stack, 'Artists', {
    studio,
    vpc,
    description,
    instanceTypes: wish.instanceTypes ?? [nimblestudio.InstanceType.G5_2XLARGE],
    streamingImages: [image],
    studioComponents: [projects],
    maxSessionLength: cdk.Duration.hours(8),
    sessionPersistence: nimblestudio.SessionPersistence.terminateStoppedAfter(cdk.Duration.days(2), { size: cdk.Size.gibibytes(500) }),
    maxBackupsToRetain: 3,
    uploadStorage: { linux: '$HOME/uploads' },
  });
  for (const [scope, tag] of [[studio, wish.studioTag], [image, wish.partTag], [projects, wish.partTag], [artists, wish.partTag]] as const) {
    if (tag !== undefined) {
      cdk.Tags.of(scope).add('project', tag);
    }
  }
  return stack;
}, withoutManagedPolicies);

const CREATED = { status: 'CREATE_COMPLETE', failures: [] };
const UPDATED = { status: 'UPDATE_COMPLETE', failures: [] };
const DELETED = { status: 'DELETE_COMPLETE', failures: [] };
const SEEDS = [1, 2, 3, 4, 5, 6];

const call = (operation: string, input: object) => deployment.loopback.call('nimble', operation, input);
const REFUSED = 'Resource handler returned message: "Amazon Nimble Studio is no longer available. (Service: NimbleStudio, Error Code: AccessDeniedException)"';

/** All that there is in the account's studios. */
async function everything() {
  const { studios } = await call('ListStudios', {});
  const inStudios = async (operation: string, member: string): Promise<Record<string, unknown>[]> =>
    (await Promise.all(studios.map(async ({ studioId }: { studioId: string }) => (await call(operation, { studioId }))[member]))).flat();
  return {
    studios: studios as Record<string, unknown>[],
    images: await inStudios('ListStreamingImages', 'streamingImages'),
    components: await inStudios('ListStudioComponents', 'studioComponents'),
    profiles: await inStudios('ListLaunchProfiles', 'launchProfiles'),
  };
}

const NOTHING = { studios: [], images: [], components: [], profiles: [] };

test('a studio is made with all its parts, and every one is ready', async () => {
  const { outputs } = expectResult(await deploy({ studioTag: 'film', partTag: 'scene' }), CREATED);
  const { studios, images, components, profiles } = await everything();
  expect(studios).toMatchObject([{ state: 'READY', displayName: 'Pictures', tags: { project: 'film' }, studioUrl: outputs.Portal }]);
  expect(images).toMatchObject([{ state: 'READY', ec2ImageId: 'ami-0123456789abcdef0', tags: { project: 'scene' } }]);
  expect(components).toMatchObject([{
    state: 'READY',
    type: 'SHARED_FILE_SYSTEM',
    subtype: 'AMAZON_FSX_FOR_LUSTRE',
    configuration: { sharedFileSystemConfiguration: { fileSystemId: 'fs-0123456789abcdef0', linuxMountPoint: '/projects' } },
    initializationScripts: [{ launchProfileProtocolVersion: '2021-03-31', platform: 'LINUX', runContext: 'SYSTEM_INITIALIZATION', script: 'mount -a' }],
    scriptParameters: [{ key: 'LOG_LEVEL', value: 'info' }],
    tags: { project: 'scene' },
  }]);
  expect(profiles).toMatchObject([{
    state: 'READY',
    studioComponentIds: [components[0].studioComponentId],
    streamConfiguration: {
      clipboardMode: 'DISABLED',
      ec2InstanceTypes: ['g5.2xlarge'],
      maxSessionLengthInMinutes: 480,
      maxStoppedSessionLengthInMinutes: 2880,
      sessionBackup: { mode: 'AUTOMATIC', maxBackupsToRetain: 3 },
      sessionStorage: { mode: ['UPLOAD'], root: { linux: '$HOME/uploads' } },
      streamingImageIds: [images[0].streamingImageId],
      volumeConfiguration: { size: 500 },
    },
    tags: { project: 'scene' },
  }]);
});

test('the service takes every kind of component, and a launch profile without persistence or with', async () => {
  const { ComponentConfiguration, SessionPersistence } = nimblestudio;
  expectResult(await deployment.deploy((app) => {
    const stack = new cdk.Stack(app, 'Pictures');
    const studio = new nimblestudio.Studio(stack, 'Studio', { acknowledgeServiceShutdown: true, encryptionKey: new kms.Key(stack, 'Key') });
    const studioComponents = [
      ComponentConfiguration.activeDirectory({ directoryId: 'd-0123456789', computerAttributes: { room: '1' } }),
      ComponentConfiguration.computeFarm({ endpoint: 'farm.example.com', activeDirectoryUser: 'render' }),
      ComponentConfiguration.licenseService('licenses.example.com'),
      ComponentConfiguration.fsxForWindows({ fileSystemId: 'fs-0123456789abcdef0', shareName: 'share', windowsMountDrive: 'Z' }),
      ComponentConfiguration.sharedFileSystem({ endpoint: 'files.example.com', linuxMountPoint: '/files' }),
      ComponentConfiguration.custom(),
    ].map((configuration, index) => new nimblestudio.StudioComponent(stack, `Component${index}`, { studio, configuration }));
    const image = new nimblestudio.StreamingImage(stack, 'Image', {
      studio, machineImage: ec2.MachineImage.genericLinux({ 'us-east-1': 'ami-0123456789abcdef0' }, {}),
    });
    const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 1, natGateways: 1, restrictDefaultSecurityGroup: false });
    const persistences = [undefined, SessionPersistence.keepStopped(), SessionPersistence.keepStopped({ iops: 4000, throughput: 200 })];
    persistences.forEach((sessionPersistence, index) =>
      new nimblestudio.LaunchProfile(stack, `Profile${index}`, {
        studio, vpc, studioComponents, sessionPersistence, streamingImages: [image], instanceTypes: [nimblestudio.InstanceType.G5_2XLARGE],
      }));
    return stack;
  }, withoutManagedPolicies), CREATED);
  expectResult(await deployment.destroy('Pictures'), DELETED);
  expect(await everything()).toEqual(NOTHING);
});

test('everything that can change is changed in place', async () => {
  await deploy();
  const before = await everything();
  expectResult(await deploy({
    displayName: 'Moving pictures', description: 'as it went on', mountPoint: '/work', instanceTypes: [nimblestudio.InstanceType.G5_4XLARGE],
  }), UPDATED);
  const after = await everything();
  expect(after).toMatchObject({
    studios: [{ studioId: before.studios[0].studioId, state: 'READY', displayName: 'Moving pictures' }],
    images: [{ streamingImageId: before.images[0].streamingImageId, state: 'READY', description: 'as it went on' }],
    components: [{
      studioComponentId: before.components[0].studioComponentId,
      state: 'READY',
      configuration: { sharedFileSystemConfiguration: { linuxMountPoint: '/work' } },
    }],
    profiles: [{ launchProfileId: before.profiles[0].launchProfileId, state: 'READY', streamConfiguration: { ec2InstanceTypes: ['g5.4xlarge'] } }],
  });
});

test('another AMI replaces the image, and the launch profile comes along before the old one goes', async () => {
  await deploy();
  const before = await everything();
  expectResult(await deploy({ ami: 'ami-0fedcba9876543210' }), UPDATED);
  const after = await everything();
  expect(after.images).toMatchObject([{ ec2ImageId: 'ami-0fedcba9876543210' }]);
  expect(after.profiles).toMatchObject([{
    launchProfileId: before.profiles[0].launchProfileId, streamConfiguration: { streamingImageIds: [after.images[0].streamingImageId] },
  }]);
});

test('other tags replace the parts of a studio, but not the studio itself: an account has one', async () => {
  await deploy({ studioTag: 'film', partTag: 'scene' });
  const before = await everything();
  expectResult(await deploy({ studioTag: 'film', partTag: 'sequence' }), UPDATED);
  const after = await everything();
  expect(after.profiles).toMatchObject([{ tags: { project: 'sequence' } }]);
  expect(after.profiles[0].launchProfileId).not.toBe(before.profiles[0].launchProfileId);

  const { status, failures } = await deploy({ studioTag: 'series', partTag: 'sequence' });
  expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(failures.join()).toContain('The account has at most 1 studios in a Region.');
  expect((await everything()).studios).toEqual(after.studios);
});

test.each(['Studio', 'StreamingImage', 'StudioComponent', 'LaunchProfile'])('a %s that cannot be made takes everything back', async (noun) => {
  for (const seed of SEEDS) {
    await restart(seed);
    deployment.loopback.nimblestudio.script.fail(`Create${noun}`, { statusCode: 'INTERNAL_ERROR', statusMessage: 'Out of pictures.' });
    const { status, failures } = await deploy();
    expect(status).toBe('ROLLBACK_COMPLETE');
    expect(failures).toContainEqual(expect.stringMatching(/: Out of pictures\. \(CREATE_FAILED: INTERNAL_ERROR\)$/));
    expect(await everything()).toEqual(NOTHING);
  }
});

test.each(['Studio', 'StreamingImage', 'StudioComponent', 'LaunchProfile'])('a %s that cannot be changed goes back with all the others', async (noun) => {
  for (const seed of SEEDS) {
    await restart(seed);
    await deploy();
    deployment.loopback.nimblestudio.script.fail(`Update${noun}`, { statusCode: 'INTERNAL_ERROR', statusMessage: 'Out of pictures.' });
    const { status, failures } = await deploy({ displayName: 'Moving pictures', description: 'as it went on' });
    expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(failures).toContainEqual(expect.stringMatching(/: Out of pictures\. \(UPDATE_FAILED: INTERNAL_ERROR\)$/));
    expect(await everything()).toMatchObject({
      studios: [{ state: 'READY', displayName: 'Pictures' }],
      images: [{ state: 'READY', description: 'as it began' }],
      components: [{ state: 'READY', description: 'as it began' }],
      profiles: [{ state: 'READY', description: 'as it began' }],
    });
  }
});

test('a stack is deleted in an order that the service accepts, whatever CloudFormation takes first', async () => {
  for (const seed of SEEDS) {
    await restart(seed);
    expectResult(await deploy(), CREATED);
    expectResult(await deployment.destroy('Pictures'), DELETED);
    expect(await everything()).toEqual(NOTHING);
  }
});

test('parts that leave the template are deleted, and the studio stays', async () => {
  await deploy();
  expectResult(await deploy({ bare: true }), UPDATED);
  expect(await everything()).toMatchObject({ ...NOTHING, studios: [{ state: 'READY' }] });
});

test('what was deleted by somebody else is no obstacle', async () => {
  await deploy();
  const { studios: [{ studioId }], profiles: [{ launchProfileId }] } = await everything();
  await call('DeleteLaunchProfile', { studioId, launchProfileId });
  expectResult(await deployment.destroy('Pictures'), DELETED);
});

test('a launch profile with a session stays, with the studio, until the session has gone', async () => {
  await deploy();
  const { studios: [{ studioId }], profiles: [{ launchProfileId }] } = await everything();
  const { eulas } = await call('ListEulas', {});
  await call('AcceptEulas', { studioId, eulaIds: eulas.map(({ eulaId }: { eulaId: string }) => eulaId) });
  const { session: { sessionId } } = await call('CreateStreamingSession', { studioId, launchProfileId, ec2InstanceType: 'g5.2xlarge' });
  await deployment.clock.sleep(3_600_000);

  const { status, failures } = await deployment.destroy('Pictures');
  expect(status).toBe('DELETE_FAILED');
  expect(failures.join()).toContain('The launch profile still has streaming sessions. (DELETE_FAILED: LAUNCH_PROFILE_WITH_STREAM_SESSIONS_NOT_DELETED)');

  await call('DeleteStreamingSession', { studioId, sessionId });
  await deployment.clock.sleep(3_600_000);
  expectResult(await deployment.destroy('Pictures'), DELETED);
  expect(await everything()).toEqual(NOTHING);
});

describe('after the service was shut down', () => {
  test('nothing is made, and the reason is said', async () => {
    deployment.loopback.nimblestudio.gone = true;
    const { status, failures } = await deploy();
    expect(status).toBe('ROLLBACK_COMPLETE');
    expect(failures).toContainEqual(expect.stringMatching(/^Studio/));
    expect(failures.join()).toContain(REFUSED);
  });

  test('an update fails, and so does its rollback', async () => {
    await deploy();
    deployment.loopback.nimblestudio.gone = true;
    const { status, failures } = await deploy({ displayName: 'Moving pictures' });
    expect(status).toBe('UPDATE_ROLLBACK_FAILED');
    expect(failures.join()).toContain(REFUSED);
  });

  test('a stack from before cannot be deleted', async () => {
    await deploy();
    deployment.loopback.nimblestudio.gone = true;
    const { status, failures } = await deployment.destroy('Pictures');
    expect(status).toBe('DELETE_FAILED');
    expect(failures.join()).toContain(REFUSED);
  });
});

async function restart(seed: number): Promise<void> {
  await deployment.stop();
  deployment = await Deployment.start({ cloudformation: { seed } });
}

function expectResult<T extends object>(result: T, expected: object): T {
  expect(result).toMatchObject(expected);
  return result;
}
