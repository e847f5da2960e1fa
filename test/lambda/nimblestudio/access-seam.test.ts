import { KINDS, principal, STORE } from './member-kinds';
import { StudioWorld } from './studio-world';
import { nimblestudio } from '../../../src';

let world: StudioWorld;

beforeEach(async () => {
  world = await StudioWorld.start();
});

afterEach(() => world.stop());

/** The properties of the only request, as they arrived from CloudFormation. */
async function received(): Promise<Record<string, unknown>> {
  const [only] = world.loopback.states.executions;
  const { input } = await world.loopback.call('states', 'DescribeExecution', { executionArn: only.options.arn });
  const { ServiceToken, ServiceTimeout, ...properties } = JSON.parse(input).event.ResourceProperties;
  return properties;
}

const inputsOf = (operation: string) => world.loopback.endpoint.calls.of('nimble', operation).map(({ input }) => input);

test.each(KINDS)('what says the members of a $noun arrives at Nimble Studio', async (kind) => {
  await world.deploy(kind.make(world, { who: [1], endpointUrl: world.loopback.url }));
  const [studioId] = world.studioIds;
  expect(await received()).toEqual({
    StudioId: studioId,
    ...kind.noun === 'LaunchProfile' && { LaunchProfileId: world.profileIds[0] },
    Members: JSON.stringify([{ identityStoreId: STORE, principalId: principal(1) }]),
    EndpointUrl: world.loopback.url,
    TimeoutSeconds: '2700',
  });
  expect(inputsOf(`Put${kind.noun}Members`)).toEqual([{
    ...kind.thing(world, 0),
    identityStoreId: STORE,
    members: [{ principalId: principal(1), persona: kind.persona }],
  }]);
});

test('what EulaAcceptance says arrives at Nimble Studio', async () => {
  const eulaIds = ['NIMBLE-STUDIO-TERMS', 'NICE-DCV-TERMS'];
  await world.deploy((stack) => new nimblestudio.EulaAcceptance(stack, 'Eulas', { studio: world.studio(stack, 0), eulaIds, endpointUrl: world.loopback.url }));
  const [studioId] = world.studioIds;
  expect(await received()).toEqual({
    StudioId: studioId, EulaIds: 'NIMBLE-STUDIO-TERMS,NICE-DCV-TERMS', EndpointUrl: world.loopback.url, TimeoutSeconds: '2700',
  });
  expect(inputsOf('AcceptEulas')).toEqual([{ studioId, eulaIds }]);
});
