import { AppStream } from '@aws-sdk/client-appstream';
import { SmithyRpcV2CborProtocol } from '@smithy/core/cbor';
import { aFleet, refusal, simulateAppStream, stopSimulations } from './simulated';

afterEach(stopSimulations);

const signed = { authorization: 'AWS4-HMAC-SHA256 Credential=AKIAOPERATOR/20260105/eu-west-1/appstream/aws4_request' };

describe('smithy-rpc-v2-cbor', () => {
  async function cborClient() {
    const appstream = await simulateAppStream();
    const client = new AppStream({
      endpoint: appstream.endpoint.url,
      region: 'eu-west-1',
      credentials: { accessKeyId: 'AKIAOPERATOR', secretAccessKey: 'secret' },
      maxAttempts: 1,
      protocol: SmithyRpcV2CborProtocol,
    });
    return { ...appstream, client };
  }

  test('carries inputs, outputs and timestamps', async () => {
    const { client, clock } = await cborClient();
    await client.createFleet(aFleet({ Tags: { a: 'b' } }));
    const { Fleets } = await client.describeFleets({});
    expect(Fleets![0]).toMatchObject({ Name: 'office', State: 'STOPPED', CreatedTime: new Date(clock.now()), ComputeCapacityStatus: { Desired: 2 } });
    await expect(client.startFleet({ Name: 'office' })).resolves.toBeDefined();
  });

  test('carries modelled and unmodelled errors', async () => {
    const { client } = await cborClient();
    await expect(client.startFleet({ Name: 'nowhere' })).rejects.toEqual(expect.objectContaining({
      name: 'ResourceNotFoundException',
      message: 'The fleet nowhere does not exist.',
      Message: 'The fleet nowhere does not exist.',
      $metadata: expect.objectContaining({ httpStatusCode: 404 }),
    }));
    await expect(client.createStack({ Name: '-' })).rejects.toEqual(refusal('ValidationException'));
  });

  test('refuses a body that is no CBOR', async () => {
    const { endpoint } = await simulateAppStream();
    const response = await fetch(`${endpoint.url}/service/PhotonAdminProxyService/operation/DescribeFleets`, {
      method: 'POST', headers: { ...signed, 'smithy-protocol': 'rpc-v2-cbor' }, body: 'no CBOR',
    });
    expect([response.status, response.headers.get('smithy-protocol')]).toEqual([400, 'rpc-v2-cbor']);
  });
});

describe('awsJson1.1', () => {
  async function post(body: string, operation = 'CreateStack') {
    const { endpoint } = await simulateAppStream();
    const response = await fetch(endpoint.url, {
      method: 'POST', headers: { ...signed, 'x-amz-target': `PhotonAdminProxyService.${operation}` }, body,
    });
    return { status: response.status, body: await response.json() as Record<string, unknown>, endpoint };
  }

  test('carries timestamps as seconds since the epoch', async () => {
    expect((await post('{"Name":"office"}')).body).toMatchObject({ Stack: { CreatedTime: Date.parse('2026-01-05T08:00:00Z') / 1000 } });
  });

  test('carries errors with the status of the model', async () => {
    expect(await post('{"Name":"nowhere"}', 'StartFleet')).toMatchObject({
      status: 404, body: { __type: 'ResourceNotFoundException', Message: 'The fleet nowhere does not exist.' },
    });
  });

  test('refuses a body that is no JSON', async () => {
    expect(await post('{')).toMatchObject({ status: 400, body: { __type: 'SerializationException' } });
  });

  test('an operation that is not simulated fails the run', async () => {
    const { body, endpoint } = await post('{"BillingPeriod":"2026-01"}', 'DescribeAppLicenseUsage');
    expect(body).toMatchObject({ __type: 'LoopbackNotImitated' });
    expect(endpoint.notImitated).toEqual(['the loopback does not imitate appstream:DescribeAppLicenseUsage']);
  });
});
