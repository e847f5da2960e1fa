import { readFileSync } from 'fs';
import { join } from 'path';
import { Desk, DESK } from './desk';
import { FLEET, MINUTE } from './held-fleet';
import { eventOf, type EventParts } from '../engine/events';

interface Schema {
  readonly schema: string;
  readonly properties: Record<string, string>;
}

const SCHEMAS: Schema[] = JSON.parse(readFileSync(join(__dirname, 'fixtures', 'streaming-url.json'), 'utf8'));
const TODAY = { StackName: DESK, FleetName: FLEET, UserId: 'bob', Validity: '3600', TimeoutSeconds: '2700' };

let desk: Desk;
let answers: { Status: string; Reason?: string; PhysicalResourceId: string; Data?: Record<string, string> }[];

beforeEach(async () => {
  desk = await Desk.start();
  answers = [];
  desk.loopback.endpoint.registerUnsigned('/answers/', ({ body }) => {
    answers.push(JSON.parse(body.toString()));
    return { status: 200 };
  });
  await desk.wish();
});

afterEach(() => desk.stop());

/** An event of a moment, as Lambda hands it over when CloudFormation's invocation arrives late, again, or out of order. */
async function send(time: string, { ResourceProperties = TODAY, OldResourceProperties, ...parts }: EventParts): Promise<void> {
  const SecretArn = desk.secretArn;
  await desk.loopback.call('lambda', 'Invoke', {
    FunctionName: desk.held.deployment.physicalId('Mint', 'AWS::Lambda::Function'),
    InvocationType: 'Event',
    Payload: JSON.stringify(eventOf({
      ResourceType: 'Custom::AppStreamStreamingUrl',
      LogicalResourceId: 'UrlD4FAABD0',
      PhysicalResourceId: SecretArn,
      ResponseURL: `${desk.loopback.url}/answers/?X-Amz-Date=20260105T${time}Z`,
      ResourceProperties: { SecretArn, ...ResourceProperties },
      OldResourceProperties: { SecretArn, ...OldResourceProperties },
      ...parts,
    })),
  });
  await desk.loopback.lambda.idle();
}

async function settled(): Promise<void> {
  await desk.loopback.states.idle();
}

/** What was deployed with one release is updated and deleted with another, for ever. Add a schema to the fixture; never change one. */
describe.each(SCHEMAS)('a streaming URL with the schema $schema', ({ properties }) => {
  test('is updated to that of today', async () => {
    await send('100000', { RequestType: 'Update', OldResourceProperties: properties });
    await settled();
    expect(answers).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId: desk.secretArn, Data: { Expires: desk.secret().Expires } }]);
    expect(desk.opened()).toBe('bob');
  });

  test('is rolled back to', async () => {
    await send('100000', { RequestType: 'Update', OldResourceProperties: TODAY, ResourceProperties: properties });
    await settled();
    expect(answers).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId: desk.secretArn }]);
    expect(desk.opened()).toBe('ann');
  });

  test('is deleted', async () => {
    await send('100000', { RequestType: 'Delete', ResourceProperties: properties });
    await settled();
    expect(answers).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId: desk.secretArn }]);
  });
});

test('an event that comes again after its effect mints no second URL', async () => {
  for (const _ of [1, 2]) {
    await send('100000', { RequestType: 'Update' });
    await settled();
  }
  expect(answers).toHaveLength(1);
  expect(desk.minted).toBe(2);
});

test('a request that CloudFormation makes again finds the URL of the first', async () => {
  await send('100000', { RequestType: 'Update' });
  await settled();
  await send('110000', { RequestType: 'Update' });
  await settled();
  expect(answers).toHaveLength(2);
  expect(answers[0].Data).toEqual(answers[1].Data);
  expect(desk.minted).toBe(2);
});

test('a Delete ends the Create that waits for the fleet: one answer, and no URL is minted later', async () => {
  await desk.stopFleet();
  desk.held.clock.advance(10 * MINUTE);
  await desk.call('StartFleet', { Name: FLEET });
  await send('100000', { RequestType: 'Create' });
  await desk.loopback.clock.sleep(MINUTE);
  await send('100100', { RequestType: 'Delete' });
  await settled();
  desk.held.clock.advance(10 * MINUTE);
  expect(answers).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId: desk.secretArn }]);
  expect(desk.minted).toBe(1);
});

test('a Create that comes after its Delete is dropped', async () => {
  await send('100100', { RequestType: 'Delete' });
  await settled();
  await send('100000', { RequestType: 'Create' });
  await settled();
  expect(answers).toHaveLength(1);
  expect(desk.minted).toBe(1);
});

test('a Delete whose Create was never answered succeeds, whatever id CloudFormation made up', async () => {
  await send('100000', { RequestType: 'Delete', PhysicalResourceId: 'office-UrlD4FAABD0-1XKPV3Q0EXAMPLE' });
  await settled();
  expect(answers).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId: desk.secretArn }]);
});
