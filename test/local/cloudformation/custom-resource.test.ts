import { custom, gateway, type ProviderEvent, SERVICE_TOKEN, World } from './world';

const ONE = (properties: object = {}) => ({ Resources: { Thing: custom(properties) } });

test('a provider is told what it is to make', async () => {
  const world = new World();
  await world.cloudformation.deploy('stack', ONE({ ServiceTimeout: 60 }));
  const [{ ResponseURL, StackId, RequestId, ...event }] = world.requests;
  expect(event).toEqual({
    RequestType: 'Create',
    ServiceToken: SERVICE_TOKEN,
    LogicalResourceId: 'Thing',
    ResourceType: 'Custom::Thing',
    ResourceProperties: { ServiceToken: SERVICE_TOKEN, ServiceTimeout: '60' },
  });
  expect(StackId).toMatch(/^arn:aws:cloudformation:eu-west-1:111122223333:stack\/stack\/[0-9a-f-]{36}$/);
  expect(RequestId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
  expect(ResponseURL).toContain(`http://127.0.0.1:4566/cfn-response/${encodeURIComponent(`${StackId}|Thing|${RequestId}`)}?`);
});

test('an update comes with the id and the properties of before', async () => {
  const world = new World();
  await world.cloudformation.deploy('stack', ONE({ Size: 1 }));
  await world.cloudformation.deploy('stack', ONE({ Size: 2 }));
  expect(world.requests[1]).toMatchObject({
    RequestType: 'Update',
    PhysicalResourceId: 'thing',
    ResourceProperties: { ServiceToken: SERVICE_TOKEN, Size: '2' },
    OldResourceProperties: { ServiceToken: SERVICE_TOKEN, Size: '1' },
  });
});

test('every scalar arrives as text, at every depth', async () => {
  const world = new World();
  await world.cloudformation.deploy('stack', ONE({ Flag: true, Count: 5, Ratio: 0.5, Nested: { List: [1, false, { Deep: 2 }] }, Text: 'a' }));
  expect(world.requests[0].ResourceProperties).toEqual({
    ServiceToken: SERVICE_TOKEN, Flag: 'true', Count: '5', Ratio: '0.5', Nested: { List: ['1', 'false', { Deep: '2' }] }, Text: 'a',
  });
});

test('nobody is told of properties that are the same as text', async () => {
  const world = new World();
  await world.cloudformation.deploy('stack', { Resources: { Thing: custom({ Count: 5 }), Other: gateway('a') } });
  await world.cloudformation.deploy('stack', { Resources: { Thing: custom({ Count: '5' }), Other: gateway('b') } });
  expect(world.story).toEqual(['Create Thing']);
});

test('attributes are the data of the last answer', async () => {
  const world = new World();
  world.provider = ({ ResourceProperties }) => ({ Data: { Value: ResourceProperties.Size, Port: 80 } });
  const template = (size: number) => ({
    Resources: { Thing: custom({ Size: size }) },
    Outputs: { Value: { Value: { 'Fn::GetAtt': ['Thing', 'Value'] } }, Port: { Value: { 'Fn::GetAtt': 'Thing.Port' } }, Id: { Value: { Ref: 'Thing' } } },
  });
  expect((await world.cloudformation.deploy('stack', template(1))).outputs).toEqual({ Value: '1', Port: '80', Id: 'thing' });
  expect((await world.cloudformation.deploy('stack', template(2))).outputs).toEqual({ Value: '2', Port: '80', Id: 'thing' });
});

test('an attribute that the answer does not have fails what asks for it', async () => {
  const world = new World();
  const { status, failures } = await world.cloudformation.deploy('stack', {
    Resources: { Thing: custom(), Other: custom({ Value: { 'Fn::GetAtt': ['Thing', 'Missing'] } }) },
  });
  expect(status).toBe('ROLLBACK_COMPLETE');
  expect(failures[0]).toContain("Other: CustomResource attribute error: Vendor response doesn't contain Missing key");
  expect(world.story).toEqual(['Create Thing', 'Delete Thing thing']);
});

test('attributes that the provider wants unseen are masked in outputs, and only there', async () => {
  const world = new World();
  world.provider = () => ({ NoEcho: true, Data: { Secret: 'abc' } });
  const { outputs } = await world.cloudformation.deploy('stack', {
    Resources: { Thing: custom(), Other: custom({ Secret: { 'Fn::GetAtt': ['Thing', 'Secret'] } }) },
    Outputs: { Secret: { Value: { 'Fn::GetAtt': ['Thing', 'Secret'] } } },
  });
  expect(outputs).toEqual({ Secret: '****' });
  expect(world.requests[1].ResourceProperties.Secret).toBe('abc');
});

describe('fails', () => {
  const failure = async (answer: object, properties: object = {}) => {
    const world = new World();
    world.provider = ({ RequestType }) => RequestType === 'Create' ? answer : {};
    return (await world.cloudformation.deploy('stack', ONE(properties))).failures[0];
  };

  test.each([
    ['FAILED', { Status: 'FAILED', Reason: 'no room' }, /^Thing: Received response status \[FAILED\] from custom resource\. Message returned: no room \(RequestId: [0-9a-f-]+\)$/],
    ['another status', { Status: 'OK' }, /^Thing: Invalid Response object: Value of property Status must be SUCCESS or FAILED, not "OK"$/],
    ['no id', { PhysicalResourceId: undefined }, /^Thing: Invalid PhysicalResourceId: undefined$/],
    ['an id that is too long', { PhysicalResourceId: 'x'.repeat(1025) }, /^Thing: Invalid PhysicalResourceId/],
    ['the request of another', { RequestId: 'other' }, /^Thing: Invalid Response object: RequestId is not the one of the request$/],
    ['data that is no object', { Data: ['a'] }, /^Thing: Invalid Response object: Data must be an object$/],
    ['more than 4096 bytes', { Data: { Long: 'x'.repeat(4096) } }, /^Thing: Response object is too long\.$/],
  ])('on %s', async (_name, answer, reason) => {
    expect(await failure(answer)).toMatch(reason);
  });

  test('on an answer that is no JSON', async () => {
    const world = new World();
    world.provider = (event) => event.RequestType === 'Create' ? void world.put(event.ResponseURL, 'oops') : {};
    expect((await world.cloudformation.deploy('stack', ONE())).failures[0]).toBe('Thing: Invalid Response object: oops');
  });

  test.each(['0', '3601', 'soon'])('on the service timeout %p', async (ServiceTimeout) => {
    expect(await failure({}, { ServiceTimeout })).toBe(`Thing: Invalid ServiceTimeout: "${ServiceTimeout}". It must be an integer between 1 and 3600.`);
  });

  test('on a service token that is no function', async () => {
    expect(await failure({}, { ServiceToken: 'arn:aws:lambda:eu-west-1:111122223333:layer:x' })).toBe('Thing: Invalid service token.');
  });
});

test.each([[undefined, 3600], ['90', 90]])('with a service timeout of %p, silence fails after %i seconds of virtual time', async (ServiceTimeout, seconds) => {
  const world = new World();
  world.provider = ({ RequestType }) => RequestType === 'Create' ? undefined : {};
  const begun = world.clock.now();
  let failed = 0;
  world.cloudformation.onEvent(({ ResourceStatus, at }) => {
    failed = ResourceStatus === 'CREATE_FAILED' ? at : failed;
  });
  const { failures } = await world.cloudformation.deploy('stack', ONE(ServiceTimeout === undefined ? {} : { ServiceTimeout }));
  expect(failures[0]).toContain(`CloudFormation did not receive a response from your custom resource. Please check your logs for requestId [${world.requests[0].RequestId}].`);
  expect(Math.floor((failed - begun) / 1000)).toBeGreaterThanOrEqual(seconds);
  expect(Math.floor((failed - begun) / 1000)).toBeLessThanOrEqual(seconds + 2);
});

test('CloudFormation waits for the answer, not for the end of the invocation', async () => {
  const world = new World();
  world.provider = async (event) => {
    await world.clock.sleep(30 * 60_000);
    return { Data: { From: event.RequestId } };
  };
  const begun = world.clock.now();
  expect((await world.cloudformation.deploy('stack', ONE())).status).toBe('CREATE_COMPLETE');
  expect(world.clock.now() - begun).toBeGreaterThanOrEqual(30 * 60_000);
});

describe('after a failed Create', () => {
  test('the Delete has the id that was answered', async () => {
    const world = new World();
    world.provider = ({ RequestType }) => RequestType === 'Create' ? { Status: 'FAILED', PhysicalResourceId: 'half-made' } : {};
    await world.cloudformation.deploy('stack', ONE());
    expect(world.story).toEqual(['Create Thing', 'Delete Thing half-made']);
  });

  test('the Delete has an id of CloudFormation when none was answered', async () => {
    const world = new World();
    world.provider = ({ RequestType }) => RequestType === 'Create' ? { Status: 'FAILED', PhysicalResourceId: undefined } : {};
    await world.cloudformation.deploy('stack', ONE());
    expect(world.story).toEqual(['Create Thing', expect.stringMatching(/^Delete Thing stack-Thing-[A-Z0-9]{12}$/)]);
  });

  test('there is no Delete when the function could not be invoked', async () => {
    const world = new World();
    world.add({ name: 'lambda', operations: {} });
    const { status } = await world.cloudformation.deploy('stack', ONE());
    expect(status).toBe('ROLLBACK_COMPLETE');
    expect(world.requests).toEqual([]);
    expect(world.notImitated).toEqual(['the loopback does not imitate lambda:Invoke']);
  });
});

describe('the response URL', () => {
  const held = async () => {
    const world = new World();
    const event = await new Promise<ProviderEvent>((resolve) => {
      world.provider = (request) => void resolve(request);
      void world.cloudformation.deploy('stack', ONE());
    });
    return { world, event };
  };

  test('is presigned as one of S3, by virtual time', async () => {
    const { world, event } = await held();
    const query = new URL(event.ResponseURL).searchParams;
    expect([...query.keys()]).toEqual([
      'X-Amz-Algorithm', 'X-Amz-Date', 'X-Amz-SignedHeaders', 'X-Amz-Expires', 'X-Amz-Credential', 'X-Amz-Signature',
    ]);
    expect(query.get('X-Amz-Date')).toMatch(/^\d{8}T\d{6}Z$/);
    expect(query.get('X-Amz-Date')!.slice(0, 8)).toBe(new Date(world.clock.now()).toISOString().slice(0, 10).replace(/-/g, ''));
    expect(query.get('X-Amz-Expires')).toBe('7200');
  });

  test('takes every answer but heeds the first only', async () => {
    const { world, event } = await held();
    expect(world.answer(event).status).toBe(200);
    expect(world.answer(event, { Status: 'FAILED', Reason: 'too late' }).status).toBe(200);
    expect(await world.cloudformation.settled('stack')).toBe('CREATE_COMPLETE');
  });

  test('refuses other methods and other signatures', async () => {
    const { world, event } = await held();
    expect(world.put(event.ResponseURL, '{}', 'POST').status).toBe(403);
    expect(world.put(event.ResponseURL.replace(/Signature=./, 'Signature=x'), '{}').status).toBe(403);
  });

  test('expires after two hours', async () => {
    const { world, event } = await held();
    world.clock.advance(7201_000);
    const { status, body } = world.answer(event);
    expect(status).toBe(403);
    expect(body).toContain('Request has expired');
  });
});
