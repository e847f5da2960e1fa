import { CreateSecretCommand, GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient, UpdateSecretCommand } from '@aws-sdk/client-secrets-manager';
import { Loopback } from '../../../../local/loopback';
import { policy, trust } from '../test-cloud';

const SECRET = 'arn:aws:secretsmanager:us-east-1:111111111111:secret:own';
const KEY = 'arn:aws:kms:us-east-1:111111111111:key/0';
const allow = (Action: string | string[], Resource: string, Condition?: object) => ({ Effect: 'Allow', Action, Resource, ...(Condition && { Condition }) });

let loopback: Loopback;

beforeEach(async () => {
  loopback = await Loopback.start();
});
afterEach(() => loopback.stop());

/** A client with the credentials of a role that has these statements. */
async function clientOf(...statements: object[]): Promise<SecretsManagerClient> {
  const { Role } = await loopback.call('iam', 'CreateRole', { RoleName: 'Worker', AssumeRolePolicyDocument: trust('lambda.amazonaws.com') });
  if (statements.length > 0) {
    await loopback.call('iam', 'PutRolePolicy', { RoleName: 'Worker', PolicyName: 'Own', PolicyDocument: policy(...statements) });
  }
  const credentials = loopback.iam.issueCredentials(Role.Arn, { service: 'lambda.amazonaws.com', session: 'fn' });
  return new SecretsManagerClient({ endpoint: loopback.url, region: loopback.region, credentials, maxAttempts: 1 });
}

const make = (input: object = {}) => loopback.call('secretsmanager', 'CreateSecret', {
  Name: 'own', SecretString: 'value', ClientRequestToken: '1'.repeat(32), ...input,
});
const get = new GetSecretValueCommand({ SecretId: 'own' });
const put = new PutSecretValueCommand({ SecretId: 'own', SecretString: 'next' });
const denied = (action: string, resource: string) => ({
  name: 'AccessDeniedException',
  message: `User: arn:aws:sts::111111111111:assumed-role/Worker/fn is not authorized to perform: ${action} on resource: ${resource} `
    + `because no identity-based policy allows the ${action} action`,
});

test('a role reads and writes the secret that its policy names, by its whole ARN', async () => {
  const { ARN } = await make();
  const client = await clientOf(allow(['secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue'], ARN));
  await client.send(put);
  expect((await client.send(get)).SecretString).toBe('next');
  expect(loopback.iam.unusedGrants()).toEqual([]);
});

test('fails for a role that may do something else', async () => {
  const { ARN } = await make();
  const client = await clientOf(allow('secretsmanager:DescribeSecret', ARN));
  await expect(client.send(get)).rejects.toMatchObject(denied('secretsmanager:GetSecretValue', ARN));
});

test('fails for a role that may use another secret', async () => {
  const { ARN } = await make();
  const client = await clientOf(allow('secretsmanager:GetSecretValue', `${SECRET}ed-??????`));
  await expect(client.send(get)).rejects.toMatchObject(denied('secretsmanager:GetSecretValue', ARN));
});

test('a role with the pattern of a name learns that there is no secret, another does not', async () => {
  const client = await clientOf(allow('secretsmanager:GetSecretValue', `${SECRET}-??????`));
  await expect(client.send(get)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  await expect(client.send(new GetSecretValueCommand({ SecretId: 'other' }))).rejects.toMatchObject({ name: 'AccessDeniedException' });
});

test('a secret with tags is made by a role that may tag it, too', async () => {
  const tagged = new CreateSecretCommand({ Name: 'own', Tags: [{ Key: 'a', Value: 'b' }] });
  const client = await clientOf(allow('secretsmanager:CreateSecret', `${SECRET}-*`));
  await expect(client.send(tagged)).rejects.toMatchObject(denied('secretsmanager:TagResource', `${SECRET}-??????`));
  await client.send(new CreateSecretCommand({ Name: 'own' }));
});

test('a condition sees the tags of a secret', async () => {
  const { ARN } = await make({ Tags: [{ Key: 'team', Value: 'desk' }] });
  const client = await clientOf(allow('secretsmanager:GetSecretValue', ARN, { StringEquals: { 'aws:ResourceTag/team': 'desk' } }));
  await client.send(get);
});

describe("under a customer's key", () => {
  const own = allow('secretsmanager:*', '*');
  const via = { StringEquals: { 'kms:ViaService': 'secretsmanager.us-east-1.amazonaws.com' } };
  const refused = { name: 'AccessDeniedException', message: 'Access to KMS is not allowed' };

  test.each<[string, object[], unknown, unknown]>([
    ['without the key, nothing', [], refused, refused],
    ['with kms:Decrypt, reading', [allow('kms:Decrypt', KEY)], 'read', refused],
    ['with kms:GenerateDataKey alone, nothing', [allow('kms:GenerateDataKey', KEY)], refused, refused],
    ['with both, all', [allow(['kms:Decrypt', 'kms:GenerateDataKey'], KEY)], 'read', 'written'],
    ['with both by way of the service, all', [allow(['kms:Decrypt', 'kms:GenerateDataKey'], KEY, via)], 'read', 'written'],
    ['by way of another service, nothing', [allow('kms:*', KEY, { StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } })], refused, refused],
  ])('%s', async (_what, statements, reading, writing) => {
    await make({ KmsKeyId: KEY });
    const client = await clientOf(own, ...statements);
    expect(await client.send(get).then(() => 'read', (error) => error)).toEqual(typeof reading === 'string' ? reading : expect.objectContaining(reading));
    expect(await client.send(put).then(() => 'written', (error) => error)).toEqual(typeof writing === 'string' ? writing : expect.objectContaining(writing));
  });

  test.each<[string, object, string]>([
    ['lets the role in by way of the service', { Principal: { AWS: 'arn:aws:iam::111111111111:role/Worker' }, Condition: via }, 'read'],
    ['lets another role in', { Principal: { AWS: 'arn:aws:iam::111111111111:role/Other' }, Condition: via }, refused.name],
    ['leaves it to policies of the account', { Principal: { AWS: 'arn:aws:iam::111111111111:root' } }, refused.name],
    ['lets a service in for its own', {
      Principal: { Service: 'logs.us-east-1.amazonaws.com' }, Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': 'arn:*' } },
    }, refused.name],
  ])('a policy of the key that %s', async (_what, statement, outcome) => {
    const client = await clientOf(own);
    const { KeyMetadata: { KeyId } } = await loopback.call('kms', 'CreateKey', { Policy: JSON.stringify(policy({ ...allow('kms:Decrypt', '*'), ...statement })) });
    await make({ KmsKeyId: KeyId });
    expect(await client.send(get).then(() => 'read', ({ name }) => name)).toBe(outcome);
  });

  test('what was written before the key was given up is not encrypted with it any more', async () => {
    await make({ KmsKeyId: KEY });
    await loopback.call('secretsmanager', 'UpdateSecret', { SecretId: 'own', KmsKeyId: '' });
    await (await clientOf(own)).send(get);
  });

  test.each([KEY.split('/')[1], KEY])('the key may be given as %s', async (KmsKeyId) => {
    await make({ KmsKeyId });
    await (await clientOf(own, allow('kms:Decrypt', KEY))).send(get);
  });

  test("the account's own key is for everybody", async () => {
    await make({ KmsKeyId: 'alias/aws/secretsmanager' });
    await (await clientOf(own)).send(get);
  });

  test('fails loudly for an alias, which is not imitated, and for a role that changes the key', async () => {
    await expect(make({ KmsKeyId: 'alias/mine' })).rejects.toMatchObject({ message: 'the loopback does not imitate the alias of a key (alias/mine)' });
    await make();
    await expect((await clientOf(own)).send(new UpdateSecretCommand({ SecretId: 'own', KmsKeyId: KEY }))).rejects.toMatchObject({
      message: 'the loopback does not imitate UpdateSecret to another key by a role, which may or may not encrypt anew what is there',
    });
  });
});
