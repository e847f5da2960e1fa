import * as cdk from 'aws-cdk-lib';
import { AMI, type Exhibition, GALLERY, Gallery, HOURS, MINUTE } from './gallery';
import type { AppStreamOptions } from '../../../local/streaming/appstream/options';
import { appstream } from '../../../src';

const CREATED = { status: 'CREATE_COMPLETE', failures: [] };
const UPDATED = { status: 'UPDATE_COMPLETE', failures: [] };
const DELETED = { status: 'DELETE_COMPLETE', failures: [] };
const ROLLED_BACK = { status: 'UPDATE_ROLLBACK_COMPLETE' };
const AMI_2 = 'ami-00000000000000002';
const ABROAD = 'eu-west-1';
/** Less than images take that are slow. */
const IMPATIENT = cdk.Duration.minutes(3);

let gallery: Gallery;

async function open(options: AppStreamOptions = {}): Promise<void> {
  gallery = await Gallery.start({ amis: [AMI, AMI_2], ...options });
  gallery.simulator.addImage({ Name: 'mine' });
}

afterEach(() => gallery.stop());

/** The images that the stack has made, at home and abroad. */
async function made(): Promise<Record<string, string>> {
  const { mine, ...rest } = { ...await gallery.images(), ...await gallery.images(ABROAD) };
  return rest;
}

const imported = (props: Partial<appstream.ImportedImageProps> = {}): Exhibition => (stack) =>
  void new appstream.ImportedImage(stack, 'Image', { source: appstream.ImageSource.ami(AMI), imageName: 'office', ...props });
const copied = (props: Partial<appstream.ImageCopyProps> = {}): Exhibition => (stack) =>
  void new appstream.ImageCopy(stack, 'Image', { image: appstream.Image.fromName('mine'), destinationRegion: ABROAD, imageName: 'office', ...props });
const updated = (props: Partial<appstream.UpdatedImageProps> = {}): Exhibition => (stack) =>
  void new appstream.UpdatedImage(stack, 'Image', { image: appstream.Image.fromName('mine'), imageName: 'office', ...props });

const KINDS = [['imported', imported, undefined], ['copied', copied, ABROAD], ['updated', updated, undefined]] as const;

describe.each(KINDS)('an image that is %s', (_, kind, region) => {
  test('is made, tagged with its owner and the user\'s tags, and deleted', async () => {
    await open();
    expect(await gallery.show(kind({ imageTags: { a: '1', b: '2' } }))).toMatchObject(CREATED);
    expect(await made()).toEqual({ office: 'AVAILABLE' });
    const [{ Arn }] = (await gallery.list(region)).filter(({ Name }) => Name === 'office');
    const owner = { 'cdk-app-streaming:stack': GALLERY, 'cdk-app-streaming:resource': expect.stringMatching(/^Image/), 'cdk-app-streaming:made-from': expect.any(String) };
    expect(gallery.simulator.resourceTags(Arn!)).toEqual({ ...owner, a: '1', b: '2' });
    expect(await gallery.show(kind({ imageTags: { a: '3', c: '4' } }))).toMatchObject(UPDATED);
    expect(gallery.simulator.resourceTags(Arn!)).toEqual({ ...owner, a: '3', c: '4' });
    expect(await gallery.close()).toMatchObject(DELETED);
    expect(await made()).toEqual({});
  });

  test('takes longer than a deployment: it goes on, and the next deployment takes it up', async () => {
    await open();
    const simulator = region === undefined ? gallery.simulator : gallery.simulator.inRegion(region);
    simulator.script.slowStart('office', HOURS);
    const { status, failures } = await gallery.show(kind({ timeout: IMPATIENT }));
    expect(status).toBe('ROLLBACK_COMPLETE');
    const where = region === undefined ? '' : ` in ${region}`;
    const sentence = 'which goes on by itself: the next deployment takes up what this one does not wait for';
    expect(failures[0]).toMatch(new RegExp(`gave up after 3 minutes, when image office${where} is (IMPORTING|COPYING|CREATING), ${sentence}`));
    expect(Object.values(await made())).toEqual([expect.stringMatching(/IMPORTING|COPYING|CREATING/)]);
    const [{ Arn }] = (await gallery.list(region)).filter(({ Name }) => Name === 'office');
    expect(gallery.simulator.resourceTags(Arn!)).toMatchObject({ 'cdk-app-streaming:stack': GALLERY, 'cdk-app-streaming:resource': expect.stringMatching(/^Image/) });
    await gallery.close();
    const before = gallery.changes().length;
    gallery.deployment.clock.advance(HOURS - 10 * MINUTE);
    expect(await gallery.show(kind())).toMatchObject(CREATED);
    expect(gallery.changes().slice(before)).toEqual([]);
    expect(await made()).toEqual({ office: 'AVAILABLE' });
    expect(await gallery.close()).toMatchObject(DELETED);
    expect(await made()).toEqual({});
  });

  test('fails with the reason of the service, and leaves nothing', async () => {
    await open();
    const simulator = region === undefined ? gallery.simulator : gallery.simulator.inRegion(region);
    simulator.script.failingImage('office', { message: 'The disk is full.', errors: [{ ErrorCode: 'INTERNAL_SERVICE_ERROR', ErrorMessage: 'no space' }] });
    const { failures } = await gallery.show(kind());
    expect(failures[0]).toContain('is FAILED: The disk is full; INTERNAL_SERVICE_ERROR: no space');
    expect(await made()).toEqual({});
  });

  test('that somebody else has made is neither taken nor deleted', async () => {
    await open();
    (region === undefined ? gallery.simulator : gallery.simulator.inRegion(region)).addImage({ Name: 'office' });
    const { failures } = await gallery.show(kind());
    expect(failures[0]).toContain('is there already, and this resource has not made it: give what is wanted now another imageName, or delete that image');
    await gallery.close();
    expect(await made()).toEqual({ office: 'AVAILABLE' });
  });

  test('is found again when the answer is lost and AppStream does not show it yet', async () => {
    await open();
    const simulator = region === undefined ? gallery.simulator : gallery.simulator.inRegion(region);
    simulator.script.staleReads('office', 2);
    for (const operation of ['CopyImage', 'CreateImportedImage', 'CreateUpdatedImage']) {
      gallery.loopback.endpoint.faults.add({ service: 'appstream', operation, skip: operation === 'CopyImage' ? 0 : 1, fault: { kind: 'drop-answer' } });
    }
    expect(await gallery.show(kind())).toMatchObject(CREATED);
    expect(await made()).toEqual({ office: 'AVAILABLE' });
  });

  test('is given up when AppStream has the name and never shows an image', async () => {
    await open();
    const simulator = region === undefined ? gallery.simulator : gallery.simulator.inRegion(region);
    simulator.script.staleReads('office', Infinity);
    const { status, failures } = await gallery.show(kind());
    expect(status).toBe('ROLLBACK_COMPLETE');
    expect(failures[0]).toContain('is there already, and AppStream does not show it: give what is wanted now another imageName');
  });

  test('that somebody deletes is made again when it has gone, and is waited for when it goes itself', async () => {
    await open({ durations: { imageDelete: 10 * MINUTE } });
    await gallery.show(kind());
    const simulator = region === undefined ? gallery.simulator : gallery.simulator.inRegion(region);
    const drop = () => simulator.operations.DeleteImage({ Name: 'office' }, { caller: { accessKeyId: 'test' } });
    await drop();
    expect(await made()).toEqual({ office: 'DELETING' });
    expect(await gallery.show(kind({ imageTags: { a: '1' } }))).toMatchObject(UPDATED);
    expect(await made()).toEqual({ office: 'AVAILABLE' });
    await drop();
    expect(await gallery.close()).toMatchObject(DELETED);
    expect(await made()).toEqual({});
  });
});

test('a copy that is there before anybody has seen it, and tagged it, is deleted when its creation fails', async () => {
  await open({ durations: { imageCopy: 0 } });
  gallery.loopback.endpoint.faults.add({
    service: 'appstream', operation: 'DescribeImages', lambdaOnly: true, skip: 1, fault: { kind: 'error', code: 'ValidationException', message: 'Not today.', status: 400 },
  });
  const { status, failures } = await gallery.show(copied());
  expect(status).toBe('ROLLBACK_COMPLETE');
  expect(failures[0]).toContain('Not today.');
  expect(gallery.changes()).toContain('CopyImage');
  expect(await made()).toEqual({});
});

describe('a generated name', () => {
  const nameOf = async () => Object.keys(await made());
  const byParameter: Exhibition = (stack) => {
    const ami = new cdk.CfnParameter(stack, 'Ami', { default: AMI });
    new appstream.ImportedImage(stack, 'Image', { source: appstream.ImageSource.ami(ami.valueAsString) });
  };

  test('changes with what is behind a parameter: a new image comes, and the old one goes', async () => {
    await open();
    await gallery.show(byParameter);
    const [first] = await nameOf();
    expect(first).toMatch(/^Gallery-Image-[0-9A-F]{8}-[0-9a-f]{8}$/);
    expect(await gallery.show((stack) => {
      byParameter(stack);
      (stack.node.findChild('Ami') as cdk.CfnParameter).default = AMI_2;
    })).toMatchObject(UPDATED);
    const [second, ...others] = await nameOf();
    expect(others).toEqual([]);
    expect(second).not.toBe(first);
  });

  test('comes back with what the image was made from, when something else fails', async () => {
    await open();
    await gallery.show(imported({ imageName: undefined }));
    const before = await made();
    expect(await gallery.show(imported({ imageName: undefined, description: 'other' }), { thenFails: true })).toMatchObject(ROLLED_BACK);
    expect(await made()).toEqual(before);
  });
});

describe('an update', () => {
  test('that fails while the image is made leaves the image of before, and not the other one', async () => {
    await open();
    await gallery.show(imported());
    gallery.simulator.script.failingImage('next', { message: 'power cut' });
    const { status, failures } = await gallery.show(imported({ imageName: 'next', description: 'new' }));
    expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(failures[0]).toContain('image next is FAILED: power cut');
    expect(await made()).toEqual({ office: 'AVAILABLE' });
  });

  test('that is refused leaves the image of before', async () => {
    await open();
    await gallery.show(imported({ imageName: undefined }));
    const before = await made();
    const { status, failures } = await gallery.show(imported({ imageName: undefined, source: appstream.ImageSource.ami('ami-00000000') }));
    expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(failures[0]).toContain('The AMI ami-00000000 does not exist. (ResourceNotFoundException)');
    expect(await made()).toEqual(before);
  });

  test('that takes too long leaves what it has begun alone, and the next one takes it up', async () => {
    await open();
    await gallery.show(imported());
    gallery.simulator.script.slowStart('next', HOURS);
    expect(await gallery.show(imported({ imageName: 'next', description: 'new', timeout: IMPATIENT }))).toMatchObject(ROLLED_BACK);
    expect(await made()).toEqual({ office: 'AVAILABLE', next: 'IMPORTING' });
    gallery.deployment.clock.advance(HOURS);
    expect(await gallery.show(imported({ imageName: 'next', description: 'new' }))).toMatchObject(UPDATED);
    expect(await made()).toEqual({ next: 'AVAILABLE' });
  });

  test('of an image with a name of its own fails unless the name changes', async () => {
    await open();
    await gallery.show(imported());
    const { status, failures } = await gallery.show(imported({ description: 'new' }));
    expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(failures[0]).toContain('image office is there already, made from something else, and AppStream changes no image: give what is wanted now another imageName');
    expect(await made()).toEqual({ office: 'AVAILABLE' });
  });

  test('of where a copy is makes one there, and deletes the other', async () => {
    await open();
    await gallery.show(copied());
    expect(await gallery.show(copied({ destinationRegion: 'ap-south-1' }))).toMatchObject(UPDATED);
    expect([await gallery.images(ABROAD), await gallery.images('ap-south-1')]).toEqual([{}, { office: 'AVAILABLE' }]);
  });
});

describe('an image for which there are no updates', () => {
  test('is the answer itself, and stays', async () => {
    await open();
    gallery.simulator.addImage({ Name: 'fresh', LatestAppstreamAgentVersion: 'TRUE' });
    const image = appstream.Image.fromName('fresh');
    const { status, outputs } = await gallery.show((stack) => {
      new cdk.CfnOutput(stack, 'Name', { value: new appstream.UpdatedImage(stack, 'Image', { image }).imageName });
    });
    expect({ status, outputs }).toEqual({ status: 'CREATE_COMPLETE', outputs: { Name: 'fresh' } });
    expect(gallery.changes()).toEqual(['CreateUpdatedImage']);
    expect(await gallery.close()).toMatchObject(DELETED);
    expect(await made()).toEqual({ fresh: 'AVAILABLE' });
  });

  test('is copied, shared and looked at for updates like one that was made', async () => {
    await open();
    gallery.simulator.addImage({ Name: 'fresh', LatestAppstreamAgentVersion: 'TRUE' });
    expect(await gallery.show((stack) => {
      const image = new appstream.UpdatedImage(stack, 'Image', { image: appstream.Image.fromName('fresh') });
      const again = new appstream.UpdatedImage(stack, 'Again', { image });
      new appstream.ImageCopy(stack, 'Copy', { image: again, destinationRegion: ABROAD, imageName: 'copy' });
      new appstream.ImagePermissions(stack, 'Share', { image: again, accounts: ['222222222222'] });
    })).toMatchObject(CREATED);
    expect(await made()).toEqual({ fresh: 'AVAILABLE', copy: 'AVAILABLE' });
    expect(await gallery.close()).toMatchObject(DELETED);
    expect(gallery.loopback.iam.denials).toEqual([]);
  });
});

describe('a deletion', () => {
  test.each(['ResourceInUseException', 'OperationNotPermittedException'] as const)('of an image that others use says who does (%s)', async (deleteSharedImage) => {
    await open({ readings: { deleteSharedImage } });
    await gallery.show(imported());
    await gallery.call('CreateFleet', { Name: 'desks', ImageName: 'office', InstanceType: 'GeneralPurpose.m7i.large', ComputeCapacity: { DesiredInstances: 1 } });
    await gallery.call('UpdateImagePermissions', { Name: 'office', SharedAccountId: '222222222222', ImagePermissions: { allowFleet: true } });
    const { status, failures } = await gallery.close();
    expect(status).toBe('DELETE_FAILED');
    expect(failures[0]).toContain('image office cannot be deleted: it is used by fleet desks and shared with account 222222222222; '
      + 'take it from them and delete it then, or let it stay with the removal policy RETAIN');
    await gallery.call('DeleteFleet', { Name: 'desks' });
    await gallery.call('DeleteImagePermissions', { Name: 'office', SharedAccountId: '222222222222' });
    expect(await gallery.close()).toMatchObject(DELETED);
  });

  test('of an image that is gone succeeds', async () => {
    await open();
    await gallery.show(copied());
    const abroad = gallery.simulator.inRegion(ABROAD);
    const [{ Arn }] = await gallery.list(ABROAD);
    abroad.removeImage(Arn!);
    expect(await gallery.close()).toMatchObject(DELETED);
  });

  test('does not come with the removal policy RETAIN, and the next deployment takes the image up', async () => {
    await open();
    await gallery.show(imported({ removalPolicy: cdk.RemovalPolicy.RETAIN }));
    await gallery.close();
    expect(await made()).toEqual({ office: 'AVAILABLE' });
    const before = gallery.changes().length;
    expect(await gallery.show(imported())).toMatchObject(CREATED);
    expect(gallery.changes().slice(before)).toEqual([]);
  });
});

describe('a quota', () => {
  test('of what is under way is waited for', async () => {
    await open({ quotas: { concurrentCopies: 1 } });
    expect(await gallery.show((stack) => {
      copied({ imageName: 'one' })(stack);
      new appstream.ImageCopy(stack, 'Other', { image: appstream.Image.fromName('mine'), destinationRegion: ABROAD, imageName: 'two' });
    })).toMatchObject(CREATED);
    expect(await made()).toEqual({ one: 'AVAILABLE', two: 'AVAILABLE' });
  });

  test('of images is named in the reason', async () => {
    await open({ quotas: { images: 1 } });
    const { failures } = await gallery.show(imported());
    expect(failures[0]).toContain('The quota of 1 images is reached. (LimitExceededException)');
    expect(await made()).toEqual({});
  });
});

test('what is to be copied and is not there is named in the reason', async () => {
  await open();
  const { failures } = await gallery.show(copied({ image: appstream.Image.fromName('nowhere') }));
  expect(failures[0]).toContain('The image nowhere does not exist. (ResourceNotFoundException)');
  expect(await made()).toEqual({});
});

test('what another account has and does not share is named to the fleet that wants it, and nothing is left', async () => {
  await open();
  const theirs = 'arn:aws:appstream:us-east-1:222222222222:image/theirs';
  const { status, failures } = await gallery.show((stack) => void new appstream.Fleet(stack, 'Fleet', {
    image: appstream.Image.fromArn(theirs),
    instanceType: appstream.InstanceType.STANDARD_LARGE,
    capacity: appstream.Capacity.instances(1),
    desiredState: appstream.FleetState.RUNNING,
    updateStrategy: appstream.UpdateStrategy.stopAndRestart(),
  }));
  expect(status).toBe('ROLLBACK_COMPLETE');
  expect(failures[0]).toContain(`The image ${theirs} does not exist.`);
  expect((await gallery.call('DescribeFleets', {})).Fleets).toEqual([]);
  expect(await gallery.close()).toMatchObject(DELETED);
  expect(gallery.loopback.cloudformation.stackResources(GALLERY)).toEqual([]);
});

test('what failed in a deployment that was given up is made again by the next', async () => {
  await open();
  gallery.simulator.script.slowStart('office', HOURS);
  gallery.simulator.script.failingImage('office', { message: 'power cut' });
  await gallery.show(imported({ timeout: IMPATIENT }));
  await gallery.close();
  gallery.deployment.clock.advance(HOURS);
  expect(await made()).toEqual({ office: 'FAILED' });
  expect(await gallery.show(imported())).toMatchObject(CREATED);
  expect(await made()).toEqual({ office: 'AVAILABLE' });
});
