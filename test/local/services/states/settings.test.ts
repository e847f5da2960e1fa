import { FUNCTION, MACHINE, MachineFixture, only, ROLE } from './machine-fixture';
import { LeapingClock } from '../../../../local/clock';
import { policy } from '../test-cloud';

const KEY = 'arn:aws:kms:eu-central-1:123456789012:key/0';
const DEFINITION = JSON.stringify(only({ Type: 'Task', Resource: FUNCTION }));

let fixture: MachineFixture<LeapingClock>;

beforeEach(async () => {
  fixture = new MachineFixture(new LeapingClock());
  await fixture.createRole();
});

const create = (more: object) => fixture.cloud.call('states', 'CreateStateMachine', { name: 'Machine', definition: DEFINITION, roleArn: ROLE, ...more });
const start = () => fixture.cloud.call('states', 'StartExecution', { stateMachineArn: MACHINE });
const allow = (Action: string[], Resource: string) => fixture.cloud.call('iam', 'PutRolePolicy', {
  RoleName: 'Machine',
  PolicyName: 'More',
  PolicyDocument: policy({ Effect: 'Allow', Action, Resource }),
});

test('a key of the customer needs the permissions of the role', async () => {
  const encrypted = { encryptionConfiguration: { type: 'CUSTOMER_MANAGED_KMS_KEY', kmsKeyId: KEY } };
  await allow(['kms:Decrypt'], KEY);
  await expect(create(encrypted)).rejects.toMatchObject({ code: 'KmsAccessDeniedException', message: expect.stringContaining('kms:GenerateDataKey') });
  await allow(['kms:Decrypt', 'kms:GenerateDataKey'], KEY);
  await create(encrypted);
  await start();
  await fixture.states.idle();
  expect(fixture.states.executions[0].status).toBe('SUCCEEDED');
});

test('a key of the customer needs the permissions of the caller', async () => {
  await allow(['kms:Decrypt', 'kms:GenerateDataKey'], KEY);
  await create({ encryptionConfiguration: { type: 'CUSTOMER_MANAGED_KMS_KEY', kmsKeyId: KEY } });
  const credentials = fixture.iam.issueCredentials(ROLE, { service: 'states.amazonaws.com', session: 's' });
  const caller = { ...credentials, roleArn: ROLE };
  const startAs = () => fixture.states.operations.StartExecution({ stateMachineArn: MACHINE }, { caller });
  await startAs();
  await fixture.cloud.call('iam', 'DeleteRolePolicy', { RoleName: 'Machine', PolicyName: 'More' });
  await expect(startAs()).rejects.toMatchObject({ code: 'KmsAccessDeniedException' });
  await fixture.states.idle();
});

test('tracing without permission is booked as a denial, and the execution runs', async () => {
  await create({ tracingConfiguration: { enabled: true } });
  await start();
  await fixture.states.idle();
  expect(fixture.states.executions[0].status).toBe('SUCCEEDED');
  expect(fixture.iam.denials).toMatchObject([{ action: 'xray:GetSamplingRules', resource: '*' }]);
});

test('tracing with permission uses what is granted', async () => {
  await allow(['xray:PutTraceSegments', 'xray:PutTelemetryRecords', 'xray:GetSamplingRules', 'xray:GetSamplingTargets'], '*');
  await create({ tracingConfiguration: { enabled: true } });
  await start();
  await fixture.states.idle();
  expect(fixture.iam.denials).toEqual([]);
  expect(fixture.iam.unusedGrants()).toEqual([]);
});

test.each([
  [{ type: 'EXPRESS' }],
  [{ loggingConfiguration: { level: 'ALL' } }],
  [{ publish: true }],
])('the settings %j are not imitated, and say so', async (settings) => {
  await expect(create(settings)).rejects.toMatchObject({ code: 'LoopbackNotImitated' });
});

test('the same machine may be created again, another of its name may not', async () => {
  await create({});
  await create({});
  await expect(create({ definition: JSON.stringify(only({ Type: 'Pass' })) })).rejects.toMatchObject({ code: 'StateMachineAlreadyExists' });
});
