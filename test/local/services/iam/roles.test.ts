import { LeapingClock } from '../../../../local/clock';
import { Iam } from '../../../../local/services/iam/iam';
import type { Caller } from '../../../../local/wire/service';
import { policy, TestCloud, trust } from '../test-cloud';

const ROLE = 'arn:aws:iam::123456789012:role/Worker';
const FLEET = 'arn:aws:appstream:eu-central-1:123456789012:fleet/office';
const allow = (Action: string | string[], Resource: string | string[]) => ({ Effect: 'Allow', Action, Resource });

let cloud: TestCloud;
let iam: Iam;

beforeEach(async () => {
  cloud = new TestCloud(new LeapingClock());
  iam = cloud.add(new Iam(cloud));
  await cloud.call('iam', 'CreateRole', { RoleName: 'Worker', AssumeRolePolicyDocument: trust('lambda.amazonaws.com') });
});

const assume = (service = 'lambda.amazonaws.com'): Caller => ({ ...iam.issueCredentials(ROLE, { service, session: 'fn' }), roleArn: ROLE });
const put = (...statements: object[]) =>
  cloud.call('iam', 'PutRolePolicy', { RoleName: 'Worker', PolicyName: 'Own', PolicyDocument: policy(...statements) });
const attach = (PolicyArn: string) => cloud.call('iam', 'AttachRolePolicy', { RoleName: 'Worker', PolicyArn });

test('only a service that the trust policy names gets credentials', () => {
  expect(() => assume('states.amazonaws.com')).toThrow('states.amazonaws.com is not authorized to perform: sts:AssumeRole');
  expect(assume()).toMatchObject({ accessKeyId: expect.stringMatching(/^ASIA/) });
});

test('credentials are unique, and unknown ones are refused', () => {
  const [one, other] = [assume(), assume()];
  expect(iam.identify(one.accessKeyId, one.sessionToken)).toEqual({ accessKeyId: one.accessKeyId, sessionToken: one.sessionToken, roleArn: ROLE });
  expect(() => iam.identify(one.accessKeyId, other.sessionToken)).toThrow(expect.objectContaining({ code: 'InvalidClientTokenId' }));
  expect(() => iam.identify('ASIAUNKNOWN', undefined)).toThrow(expect.objectContaining({ code: 'InvalidClientTokenId' }));
});

test('the credentials of a role die with it, also when one of the same name follows', async () => {
  const { accessKeyId, sessionToken } = assume();
  await cloud.call('iam', 'DeleteRole', { RoleName: 'Worker' });
  await cloud.call('iam', 'CreateRole', { RoleName: 'Worker', AssumeRolePolicyDocument: trust('lambda.amazonaws.com') });
  expect(() => iam.identify(accessKeyId, sessionToken)).toThrow(expect.objectContaining({ code: 'InvalidClientTokenId' }));
});

test('a change takes effect late when it is told to, in both directions', async () => {
  iam.propagation = 10_000;
  const caller = assume();
  const may = () => iam.require(caller, 'appstream:StartFleet', [FLEET]).then(() => true, () => false);
  await put(allow('appstream:StartFleet', FLEET));
  expect(await may()).toBe(false);
  cloud.clock.advance(10_000);
  expect(await may()).toBe(true);
  await cloud.call('iam', 'DeleteRolePolicy', { RoleName: 'Worker', PolicyName: 'Own' });
  expect(await may()).toBe(true);
  cloud.clock.advance(10_000);
  expect(await may()).toBe(false);
});

test('policies that are put on a role at the same time all count', async () => {
  await Promise.all(['StartFleet', 'StopFleet', 'DeleteFleet'].map((action) => cloud.call('iam', 'PutRolePolicy', {
    RoleName: 'Worker',
    PolicyName: action,
    PolicyDocument: policy(allow(`appstream:${action}`, FLEET)),
  })));
  for (const action of ['StartFleet', 'StopFleet', 'DeleteFleet']) {
    await iam.require(assume(), `appstream:${action}`, [FLEET]);
  }
});

test.each([
  [allow('appstream:StartFleets', FLEET), 'no action appstream:StartFleets exists'],
  [allow('appstreaming:*', '*'), 'no action appstreaming:* exists'],
  [allow('appstream:DescribeFleets', FLEET), 'appstream:DescribeFleets takes only "*", not arn:aws:appstream'],
  [allow('appstream:StartFleet', 'arn:aws:appstream:*:*:stack/desk'), 'appstream:StartFleet takes arn:*:appstream:*:*:fleet/*, not arn:aws:appstream:*:*:stack/desk'],
  [allow(['appstream:StartFleet', 'appstream:DescribeFleets'], FLEET), 'appstream:DescribeFleets takes only "*"'],
  [allow('appstream:StartFleet', [FLEET, 'arn:aws:s3:::bucket']), 'none of appstream:StartFleet takes arn:aws:s3:::bucket'],
])('a policy that is without effect is told: %j', async (statement, message) => {
  await expect(put(statement)).rejects.toMatchObject({ code: 'LoopbackPolicyMistake', message: expect.stringContaining(message) });
});

test('a statement may list actions and resources that do not belong to each other', async () => {
  await put(allow(['s3:GetObject', 's3:ListBucket'], ['arn:aws:s3:::bucket', 'arn:aws:s3:::bucket/*']));
});

test.each([
  [{ Version: '2012-10-17', Statement: [] }],
  [policy({ Effect: 'Allow', Action: 'appstream:StartFleet' })],
  [policy({ Effect: 'Maybe', Action: 'appstream:StartFleet', Resource: '*' })],
  [policy({ Effect: 'Allow', Action: 'StartFleet', Resource: '*' })],
  [policy({ Effect: 'Allow', Action: 'appstream:StartFleet', Resource: 'fleet/office' })],
  [policy({ Effect: 'Allow', Action: 'appstream:StartFleet', Resource: '*', Principal: '*' })],
  [policy({ Effect: 'Allow', Action: 'appstream:StartFleet', Resource: '*', Sid: 'A' }, { Effect: 'Allow', Action: 'appstream:StopFleet', Resource: '*', Sid: 'A' })],
])('a malformed document is refused: %j', async (PolicyDocument) => {
  await expect(cloud.call('iam', 'PutRolePolicy', { RoleName: 'Worker', PolicyName: 'Own', PolicyDocument }))
    .rejects.toMatchObject({ code: 'MalformedPolicyDocument' });
});

test('managed policies of AWS are known by content, or refused', async () => {
  await attach('arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole');
  await iam.require(assume(), 'logs:CreateLogGroup', ['arn:aws:logs:eu-central-1:123456789012:log-group:x']);
  await expect(attach('arn:aws:iam::aws:policy/AdministratorAccess')).rejects.toMatchObject({ code: 'LoopbackNotImitated' });
  await expect(attach('arn:aws:iam::123456789012:policy/None')).rejects.toMatchObject({ code: 'NoSuchEntity' });
});

test('a role that still has policies is not deleted', async () => {
  await put(allow('appstream:StartFleet', FLEET));
  const remove = () => cloud.call('iam', 'DeleteRole', { RoleName: 'Worker' });
  await expect(remove()).rejects.toMatchObject({ code: 'DeleteConflict' });
  await cloud.call('iam', 'DeleteRolePolicy', { RoleName: 'Worker', PolicyName: 'Own' });
  await remove();
  await expect(remove()).rejects.toMatchObject({ code: 'NoSuchEntity' });
});

test('more than 10,240 characters of policies on one role are refused', async () => {
  const resources = Array.from({ length: 250 }, (_, index) => `${FLEET}-${index}`);
  await expect(put(allow('appstream:StartFleet', resources))).rejects.toMatchObject({ code: 'LimitExceeded' });
});

test('grants that no call used are told, also after the role is gone', async () => {
  await put(allow(['appstream:StartFleet', 'appstream:StopFleet'], FLEET), allow('appstream:Describe*', '*'));
  await iam.require(assume(), 'appstream:StartFleet', [FLEET]);
  await cloud.call('iam', 'DeleteRolePolicy', { RoleName: 'Worker', PolicyName: 'Own' });
  await cloud.call('iam', 'DeleteRole', { RoleName: 'Worker' });
  expect(iam.usedGrants()).toEqual([{ roleArn: ROLE, action: 'appstream:StartFleet', resource: FLEET }]);
  expect(iam.unusedGrants()).toEqual([
    { roleArn: ROLE, action: 'appstream:StopFleet', resource: FLEET },
    { roleArn: ROLE, action: 'appstream:Describe*', resource: '*' },
  ]);
});

test.each<[string, string[], object]>([
  ['a name', [], allow('appstream:StartFleet', FLEET)],
  ['a name that differs in a few characters', [], allow('appstream:StartFleet', `${FLEET.slice(0, -2)}??`)],
  ['all names', ['appstream:StartFleet'], allow('appstream:StartFleet', FLEET.replace(/[^/]+$/, '*'))],
  ['all resources', ['appstream:StartFleet'], allow('appstream:StartFleet', '*')],
  ['all resources, where an action takes none', [], allow('appstream:ExpireSession', '*')],
  ['all names with a tag of its own', [], {
    ...allow('appstream:StartFleet', FLEET.replace(/[^/]+$/, '*')), Condition: { StringEquals: { 'aws:ResourceTag/owner': 'us' } },
  }],
  ['all names in its own Region', ['appstream:StartFleet'], {
    ...allow('appstream:StartFleet', FLEET.replace(/[^/]+$/, '*')), Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-central-1' } },
  }],
  ['every action', ['*'], allow('*', FLEET)],
])('what a grant on %s lets do with the resources of others: %j', async (_, wide, statement) => {
  await put(statement);
  expect(iam.wideGrants().map(({ action }) => action)).toEqual(wide);
});
