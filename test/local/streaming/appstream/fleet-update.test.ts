import type { UpdateFleetCommandInput } from '@aws-sdk/client-appstream';
import { IMAGE, MINUTE, aFleet, anElasticFleet, fill, inBucket, refusal, simulateAppStream, stopSimulations, SimulatedAppStream } from './simulated';
import type { AppStreamOptions } from '../../../../local/streaming/appstream/options';

afterEach(stopSimulations);

const ACTIVE = 'Cannot update the attribute for fleet office when it is ACTIVE. The fleet must be stopped to complete this action.';

async function running(options?: AppStreamOptions, fleet = aFleet()): Promise<SimulatedAppStream> {
  const appstream = await simulateAppStream(options);
  await appstream.client.createFleet(fleet);
  await appstream.client.startFleet({ Name: fleet.Name });
  appstream.clock.advance(10 * MINUTE);
  return appstream;
}

test('a fleet gets an image of another operating system only while it is stopped', async () => {
  const { client, clock, simulator } = await running();
  simulator.addImage({ Name: 'patched' });
  simulator.addImage({ Name: 'older', Platform: 'WINDOWS_SERVER_2019' });
  await client.updateFleet({ Name: 'office', ImageName: 'patched' });
  await expect(client.updateFleet({ Name: 'office', ImageName: 'older' })).rejects.toEqual(
    refusal('ResourceInUseException', 'The fleet office must be stopped for an image of another operating system.'));
  await client.stopFleet({ Name: 'office' });
  clock.advance(3 * MINUTE);
  expect((await client.updateFleet({ Name: 'office', ImageName: 'older' })).Fleet).toMatchObject({ Platform: 'WINDOWS_SERVER_2019' });
});

describe('UpdateFleet of a stopped fleet', () => {
  test('changes what it is given, and nothing else', async () => {
    const { client } = await simulateAppStream();
    const before = (await client.createFleet(aFleet({ Description: 'before', DisplayName: 'Office' }))).Fleet!;
    await client.updateFleet({ Name: 'office', Description: 'after', InstanceType: 'stream.compute.large' });
    expect((await client.describeFleets({})).Fleets![0]).toEqual({ ...before, Description: 'after', InstanceType: 'stream.compute.large' });
  });

  test('changes the image by name, and by ARN', async () => {
    const { client, simulator } = await simulateAppStream();
    const mine = simulator.addImage({ Name: 'mine' });
    await client.createFleet(aFleet());
    expect((await client.updateFleet({ Name: 'office', ImageName: 'mine' })).Fleet).toMatchObject({ ImageName: 'mine', ImageArn: mine.Arn });
    const arn = `arn:aws:appstream:eu-west-1::image/${IMAGE}`;
    expect((await client.updateFleet({ Name: 'office', ImageArn: arn })).Fleet).toMatchObject({ ImageName: IMAGE, ImageArn: arn });
  });

  test('deletes attributes', async () => {
    const { client } = await simulateAppStream({ directories: ['corp.example.com'] });
    await client.createFleet(aFleet({
      VpcConfig: { SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] },
      DomainJoinInfo: { DirectoryName: 'corp.example.com' },
      IamRoleArn: 'arn:aws:iam::123456789012:role/instances',
      RootVolumeConfig: { VolumeSizeInGb: 300 },
    }));
    const first = await client.updateFleet({
      Name: 'office', AttributesToDelete: ['VPC_CONFIGURATION_SECURITY_GROUP_IDS', 'DOMAIN_JOIN_INFO', 'IAM_ROLE_ARN', 'VOLUME_CONFIGURATION'],
    });
    expect(first.Fleet!.VpcConfig).toEqual({ SubnetIds: ['subnet-1'] });
    expect(first.Fleet).not.toHaveProperty('DomainJoinInfo');
    expect(first.Fleet).not.toHaveProperty('IamRoleArn');
    expect(first.Fleet).not.toHaveProperty('RootVolumeConfig');
    expect((await client.updateFleet({ Name: 'office', AttributesToDelete: ['VPC_CONFIGURATION'] })).Fleet).not.toHaveProperty('VpcConfig');
  });

  test('makes a multi-session fleet of it only together with its capacity', async () => {
    const { client } = await simulateAppStream();
    await client.createFleet(aFleet());
    await expect(client.updateFleet({ Name: 'office', MaxSessionsPerInstance: 4 })).rejects.toEqual(
      refusal('InvalidParameterCombinationException', 'DesiredInstances is not allowed for multi-session fleets. Specify DesiredSessions instead.'),
    );
    await client.updateFleet({ Name: 'office', MaxSessionsPerInstance: 4, ComputeCapacity: { DesiredSessions: 8 } });
    await client.updateFleet({ Name: 'office', AttributesToDelete: ['MAX_SESSIONS_PER_INSTANCE'], ComputeCapacity: { DesiredInstances: 2 } });
  });

  test.each<[string, UpdateFleetCommandInput, string, string]>([
    ['without a name', {}, 'InvalidParameterCombinationException', 'Name is required.'],
    ['that sets and deletes the same', { Name: 'office', IamRoleArn: 'arn:aws:iam::123456789012:role/a', AttributesToDelete: ['IAM_ROLE_ARN'] },
      'InvalidParameterCombinationException', 'IamRoleArn is both set and deleted.'],
    ['out of range', { Name: 'office', MaxUserDurationInSeconds: 1 },
      'InvalidParameterValueException', 'The value 1 of MaxUserDurationInSeconds is not valid. Specify a value between 600 and 432000.'],
    ['with an unknown image', { Name: 'office', ImageName: 'nowhere' }, 'ResourceNotFoundException', 'The image nowhere does not exist.'],
  ])('refuses an update %s', async (_what, input, code, message) => {
    const { client } = await simulateAppStream();
    await client.createFleet(aFleet());
    await expect(client.updateFleet(input)).rejects.toEqual(refusal(code, message));
  });
});

describe('UpdateFleet of a running fleet', () => {
  test.each<[string, Omit<UpdateFleetCommandInput, 'Name'>]>([
    ['DisplayName', { DisplayName: 'Other' }],
    ['ComputeCapacity', { ComputeCapacity: { DesiredInstances: 5 } }],
    ['ImageName', { ImageName: IMAGE }],
    ['ImageArn', { ImageArn: `arn:aws:appstream:eu-west-1::image/${IMAGE}` }],
    ['IdleDisconnectTimeoutInSeconds', { IdleDisconnectTimeoutInSeconds: 120 }],
    ['DisconnectTimeoutInSeconds', { DisconnectTimeoutInSeconds: 120 }],
  ])('accepts %s', async (_member, change) => {
    const { client } = await running();
    await expect(client.updateFleet({ Name: 'office', ...change })).resolves.toMatchObject({ Fleet: { State: 'RUNNING' } });
  });

  test.each<[string, Omit<UpdateFleetCommandInput, 'Name'>]>([
    ['Description', { Description: 'other' }],
    ['InstanceType', { InstanceType: 'stream.compute.large' }],
    ['VpcConfig', { VpcConfig: { SubnetIds: ['subnet-1'] } }],
    ['MaxUserDurationInSeconds', { MaxUserDurationInSeconds: 6000 }],
    ['EnableDefaultInternetAccess', { EnableDefaultInternetAccess: true }],
    ['DomainJoinInfo', { DomainJoinInfo: { DirectoryName: 'corp.example.com' } }],
    ['IamRoleArn', { IamRoleArn: 'arn:aws:iam::123456789012:role/other' }],
    ['StreamView', { StreamView: 'DESKTOP' }],
    ['Platform', { Platform: 'WINDOWS_SERVER_2022' }],
    ['UsbDeviceFilterStrings', { UsbDeviceFilterStrings: ['a,b,c,d,1,2,0,1'] }],
    ['RootVolumeConfig', { RootVolumeConfig: { VolumeSizeInGb: 300 } }],
    ['DisableIMDSV1', { DisableIMDSV1: true }],
    ['AttributesToDelete', { AttributesToDelete: ['VPC_CONFIGURATION'] }],
    ['DeleteVpcConfig', { DeleteVpcConfig: true }],
    ['a good one beside a bad one', { DisplayName: 'Other', Description: 'other' }],
  ])('refuses %s', async (_member, change) => {
    const { client } = await running();
    await expect(client.updateFleet({ Name: 'office', ...change })).rejects.toEqual(refusal('ResourceInUseException', ACTIVE));
  });

  test('the value that it has already: refused, or without effect', async () => {
    const same = { Name: 'office', InstanceType: 'stream.standard.large', DisplayName: 'Other' };
    await expect((await running()).client.updateFleet(same)).rejects.toEqual(refusal('ResourceInUseException', ACTIVE));
    const { client } = await running({ readings: { sameValueWhileRunning: 'accepted' } });
    await client.updateFleet(same);
    await expect(client.updateFleet({ ...same, InstanceType: 'stream.compute.large' })).rejects.toEqual(refusal('ResourceInUseException', ACTIVE));
  });

  test('MaxSessionsPerInstance: refused, or accepted', async () => {
    const fleet = aFleet({ MaxSessionsPerInstance: 2, ComputeCapacity: { DesiredSessions: 4 } });
    const change = { Name: 'office', MaxSessionsPerInstance: 4 };
    await expect((await running({}, fleet)).client.updateFleet(change)).rejects.toEqual(refusal('ResourceInUseException', ACTIVE));
    await (await running({ readings: { maxSessionsPerInstanceWhileRunning: 'accepted' } }, fleet)).client.updateFleet(change);
  });

  test.each<[string, Omit<UpdateFleetCommandInput, 'Name'>, boolean]>([
    ['DisplayName', { DisplayName: 'Other' }, true],
    ['IdleDisconnectTimeoutInSeconds', { IdleDisconnectTimeoutInSeconds: 120 }, true],
    ['DisconnectTimeoutInSeconds', { DisconnectTimeoutInSeconds: 120 }, true],
    ['MaxConcurrentSessions', { MaxConcurrentSessions: 20 }, true],
    ['SessionScriptS3Location', { SessionScriptS3Location: inBucket('scripts.zip') }, true],
    ['the end of SessionScriptS3Location', { AttributesToDelete: ['SESSION_SCRIPT_S3_LOCATION'] }, true],
    ['UsbDeviceFilterStrings', { UsbDeviceFilterStrings: ['a,b,c,d,1,2,0,1'] }, true],
    ['Description', { Description: 'other' }, false],
    ['VpcConfig', { VpcConfig: { SubnetIds: ['subnet-1', 'subnet-3'] } }, false],
  ])('when it is Elastic: %s', async (_member, change, accepted) => {
    const appstream = await running({}, anElasticFleet());
    await fill(appstream);
    const update = appstream.client.updateFleet({ Name: 'elastic', ...change });
    await (accepted ? expect(update).resolves.toBeDefined() : expect(update).rejects.toEqual(refusal('ResourceInUseException')));
  });
});

describe('UpdateFleet of a fleet between two states', () => {
  test('refuses everything', async () => {
    const { client, clock } = await simulateAppStream();
    await client.createFleet(aFleet());
    await client.startFleet({ Name: 'office' });
    await expect(client.updateFleet({ Name: 'office', DisplayName: 'a' })).rejects.toEqual(
      refusal('ResourceInUseException', 'Cannot update the fleet office when it is STARTING.'),
    );
    clock.advance(10 * MINUTE);
    await client.stopFleet({ Name: 'office' });
    await expect(client.updateFleet({ Name: 'office', DisplayName: 'a' })).rejects.toEqual(
      refusal('ResourceInUseException', 'Cannot update the fleet office when it is STOPPING.'),
    );
  });
});
