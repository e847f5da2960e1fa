import { aFleet, simulateAppStream, stopSimulations } from './simulated';
import { HERE, open, streaming } from './streaming';

afterEach(stopSimulations);

const JOINED = { directories: ['corp.example.com'] };
const joined = aFleet({ DomainJoinInfo: { DirectoryName: 'corp.example.com' } });

test.each(['SAML', 'USERPOOL', 'AWS_AD'] as const)('a user who signs in by %s has a session of that kind', async (AuthenticationType) => {
  const appstream = await streaming();
  const { client, simulator } = appstream;
  const api = await open(appstream, 'anna');
  const session = simulator.signIn('stack', 'anna', AuthenticationType);
  expect(session).toMatchObject({ UserId: 'anna', AuthenticationType, State: 'PENDING' });
  expect(simulator.signIn('stack', 'anna', AuthenticationType).Id).toBe(session.Id);
  expect((await client.describeSessions(HERE)).Sessions!.map(({ Id }) => Id)).toEqual([api.Id]);
  expect((await client.describeSessions({ ...HERE, UserId: 'anna', AuthenticationType })).Sessions!.map(({ Id }) => Id)).toEqual([session.Id]);
});

test('users of a fleet that is joined to a domain sign in by SAML', async () => {
  const { simulator } = await streaming(JOINED, joined);
  expect(simulator.signIn('stack', 'anna', 'SAML')).toMatchObject({ AuthenticationType: 'SAML' });
});

test('fails for users of the user pool when the fleet is joined to a domain', async () => {
  const { simulator } = await streaming(JOINED, joined);
  expect(() => simulator.signIn('stack', 'anna', 'USERPOOL')).toThrow(
    'users of the user pool cannot stream from the fleet office, which is joined to a domain',
  );
});

test('fails when the stack has no fleet', async () => {
  const { client, simulator } = await simulateAppStream();
  await client.createStack({ Name: 'stack' });
  expect(() => simulator.signIn('stack', 'anna', 'SAML')).toThrow('the stack stack has no fleet');
});

test('fails when the fleet does not run', async () => {
  const { client, simulator } = await streaming();
  await client.stopFleet({ Name: 'office' });
  expect(() => simulator.signIn('stack', 'anna', 'SAML')).toThrow('no streaming resources are available for the fleet office');
});
