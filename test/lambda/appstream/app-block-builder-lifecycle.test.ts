import * as cdk from 'aws-cdk-lib';
import { MINUTE } from './held-fleet';
import { appstream } from '../../../src';
import { Deployment } from '../../deploy/deployment';

const { RUNNING, STOPPED } = appstream.AppBlockBuilderState;
const BUILDER = 'packer';

let deployment: Deployment;

async function start(options: Parameters<typeof Deployment.start>[0] = {}): Promise<void> {
  deployment = await Deployment.start({ ...options, appstream: { readings: { unreadableObject: 'accepted' } } });
}

afterEach(() => deployment.stop());

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the test knows the shape of the output
const call = (operation: string, input: object): Promise<any> => deployment.loopback.call('appstream', operation, input);

/** Makes a builder with an app block in a state. */
async function create(wanted: 'STOPPED' | 'STARTING' | 'RUNNING' | 'STOPPING' = 'STOPPED'): Promise<void> {
  await call('CreateAppBlock', { Name: 'apps', PackagingType: 'APPSTREAM2', SourceS3Location: { S3Bucket: 'packages' } });
  await call('CreateAppBlockBuilder', {
    Name: BUILDER,
    Platform: 'WINDOWS_SERVER_2019',
    InstanceType: 'stream.standard.small',
    VpcConfig: { SubnetIds: ['subnet-1', 'subnet-2'] },
    Tags: { 'cdk-app-streaming:stack': 'Held' },
  });
  const { region, account } = deployment.loopback;
  await call('AssociateAppBlockBuilderAppBlock', { AppBlockBuilderName: BUILDER, AppBlockArn: `arn:aws:appstream:${region}:${account}:app-block/apps` });
  if (wanted === 'STOPPED') return;
  await call('StartAppBlockBuilder', { Name: BUILDER });
  if (wanted === 'STARTING') return;
  deployment.clock.advance(10 * MINUTE);
  if (wanted === 'STOPPING') {
    await call('StopAppBlockBuilder', { Name: BUILDER });
  }
}

const state = async () => (await call('DescribeAppBlockBuilders', { Names: [BUILDER] })).AppBlockBuilders[0].State;

const changes = () => deployment.loopback.endpoint.calls.of('appstream').filter(({ operation, error }) => !operation.startsWith('Describe') && !error)
  .map(({ operation }) => operation);

type Props = Partial<appstream.AppBlockBuilderLifecycleProps>;

const hold = (desiredState: appstream.AppBlockBuilderState, props: Props = {}) => deployment.deploy((app) => {
  const stack = new cdk.Stack(app, 'Held');
  const appBlockBuilder = appstream.AppBlockBuilder.fromAppBlockBuilderName(stack, 'Builder', BUILDER);
  new appstream.AppBlockBuilderLifecycle(stack, 'Lifecycle', { appBlockBuilder, desiredState, ...props });
  return stack;
});

test.each([
  ['STOPPED', RUNNING, ['StartAppBlockBuilder']],
  ['STARTING', RUNNING, []],
  ['RUNNING', RUNNING, []],
  ['STOPPING', RUNNING, ['StartAppBlockBuilder']],
  ['STARTING', STOPPED, ['StopAppBlockBuilder']],
  ['RUNNING', STOPPED, ['StopAppBlockBuilder']],
] as const)('a builder that is %s is brought to %s', async (before, wanted, expected) => {
  await start();
  await create(before);
  expect(await hold(wanted)).toMatchObject({ status: 'CREATE_COMPLETE', failures: [] });
  expect(await state()).toBe(wanted);
  // Not even a call that AppStream refuses.
  expect(changes()).toEqual(expected);
});

test('a builder is stopped and started as the wanted state changes, also where reads are older than the call before', async () => {
  await start();
  await create();
  deployment.loopback.appstream.script.staleReads(BUILDER, 2);
  for (const wanted of [RUNNING, STOPPED, RUNNING]) {
    await hold(wanted);
    expect(await state()).toBe(wanted);
  }
  expect(changes()).toEqual(['StartAppBlockBuilder', 'StopAppBlockBuilder', 'StartAppBlockBuilder']);
});

test('a start that fails fails the deployment with its errors, and is not tried again', async () => {
  await start();
  await create();
  deployment.loopback.appstream.script.failingStart(BUILDER, [{ ErrorCode: 'SUBNET_NOT_FOUND', ErrorMessage: 'no such subnet' }]);
  const { status, failures } = await hold(RUNNING);
  expect(status).toBe('ROLLBACK_COMPLETE');
  expect(failures[0]).toContain('app block builder packer is STOPPED and reports INTERNAL_ERROR: no such subnet; '
    + 'SUBNET_NOT_FOUND: no such subnet: mend what it names, then deploy again');
  expect(changes()).toEqual(['StartAppBlockBuilder']);
  await deployment.destroy('Held');
  // What has failed once may do well the next time.
  expect(await hold(RUNNING)).toMatchObject({ status: 'CREATE_COMPLETE' });
});

test('a builder without an app block fails the deployment in AppStream\'s words', async () => {
  await start();
  await create();
  const { region, account } = deployment.loopback;
  await call('DisassociateAppBlockBuilderAppBlock', { AppBlockBuilderName: BUILDER, AppBlockArn: `arn:aws:appstream:${region}:${account}:app-block/apps` });
  expect((await hold(RUNNING)).failures[0]).toContain('The app block builder packer is not associated with an app block');
});

test('a delete stops a builder that goes next, leaves one alone that stays, and succeeds for one that is gone', async () => {
  await start();
  await create();
  await hold(RUNNING);
  await deployment.destroy('Held');
  expect(await state()).toBe('RUNNING');
  await hold(RUNNING, { stopOnDelete: true });
  expect(await deployment.destroy('Held')).toMatchObject({ status: 'DELETE_COMPLETE', failures: [] });
  expect(await state()).toBe('STOPPED');
  await hold(STOPPED, { stopOnDelete: true });
  const { region, account } = deployment.loopback;
  await call('DisassociateAppBlockBuilderAppBlock', { AppBlockBuilderName: BUILDER, AppBlockArn: `arn:aws:appstream:${region}:${account}:app-block/apps` });
  await call('DeleteAppBlockBuilder', { Name: BUILDER });
  expect(await deployment.destroy('Held')).toMatchObject({ status: 'DELETE_COMPLETE', failures: [] });
});

test('a builder that is not there fails the deployment by its name', async () => {
  await start();
  expect((await hold(STOPPED)).failures[0]).toContain('there is no app block builder packer in this account and Region');
});
