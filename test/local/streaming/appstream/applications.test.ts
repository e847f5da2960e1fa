import type { CreateApplicationCommandInput } from '@aws-sdk/client-appstream';
import {
  aFleet, anAppBlock, anApplication, anElasticFleet, APP_BLOCK, APPLICATION, fill, inBucket, READABLE, refusal,
  simulateAppStream, stopSimulations, SimulatedAppStream,
} from './simulated';
import type { AppStreamOptions } from '../../../../local/streaming/appstream/options';

afterEach(stopSimulations);

async function withAppBlock(options?: AppStreamOptions): Promise<SimulatedAppStream> {
  const appstream = await simulateAppStream(options);
  await fill(appstream);
  await appstream.client.createAppBlock(anAppBlock());
  return appstream;
}

async function withFleet(options?: AppStreamOptions): Promise<SimulatedAppStream> {
  const appstream = await withAppBlock(options);
  await appstream.client.createApplication(anApplication());
  await appstream.client.createFleet(anElasticFleet());
  return appstream;
}

const HERE = { FleetName: 'elastic', ApplicationArn: APPLICATION };

test('an application is described with all that the API shows of one', async () => {
  const { client, clock } = await withAppBlock();
  const given = { DisplayName: 'Editor', Description: 'of texts', WorkingDirectory: 'D:\\', LaunchParameters: '--quiet' };
  await client.createApplication(anApplication({ ...given, Tags: { a: 'b' } }));
  expect((await client.describeApplications({ Arns: [APPLICATION] })).Applications).toEqual([{
    ...given,
    Name: 'editor',
    Arn: APPLICATION,
    AppBlockArn: APP_BLOCK,
    IconS3Location: inBucket('icon.png'),
    IconURL: 'https://content.s3.eu-west-1.amazonaws.com/icon.png',
    LaunchPath: 'D:\\editor.exe',
    Platforms: ['WINDOWS_SERVER_2019'],
    InstanceFamilies: ['GENERAL_PURPOSE'],
    Enabled: true,
    CreatedTime: new Date(clock.now()),
  }]);
});

test('an application is updated, and loses what is deleted', async () => {
  const { client } = await withAppBlock();
  await client.createApplication(anApplication({ WorkingDirectory: 'D:\\', LaunchParameters: '--quiet' }));
  await client.updateApplication({ Name: 'editor', LaunchPath: 'D:\\new.exe', AttributesToDelete: ['WORKING_DIRECTORY'] });
  const { Applications: [application] = [] } = await client.describeApplications({});
  expect([application.LaunchPath, application.LaunchParameters, application.WorkingDirectory]).toEqual(['D:\\new.exe', '--quiet', undefined]);
  await expect(client.updateApplication({ Name: 'editor', WorkingDirectory: 'C:\\', AttributesToDelete: ['WORKING_DIRECTORY'] }))
    .rejects.toEqual(refusal('OperationNotPermittedException', 'WorkingDirectory is both set and deleted.'));
});

test('applications come in pages', async () => {
  const { client } = await withAppBlock();
  await client.createApplication(anApplication({ Name: 'a' }));
  await client.createApplication(anApplication({ Name: 'b' }));
  const { Applications, NextToken } = await client.describeApplications({ MaxResults: 1 });
  expect(Applications!.map(({ Name }) => Name)).toEqual(['a']);
  expect((await client.describeApplications({ NextToken })).Applications!.map(({ Name }) => Name)).toEqual(['b']);
});

test('an application fails with an icon that AppStream may read on behalf of the account only', async () => {
  const appstream = await simulateAppStream();
  await fill(appstream, [READABLE]);
  await appstream.client.createAppBlock(anAppBlock());
  await expect(appstream.client.createApplication(anApplication())).rejects.toEqual(
    refusal('OperationNotPermittedException', 'WorkSpaces Applications is not allowed to perform s3:GetObject on arn:aws:s3:::content/icon.png.'));
});

test('an application fails with an icon that is encrypted with a key of one\'s own', async () => {
  const appstream = await withAppBlock();
  await appstream.s3.operations.PutBucketEncryption({
    Bucket: 'content',
    ServerSideEncryptionConfiguration: { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'key' } }] },
  }, { caller: { accessKeyId: 'AKIAOPERATOR' } });
  await expect(appstream.client.createApplication(anApplication())).rejects.toEqual(
    refusal('OperationNotPermittedException', 'The bucket content is encrypted with a key that you manage.'));
});

test.each<[string, Partial<CreateApplicationCommandInput>, string, string]>([
  ['of an app block that is not there', { AppBlockArn: `${APP_BLOCK}2` }, 'ResourceNotFoundException', `The app block ${APP_BLOCK}2 does not exist.`],
  ['for another platform', { Platforms: ['WINDOWS_SERVER_2022'] }, 'OperationNotPermittedException', 'WINDOWS_SERVER_2022 is not supported for applications of Elastic fleets.'],
  ['for another instance family', { InstanceFamilies: ['COMPUTE'] }, 'OperationNotPermittedException', 'COMPUTE is not supported for applications of Elastic fleets.'],
  ['for no platform', { Platforms: [] }, 'OperationNotPermittedException', 'An application needs at least one platform and one instance family.'],
  ['without the key of its icon', { IconS3Location: inBucket() }, 'OperationNotPermittedException', 'S3Key of IconS3Location is required.'],
  ['with an icon that is not there', { IconS3Location: inBucket('none.png') }, 'OperationNotPermittedException', 'The object none.png does not exist in the bucket content.'],
])('an application %s is refused', async (_what, overrides, name, message) => {
  const { client } = await withAppBlock();
  await expect(client.createApplication(anApplication(overrides))).rejects.toEqual(refusal(name, message));
});

test('an application is not made twice', async () => {
  const { client } = await withAppBlock();
  await client.createApplication(anApplication());
  await expect(client.createApplication(anApplication())).rejects.toEqual(refusal('ResourceAlreadyExistsException'));
});

describe('an application and an Elastic fleet', () => {
  test('are associated and separated', async () => {
    const { client } = await withFleet();
    await client.associateApplicationFleet(HERE);
    expect((await client.describeApplicationFleetAssociations({ FleetName: 'elastic' })).ApplicationFleetAssociations).toEqual([HERE]);
    expect((await client.describeApplicationFleetAssociations({ ApplicationArn: APPLICATION })).ApplicationFleetAssociations).toEqual([HERE]);
    await client.disassociateApplicationFleet(HERE);
    expect((await client.describeApplicationFleetAssociations({ FleetName: 'elastic' })).ApplicationFleetAssociations).toBeUndefined();
    await expect(client.disassociateApplicationFleet(HERE)).rejects.toEqual(refusal('OperationNotPermittedException'));
  });

  test.each([['refused', 'OperationNotPermittedException'], ['accepted', undefined]] as const)('cannot be associated twice: %s', async (associateAgain, error) => {
    const { client } = await withFleet({ readings: { associateAgain } });
    await client.associateApplicationFleet(HERE);
    const again = client.associateApplicationFleet(HERE);
    await (error ? expect(again).rejects.toEqual(refusal(error)) : expect(again).resolves.toBeDefined());
  });

  test('of another kind are refused', async () => {
    const { client } = await withFleet();
    await client.createFleet(aFleet());
    await expect(client.associateApplicationFleet({ ...HERE, FleetName: 'office' }))
      .rejects.toEqual(refusal('OperationNotPermittedException', 'The fleet office is not an Elastic fleet.'));
    await client.createFleet(anElasticFleet({ Name: 'linux', Platform: 'AMAZON_LINUX2' }));
    await expect(client.associateApplicationFleet({ ...HERE, FleetName: 'linux' })).rejects.toEqual(
      refusal('InvalidParameterCombinationException', 'The application editor does not run on AMAZON_LINUX2, the platform of the fleet linux.'));
    await expect(client.describeApplicationFleetAssociations({})).rejects.toEqual(refusal('InvalidParameterCombinationException'));
  });

  test('are deleted only when they are separated', async () => {
    const { client } = await withFleet();
    await client.associateApplicationFleet(HERE);
    await expect(client.deleteApplication({ Name: 'editor' })).rejects.toEqual(
      refusal('ResourceInUseException', 'The application editor is associated with the fleet elastic.'));
    await expect(client.deleteFleet({ Name: 'elastic' })).rejects.toEqual(refusal('ResourceInUseException', 'The fleet elastic is associated with applications.'));
  });

  test('are separated by the end of the fleet in the other reading', async () => {
    const { client } = await withFleet({ readings: { deleteFleetWithApplications: 'accepted' } });
    await client.associateApplicationFleet(HERE);
    await client.deleteFleet({ Name: 'elastic' });
    await client.deleteApplication({ Name: 'editor' });
  });
});
