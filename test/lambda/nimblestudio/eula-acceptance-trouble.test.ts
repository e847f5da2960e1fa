import { STACK, StudioWorld } from './studio-world';
import { nimblestudio } from '../../../src';
import { eventOf, type EventParts } from '../engine/events';

const TERMS = 'NIMBLE-STUDIO-TERMS';
const DCV = 'NICE-DCV-TERMS';
const ACCEPTED = { status: 'CREATE_COMPLETE', failures: [] };

let world: StudioWorld;

beforeEach(async () => {
  world = await StudioWorld.start();
});

afterEach(() => world.stop());

const accept = (eulaIds: string[]) => world.deploy((stack) => new nimblestudio.EulaAcceptance(stack, 'Eulas', { studio: world.studio(stack, 0), eulaIds }));

async function accepted(): Promise<string[]> {
  const { eulaAcceptances } = await world.call('ListEulaAcceptances', { studioId: world.studioIds[0] });
  return eulaAcceptances.map(({ eulaId }: { eulaId: string }) => eulaId);
}

test('a Create that is delivered twice accepts once', async () => {
  world.loopback.lambda.deliverTwice(1);
  expect(await accept([TERMS, DCV])).toMatchObject(ACCEPTED);
  expect(await accepted()).toEqual([TERMS, DCV]);
  expect(world.changes()).toEqual(['AcceptEulas']);
});

test('an Update that comes after a newer one is dropped', async () => {
  const answers: string[] = [];
  world.loopback.endpoint.registerUnsigned('/answers/', ({ body }) => {
    answers.push(JSON.parse(body.toString()).Status);
    return { status: 200 };
  });
  await accept([TERMS]);
  const send = async (time: string, EulaIds: string, parts: EventParts = {}) => {
    await world.loopback.call('lambda', 'Invoke', {
      FunctionName: world.deployment.physicalId(STACK, 'AWS::Lambda::Function'),
      InvocationType: 'Event',
      Payload: JSON.stringify(eventOf({
        RequestType: 'Update',
        ResourceType: 'Custom::NimbleStudioEulaAcceptance',
        ResponseURL: `${world.loopback.url}/answers/?X-Amz-Date=20260105T${time}Z`,
        PhysicalResourceId: world.studioIds[0],
        OldResourceProperties: { StudioId: world.studioIds[0], EulaIds: TERMS },
        ResourceProperties: { StudioId: world.studioIds[0], EulaIds },
        ...parts,
      })),
    });
    await world.loopback.lambda.idle();
    await world.loopback.states.idle();
  };
  await send('110000', TERMS);
  await send('100000', DCV);
  expect(answers).toEqual(['SUCCESS']);
  expect(await accepted()).toEqual([TERMS]);
  await send('120000', TERMS, { RequestType: 'Delete' });
  await send('115000', DCV, { RequestType: 'Create' });
  expect(answers).toEqual(['SUCCESS', 'SUCCESS']);
  expect(await accepted()).toEqual([TERMS]);
});

test.each([0, 1])('agreements are accepted whichever call of the function is its last (%i)', async (skip) => {
  world.loopback.endpoint.faults.add({ service: 'nimble', lambdaOnly: true, skip, fault: { kind: 'kill-caller', when: 'after' } });
  expect(await accept([TERMS, DCV])).toMatchObject(ACCEPTED);
  expect(await accepted()).toEqual([TERMS, DCV]);
  expect(world.loopback.endpoint.calls.all().filter(({ fault }) => fault === 'kill-caller')).toHaveLength(1);
});

test('an acceptance fails within minutes after the service was shut down, and goes', async () => {
  await accept([TERMS]);
  world.loopback.nimblestudio.gone = true;
  const { status, failures } = await accept([TERMS, DCV]);
  expect(status).toMatch(/^UPDATE_ROLLBACK/);
  expect(failures.join()).toContain('AWS shut the service down on 24 October 2024');
  expect(await world.destroy()).toMatchObject({ status: 'DELETE_COMPLETE', failures: [] });
});
