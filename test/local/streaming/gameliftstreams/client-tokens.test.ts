import { aGroup, anApplication, aSession, aUrl, DAY, MINUTE, refusal, sessionStatus, simulateGameLiftStreams, stopSimulations, streaming, TOKEN } from './simulated';

afterEach(stopSimulations);

test('the same request finds the same thing, as it is now', async () => {
  const { client, clock } = await simulateGameLiftStreams();
  const application = anApplication({ ClientToken: TOKEN, Tags: { a: '1', b: '2' } });
  const { Id } = await client.createApplication(application);
  clock.advance(3 * MINUTE);
  expect(await client.createApplication({ ...application, Tags: { b: '2', a: '1' } })).toMatchObject({ Id, Status: 'READY' });
  expect((await client.listApplications({})).Items).toHaveLength(1);
});

test('another request with the same token is a conflict', async () => {
  const { client } = await simulateGameLiftStreams();
  await client.createStreamGroup(aGroup({ ClientToken: TOKEN }));
  await expect(client.createStreamGroup(aGroup({ ClientToken: TOKEN, Description: 'other' }))).rejects.toEqual(
    refusal('ConflictException', `The client token ${TOKEN} was used with other parameters.`),
  );
});

test('tokens of different operations have nothing to do with each other', async () => {
  const simulated = await streaming();
  const { client } = simulated;
  const session = await client.startStreamSession(aSession(simulated, { ClientToken: TOKEN }));
  const url = await client.createStreamUrl(aUrl(simulated, { ClientToken: TOKEN }));
  expect((await client.startStreamSession(aSession(simulated, { ClientToken: TOKEN }))).Arn).toBe(session.Arn);
  expect(await client.createStreamUrl(aUrl(simulated, { ClientToken: TOKEN }))).toMatchObject({ Arn: url.Arn, StreamUrl: url.StreamUrl });
});

test('a connection is made once', async () => {
  const simulated = await streaming();
  const { client, clock, group, simulator } = simulated;
  const { Arn } = await client.startStreamSession(aSession(simulated));
  clock.advance(5_000);
  simulator.users.connect(Arn!);
  simulator.users.disconnect(Arn!);
  const connection = { Identifier: group, StreamSessionIdentifier: Arn, SignalRequest: '{}', ClientToken: TOKEN };
  const first = await client.createStreamSessionConnection(connection);
  expect((await client.createStreamSessionConnection(connection)).SignalResponse).toBe(first.SignalResponse);
});

test('the token of a thing that has ended finds it, or makes a new one', async () => {
  for (const tokenOfEnded of ['same', 'new'] as const) {
    const simulated = await streaming({ readings: { tokenOfEnded } });
    const { client, clock } = simulated;
    const input = aSession(simulated, { ClientToken: TOKEN });
    const { Arn } = await client.startStreamSession(input);
    clock.advance(5 * MINUTE);
    expect(await sessionStatus(simulated, Arn!)).toEqual(['TERMINATED', 'connectionTimeout']);
    const again = await client.startStreamSession(input);
    expect([again.Arn === Arn, again.Status]).toEqual(tokenOfEnded === 'same' ? [true, 'TERMINATED'] : [false, 'ACTIVATING']);
  }
});

test('the token of a thing that is gone', async () => {
  for (const tokenOfEnded of ['same', 'new'] as const) {
    const { client, clock } = await simulateGameLiftStreams({ readings: { tokenOfEnded } });
    const { Id } = await client.createApplication(anApplication({ ClientToken: TOKEN }));
    clock.advance(3 * MINUTE);
    await client.deleteApplication({ Identifier: Id });
    clock.advance(MINUTE);
    const again = await client.createApplication(anApplication({ ClientToken: TOKEN }));
    expect([again.Id === Id, again.Status]).toEqual(tokenOfEnded === 'same' ? [true, 'DELETING'] : [false, 'INITIALIZED']);
  }
});

test('a token is forgotten', async () => {
  const { client, clock } = await simulateGameLiftStreams();
  const { Id } = await client.createApplication(anApplication({ ClientToken: TOKEN }));
  clock.advance(DAY);
  expect((await client.createApplication(anApplication({ ClientToken: TOKEN }))).Id).not.toBe(Id);
});
