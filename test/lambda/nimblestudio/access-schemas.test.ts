import { readFileSync } from 'fs';
import { join } from 'path';
import { KINDS, principal, STORE, whoIsThere } from './member-kinds';
import { STACK, StudioWorld } from './studio-world';
import { nimblestudio } from '../../../src';
import { eventOf, type EventParts } from '../engine/events';

interface Schema {
  readonly schema: string;
  readonly properties: Record<string, string>;
}

const schemasOf = (resource: string): Schema[] => JSON.parse(readFileSync(join(__dirname, 'fixtures', `${resource}.json`), 'utf8'));

let world: StudioWorld;
let answers: { Status: string }[];

beforeEach(async () => {
  world = await StudioWorld.start();
  answers = [];
  world.loopback.endpoint.registerUnsigned('/answers/', ({ body }) => {
    answers.push(JSON.parse(body.toString()));
    return { status: 200 };
  });
});

afterEach(() => world.stop());

async function send(parts: EventParts): Promise<void> {
  await world.loopback.call('lambda', 'Invoke', {
    FunctionName: world.deployment.physicalId(STACK, 'AWS::Lambda::Function'),
    InvocationType: 'Event',
    Payload: JSON.stringify(eventOf({ ResponseURL: `${world.loopback.url}/answers/?X-Amz-Date=20260105T230000Z`, ...parts })),
  });
  await world.loopback.lambda.idle();
  await world.loopback.states.idle();
}

/** What was deployed with one release is updated and deleted with another, for ever. Add a schema here; never change one. */
describe.each(KINDS)('members of a $noun', (kind) => {
  const there = (properties: Record<string, string>) => ({ ...properties, StudioId: world.studioIds[0], LaunchProfileId: world.profileIds[0] });
  const resource = () => ({ ResourceType: `Custom::NimbleStudio${kind.noun}Members`, PhysicalResourceId: kind.physicalId(world, 0) });

  beforeEach(() => world.deploy(kind.make(world, { who: [1] })));

  test.each(schemasOf('members'))('with the schema $schema are updated, rolled back and deleted', async ({ properties }) => {
    const today = there({ Members: JSON.stringify([{ identityStoreId: STORE, principalId: principal(2) }]), TimeoutSeconds: '2700' });
    await send({ ...resource(), RequestType: 'Update', OldResourceProperties: there(properties), ResourceProperties: today });
    expect(await whoIsThere(world, kind)).toEqual([2]);
    await send({ ...resource(), RequestId: 'rollback', RequestType: 'Update', OldResourceProperties: today, ResourceProperties: there(properties) });
    expect(await whoIsThere(world, kind)).toEqual([1]);
    await send({ ...resource(), RequestType: 'Delete', ResourceProperties: there(properties) });
    expect(await whoIsThere(world, kind)).toEqual([]);
    expect(answers).toMatchObject([{ Status: 'SUCCESS' }, { Status: 'SUCCESS' }, { Status: 'SUCCESS' }]);
  });
});

test.each(schemasOf('eula-acceptance'))('an acceptance with the schema $schema is updated and deleted', async ({ properties }) => {
  // The other studio's stack: it may accept both, and this studio has accepted none.
  const eulaIds = ['NIMBLE-STUDIO-TERMS', 'NICE-DCV-TERMS'];
  await world.deploy((stack) => new nimblestudio.EulaAcceptance(stack, 'Eulas', { studio: world.studio(stack, 1), eulaIds }));
  const [studioId] = world.studioIds;
  const old = { ...properties, StudioId: studioId };
  const resource = { ResourceType: 'Custom::NimbleStudioEulaAcceptance', PhysicalResourceId: studioId };
  const today = { StudioId: studioId, EulaIds: 'NIMBLE-STUDIO-TERMS,NICE-DCV-TERMS', TimeoutSeconds: '2700' };
  await send({ ...resource, RequestType: 'Update', OldResourceProperties: old, ResourceProperties: today });
  expect((await world.call('ListEulaAcceptances', { studioId })).eulaAcceptances).toHaveLength(2);
  await send({ ...resource, RequestType: 'Delete', ResourceProperties: old });
  expect(answers).toMatchObject([{ Status: 'SUCCESS' }, { Status: 'SUCCESS' }]);
});
