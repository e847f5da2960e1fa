import type { CreateImageBuilderCommandInput } from '@aws-sdk/client-appstream';
import { IMAGE, MINUTE, aBuilder, builderState, refusal, simulateAppStream, stopSimulations, SimulatedAppStream } from './simulated';
import type { AppStreamOptions } from '../../../../local/streaming/appstream/options';

afterEach(stopSimulations);

type State = 'PENDING' | 'RUNNING' | 'STOPPING' | 'STOPPED' | 'DELETING' | 'FAILED';

async function withBuilder(state: State, options?: AppStreamOptions): Promise<SimulatedAppStream> {
  const appstream = await simulateAppStream(options);
  const { client, clock, simulator } = appstream;
  if (state === 'FAILED') {
    simulator.script.failingStart('builder', [{ ErrorCode: 'SUBNET_NOT_FOUND', ErrorMessage: 'no such subnet' }]);
  }
  await client.createImageBuilder(aBuilder());
  if (state !== 'PENDING') {
    clock.advance(8 * MINUTE);
  }
  if (state === 'STOPPING' || state === 'STOPPED' || state === 'DELETING') {
    await client.stopImageBuilder({ Name: 'builder' });
  }
  if (state === 'STOPPED' || state === 'DELETING') {
    clock.advance(2 * MINUTE);
  }
  if (state === 'DELETING') {
    await client.deleteImageBuilder({ Name: 'builder' });
  }
  return appstream;
}

describe('an image builder', () => {
  test('is described with all that the API shows of one', async () => {
    const { client, clock } = await simulateAppStream({ directories: ['corp.example.com'] });
    const given = {
      DisplayName: 'Builder',
      Description: 'makes images',
      VpcConfig: { SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] },
      IamRoleArn: 'arn:aws:iam::123456789012:role/instances',
      DomainJoinInfo: { DirectoryName: 'corp.example.com' },
      AccessEndpoints: [{ EndpointType: 'STREAMING' as const, VpceId: 'vpce-1' }],
      RootVolumeConfig: { VolumeSizeInGb: 300 },
      DisableIMDSV1: true,
    };
    await client.createImageBuilder(aBuilder({ ...given, SoftwaresToInstall: ['Microsoft_Office_2024_LTSC_Standard_64Bit'] }));
    expect((await client.describeImageBuilders({ Names: ['builder'] })).ImageBuilders).toEqual([{
      ...given,
      Name: 'builder',
      Arn: 'arn:aws:appstream:eu-west-1:123456789012:image-builder/builder',
      CreatedTime: new Date(clock.now()),
      ImageArn: `arn:aws:appstream:eu-west-1::image/${IMAGE}`,
      InstanceType: 'stream.standard.large',
      Platform: 'WINDOWS_SERVER_2022',
      State: 'PENDING',
      EnableDefaultInternetAccess: false,
      AppstreamAgentVersion: '06-17-2024',
      LatestAppstreamAgentVersion: 'FALSE',
      ImageBuilderErrors: [],
    }]);
  });

  test('starts by itself, stops and starts again, and is gone some time after its deletion', async () => {
    const appstream = await withBuilder('PENDING');
    const { client, clock } = appstream;
    clock.advance(8 * MINUTE - 1);
    expect(await builderState(appstream)).toBe('PENDING');
    clock.advance(1);
    expect(await builderState(appstream)).toBe('RUNNING');
    expect((await client.stopImageBuilder({ Name: 'builder' })).ImageBuilder!.State).toBe('STOPPING');
    clock.advance(2 * MINUTE);
    expect(await builderState(appstream)).toBe('STOPPED');
    expect((await client.startImageBuilder({ Name: 'builder' })).ImageBuilder!.State).toBe('PENDING');
    clock.advance(8 * MINUTE);
    expect(await builderState(appstream)).toBe('RUNNING');
    await client.stopImageBuilder({ Name: 'builder' });
    clock.advance(2 * MINUTE);
    expect((await client.deleteImageBuilder({ Name: 'builder' })).ImageBuilder!.State).toBe('DELETING');
    expect(await builderState(appstream)).toBe('DELETING');
    clock.advance(MINUTE);
    await expect(client.describeImageBuilders({ Names: ['builder'] })).rejects.toEqual(
      refusal('ResourceNotFoundException', 'The image builder builder does not exist.'),
    );
    expect((await client.describeImageBuilders({})).ImageBuilders).toEqual([]);
  });

  test('updates its agent when it is asked to', async () => {
    const appstream = await simulateAppStream();
    const { client, clock } = appstream;
    await client.createImageBuilder(aBuilder({ AppstreamAgentVersion: 'LATEST' }));
    clock.advance(8 * MINUTE);
    expect(await builderState(appstream)).toBe('UPDATING_AGENT');
    clock.advance(4 * MINUTE);
    expect((await client.describeImageBuilders({})).ImageBuilders![0]).toMatchObject({ State: 'RUNNING', LatestAppstreamAgentVersion: 'TRUE' });
  });

  test('keeps its name until it is gone', async () => {
    const { client, clock } = await withBuilder('DELETING');
    await expect(client.createImageBuilder(aBuilder())).rejects.toEqual(
      refusal('ResourceAlreadyExistsException', 'The image builder builder already exists.'),
    );
    clock.advance(MINUTE);
    await client.createImageBuilder(aBuilder());
  });

  test('that failed says why', async () => {
    const { client } = await withBuilder('FAILED');
    expect((await client.describeImageBuilders({})).ImageBuilders![0]).toMatchObject({
      State: 'FAILED',
      ImageBuilderErrors: [{ ErrorCode: 'SUBNET_NOT_FOUND', ErrorMessage: 'no such subnet', ErrorTimestamp: expect.any(Date) }],
      StateChangeReason: { Code: 'INTERNAL_ERROR', Message: 'no such subnet' },
    });
  });

  test('reads stale after the next stop', async () => {
    const appstream = await withBuilder('PENDING');
    appstream.simulator.script.staleReads('builder', 1);
    appstream.clock.advance(8 * MINUTE);
    expect(await builderState(appstream)).toBe('RUNNING');
    await appstream.client.stopImageBuilder({ Name: 'builder' });
    expect([await builderState(appstream), await builderState(appstream)]).toEqual(['RUNNING', 'STOPPING']);
  });

  test('starts slowly', async () => {
    const appstream = await simulateAppStream();
    appstream.simulator.script.slowStart('builder', 30 * MINUTE);
    await appstream.client.createImageBuilder(aBuilder());
    appstream.clock.advance(29 * MINUTE);
    expect(await builderState(appstream)).toBe('PENDING');
  });
});

test('lists of builders come in pages of the wanted size', async () => {
  const { client } = await simulateAppStream();
  for (const name of ['a', 'b', 'c']) {
    await client.createImageBuilder(aBuilder({ Name: name }));
  }
  const first = await client.describeImageBuilders({ MaxResults: 2 });
  const second = await client.describeImageBuilders({ MaxResults: 2, NextToken: first.NextToken });
  expect([first, second].map(({ ImageBuilders }) => ImageBuilders!.map(({ Name }) => Name))).toEqual([['a', 'b'], ['c']]);
  expect(second.NextToken).toBeUndefined();
});

describe('CreateImageBuilder refuses', () => {
  test.each<[string, CreateImageBuilderCommandInput, string, string]>([
    ['two subnets', aBuilder({ VpcConfig: { SubnetIds: ['subnet-1', 'subnet-2'] } }),
      'InvalidParameterCombinationException', 'An image builder takes one subnet.'],
    ['no image', aBuilder({ ImageName: undefined }), 'InvalidParameterCombinationException', 'Specify either ImageName or ImageArn.'],
    ['an unknown image', aBuilder({ ImageName: 'nowhere' }), 'ResourceNotFoundException', 'The image nowhere does not exist.'],
    ['an instance type that only fleets have', aBuilder({ InstanceType: 'stream.standard.xlarge' }),
      'InvalidParameterValueException', 'The instance type stream.standard.xlarge is not valid for this resource.'],
    ['a root volume too small', aBuilder({ RootVolumeConfig: { VolumeSizeInGb: 199 } }),
      'InvalidParameterValueException', 'The value 199 of VolumeSizeInGb is not valid. Specify a value between 200 and 500.'],
    ['an unknown directory', aBuilder({ DomainJoinInfo: { DirectoryName: 'nowhere.example.com' } }),
      'ResourceNotFoundException', 'The directory config nowhere.example.com does not exist.'],
    ['an ARN that is no role\'s', aBuilder({ IamRoleArn: 'arn:aws:s3:::bucket' }),
      'InvalidRoleException', 'The IAM role ARN arn:aws:s3:::bucket is not valid.'],
  ])('%s', async (_what, input, code, message) => {
    const { client } = await simulateAppStream();
    await expect(client.createImageBuilder(input)).rejects.toEqual(refusal(code, message));
  });

  test('an image that is not for builders', async () => {
    const { client, simulator } = await simulateAppStream();
    simulator.addImage({ Name: 'fleets-only', ImageBuilderSupported: false });
    await expect(client.createImageBuilder(aBuilder({ ImageName: 'fleets-only' }))).rejects.toEqual(
      refusal('OperationNotPermittedException', 'The image fleets-only does not support image builders.'),
    );
  });
});

describe('what a builder refuses', () => {
  test.each(['PENDING', 'STOPPING', 'STOPPED', 'DELETING', 'FAILED'] as const)('StopImageBuilder while %s', async (state) => {
    const { client } = await withBuilder(state);
    await expect(client.stopImageBuilder({ Name: 'builder' })).rejects.toEqual(
      refusal('OperationNotPermittedException', `The image builder builder cannot be stopped while it is ${state}.`),
    );
  });

  test.each(['PENDING', 'RUNNING', 'STOPPING', 'DELETING', 'FAILED'] as const)('StartImageBuilder while %s', async (state) => {
    for (const startImageBuilderRefusal of ['ResourceNotAvailableException', 'ConcurrentModificationException'] as const) {
      const { client } = await withBuilder(state, { readings: { startImageBuilderRefusal } });
      await expect(client.startImageBuilder({ Name: 'builder' })).rejects.toEqual(
        refusal(startImageBuilderRefusal, `The image builder builder cannot be started while it is ${state}.`),
      );
    }
  });

  test.each(['PENDING', 'RUNNING', 'STOPPING', 'DELETING'] as const)('DeleteImageBuilder while %s', async (state) => {
    const { client } = await withBuilder(state);
    await expect(client.deleteImageBuilder({ Name: 'builder' })).rejects.toEqual(
      refusal('OperationNotPermittedException', `The image builder builder cannot be deleted while it is ${state}.`),
    );
  });

  test('DeleteImageBuilder while RUNNING, unless that is accepted', async () => {
    const accepting = { readings: { deleteRunningImageBuilder: 'accepted' as const } };
    await (await withBuilder('RUNNING', accepting)).client.deleteImageBuilder({ Name: 'builder' });
    await expect((await withBuilder('PENDING', accepting)).client.deleteImageBuilder({ Name: 'builder' })).rejects.toEqual(
      refusal('OperationNotPermittedException'),
    );
  });

  test('not its deletion when it failed', async () => {
    await (await withBuilder('FAILED')).client.deleteImageBuilder({ Name: 'builder' });
  });

  test('what is asked of another name', async () => {
    const { client } = await withBuilder('RUNNING');
    const Name = 'nowhere';
    const missing = refusal('ResourceNotFoundException', 'The image builder nowhere does not exist.');
    await expect(client.startImageBuilder({ Name })).rejects.toEqual(missing);
    await expect(client.stopImageBuilder({ Name })).rejects.toEqual(missing);
    await expect(client.deleteImageBuilder({ Name })).rejects.toEqual(missing);
    await expect(client.createImageBuilderStreamingURL({ Name })).rejects.toEqual(missing);
  });
});

describe('CreateImageBuilderStreamingURL', () => {
  test('gives a URL for an hour', async () => {
    const { client, clock } = await withBuilder('RUNNING');
    const { StreamingURL, Expires } = await client.createImageBuilderStreamingURL({ Name: 'builder' });
    expect(StreamingURL).toMatch(/^https:\/\/appstream2\.eu-west-1\.aws\.amazon\.com\/authenticate\?parameters=/);
    expect(Expires).toEqual(new Date(clock.now() + 60 * MINUTE));
  });

  test('is refused unless the builder runs', async () => {
    const { client } = await withBuilder('STOPPED');
    await expect(client.createImageBuilderStreamingURL({ Name: 'builder' })).rejects.toEqual(
      refusal('OperationNotPermittedException', 'The image builder builder is not running.'),
    );
  });

  test.each([[1, true], [604_800, true], [0, false], [604_801, false]])('with a validity of %d seconds: %s', async (Validity, accepted) => {
    const { client } = await withBuilder('RUNNING');
    const call = client.createImageBuilderStreamingURL({ Name: 'builder', Validity });
    await (accepted ? expect(call).resolves.toBeDefined() : expect(call).rejects.toEqual(refusal('InvalidParameterValueException')));
  });
});
