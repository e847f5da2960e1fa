import type { CreateFleetCommandInput } from '@aws-sdk/client-appstream';
import { IMAGE, aFleet, anElasticFleet, fill, inBucket, refusal, simulateAppStream, stopSimulations } from './simulated';

afterEach(stopSimulations);

const ROLE = 'arn:aws:iam::123456789012:role/instances';

describe('CreateFleet accepts', () => {
  test.each<[string, CreateFleetCommandInput]>([
    ['the longest session', aFleet({ MaxUserDurationInSeconds: 432_000 })],
    ['the shortest session', aFleet({ MaxUserDurationInSeconds: 600 })],
    ['the longest disconnect timeout', aFleet({ DisconnectTimeoutInSeconds: 36_000 })],
    ['the shortest disconnect timeout', aFleet({ DisconnectTimeoutInSeconds: 60 })],
    ['no idle timeout', aFleet({ IdleDisconnectTimeoutInSeconds: 0 })],
    ['the shortest idle timeout', aFleet({ IdleDisconnectTimeoutInSeconds: 60 })],
    ['the longest idle timeout', aFleet({ IdleDisconnectTimeoutInSeconds: 36_000 })],
    ['the smallest root volume', aFleet({ RootVolumeConfig: { VolumeSizeInGb: 200 } })],
    ['the largest root volume', aFleet({ RootVolumeConfig: { VolumeSizeInGb: 500 } })],
    ['an image by its ARN', aFleet({ ImageName: undefined, ImageArn: `arn:aws:appstream:eu-west-1::image/${IMAGE}` })],
    ['sessions on a multi-session fleet', aFleet({ MaxSessionsPerInstance: 2, ComputeCapacity: { DesiredSessions: 5 } })],
    ['a role', aFleet({ IamRoleArn: ROLE })],
    ['a graphics instance with its image', aFleet({
      InstanceType: 'stream.graphics.g4dn.xlarge', ImageName: 'AppStream-Graphics-G4DN-WinServer2022-06-17-2024',
    })],
    ['an Elastic fleet', anElasticFleet()],
    ['an Elastic fleet with a session script', anElasticFleet({ SessionScriptS3Location: inBucket('scripts.zip') })],
  ])('%s', async (_what, input) => {
    const appstream = await simulateAppStream();
    await fill(appstream);
    await expect(appstream.client.createFleet(input)).resolves.toMatchObject({ Fleet: { State: 'STOPPED' } });
  });
});

describe('CreateFleet refuses', () => {
  const range = (value: number, name: string, min: number, max: number) => `The value ${value} of ${name} is not valid. Specify a value between ${min} and ${max}.`;

  test.each<[string, CreateFleetCommandInput, string]>([
    ['a session too short', aFleet({ MaxUserDurationInSeconds: 599 }), range(599, 'MaxUserDurationInSeconds', 600, 432_000)],
    ['a session too long', aFleet({ MaxUserDurationInSeconds: 432_001 }), range(432_001, 'MaxUserDurationInSeconds', 600, 432_000)],
    ['a disconnect timeout too short', aFleet({ DisconnectTimeoutInSeconds: 59 }), range(59, 'DisconnectTimeoutInSeconds', 60, 36_000)],
    ['a disconnect timeout too long', aFleet({ DisconnectTimeoutInSeconds: 36_001 }), range(36_001, 'DisconnectTimeoutInSeconds', 60, 36_000)],
    ['an idle timeout too short', aFleet({ IdleDisconnectTimeoutInSeconds: 59 }), range(59, 'IdleDisconnectTimeoutInSeconds', 60, 36_000)],
    ['an idle timeout too long', aFleet({ IdleDisconnectTimeoutInSeconds: 36_001 }), range(36_001, 'IdleDisconnectTimeoutInSeconds', 60, 36_000)],
    ['a root volume too small', aFleet({ RootVolumeConfig: { VolumeSizeInGb: 199 } }), range(199, 'VolumeSizeInGb', 200, 500)],
    ['a root volume too large', aFleet({ RootVolumeConfig: { VolumeSizeInGb: 501 } }), range(501, 'VolumeSizeInGb', 200, 500)],
    ['an instance type that does not exist', aFleet({ InstanceType: 'stream.standard.huge' }),
      'The instance type stream.standard.huge is not valid for this resource.'],
    ['an instance type that Elastic fleets do not have', anElasticFleet({ InstanceType: 'stream.compute.large' }),
      'The instance type stream.compute.large is not valid for this resource.'],
  ])('%s', async (_what, input, message) => {
    const { client } = await simulateAppStream();
    await expect(client.createFleet(input)).rejects.toEqual(refusal('InvalidParameterValueException', message));
  });

  test.each<[string, CreateFleetCommandInput, string]>([
    ['no image', aFleet({ ImageName: undefined }), 'Specify either ImageName or ImageArn.'],
    ['two images', aFleet({ ImageArn: `arn:aws:appstream:eu-west-1::image/${IMAGE}` }), 'Specify either ImageName or ImageArn.'],
    ['no capacity', aFleet({ ComputeCapacity: undefined }), 'Specify either DesiredInstances or DesiredSessions.'],
    ['an empty capacity', aFleet({ ComputeCapacity: {} }), 'Specify either DesiredInstances or DesiredSessions.'],
    ['both capacities', aFleet({ MaxSessionsPerInstance: 2, ComputeCapacity: { DesiredInstances: 1, DesiredSessions: 1 } }),
      'Specify either DesiredInstances or DesiredSessions.'],
    ['sessions on a single-session fleet', aFleet({ ComputeCapacity: { DesiredSessions: 5 } }),
      'DesiredSessions is not allowed for single-session fleets.'],
    ['instances on a multi-session fleet', aFleet({ MaxSessionsPerInstance: 2 }),
      'DesiredInstances is not allowed for multi-session fleets. Specify DesiredSessions instead.'],
    ['concurrent sessions', aFleet({ MaxConcurrentSessions: 5 }), 'MaxConcurrentSessions is allowed for Elastic fleets only.'],
    ['a session script', aFleet({ SessionScriptS3Location: { S3Bucket: 'scripts' } }), 'SessionScriptS3Location is allowed for Elastic fleets only.'],
    ['security groups without a subnet', aFleet({ VpcConfig: { SecurityGroupIds: ['sg-1'] } }), 'VpcConfig requires at least one subnet.'],
    ['a subnet twice', aFleet({ VpcConfig: { SubnetIds: ['subnet-1', 'subnet-1'] } }), 'VpcConfig names a subnet twice.'],
    ['a graphics instance with a general image', aFleet({ InstanceType: 'stream.graphics.g4dn.xlarge' }),
      'The combination of instance type stream.graphics.g4dn.xlarge and image instance family '
      + 'General Purpose, Compute Optimized, Memory Optimized is not supported. '
      + 'Select an image that belongs to image instance family supported by this instance type.'],
    ['an Elastic fleet with instances', anElasticFleet({ ComputeCapacity: { DesiredInstances: 1 } }),
      'ComputeCapacity is not allowed for Elastic fleets. Specify MaxConcurrentSessions instead.'],
    ['an Elastic fleet without a limit of sessions', anElasticFleet({ MaxConcurrentSessions: undefined }),
      'MaxConcurrentSessions is required for Elastic fleets.'],
    ['an Elastic fleet without a platform', anElasticFleet({ Platform: undefined }),
      'Elastic fleets require a Platform of WINDOWS_SERVER_2019, AMAZON_LINUX2 or UBUNTU_PRO_2404.'],
    ['an Elastic fleet on another platform', anElasticFleet({ Platform: 'WINDOWS_SERVER_2022' }),
      'Elastic fleets require a Platform of WINDOWS_SERVER_2019, AMAZON_LINUX2 or UBUNTU_PRO_2404.'],
    ['an Elastic fleet in one subnet', anElasticFleet({ VpcConfig: { SubnetIds: ['subnet-1'] } }),
      'Elastic fleets require at least two subnets in different availability zones.'],
    ['an Elastic fleet in a domain', anElasticFleet({ DomainJoinInfo: { DirectoryName: 'corp.example.com' } }),
      'DomainJoinInfo is not allowed for Elastic fleets.'],
    ['an Elastic fleet of several sessions an instance', anElasticFleet({ MaxSessionsPerInstance: 2 }),
      'MaxSessionsPerInstance is not allowed for Elastic fleets.'],
    ['an Elastic fleet with a session script that has no key', anElasticFleet({ SessionScriptS3Location: inBucket() }),
      'S3Key of SessionScriptS3Location is required.'],
    ['an Elastic fleet with an image', anElasticFleet({ ImageName: IMAGE }), 'Elastic fleets take no image.'],
  ])('%s', async (_what, input, message) => {
    const { client } = await simulateAppStream();
    await expect(client.createFleet(input)).rejects.toEqual(refusal('InvalidParameterCombinationException', message));
  });

  test('an image that does not exist', async () => {
    const { client } = await simulateAppStream();
    await expect(client.createFleet(aFleet({ ImageName: 'nowhere' }))).rejects.toEqual(
      refusal('ResourceNotFoundException', 'The image nowhere does not exist.'),
    );
  });

  test('an image that is not ready', async () => {
    const { client, simulator } = await simulateAppStream();
    simulator.addImage({ Name: 'mine', State: 'PENDING' });
    await expect(client.createFleet(aFleet({ ImageName: 'mine' }))).rejects.toEqual(
      refusal('ResourceNotAvailableException', 'The image mine is PENDING. The image must be in an AVAILABLE state for this action to succeed.'),
    );
  });

  test('the name of a shared image, but not its ARN', async () => {
    const { client, simulator } = await simulateAppStream();
    const { Arn } = simulator.addImage({ Name: 'theirs', Visibility: 'SHARED', Arn: 'arn:aws:appstream:eu-west-1:999999999999:image/theirs' });
    await expect(client.createFleet(aFleet({ ImageName: 'theirs' }))).rejects.toEqual(refusal('ResourceNotFoundException'));
    await expect(client.createFleet(aFleet({ ImageName: undefined, ImageArn: Arn }))).resolves.toMatchObject({ Fleet: { ImageName: 'theirs' } });
  });

  test('an ARN that is no role\'s', async () => {
    const { client } = await simulateAppStream();
    await expect(client.createFleet(aFleet({ IamRoleArn: 'arn:aws:iam::123456789012:user/me' }))).rejects.toEqual(
      refusal('InvalidRoleException', 'The IAM role ARN arn:aws:iam::123456789012:user/me is not valid.'),
    );
  });

  test('a directory that the account has no config for', async () => {
    const { client } = await simulateAppStream({ directories: ['corp.example.com'] });
    await client.createFleet(aFleet({ Name: 'known', DomainJoinInfo: { DirectoryName: 'corp.example.com' } }));
    await expect(client.createFleet(aFleet({ DomainJoinInfo: { DirectoryName: 'other.example.com' } }))).rejects.toEqual(
      refusal('ResourceNotFoundException', 'The directory config other.example.com does not exist.'),
    );
  });

  test('no instances at all, or not', async () => {
    const strict = await simulateAppStream();
    await expect(strict.client.createFleet(aFleet({ ComputeCapacity: { DesiredInstances: 0 } }))).rejects.toEqual(
      refusal('InvalidParameterValueException'),
    );
    const lenient = await simulateAppStream({ readings: { zeroInstances: 'accepted' } });
    await lenient.client.createFleet(aFleet({ ComputeCapacity: { DesiredInstances: 0 } }));
    await expect(lenient.client.createFleet(aFleet({ ComputeCapacity: { DesiredInstances: -1 } }))).rejects.toEqual(
      refusal('InvalidParameterValueException'),
    );
  });
});

test.each([['refused', 'OperationNotPermittedException'], ['accepted', undefined]] as const)('a session script that AppStream cannot read is %s', async (unreadableObject, error) => {
  const { client } = await simulateAppStream({ readings: { unreadableObject } });
  const creation = client.createFleet(anElasticFleet({ SessionScriptS3Location: inBucket('scripts.zip') }));
  await (error ? expect(creation).rejects.toEqual(refusal(error, 'The bucket content does not exist.')) : expect(creation).resolves.toBeDefined());
});
