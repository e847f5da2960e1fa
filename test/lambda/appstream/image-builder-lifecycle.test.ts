import * as cdk from 'aws-cdk-lib';
import { MINUTE } from './held-fleet';
import { appstream } from '../../../src';
import { Deployment } from '../../deploy/deployment';

const { RUNNING, STOPPED } = appstream.ImageBuilderState;
const BUILDER = 'next-image';

let deployment: Deployment;

async function start(options: Parameters<typeof Deployment.start>[0] = {}): Promise<void> {
  deployment = await Deployment.start(options);
}

afterEach(() => deployment.stop());

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the test knows the shape of the output
const call = (operation: string, input: object): Promise<any> => deployment.loopback.call('appstream', operation, input);

/** Makes a builder, which starts by itself, and lets some time pass. */
async function create(minutes: number): Promise<void> {
  await call('CreateImageBuilder', {
    Name: BUILDER,
    ImageName: 'AppStream-WinServer2022-06-17-2024',
    InstanceType: 'stream.standard.large',
    Tags: { 'cdk-app-streaming:stack': 'Held' },
  });
  deployment.clock.advance(minutes * MINUTE);
}

async function state(): Promise<string> {
  return (await call('DescribeImageBuilders', { Names: [BUILDER] })).ImageBuilders[0].State;
}

const changes = () => deployment.loopback.endpoint.calls.of('appstream').filter(({ operation, error }) => !operation.startsWith('Describe') && !error)
  .map(({ operation }) => operation);

const hold = (desiredState: appstream.ImageBuilderState, props: Partial<appstream.ImageBuilderLifecycleProps> = {}) => deployment.deploy((app) => {
  const stack = new cdk.Stack(app, 'Held');
  const imageBuilder = appstream.ImageBuilder.fromImageBuilderName(stack, 'Builder', BUILDER);
  new appstream.ImageBuilderLifecycle(stack, 'Lifecycle', { imageBuilder, desiredState, ...props });
  return stack;
});

test.each([
  ['PENDING', 1, RUNNING, []],
  ['RUNNING', 10, RUNNING, []],
  ['PENDING', 1, STOPPED, ['StopImageBuilder']],
  ['RUNNING', 10, STOPPED, ['StopImageBuilder']],
])('a builder that is %s after %i minutes is brought to %s', async (before, minutes, wanted, expected) => {
  await start();
  await create(minutes);
  expect(await state()).toBe(before);
  expect(await hold(wanted)).toMatchObject({ status: 'CREATE_COMPLETE', failures: [] });
  expect(await state()).toBe(wanted);
  expect(changes()).toEqual(expected);
});

test.each(['ResourceNotAvailableException', 'ConcurrentModificationException'] as const)(
  'a builder that is STOPPING is started after that, however AppStream refuses a start too early: %s', async (startImageBuilderRefusal) => {
    await start({ appstream: { readings: { startImageBuilderRefusal } } });
    await create(10);
    await call('StopImageBuilder', { Name: BUILDER });
    expect(await hold(RUNNING)).toMatchObject({ status: 'CREATE_COMPLETE' });
    expect(await state()).toBe('RUNNING');
    expect(changes()).toEqual(['StartImageBuilder']);
  });

test('a builder is stopped and started as the wanted state changes', async () => {
  await start();
  await create(10);
  for (const wanted of [STOPPED, RUNNING, STOPPED]) {
    await hold(wanted);
    expect(await state()).toBe(wanted);
  }
});

test('reads that are older than the call before do not make it call again', async () => {
  await start();
  await create(10);
  deployment.loopback.appstream.script.staleReads(BUILDER, 2);
  expect(await hold(STOPPED)).toMatchObject({ status: 'CREATE_COMPLETE' });
  // Not even a call that AppStream refuses.
  expect(deployment.loopback.endpoint.calls.of('appstream', 'StopImageBuilder')).toHaveLength(1);
});

test('a builder that has failed fails the deployment with its errors', async () => {
  await start();
  deployment.loopback.appstream.script.failingStart(BUILDER, [{ ErrorCode: 'IMAGE_NOT_FOUND', ErrorMessage: 'the image is gone' }]);
  await create(10);
  const { status, failures } = await hold(RUNNING);
  expect(status).toBe('ROLLBACK_COMPLETE');
  expect(failures[0]).toMatch(/image builder next-image is FAILED and reports .*IMAGE_NOT_FOUND: the image is gone: it runs no more, so make another, then deploy again/);
});

test('a delete stops a builder that goes next', async () => {
  await start();
  await create(10);
  await hold(RUNNING, { stopOnDelete: true });
  expect(await deployment.destroy('Held')).toMatchObject({ status: 'DELETE_COMPLETE', failures: [] });
  expect(await state()).toBe('STOPPED');
});

test('a delete leaves a builder alone that stays', async () => {
  await start();
  await create(10);
  await hold(RUNNING);
  await deployment.destroy('Held');
  expect(await state()).toBe('RUNNING');
});

test('a delete of a builder that has failed succeeds', async () => {
  await start();
  deployment.loopback.appstream.script.failingStart(BUILDER, [{ ErrorCode: 'IMAGE_NOT_FOUND', ErrorMessage: 'the image is gone' }]);
  await create(10);
  // The failed Create is followed by this Delete.
  expect(await hold(RUNNING, { stopOnDelete: true })).toMatchObject({ status: 'ROLLBACK_COMPLETE' });
});

test('a delete of a builder that is gone succeeds', async () => {
  await start();
  await create(10);
  await hold(STOPPED, { stopOnDelete: true });
  await call('DeleteImageBuilder', { Name: BUILDER });
  deployment.clock.advance(5 * MINUTE);
  expect(await deployment.destroy('Held')).toMatchObject({ status: 'DELETE_COMPLETE', failures: [] });
});

test('a builder that is not there fails the deployment by its name', async () => {
  await start();
  const { failures } = await hold(STOPPED);
  expect(failures[0]).toContain('there is no image builder next-image in this account and Region');
});
