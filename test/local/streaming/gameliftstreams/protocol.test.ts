import { anApplication, refusal, simulateGameLiftStreams, stopSimulations } from './simulated';

afterEach(stopSimulations);

const signed = { authorization: 'AWS4-HMAC-SHA256 Credential=AKIAOPERATOR/20260105/us-west-2/gameliftstreams/aws4_request' };

async function send(method: string, path: string, body?: string) {
  const { endpoint } = await simulateGameLiftStreams();
  const response = await fetch(`${endpoint.url}${path}`, { method, headers: signed, body });
  return { status: response.status, type: response.headers.get('x-amzn-errortype'), body: await response.text(), endpoint };
}

describe('restJson1', () => {
  test('carries inputs, outputs and timestamps, and the status of the model', async () => {
    const { client, clock } = await simulateGameLiftStreams();
    const created = await client.createApplication(anApplication());
    expect(created).toMatchObject({ ...anApplication(), CreatedAt: new Date(clock.now()), $metadata: { httpStatusCode: 201 } });
    clock.advance(600_000);
    expect((await client.deleteApplication({ Identifier: created.Arn })).$metadata.httpStatusCode).toBe(204);
  });

  test('carries timestamps as seconds since the epoch', async () => {
    const { body } = await send('POST', '/applications', JSON.stringify(anApplication()));
    expect(JSON.parse(body).CreatedAt).toBe(Date.parse('2026-01-05T08:00:00Z') / 1000);
  });

  test('carries an ARN in the path, and lists in the query', async () => {
    const { client } = await simulateGameLiftStreams();
    const { Arn } = await client.createApplication(anApplication({ Tags: { a: '1', b: '2', c: '3' } }));
    await client.untagResource({ ResourceArn: Arn, TagKeys: ['a', 'c'] });
    expect((await client.listTagsForResource({ ResourceArn: Arn })).Tags).toEqual({ b: '2' });
  });

  test('carries errors with their header and the status of the model', async () => {
    expect(await send('GET', '/applications/a-1')).toMatchObject({
      status: 404, type: 'ResourceNotFoundException', body: expect.stringContaining('"Message":"The application a-1 does not exist."'),
    });
    const { client } = await simulateGameLiftStreams();
    await expect(client.getApplication({ Identifier: 'a-1' })).rejects.toEqual(expect.objectContaining({
      name: 'ResourceNotFoundException',
      message: 'The application a-1 does not exist.',
      $metadata: expect.objectContaining({ httpStatusCode: 404 }),
    }));
  });

  test('gives a scripted throttle the status of the model', async () => {
    const { client, endpoint } = await simulateGameLiftStreams();
    endpoint.faults.add({ service: 'gameliftstreams', fault: { kind: 'throttle' } });
    await expect(client.listApplications({})).rejects.toEqual(expect.objectContaining({
      name: 'ThrottlingException', $metadata: expect.objectContaining({ httpStatusCode: 429 }),
    }));
  });

  test.each([
    ['a body that is no JSON', 'POST', '/applications', '{', 'SerializationException'],
    ['a body that is no object', 'POST', '/applications', '[]', 'SerializationException'],
    ['a query parameter that is no number', 'GET', '/applications?MaxResults=many', undefined, 'SerializationException'],
    ['a path that cannot be decoded', 'GET', '/applications/%E0%A4%A', undefined, 'SerializationException'],
  ])('refuses %s', async (_what, method, path, body, type) => {
    expect(await send(method, path, body)).toMatchObject({ status: 400, type });
  });

  test.each([
    ['a query parameter that the model does not have', 'GET', '/applications?Status=READY', undefined, 'the query parameter Status of ListApplications'],
    ['a member in the wrong place', 'PATCH', '/applications/a-1', '{"Identifier":"a-1"}', 'the member Identifier in the body of UpdateApplication'],
    ['a member that the model does not have', 'POST', '/applications', JSON.stringify({ ...anApplication(), Name: 'x' }), 'the member Name of CreateApplication'],
    ['an operation that is not simulated', 'GET', '/applications/a-1/shadercaches', undefined, 'gameliftstreams:ListApplicationShaderCaches'],
  ])('is loud about %s', async (_what, method, path, body, what) => {
    const { status, type, endpoint } = await send(method, path, body);
    expect([status, type]).toEqual([400, 'LoopbackNotImitated']);
    expect(endpoint.notImitated).toEqual([expect.stringContaining(what)]);
  });

  test('is loud about a path that no operation has', async () => {
    const { status, endpoint } = await send('GET', '/games');
    expect(status).toBe(400);
    expect(endpoint.notImitated).toEqual([expect.stringContaining('the protocol of GET /games')]);
  });

  test('checks the model: patterns, enums, ranges and what is required', async () => {
    const { client } = await simulateGameLiftStreams();
    await expect(client.createApplication(anApplication({ Description: "Anna's game" }))).rejects.toEqual(refusal('ValidationException'));
    await expect(client.createApplication(anApplication({ RuntimeEnvironment: { Type: 'MACOS' as never, Version: '1' } })))
      .rejects.toEqual(refusal('ValidationException', expect.stringContaining("at 'runtimeEnvironment.type'") as never));
    await expect(client.createApplication(anApplication({ ClientToken: 'short' }))).rejects.toEqual(refusal('ValidationException'));
    await expect(client.listApplications({ MaxResults: 101 })).rejects.toEqual(refusal('ValidationException'));
    await expect(client.listApplications({ NextToken: 'nonsense' })).rejects.toEqual(refusal('ValidationException'));
    await expect(client.createApplication(anApplication({ ExecutablePath: undefined }))).rejects.toEqual(
      refusal('ValidationException', "1 validation error detected: Value null at 'executablePath' failed to satisfy constraint: Member must not be null"),
    );
  });
});
