import type { CreateAppBlockBuilderCommandInput } from '@aws-sdk/client-appstream';
import {
  anAppBlock, anAppBlockBuilder, anEmptyAppBlock, APP_BLOCK, fill, inBucket, MINUTE, refusal, simulateAppStream, stopSimulations, SimulatedAppStream,
} from './simulated';
import type { AppStreamOptions } from '../../../../local/streaming/appstream/options';

afterEach(stopSimulations);

const ASSOCIATION = { AppBlockArn: APP_BLOCK, AppBlockBuilderName: 'packer' };

/** A builder with an app block, in this state. */
async function withBuilder(state: 'STOPPED' | 'STARTING' | 'RUNNING' | 'STOPPING', options?: AppStreamOptions): Promise<SimulatedAppStream> {
  const appstream = await simulateAppStream(options);
  await fill(appstream);
  const { client, clock } = appstream;
  // With a package, so that the bucket need not take one.
  await client.createAppBlock(anEmptyAppBlock({ SourceS3Location: inBucket('app.vhdx') }));
  await client.createAppBlockBuilder(anAppBlockBuilder());
  await client.associateAppBlockBuilderAppBlock(ASSOCIATION);
  if (state !== 'STOPPED') {
    await client.startAppBlockBuilder({ Name: 'packer' });
  }
  if (state === 'RUNNING' || state === 'STOPPING') {
    clock.advance(5 * MINUTE);
  }
  if (state === 'STOPPING') {
    await client.stopAppBlockBuilder({ Name: 'packer' });
  }
  return appstream;
}

const stateOf = async ({ client }: SimulatedAppStream) => (await client.describeAppBlockBuilders({ Names: ['packer'] })).AppBlockBuilders![0].State;

test('an app block builder is described with all that the API shows of one', async () => {
  const { client, clock } = await simulateAppStream();
  const given = {
    DisplayName: 'Packer',
    Description: 'makes packages',
    IamRoleArn: 'arn:aws:iam::123456789012:role/instances',
    AccessEndpoints: [{ EndpointType: 'STREAMING' as const, VpceId: 'vpce-1' }],
    DisableIMDSV1: true,
  };
  await client.createAppBlockBuilder(anAppBlockBuilder(given));
  expect((await client.describeAppBlockBuilders({})).AppBlockBuilders).toEqual([{
    ...given,
    Name: 'packer',
    Arn: 'arn:aws:appstream:eu-west-1:123456789012:app-block-builder/packer',
    CreatedTime: new Date(clock.now()),
    InstanceType: 'stream.standard.small',
    Platform: 'WINDOWS_SERVER_2019',
    VpcConfig: { SubnetIds: ['subnet-1', 'subnet-2'] },
    EnableDefaultInternetAccess: false,
    State: 'STOPPED',
    AppBlockBuilderErrors: [],
  }]);
});

test('an app block builder is started and stopped, separated and deleted', async () => {
  const appstream = await withBuilder('STARTING');
  const { client, clock } = appstream;
  expect(await stateOf(appstream)).toBe('STARTING');
  clock.advance(5 * MINUTE);
  expect(await stateOf(appstream)).toBe('RUNNING');
  expect((await client.stopAppBlockBuilder({ Name: 'packer' })).AppBlockBuilder!.State).toBe('STOPPING');
  clock.advance(2 * MINUTE);
  expect(await stateOf(appstream)).toBe('STOPPED');
  await expect(client.deleteAppBlockBuilder({ Name: 'packer' })).rejects.toEqual(
    refusal('ResourceInUseException', 'The app block builder packer is associated with an app block.'));
  await client.disassociateAppBlockBuilderAppBlock(ASSOCIATION);
  await client.deleteAppBlockBuilder({ Name: 'packer' });
  await expect(stateOf(appstream)).rejects.toEqual(refusal('ResourceNotFoundException'));
});

test.each<[string, (appstream: SimulatedAppStream) => Promise<unknown>, ('STOPPED' | 'STARTING' | 'RUNNING' | 'STOPPING')[]]>([
  ['started', ({ client }) => client.startAppBlockBuilder({ Name: 'packer' }), ['STOPPED']],
  ['stopped', ({ client }) => client.stopAppBlockBuilder({ Name: 'packer' }), ['RUNNING']],
  ['renamed for people', ({ client }) => client.updateAppBlockBuilder({ Name: 'packer', DisplayName: 'Packer' }), ['STOPPED', 'RUNNING']],
  ['changed', ({ client }) => client.updateAppBlockBuilder({ Name: 'packer', InstanceType: 'stream.standard.large' }), ['STOPPED']],
  ['separated', ({ client }) => client.disassociateAppBlockBuilderAppBlock(ASSOCIATION), ['STOPPED']],
  ['connected to', ({ client }) => client.createAppBlockBuilderStreamingURL({ AppBlockBuilderName: 'packer' }), ['RUNNING']],
])('an app block builder can be %s in some states only', async (_what, act, allowed) => {
  const states = ['STOPPED', 'STARTING', 'RUNNING', 'STOPPING'] as const;
  const accepted = await Promise.all(states.map(async (state) => act(await withBuilder(state)).then(() => [state], () => [])));
  expect(accepted.flat()).toEqual(allowed);
});

test('an app block builder starts only with an app block', async () => {
  const { client } = await withBuilder('STOPPED');
  await client.disassociateAppBlockBuilderAppBlock(ASSOCIATION);
  await expect(client.startAppBlockBuilder({ Name: 'packer' })).rejects.toEqual(
    refusal('OperationNotPermittedException', 'The app block builder packer is not associated with an app block.'));
});

test('a start that fails ends where it began, with its errors', async () => {
  const { client, clock, simulator } = await withBuilder('STOPPED');
  simulator.script.failingStart('packer', [{ ErrorCode: 'SUBNET_NOT_FOUND', ErrorMessage: 'no such subnet' }]);
  await client.startAppBlockBuilder({ Name: 'packer' });
  clock.advance(5 * MINUTE);
  expect((await client.describeAppBlockBuilders({})).AppBlockBuilders![0]).toMatchObject({
    State: 'STOPPED',
    AppBlockBuilderErrors: [{ ErrorCode: 'SUBNET_NOT_FOUND', ErrorMessage: 'no such subnet' }],
    StateChangeReason: { Code: 'INTERNAL_ERROR', Message: 'no such subnet' },
  });
});

test.each<[string, Partial<CreateAppBlockBuilderCommandInput>, string, string]>([
  ['in one subnet', { VpcConfig: { SubnetIds: ['subnet-1'] } }, 'InvalidParameterCombinationException',
    'App block builders require at least two subnets in different availability zones.'],
  ['of another instance type', { InstanceType: 'stream.compute.large' }, 'InvalidParameterValueException',
    'The instance type stream.compute.large is not valid for this resource.'],
  ['whose role is none', { IamRoleArn: 'arn:aws:iam::123456789012:user/ann' }, 'InvalidRoleException',
    'The IAM role ARN arn:aws:iam::123456789012:user/ann is not valid.'],
])('an app block builder %s is refused', async (_what, overrides, name, message) => {
  const { client } = await simulateAppStream();
  await expect(client.createAppBlockBuilder(anAppBlockBuilder(overrides))).rejects.toEqual(refusal(name, message));
});

describe('an app block builder and an app block', () => {
  test('are listed from either side, in pages', async () => {
    const { client } = await withBuilder('STOPPED');
    for (const filter of [{}, { AppBlockArn: APP_BLOCK }, { AppBlockBuilderName: 'packer' }]) {
      expect((await client.describeAppBlockBuilderAppBlockAssociations(filter)).AppBlockBuilderAppBlockAssociations).toEqual([ASSOCIATION]);
    }
    expect((await client.describeAppBlockBuilderAppBlockAssociations({ AppBlockBuilderName: 'other' })).AppBlockBuilderAppBlockAssociations).toBeUndefined();
  });

  test('are one to one', async () => {
    const { client } = await withBuilder('STOPPED');
    await client.createAppBlock(anEmptyAppBlock({ Name: 'second', SourceS3Location: inBucket('app.vhdx') }));
    await expect(client.associateAppBlockBuilderAppBlock({ ...ASSOCIATION, AppBlockArn: APP_BLOCK.replace('block/apps', 'block/second') }))
      .rejects.toEqual(refusal('LimitExceededException'));
    await expect(client.deleteAppBlock({ Name: 'apps' })).rejects.toEqual(
      refusal('ResourceInUseException', 'The app block apps is associated with the app block builder packer.'));
  });

  test('with custom packaging are refused', async () => {
    const appstream = await simulateAppStream();
    await fill(appstream);
    await appstream.client.createAppBlock(anAppBlock());
    await appstream.client.createAppBlockBuilder(anAppBlockBuilder());
    await expect(appstream.client.associateAppBlockBuilderAppBlock(ASSOCIATION)).rejects.toEqual(
      refusal('OperationNotPermittedException', 'The app block apps has CUSTOM packaging.'));
  });

  test('can be separated while the builder runs in the other reading', async () => {
    const { client } = await withBuilder('RUNNING', { readings: { appBlockOfRunningBuilder: 'free' } });
    await expect(client.disassociateAppBlockBuilderAppBlock(ASSOCIATION)).resolves.toBeDefined();
  });
});
