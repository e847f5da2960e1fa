import { readFileSync } from 'fs';
import { join } from 'path';
import { ANN, DESKS, Premises, STACK } from './premises';
import { eventOf } from '../engine/events';

interface Schema {
  readonly schema: string;
  readonly id?: string;
  readonly properties: Record<string, string>;
}

const schemasOf = (resource: string): Schema[] => JSON.parse(readFileSync(join(__dirname, 'fixtures', `${resource}.json`), 'utf8'));

let premises: Premises;
let answers: { Status: string; PhysicalResourceId?: string }[];

beforeEach(async () => {
  premises = await Premises.start();
  answers = [];
  premises.loopback.endpoint.registerUnsigned('/answers/', ({ body }) => {
    answers.push(JSON.parse(body.toString()));
    return { status: 200 };
  });
});

afterEach(() => premises.stop());

/** A request to the stack's own lifecycle resource, with properties of another release. */
async function send(parts: Parameters<typeof eventOf>[0]): Promise<void> {
  const [newest] = [...premises.loopback.states.executions].reverse();
  const { input } = await premises.loopback.call('states', 'DescribeExecution', { executionArn: newest.options.arn });
  const { event: { StackId, LogicalResourceId, ResourceType, PhysicalResourceId } } = JSON.parse(input);
  await premises.loopback.call('lambda', 'Invoke', {
    FunctionName: premises.deployment.physicalId(STACK, 'AWS::Lambda::Function'),
    InvocationType: 'Event',
    Payload: JSON.stringify(eventOf({
      StackId, LogicalResourceId, ResourceType, PhysicalResourceId, ResponseURL: `${premises.loopback.url}/answers/?X-Amz-Date=20260105T090000Z`, ...parts,
    })),
  });
  await premises.loopback.lambda.idle();
  await premises.loopback.states.idle();
}

/** What was deployed with one release is updated and deleted with another, for ever. Add a schema here; never change one. */
describe.each(schemasOf('stack-theme'))('a theme with the schema $schema', ({ properties: fixed }) => {
  test('is updated to that of today, rolled back to, and deleted', async () => {
    await premises.brand();
    const { region, account } = premises.loopback;
    const properties: Record<string, string> = { ...fixed, StackArn: `arn:aws:appstream:${region}:${account}:stack/${DESKS}` };
    const today = { ...properties, TitleText: 'Today', State: 'ENABLED' };
    const ofTheme = { PhysicalResourceId: DESKS };
    await send({ ...ofTheme, RequestType: 'Update', OldResourceProperties: properties, ResourceProperties: today });
    expect(await premises.theme()).toMatchObject({ ThemeTitleText: 'Today', State: 'ENABLED' });
    await send({
      ...ofTheme,
      RequestType: 'Update',
      RequestId: 'rollback',
      OldResourceProperties: today,
      ResourceProperties: properties,
      ResponseURL: `${premises.loopback.url}/answers/?X-Amz-Date=20260105T091000Z`,
    });
    expect(await premises.theme()).toMatchObject({ ThemeTitleText: 'Before', State: properties.State, ThemeStyling: properties.ThemeStyling });
    await send({
      ...ofTheme,
      RequestType: 'Delete',
      RequestId: 'delete',
      ResourceProperties: properties,
      ResponseURL: `${premises.loopback.url}/answers/?X-Amz-Date=20260105T092000Z`,
    });
    expect(await premises.theme()).toBeUndefined();
    expect(answers).toMatchObject([{ Status: 'SUCCESS' }, { Status: 'SUCCESS' }, { Status: 'SUCCESS', PhysicalResourceId: DESKS }]);
  });
});

describe.each(schemasOf('user-enablement'))('an enablement with the schema $schema', ({ properties }) => {
  test('is rolled back to, and deleted', async () => {
    await premises.enable(true);
    const ofUser = { PhysicalResourceId: ANN };
    await send({ ...ofUser, RequestType: 'Update', OldResourceProperties: { ...properties, Enabled: 'true' }, ResourceProperties: properties });
    expect(await premises.isEnabled()).toBe(false);
    await send({
      ...ofUser,
      RequestType: 'Delete',
      RequestId: 'delete',
      ResourceProperties: properties,
      ResponseURL: `${premises.loopback.url}/answers/?X-Amz-Date=20260105T091000Z`,
    });
    expect(await premises.isEnabled()).toBe(true);
    expect(answers).toMatchObject([{ Status: 'SUCCESS' }, { Status: 'SUCCESS' }]);
  });
});

describe.each(schemasOf('usage-report-subscription'))('a subscription with the schema $schema', ({ id, properties }) => {
  test('keeps its id, and is deleted if it was made', async () => {
    await premises.subscribe();
    await send({ PhysicalResourceId: id, RequestType: 'Update', OldResourceProperties: properties, ResourceProperties: { Revision: '2' } });
    expect(answers).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId: id }]);
    await send({
      PhysicalResourceId: id,
      RequestType: 'Delete',
      RequestId: 'delete',
      ResourceProperties: properties,
      ResponseURL: `${premises.loopback.url}/answers/?X-Amz-Date=20260105T091000Z`,
    });
    expect(await premises.isSubscribed()).toBe(id === 'usage-reports-adopted');
  });
});
