import { World } from './world';
import { Kms } from '../../../local/services/kms';
import { SecretsManager } from '../../../local/services/secretsmanager/secrets-manager';

function secretsWorld() {
  const world = new World({ concurrency: 1 });
  const secrets = new SecretsManager(world.cloud, new Kms(world.cloud));
  world.add(secrets);
  return { world, secrets };
}

const secret = (properties: object = {}) => ({ Resources: { Secret: { Type: 'AWS::SecretsManager::Secret', Properties: properties } } });
const arnOf = (world: World) => world.cloudformation.stackResources('stack').find(({ logicalId }) => logicalId === 'Secret')!.physicalId!;
const described = (world: World) => world.cloud.call('secretsmanager', 'DescribeSecret', { SecretId: arnOf(world) });

/** Deploys a template, and tells what was asked of Secrets Manager and what its secret holds then. */
async function deploy(world: World, secrets: SecretsManager, template: object) {
  world.calls.length = 0;
  const { failures } = await world.cloudformation.deploy('stack', template);
  expect(failures).toEqual([]);
  return { calls: world.calls.filter((call) => !/:Describe/.test(call)).map((call) => call.split(':')[1]), text: secrets.text(arnOf(world)) };
}

test('a secret is known by its ARN, and named after the resource without the stack', async () => {
  const { world } = secretsWorld();
  const { outputs } = await world.cloudformation.deploy('stack', {
    ...secret(), Outputs: { Ref: { Value: { Ref: 'Secret' } }, Id: { Value: { 'Fn::GetAtt': ['Secret', 'Id'] } } },
  });
  expect(outputs.Ref).toMatch(/^arn:aws:secretsmanager:eu-west-1:111122223333:secret:Secret-[A-Z0-9]{12}-[A-Za-z0-9]{6}$/);
  expect(outputs.Id).toBe(outputs.Ref);
});

test.each<[string, object, RegExp | undefined]>([
  ['what it is given', { SecretString: 'text' }, /^text$/],
  ['a password', { GenerateSecretString: {} }, /^[!-~]{32}$/],
  ['a password by its rules', { GenerateSecretString: { PasswordLength: '12', ExcludePunctuation: 'true' } }, /^[a-zA-Z0-9]{12}$/],
  ['a password within a template', {
    GenerateSecretString: { SecretStringTemplate: '{"user":"me"}', GenerateStringKey: 'password', PasswordLength: 8, ExcludeCharacters: '"\\' },
  }, /^\{"user":"me","password":".{8}"\}$/],
  ['nothing', {}, undefined],
])('a new secret holds %s', async (_what, properties, text) => {
  const { world, secrets } = secretsWorld();
  const { text: found } = await deploy(world, secrets, secret(properties));
  expect(found).toEqual(text && expect.stringMatching(text));
});

test('a value is made anew only when the way to it changes, whatever others have put in its place', async () => {
  const { world, secrets } = secretsWorld();
  const generated = await deploy(world, secrets, secret({ GenerateSecretString: {}, Description: 'one' }));
  await world.cloud.call('secretsmanager', 'PutSecretValue', { SecretId: arnOf(world), SecretString: 'theirs', ClientRequestToken: '1'.repeat(32) });
  expect(await deploy(world, secrets, secret({ GenerateSecretString: {}, Description: 'two' }))).toEqual({ calls: ['UpdateSecret'], text: 'theirs' });
  const anew = await deploy(world, secrets, secret({ GenerateSecretString: { PasswordLength: 10 } }));
  expect(anew).toEqual({ calls: ['GetRandomPassword', 'UpdateSecret'], text: expect.stringMatching(/^.{10}$/) });
  expect(anew.text).not.toBe(generated.text);
  expect(await deploy(world, secrets, secret({ SecretString: 'text' }))).toEqual({ calls: ['UpdateSecret'], text: 'text' });
});

test('description, key and tags change in place, and go when the template has them no more', async () => {
  const { world, secrets } = secretsWorld();
  const KmsKeyId = 'arn:aws:kms:eu-west-1:111122223333:key/0';
  await deploy(world, secrets, secret({ SecretString: 'text', Description: 'one', KmsKeyId, Tags: [{ Key: 'a', Value: '1' }] }));
  const arn = arnOf(world);
  expect(await described(world)).toMatchObject({ Description: 'one', KmsKeyId, Tags: [{ Key: 'a', Value: '1' }] });
  const { calls } = await deploy(world, secrets, secret({ SecretString: 'text', Tags: [{ Key: 'b', Value: '2' }] }));
  expect(calls).toEqual(['UpdateSecret', 'TagResource', 'UntagResource']);
  expect(arnOf(world)).toBe(arn);
  expect(await described(world)).toMatchObject({ Description: '', KmsKeyId: '', Tags: [{ Key: 'b', Value: '2' }] });
});

test('another name replaces the secret', async () => {
  const { world, secrets } = secretsWorld();
  await deploy(world, secrets, secret({ Name: 'one', SecretString: 'text' }));
  await deploy(world, secrets, secret({ Name: 'two', SecretString: 'text' }));
  expect(secrets.arns()).toEqual([expect.stringContaining(':secret:two-')]);
});

test('a secret is deleted without recovery, and its name is free when the stack is gone', async () => {
  const { world, secrets } = secretsWorld();
  await deploy(world, secrets, secret({ Name: 'one' }));
  const SecretId = arnOf(world);
  expect((await world.cloudformation.destroy('stack')).status).toBe('DELETE_COMPLETE');
  await expect(async () => world.cloud.call('secretsmanager', 'DescribeSecret', { SecretId })).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
  await deploy(world, secrets, secret({ Name: 'one' }));
});

test('a secret that is gone already is deleted', async () => {
  const { world, secrets } = secretsWorld();
  await deploy(world, secrets, secret());
  await world.cloud.call('secretsmanager', 'DeleteSecret', { SecretId: arnOf(world), ForceDeleteWithoutRecovery: true });
  await world.clock.sleep(60_000);
  expect((await world.cloudformation.destroy('stack')).status).toBe('DELETE_COMPLETE');
});

test.each([
  [{ SecretString: 'a', GenerateSecretString: {} }, "You can't specify both SecretString and GenerateSecretString."],
  [{ GenerateSecretString: { GenerateStringKey: 'a' } }, 'SecretStringTemplate and GenerateStringKey must be specified together.'],
])('fails with %j', async (properties, reason) => {
  const { world } = secretsWorld();
  const { status, failures } = await world.cloudformation.deploy('stack', secret(properties));
  expect([status, failures[0]]).toEqual(['ROLLBACK_COMPLETE', `Secret: ${reason}`]);
});
