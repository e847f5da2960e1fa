import type { CreateAppBlockCommandInput } from '@aws-sdk/client-appstream';
import {
  APP_BLOCK, aScript, anAppBlock, anAppBlockBuilder, anApplication, anEmptyAppBlock, fill, ICON_READABLE, inBucket, READABLE, refusal,
  simulateAppStream, stopSimulations,
} from './simulated';

afterEach(stopSimulations);

const UPLOADS = {
  ...READABLE,
  Action: ['s3:GetObject', 's3:ListBucket', 's3:PutObject', 's3:GetBucketOwnershipControls'],
  Resource: ['arn:aws:s3:::content', 'arn:aws:s3:::content/AppStream2/*'],
};

async function filled(statements?: readonly object[], options?: Parameters<typeof simulateAppStream>[0]) {
  const appstream = await simulateAppStream(options);
  await fill(appstream, statements);
  return appstream;
}

test('an app block is described with all that the API shows of one', async () => {
  const { client, clock } = await filled();
  await client.createAppBlock(anAppBlock({ DisplayName: 'Apps', Description: 'an editor', Tags: { a: 'b' } }));
  expect((await client.describeAppBlocks({ Arns: [APP_BLOCK] })).AppBlocks).toEqual([{
    Name: 'apps',
    Arn: APP_BLOCK,
    DisplayName: 'Apps',
    Description: 'an editor',
    PackagingType: 'CUSTOM',
    SourceS3Location: inBucket('app.vhdx'),
    SetupScriptDetails: aScript,
    CreatedTime: new Date(clock.now()),
    State: 'ACTIVE',
    AppBlockErrors: [],
  }]);
  expect((await client.listTagsForResource({ ResourceArn: APP_BLOCK })).Tags).toEqual({ a: 'b' });
  await client.deleteAppBlock({ Name: 'apps' });
  await expect(client.describeAppBlocks({ Arns: [APP_BLOCK] })).rejects.toEqual(refusal('ResourceNotFoundException'));
});

test('app blocks come in pages', async () => {
  const { client } = await filled();
  for (const Name of ['a', 'b', 'c']) {
    await client.createAppBlock(anAppBlock({ Name }));
  }
  const { AppBlocks, NextToken } = await client.describeAppBlocks({ MaxResults: 2 });
  expect(AppBlocks!.map(({ Name }) => Name)).toEqual(['a', 'b']);
  expect((await client.describeAppBlocks({ NextToken })).AppBlocks!.map(({ Name }) => Name)).toEqual(['c']);
});

test.each<[string, Partial<CreateAppBlockCommandInput>, string]>([
  ['without a setup script', { SetupScriptDetails: undefined }, 'SetupScriptDetails is required for the CUSTOM PackagingType.'],
  ['with a post-setup script', { PostSetupScriptDetails: aScript }, 'PostSetupScriptDetails can only be provided for the APPSTREAM2 PackagingType.'],
  ['without a key', { SourceS3Location: inBucket() }, 'S3Key of SourceS3Location is required for the CUSTOM PackagingType.'],
  ['with a setup script and packaging by AppStream', { PackagingType: 'APPSTREAM2' }, 'SetupScriptDetails only applies to the CUSTOM PackagingType.'],
  ['with a script that has no key', { SetupScriptDetails: { ...aScript, ScriptS3Location: inBucket() } }, 'S3Key of ScriptS3Location is required.'],
])('an app block %s is refused', async (_what, overrides, message) => {
  const { client } = await filled();
  await expect(client.createAppBlock(anAppBlock(overrides))).rejects.toEqual(refusal('OperationNotPermittedException', message));
});

const vhdx = 'arn:aws:s3:::content/app.vhdx';

describe.each([
  ['a bucket that is not there', undefined, { S3Bucket: 'nowhere', S3Key: 'app.vhdx' }, 'The bucket nowhere does not exist.'],
  ['an object that is not there', undefined, inBucket('other.vhdx'), 'The object other.vhdx does not exist in the bucket content.'],
  ['a bucket without a policy', [], inBucket('app.vhdx'), `WorkSpaces Applications is not allowed to perform s3:GetObject on ${vhdx}.`],
  ['a bucket that lets another account in', [{ ...READABLE, Condition: { StringEquals: { 'aws:SourceAccount': '999999999999' } } }],
    inBucket('app.vhdx'), `WorkSpaces Applications is not allowed to perform s3:GetObject on ${vhdx}.`],
  ['a bucket that lets another service in', [{ ...READABLE, Principal: { Service: 'gameliftstreams.amazonaws.com' } }],
    inBucket('app.vhdx'), `WorkSpaces Applications is not allowed to perform s3:GetObject on ${vhdx}.`],
  ['a bucket that keeps it out', [READABLE, { ...READABLE, Effect: 'Deny', Resource: vhdx }],
    inBucket('app.vhdx'), `WorkSpaces Applications is not allowed to perform s3:GetObject on ${vhdx}.`],
])('%s', (_what, statements, SourceS3Location, message) => {
  test('is refused', async () => {
    const { client } = await filled(statements);
    await expect(client.createAppBlock(anAppBlock({ SourceS3Location }))).rejects.toEqual(refusal('OperationNotPermittedException', message));
  });

  test('is reported by the app block in the other reading', async () => {
    const { client } = await filled(statements, { readings: { unreadableObject: 'accepted' } });
    const { AppBlock } = await client.createAppBlock(anAppBlock({ SourceS3Location }));
    expect(AppBlock!.AppBlockErrors).toContainEqual({ ErrorCode: 'S3_ACCESS_DENIED', ErrorMessage: message });
  });
});

test('the policy may name the app block as the source', async () => {
  const { client } = await filled([{ ...READABLE, Condition: { ArnLike: { 'aws:SourceArn': APP_BLOCK } } }]);
  await client.createAppBlock(anAppBlock());
  await expect(client.createAppBlock(anAppBlock({ Name: 'others' }))).rejects.toEqual(refusal('OperationNotPermittedException'));
});

test('an app block with packaging by AppStream is INACTIVE until an administrator has made its package', async () => {
  const { client, clock, simulator, s3 } = await filled([UPLOADS, ICON_READABLE]);
  expect((await client.createAppBlock(anEmptyAppBlock())).AppBlock!.State).toBe('INACTIVE');
  await expect(client.createApplication(anApplication())).rejects.toEqual(refusal('OperationNotPermittedException', 'The app block apps is INACTIVE.'));

  await client.createAppBlockBuilder(anAppBlockBuilder());
  await client.associateAppBlockBuilderAppBlock({ AppBlockArn: APP_BLOCK, AppBlockBuilderName: 'packer' });
  await client.startAppBlockBuilder({ Name: 'packer' });
  clock.advance(5 * 60_000);
  await simulator.finishPackage('packer');
  expect((await client.describeAppBlocks({})).AppBlocks![0].State).toBe('ACTIVE');
  expect(s3.keys('content')).toContain('AppStream2/apps.vhdx');
  await client.createApplication(anApplication());
});

test('an application of an INACTIVE app block is accepted in the other reading', async () => {
  const { client } = await filled([UPLOADS, ICON_READABLE], { readings: { applicationOfInactiveAppBlock: 'accepted' } });
  await client.createAppBlock(anEmptyAppBlock());
  expect((await client.createApplication(anApplication())).Application).toMatchObject({ Name: 'editor' });
});

test.each(['s3:ListBucket', 's3:PutObject', 's3:GetObject', 's3:GetBucketOwnershipControls'])('a bucket that AppStream is to put packages into has to permit %s', async (action) => {
  const { client } = await filled([{ ...UPLOADS, Action: UPLOADS.Action.filter((each) => each !== action) }]);
  await expect(client.createAppBlock(anEmptyAppBlock())).rejects.toEqual(refusal('OperationNotPermittedException'));
});

test('an app block with packaging by AppStream may have a package already', async () => {
  const { client } = await filled();
  expect((await client.createAppBlock(anEmptyAppBlock({ SourceS3Location: inBucket('app.vhdx'), PostSetupScriptDetails: aScript }))).AppBlock!.State).toBe('ACTIVE');
});

test('an app block is not deleted while it has an application', async () => {
  const { client } = await filled();
  await client.createAppBlock(anAppBlock());
  await client.createApplication(anApplication());
  await expect(client.deleteAppBlock({ Name: 'apps' })).rejects.toEqual(refusal('ResourceInUseException', 'The app block apps has the application editor.'));
  await client.deleteApplication({ Name: 'editor' });
  await client.deleteAppBlock({ Name: 'apps' });
});

test('an app block is not made twice', async () => {
  const { client } = await filled();
  await client.createAppBlock(anAppBlock());
  await expect(client.createAppBlock(anAppBlock())).rejects.toEqual(refusal('ResourceAlreadyExistsException'));
});
