import * as cdk from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { StudioWorld } from './studio-world';
import { nimblestudio } from '../../../src';

const TERMS = 'NIMBLE-STUDIO-TERMS';
const DCV = 'NICE-DCV-TERMS';

let world: StudioWorld;

beforeEach(async () => {
  world = await StudioWorld.start({ nimblestudio: { pageSize: 1 } });
});

afterEach(() => world.stop());

const make = (eulaIds: string[], of = 0) => (stack: cdk.Stack) => new nimblestudio.EulaAcceptance(stack, 'Eulas', { studio: world.studio(stack, of), eulaIds });
const accept = (eulaIds: string[], of = 0, options = {}) => world.deploy(make(eulaIds, of), options);

/** What a studio has accepted. */
async function accepted(of = 0): Promise<string[]> {
  const found: string[] = [];
  let nextToken: string | undefined;
  do {
    const page = await world.call('ListEulaAcceptances', { studioId: world.studioIds[of], nextToken });
    found.push(...page.eulaAcceptances.map(({ eulaId }: { eulaId: string }) => eulaId));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return found;
}

test('agreements are accepted together', async () => {
  expect(await accept([TERMS, DCV])).toMatchObject({ status: 'CREATE_COMPLETE', failures: [] });
  expect(await accepted()).toEqual([TERMS, DCV]);
  expect(world.deployment.physicalId('Access', 'Custom::NimbleStudioEulaAcceptance')).toBe(world.studioIds[0]);
  expect(world.changes()).toEqual(['AcceptEulas']);
});

test('an agreement that is accepted already is not accepted again', async () => {
  await world.call('AcceptEulas', { studioId: world.studioIds[0], eulaIds: [TERMS] });
  expect(await accept([TERMS, DCV])).toMatchObject({ status: 'CREATE_COMPLETE' });
  expect(world.loopback.endpoint.calls.of('nimble', 'AcceptEulas').map(({ input }) => input)).toMatchObject([{ eulaIds: [DCV] }]);
});

test('the agreements of an image are accepted before anything streams from it, whichever they are', async () => {
  expect(await world.deploy((stack) => {
    const studio = world.studio(stack, 0);
    const image = new nimblestudio.StreamingImage(stack, 'Image', { studio, machineImage: ec2.MachineImage.genericLinux({ 'us-east-1': 'ami-1' }, {}) });
    return new nimblestudio.EulaAcceptance(stack, 'Eulas', { studio, eulaIds: image.streamingImageEulaIds });
  })).toMatchObject({ status: 'CREATE_COMPLETE', failures: [] });
  expect(await accepted()).toEqual([TERMS, DCV]);
});

test('an image without agreements needs no acceptance', async () => {
  const { executions } = world.loopback.states;
  expect(await world.deployment.deploy((app) => {
    const stack = new cdk.Stack(app, 'Access');
    make([TERMS])(stack);
    return stack;
  }, ({ Resources }) => {
    Object.values(Resources).filter(({ Type }) => Type === 'Custom::NimbleStudioEulaAcceptance').forEach(({ Properties }) => {
      Properties.EulaIds = '';
    });
  })).toMatchObject({ status: 'CREATE_COMPLETE' });
  expect(executions).toHaveLength(1);
  expect(world.changes()).toEqual([]);
});

test('one more is accepted in place, and one less stays accepted', async () => {
  await accept([TERMS]);
  expect(await accept([TERMS, DCV])).toMatchObject({ status: 'UPDATE_COMPLETE' });
  expect(await accept([DCV])).toMatchObject({ status: 'UPDATE_COMPLETE' });
  expect(await accepted()).toEqual([TERMS, DCV]);
  expect(world.changes()).toEqual(['AcceptEulas', 'AcceptEulas']);
});

test('another studio accepts for itself', async () => {
  await accept([TERMS]);
  expect(await accept([TERMS], 1)).toMatchObject({ status: 'UPDATE_COMPLETE', failures: [] });
  expect(await accepted(1)).toEqual([TERMS]);
});

test('nothing is called when the resource goes', async () => {
  await accept([TERMS]);
  const { calls } = world.loopback.endpoint;
  const before = calls.of('nimble').length;
  expect(await world.destroy()).toMatchObject({ status: 'DELETE_COMPLETE', failures: [] });
  expect(calls.of('nimble')).toHaveLength(before);
  expect(await accepted()).toEqual([TERMS]);
});

test('an agreement that there is not fails with the service\'s sentence', async () => {
  const { status, failures } = await accept([TERMS, 'UNHEARD-OF']);
  expect(status).toBe('ROLLBACK_COMPLETE');
  expect(failures[0]).toContain('The EULA UNHEARD-OF does not exist: correct eulaIds, then deploy again');
});

test('an agreement that there is not leaves the acceptances before it as they were', async () => {
  await accept([TERMS]);
  expect(await accept([TERMS, 'UNHEARD-OF'])).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE' });
  expect(await accepted()).toEqual([TERMS]);
});

test('what was accepted stays so when another resource fails afterwards', async () => {
  await accept([TERMS]);
  expect(await accept([TERMS, DCV], 0, { failing: true })).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE' });
  expect(await accepted()).toEqual([TERMS, DCV]);
});

test.each([
  ['a throttled service', { kind: 'throttle' }],
  ['another operation', { kind: 'error', code: 'ConflictException', message: 'Another operation is in progress.', status: 409 }],
  ['lost answers', { kind: 'drop-answer' }],
  ['a killed function', { kind: 'kill-caller', when: 'after' }],
] as const)('agreements are accepted in spite of %s', async (_what, fault) => {
  for (const operation of ['ListEulaAcceptances', 'AcceptEulas']) {
    world.loopback.endpoint.faults.add({ operation, lambdaOnly: true, times: 2, fault });
  }
  expect(await accept([TERMS])).toMatchObject({ status: 'CREATE_COMPLETE', failures: [] });
  expect(await accepted()).toEqual([TERMS]);
});

test('an acceptance fails at the deadline where another operation never ends', async () => {
  world.loopback.endpoint.faults.add({
    operation: 'AcceptEulas', lambdaOnly: true, times: 1000, fault: { kind: 'error', code: 'ConflictException', message: 'Another operation is in progress.', status: 409 },
  });
  const { failures } = await accept([TERMS]);
  expect(failures[0]).toContain('gave up after 45 minutes, when Another operation is in progress. (ConflictException)');
});
