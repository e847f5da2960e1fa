import { AppStream, type CreateImportedImageCommandInput, type Image } from '@aws-sdk/client-appstream';
import { aFleet, MINUTE, refusal, simulateAppStream, type SimulatedAppStream, stopSimulations } from './simulated';
import type { AppStreamOptions } from '../../../../local/streaming/appstream/options';

afterEach(stopSimulations);

const AMI = 'ami-0123456789abcdef0';
const ROLE = 'arn:aws:iam::123456789012:role/import';
const anImport = (input: Partial<CreateImportedImageCommandInput> = {}): CreateImportedImageCommandInput =>
  ({ Name: 'imported', SourceAmiId: AMI, IamRoleArn: ROLE, ...input });

let appstream: SimulatedAppStream;

async function begin(options: AppStreamOptions = {}): Promise<AppStream> {
  appstream = await simulateAppStream({ amis: [AMI], ...options });
  appstream.simulator.addImage({ Name: 'mine' });
  return appstream.client;
}

/** The same account, asked in another Region. */
function elsewhere(region = 'us-east-1'): AppStream {
  return new AppStream({ endpoint: appstream.endpoint.url, region, credentials: { accessKeyId: 'AKIAOPERATOR', secretAccessKey: 'secret' }, maxAttempts: 1 });
}

async function imageNamed(name: string, client = appstream.client): Promise<Image> {
  return (await client.describeImages({ Names: [name] })).Images![0];
}

describe('a copy', () => {
  const copy = { SourceImageName: 'mine', DestinationImageName: 'copy', DestinationRegion: 'us-east-1', DestinationImageDescription: 'for them' };

  test('is made in its Region, with neither tags nor permissions', async () => {
    const client = await begin();
    const there = elsewhere();
    await client.tagResource({ ResourceArn: 'arn:aws:appstream:eu-west-1:123456789012:image/mine', Tags: { a: '1' } });
    await client.updateImagePermissions({ Name: 'mine', SharedAccountId: '222222222222', ImagePermissions: { allowFleet: true } });
    expect(await client.copyImage(copy)).toMatchObject({ DestinationImageName: 'copy' });
    const Arn = 'arn:aws:appstream:us-east-1:123456789012:image/copy';
    expect(await imageNamed('copy', there)).toMatchObject({ State: 'COPYING', Arn, Description: 'for them', ImageSharedWithOthers: 'FALSE' });
    expect((await there.listTagsForResource({ ResourceArn: Arn })).Tags).toBeUndefined();
    appstream.clock.advance(20 * MINUTE);
    expect(await imageNamed('copy', there)).toMatchObject({ State: 'AVAILABLE', Visibility: 'PRIVATE' });
    await expect(imageNamed('copy')).rejects.toEqual(refusal('ResourceNotFoundException'));
  });

  test.each([
    ['of what is not there', { SourceImageName: 'nowhere' }, 'ResourceNotFoundException', 'The image nowhere does not exist.'],
    ['to what is no Region', { DestinationRegion: 'mars' }, 'InvalidParameterValueException', 'The value mars of DestinationRegion is not valid.'],
    ['with the name of another image', { DestinationImageName: 'mine', DestinationRegion: 'eu-west-1' }, 'ResourceAlreadyExistsException', 'The image mine already exists.'],
  ])('%s is refused', async (_, change, code, message) => {
    const client = await begin();
    await expect(client.copyImage({ ...copy, ...change })).rejects.toEqual(refusal(code, message));
  });

  test('of an image that is being made is refused', async () => {
    const client = await begin();
    await client.createImportedImage(anImport());
    await expect(client.copyImage({ ...copy, SourceImageName: 'imported' })).rejects.toEqual(refusal('ResourceNotAvailableException'));
  });

  test('beyond two at a time into a Region is refused, and possible later', async () => {
    const client = await begin();
    await client.copyImage({ ...copy, DestinationImageName: 'one' });
    await client.copyImage({ ...copy, DestinationImageName: 'two' });
    await expect(client.copyImage(copy)).rejects.toEqual(refusal('LimitExceededException', 'The quota of 2 concurrent image copies is reached.'));
    await client.copyImage({ ...copy, DestinationRegion: 'ap-south-1' });
    appstream.clock.advance(20 * MINUTE);
    await client.copyImage(copy);
  });
});

describe('an updated image', () => {
  test('is made while there are updates, and only then', async () => {
    const client = await begin();
    const input = { existingImageName: 'mine', newImageName: 'updated', newImageTags: { a: '1' } };
    expect(await client.createUpdatedImage({ ...input, dryRun: true })).toEqual(expect.not.objectContaining({ image: expect.anything() }));
    const { image } = await client.createUpdatedImage(input);
    expect(image).toMatchObject({ Name: 'updated', State: 'CREATING', LatestAppstreamAgentVersion: 'TRUE' });
    expect((await client.listTagsForResource({ ResourceArn: image!.Arn })).Tags).toEqual({ a: '1' });
    await expect(client.createUpdatedImage({ existingImageName: 'updated', newImageName: 'again' })).rejects.toEqual(refusal('OperationNotPermittedException'));
    appstream.clock.advance(30 * MINUTE);
    expect(await client.createUpdatedImage({ existingImageName: 'updated', newImageName: 'again', dryRun: true })).toMatchObject({ canUpdateImage: false });
    await expect(client.createUpdatedImage({ existingImageName: 'updated', newImageName: 'again' })).rejects.toEqual(
      refusal('OperationNotPermittedException', 'There are no updates for the image updated.'));
  });

  test('that fails says why', async () => {
    const client = await begin();
    appstream.simulator.script.failingImage('updated', { message: 'no space', errors: [{ ErrorCode: 'INTERNAL_SERVICE_ERROR', ErrorMessage: 'disk' }] });
    await client.createUpdatedImage({ existingImageName: 'mine', newImageName: 'updated' });
    appstream.clock.advance(30 * MINUTE);
    expect(await imageNamed('updated')).toMatchObject({
      State: 'FAILED', StateChangeReason: { Code: 'IMAGE_UPDATE_FAILURE', Message: 'no space' }, ImageErrors: [{ ErrorMessage: 'disk' }],
    });
  });
});

describe('an imported image', () => {
  test('is made of an AMI, tried out if that is asked for, and runs on instances of EC2 alone', async () => {
    const client = await begin();
    const { Image: image } = await client.createImportedImage(anImport({
      Tags: { a: '1' },
      RuntimeValidationConfig: { IntendedInstanceType: 'GeneralPurpose.m7i.large' },
      AppCatalogConfig: [{ Name: 'notepad', AbsoluteAppPath: 'C:\\notepad.exe' }],
    }));
    expect(image).toMatchObject({ State: 'IMPORTING', ImageType: 'CUSTOM', Applications: [{ Name: 'notepad', LaunchPath: 'C:\\notepad.exe' }] });
    appstream.clock.advance(30 * MINUTE);
    expect(await imageNamed('imported')).toMatchObject({ State: 'VALIDATING' });
    appstream.clock.advance(10 * MINUTE);
    expect(await imageNamed('imported')).toMatchObject({ State: 'AVAILABLE' });
    await expect(client.createFleet(aFleet({ ImageName: 'imported' }))).rejects.toEqual(refusal('InvalidParameterCombinationException'));
    await client.createFleet(aFleet({ ImageName: 'imported', InstanceType: 'GeneralPurpose.m7i.large' }));
    const unknown = aFleet({ Name: 'x', ImageName: 'imported', InstanceType: 'GeneralPurpose.x1.large' });
    await expect(client.createFleet(unknown)).rejects.toEqual(refusal('InvalidParameterValueException'));
  });

  test('is not made of an AMI of another Region', async () => {
    await begin();
    await expect(elsewhere().createImportedImage(anImport())).rejects.toEqual(refusal('ResourceNotFoundException', `The AMI ${AMI} does not exist.`));
  });

  test('is not made in a dry run, whose success is an error', async () => {
    const client = await begin();
    await expect(client.createImportedImage(anImport({ DryRun: true }))).rejects.toEqual(refusal('DryRunOperationException'));
    await expect(imageNamed('imported')).rejects.toEqual(refusal('ResourceNotFoundException'));
  });

  test.each([
    ['of nothing', { SourceAmiId: undefined }, 'InvalidParameterCombinationException', 'Specify either SourceAmiId or WorkspaceImageId.'],
    ['of two things', { WorkspaceImageId: 'wsi-0123456789' }, 'InvalidParameterCombinationException', 'Specify either SourceAmiId or WorkspaceImageId.'],
    ['of an AMI without a role', { IamRoleArn: undefined }, 'InvalidParameterCombinationException', 'IamRoleArn is required with SourceAmiId.'],
    ['with what is no role', { IamRoleArn: 'arn:aws:iam::123456789012:user/x' }, 'InvalidRoleException', 'The IAM role ARN arn:aws:iam::123456789012:user/x is not valid.'],
    ['of an AMI that is not there', { SourceAmiId: 'ami-00000000' }, 'ResourceNotFoundException', 'The AMI ami-00000000 does not exist.'],
    ['with an application twice', { AppCatalogConfig: [{ Name: 'a', AbsoluteAppPath: 'a' }, { Name: 'a', AbsoluteAppPath: 'b' }] },
      'InvalidParameterCombinationException', 'The application catalog names an application twice.'],
    ['with the name of another image', { Name: 'mine' }, 'ResourceAlreadyExistsException', 'The image mine already exists.'],
  ])('%s is refused, in a dry run too', async (_, change, code, message) => {
    const client = await begin();
    for (const DryRun of [true, false]) {
      await expect(client.createImportedImage(anImport({ ...change, DryRun }))).rejects.toEqual(refusal(code, message));
    }
  });

  test('beyond the quota of images is refused', async () => {
    const client = await begin({ quotas: { images: 1 } });
    await expect(client.createImportedImage(anImport())).rejects.toEqual(refusal('LimitExceededException', 'The quota of 1 images is reached.'));
  });

  test('takes long, and is not shown at once, where that is scripted', async () => {
    const client = await begin();
    appstream.simulator.script.slowStart('imported', 300 * MINUTE);
    appstream.simulator.script.staleReads('imported', 1);
    await client.createImportedImage(anImport());
    await expect(imageNamed('imported')).rejects.toEqual(refusal('ResourceNotFoundException'));
    appstream.clock.advance(299 * MINUTE);
    expect(await imageNamed('imported')).toMatchObject({ State: 'IMPORTING' });
  });
});

describe('an image is deleted', () => {
  test('and is gone some time later, with its name free', async () => {
    const client = await begin();
    expect((await client.deleteImage({ Name: 'mine' })).Image).toMatchObject({ State: 'DELETING' });
    await expect(client.deleteImage({ Name: 'mine' })).rejects.toEqual(refusal('OperationNotPermittedException'));
    appstream.clock.advance(MINUTE);
    await expect(imageNamed('mine')).rejects.toEqual(refusal('ResourceNotFoundException'));
    await client.createImportedImage(anImport({ Name: 'mine' }));
  });

  test('not while a fleet uses it', async () => {
    const client = await begin();
    await client.createFleet(aFleet({ ImageName: 'mine' }));
    await expect(client.deleteImage({ Name: 'mine' })).rejects.toEqual(refusal('ResourceInUseException', 'The image mine is in use by a fleet.'));
    await client.deleteFleet({ Name: 'office' });
    await client.deleteImage({ Name: 'mine' });
  });

  test.each(['ResourceInUseException', 'OperationNotPermittedException'] as const)('not while it is shared (%s)', async (deleteSharedImage) => {
    const client = await begin({ readings: { deleteSharedImage } });
    await client.updateImagePermissions({ Name: 'mine', SharedAccountId: '222222222222', ImagePermissions: { allowFleet: true } });
    await expect(client.deleteImage({ Name: 'mine' })).rejects.toEqual(refusal(deleteSharedImage, 'The image mine is shared with other AWS accounts.'));
    await client.deleteImagePermissions({ Name: 'mine', SharedAccountId: '222222222222' });
    await client.deleteImage({ Name: 'mine' });
  });

  test.each([['refused', 'OperationNotPermittedException'], ['accepted', undefined]] as const)('while it is made: %s', async (deleteUnfinishedImage, code) => {
    const client = await begin({ readings: { deleteUnfinishedImage } });
    await client.createImportedImage(anImport());
    const deletion = client.deleteImage({ Name: 'imported' });
    await (code ? expect(deletion).rejects.toEqual(refusal(code)) : expect(deletion).resolves.toMatchObject({ Image: { State: 'DELETING' } }));
  });

  test('not where it is not one of the account', async () => {
    const client = await begin();
    await expect(client.deleteImage({ Name: 'AppStream-WinServer2022-06-17-2024' })).rejects.toEqual(refusal('ResourceNotFoundException'));
  });
});

describe('permissions', () => {
  test('are given, changed, listed in pages and taken', async () => {
    const client = await begin({ pageSize: 1 });
    const share = (SharedAccountId: string, ImagePermissions: object) => client.updateImagePermissions({ Name: 'mine', SharedAccountId, ImagePermissions });
    await share('222222222222', { allowFleet: true });
    await share('333333333333', { allowFleet: true, allowImageBuilder: true });
    await share('222222222222', { allowImageBuilder: true });
    const first = await client.describeImagePermissions({ Name: 'mine' });
    expect(first.SharedImagePermissionsList).toEqual([{ sharedAccountId: '222222222222', imagePermissions: { allowFleet: false, allowImageBuilder: true } }]);
    const second = await client.describeImagePermissions({ Name: 'mine', NextToken: first.NextToken });
    expect(second.SharedImagePermissionsList).toMatchObject([{ sharedAccountId: '333333333333' }]);
    expect(await imageNamed('mine')).toMatchObject({ ImageSharedWithOthers: 'TRUE' });
    await client.deleteImagePermissions({ Name: 'mine', SharedAccountId: '222222222222' });
    expect((await client.describeImagePermissions({ Name: 'mine', SharedAwsAccountIds: ['222222222222'] })).SharedImagePermissionsList).toEqual([]);
    await expect(client.deleteImagePermissions({ Name: 'mine', SharedAccountId: '222222222222' })).rejects.toEqual(
      refusal('ResourceNotFoundException', 'The image mine is not shared with 222222222222.'));
  });

  test('have a quota, and are for others', async () => {
    const client = await begin({ quotas: { sharedAccounts: 1 } });
    const share = (SharedAccountId: string) => client.updateImagePermissions({ Name: 'mine', SharedAccountId, ImagePermissions: { allowFleet: true } });
    await expect(share('123456789012')).rejects.toEqual(refusal('InvalidParameterValueException', 'The value 123456789012 of SharedAccountId is not valid.'));
    await share('222222222222');
    await expect(share('333333333333')).rejects.toEqual(refusal('LimitExceededException'));
  });

  test('need an image that is there for it', async () => {
    const client = await begin();
    await client.createImportedImage(anImport());
    await expect(client.updateImagePermissions({ Name: 'imported', SharedAccountId: '222222222222', ImagePermissions: {} })).rejects.toEqual(
      refusal('ResourceNotAvailableException'));
    await expect(client.describeImagePermissions({ Name: 'nowhere' })).rejects.toEqual(refusal('ResourceNotFoundException'));
  });
});

describe('an export', () => {
  const task = { ImageName: 'mine', AmiName: 'office', IamRoleArn: ROLE, TagSpecifications: { a: '1' } };

  test('ends in an AMI that can be imported', async () => {
    const client = await begin();
    const { ExportImageTask } = await client.createExportImageTask(task);
    expect(ExportImageTask).toMatchObject({ State: 'EXPORTING', AmiName: 'office', TagSpecifications: { a: '1' } });
    await expect(client.createExportImageTask(task)).rejects.toEqual(
      refusal('OperationNotPermittedException', 'There is an AMI with the name office already.'));
    appstream.clock.advance(20 * MINUTE);
    await expect(client.createExportImageTask(task)).rejects.toEqual(refusal('OperationNotPermittedException'));
    const { ExportImageTask: done } = await client.getExportImageTask({ TaskId: ExportImageTask!.TaskId });
    expect(done).toMatchObject({ State: 'COMPLETED', AmiId: expect.stringMatching(/^ami-/) });
    expect((await client.listExportImageTasks({})).ExportImageTasks).toEqual([done]);
    await client.createImportedImage(anImport({ SourceAmiId: done!.AmiId }));
  });

  test('that fails says why, and leaves the name free', async () => {
    const client = await begin();
    appstream.simulator.script.failingImage('office', { message: 'no permission' });
    const { ExportImageTask } = await client.createExportImageTask(task);
    appstream.clock.advance(20 * MINUTE);
    expect((await client.getExportImageTask({ TaskId: ExportImageTask!.TaskId })).ExportImageTask).toMatchObject({
      State: 'FAILED', ErrorDetails: [{ ErrorMessage: 'no permission' }],
    });
    await client.createExportImageTask(task);
  });
});
