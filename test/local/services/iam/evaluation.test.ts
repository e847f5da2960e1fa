import { LeapingClock } from '../../../../local/clock';
import { Iam } from '../../../../local/services/iam/iam';
import type { Caller, Service } from '../../../../local/wire/service';
import { policy, TestCloud, trust } from '../test-cloud';

const ROLE = 'arn:aws:iam::123456789012:role/Worker';
const FLEET = 'arn:aws:appstream:eu-central-1:123456789012:fleet/office';

/** As much of AppStream as IAM sees of it. */
const appstream: Service = {
  name: 'appstream',
  signingNames: ['appstream'],
  protocols: [],
  operations: {},
  resources: ({ name, input }) => {
    if (name === 'AssociateFleet') {
      return [FLEET, 'arn:aws:appstream:eu-central-1:123456789012:stack/desk'];
    }
    return name.startsWith('Describe') ? [] : [`arn:aws:appstream:eu-central-1:123456789012:fleet/${input.Name}`];
  },
  resourceTags: () => ({ team: 'a' }),
};

let cloud: TestCloud;
let iam: Iam;

beforeEach(() => {
  cloud = new TestCloud(new LeapingClock());
  iam = cloud.add(new Iam(cloud));
});

async function role(...statements: object[]): Promise<Caller> {
  await cloud.call('iam', 'CreateRole', { RoleName: 'Worker', AssumeRolePolicyDocument: trust('lambda.amazonaws.com') });
  if (statements.length > 0) {
    await put('Own', ...statements);
  }
  const { accessKeyId, sessionToken } = iam.issueCredentials(ROLE, { service: 'lambda.amazonaws.com', session: 'fn' });
  return iam.identify(accessKeyId, sessionToken);
}

const put = (name: string, ...statements: object[]) =>
  cloud.call('iam', 'PutRolePolicy', { RoleName: 'Worker', PolicyName: name, PolicyDocument: policy(...statements) });

const call = (caller: Caller, name: string, input: object = { Name: 'office' }) => iam.authorize(caller, appstream, { name, input });

const allowed = (caller: Caller, name: string, input?: object) => call(caller, name, input).then(() => true, (error) => {
  if (error.code !== 'AccessDeniedException') {
    throw error;
  }
  return false;
});

const allow = (Action: string | string[], Resource: string | string[] = FLEET, more: object = {}) => ({ Effect: 'Allow', Action, Resource, ...more });

test('a call that no policy allows is refused in the words of AWS', async () => {
  const caller = await role(allow('appstream:StopFleet'));
  await expect(call(caller, 'StartFleet')).rejects.toMatchObject({
    code: 'AccessDeniedException',
    message: `User: arn:aws:sts::123456789012:assumed-role/Worker/fn is not authorized to perform: appstream:StartFleet on resource: ${FLEET}`
      + ' because no identity-based policy allows the appstream:StartFleet action',
  });
  expect(iam.denials).toMatchObject([{ roleArn: ROLE, action: 'appstream:StartFleet', resource: FLEET }]);
});

test.each([
  [allow('appstream:StartFleet'), true],
  [allow('APPSTREAM:startfleet'), true],
  [allow('appstream:Start*'), true],
  [allow('appstream:St?rtFleet'), true],
  [allow('*', '*'), true],
  [allow('appstream:StartFleet', '*'), true],
  [allow('appstream:StartFleet', 'arn:aws:appstream:*:*:fleet/off*'), true],
  [allow('appstream:StartFleet', 'arn:aws:appstream:*'), true],
  [allow('appstream:StartFleet', 'arn:aws:appstream:*:fleet/office'), false],
  [allow('appstream:StartFleet', 'arn:aws:appstream:eu-central-1:123456789012:fleet/OFFICE'), false],
  [allow('appstream:StartFleet', 'arn:aws:appstream:us-east-1:123456789012:fleet/office'), false],
  [allow(['appstream:StopFleet', 'appstream:StartFleet'], ['arn:aws:appstream:*:*:fleet/home', FLEET]), true],
  [{ Effect: 'Allow', NotAction: 'appstream:StopFleet', Resource: '*' }, true],
  [{ Effect: 'Allow', NotAction: 'appstream:Start*', Resource: '*' }, false],
  [{ Effect: 'Allow', Action: 'appstream:StartFleet', NotResource: FLEET }, false],
  [{ Effect: 'Allow', Action: 'appstream:StartFleet', NotResource: 'arn:aws:appstream:*:*:fleet/home' }, true],
])('%j decides about StartFleet: %s', async (statement, expected) => {
  expect(await allowed(await role(statement), 'StartFleet')).toBe(expected);
});

test('a Deny beats every Allow', async () => {
  const caller = await role(allow('appstream:*', '*'), { Effect: 'Deny', Action: 'appstream:Stop*', Resource: '*' });
  expect(await allowed(caller, 'StartFleet')).toBe(true);
  await expect(call(caller, 'StopFleet')).rejects.toThrow(/on resource: \S+ with an explicit deny in an identity-based policy$/);
});

test('an action without a resource takes only *', async () => {
  expect(await allowed(await role(allow('appstream:Describe*', '*')), 'DescribeFleets')).toBe(true);
  await put('Own', allow(['appstream:DescribeFleets', 'appstream:StartFleet'], ['*', FLEET]));
  expect(await allowed(await again(), 'DescribeFleets')).toBe(true);
});

async function again(): Promise<Caller> {
  const { accessKeyId, sessionToken } = iam.issueCredentials(ROLE, { service: 'lambda.amazonaws.com', session: 'fn' });
  return iam.identify(accessKeyId, sessionToken);
}

test('a call on two resources needs both', async () => {
  const caller = await role(allow('appstream:AssociateFleet'));
  await expect(call(caller, 'AssociateFleet')).rejects.toThrow(/on resource: \S+:stack\/desk because/);
  await put('Stack', allow('appstream:AssociateFleet', 'arn:aws:appstream:*:*:stack/*'));
  expect(await allowed(caller, 'AssociateFleet')).toBe(true);
});

test.each([
  [{ StringEquals: { 'aws:ResourceTag/team': 'a' } }, true],
  [{ StringEquals: { 'aws:ResourceTag/team': ['b', 'a'] } }, true],
  [{ StringEquals: { 'aws:ResourceTag/team': 'b' } }, false],
  [{ StringEquals: { 'aws:ResourceTag/other': 'a' } }, false],
  [{ StringLike: { 'aws:ResourceTag/team': '*' }, StringEquals: { 'aws:RequestedRegion': 'eu-central-1' } }, true],
  [{ StringLike: { 'aws:ResourceTag/team': '*' }, StringEquals: { 'aws:RequestedRegion': 'us-east-1' } }, false],
  [{ ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/Work*' } }, true],
  [{ ArnEquals: { 'aws:SourceArn': FLEET } }, false],
  [{ Bool: { 'aws:SecureTransport': true } }, true],
])('the condition %j decides: %s', async (Condition, expected) => {
  expect(await allowed(await role(allow('appstream:StartFleet', '*', { Condition })), 'StartFleet')).toBe(expected);
});

test.each([
  [{ DateLessThan: { 'aws:CurrentTime': '2030-01-01T00:00:00Z' } }],
  [{ StringEquals: { 'aws:UserAgent': 'x' } }],
  [{ StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } }],
])('the condition %j is not imitated, and says so', async (Condition) => {
  await expect(role(allow('appstream:StartFleet', '*', { Condition }))).rejects.toMatchObject({ code: 'LoopbackNotImitated' });
});

test('a permissions boundary narrows what the policies allow', async () => {
  const { Policy } = await cloud.call('iam', 'CreatePolicy', { PolicyName: 'Edge', PolicyDocument: policy(allow('appstream:Stop*', '*')) });
  const caller = await role(allow(['appstream:StartFleet', 'appstream:StopFleet']));
  await cloud.call('iam', 'PutRolePermissionsBoundary', { RoleName: 'Worker', PermissionsBoundary: Policy.Arn });
  expect(await allowed(caller, 'StopFleet')).toBe(true);
  await expect(call(caller, 'StartFleet')).rejects.toThrow('because no permissions boundary allows the appstream:StartFleet action');
});

test('the operator may do everything', async () => {
  await expect(call(iam.identify('AKIAOPERATOR', undefined), 'StartFleet')).resolves.toBeUndefined();
});

test('a service that names another resource than IAM knows is a fault of the loopback', async () => {
  const caller = await role(allow('appstream:*', '*'));
  const resources = () => ['arn:aws:appstream:eu-central-1:123456789012:stack/desk'];
  await expect(iam.authorize(caller, { ...appstream, resources }, { name: 'StartFleet', input: {} })).rejects.toMatchObject({ code: 'LoopbackNotImitated' });
  await expect(iam.authorize(caller, { ...appstream, resources: undefined }, { name: 'StartFleet', input: {} })).rejects.toMatchObject({ code: 'LoopbackNotImitated' });
  await expect(iam.authorize(caller, appstream, { name: 'StartFleets', input: {} })).rejects.toMatchObject({ code: 'LoopbackNotImitated' });
});

test('an action that is younger than the reference can be granted, and takes no resource', async () => {
  const drain: Service = { ...appstream, resources: () => [] };
  const caller = await role(allow('appstream:ExpireSession', '*'));
  await expect(iam.authorize(caller, drain, { name: 'DrainSessionInstance', input: {} })).rejects.toMatchObject({ code: 'AccessDeniedException' });
  await put('More', allow('appstream:DrainSession*', '*'));
  await iam.authorize(caller, drain, { name: 'DrainSessionInstance', input: {} });
  await expect(put('Wrong', allow('appstream:DrainSessionInstance', FLEET))).rejects.toMatchObject({ code: 'LoopbackPolicyMistake' });
});
