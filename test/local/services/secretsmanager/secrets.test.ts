import * as sdk from '@aws-sdk/client-secrets-manager';
import { Kms } from '../../../../local/services/kms';
import { SecretsManager } from '../../../../local/services/secretsmanager/secrets-manager';
import { simulate, type Simulation, stopSimulations } from '../../streaming/simulation';

let world: Simulation<sdk.SecretsManagerClient, SecretsManager>;

beforeEach(async () => {
  world = await simulate('eu-central-1', sdk.SecretsManagerClient, (cloud) => new SecretsManager(cloud, new Kms(cloud)));
});
afterEach(stopSimulations);

const ARN = /^arn:aws:secretsmanager:eu-central-1:123456789012:secret:office\/url-[A-Za-z0-9]{6}$/;
const token = (digit: number) => String(digit).repeat(32);
const DAY = 24 * 60 * 60 * 1000;

const create = (input: Partial<sdk.CreateSecretCommandInput> = {}) => world.client.send(new sdk.CreateSecretCommand({ Name: 'office/url', ...input }));
const describeSecret = (SecretId = 'office/url') => world.client.send(new sdk.DescribeSecretCommand({ SecretId }));
const remove = (input: Partial<sdk.DeleteSecretCommandInput>) => world.client.send(new sdk.DeleteSecretCommand({ SecretId: 'office/url', ...input }));
const get = (input: Partial<sdk.GetSecretValueCommandInput> = {}) => world.client.send(new sdk.GetSecretValueCommand({ SecretId: 'office/url', ...input }));
const put = (SecretString: string | undefined, input: Partial<sdk.PutSecretValueCommandInput> = {}) =>
  world.client.send(new sdk.PutSecretValueCommand({ SecretId: 'office/url', SecretString, ...input }));
const update = (input: Partial<sdk.UpdateSecretCommandInput>) => world.client.send(new sdk.UpdateSecretCommand({ SecretId: 'office/url', ...input }));
const password = async (rules: sdk.GetRandomPasswordCommandInput) =>
  (await world.client.send(new sdk.GetRandomPasswordCommand(rules))).RandomPassword!;
const stages = async () => (await describeSecret()).VersionIdsToStages;

describe('a secret', () => {
  test('holds what it was given', async () => {
    const { ARN: arn, VersionId } = await create({ SecretString: 'one', Description: 'A URL', Tags: [{ Key: 'team', Value: 'desk' }] });
    expect(arn).toMatch(ARN);
    expect(await get()).toMatchObject({
      ARN: arn, Name: 'office/url', VersionId, SecretString: 'one', VersionStages: ['AWSCURRENT'], CreatedDate: new Date(world.clock.now()),
    });
    expect(await describeSecret()).toMatchObject({
      ARN: arn,
      Name: 'office/url',
      Description: 'A URL',
      Tags: [{ Key: 'team', Value: 'desk' }],
      VersionIdsToStages: { [VersionId!]: ['AWSCURRENT'] },
      CreatedDate: new Date(world.clock.now()),
      LastChangedDate: new Date(world.clock.now()),
    });
  });

  test('holds bytes as well as text', async () => {
    await create({ SecretBinary: Buffer.from([0, 1, 255]) });
    expect(Buffer.from((await get()).SecretBinary!)).toEqual(Buffer.from([0, 1, 255]));
  });

  test('is found by name, by ARN, and by an ARN without its suffix', async () => {
    const { ARN: arn } = await create({ SecretString: 'one' });
    for (const SecretId of ['office/url', arn!, arn!.slice(0, -7)]) {
      expect((await get({ SecretId })).SecretString).toBe('one');
    }
  });

  test('is not found by a part of its ARN that ends as if it were the whole', async () => {
    const { ARN: arn } = await create({ Name: 'office-secret', SecretString: 'one' });
    await expect(get({ SecretId: arn!.slice(0, -7) })).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  test('may be empty, and then has no value', async () => {
    expect(await create()).not.toHaveProperty('VersionId');
    await expect(get()).rejects.toMatchObject({
      name: 'ResourceNotFoundException', message: "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT",
    });
    expect(world.simulator.text('office/url')).toBeUndefined();
  });

  test('is made once by a request that comes twice, as after a lost answer', async () => {
    const first = await create({ SecretString: 'one', ClientRequestToken: token(1) });
    expect((await create({ SecretString: 'one', ClientRequestToken: token(1) })).ARN).toBe(first.ARN);
    expect(world.simulator.arns()).toEqual([first.ARN]);
  });

  test('changes its tags', async () => {
    await create({ Tags: [{ Key: 'a', Value: '1' }, { Key: 'b', Value: '2' }] });
    await world.client.send(new sdk.TagResourceCommand({ SecretId: 'office/url', Tags: [{ Key: 'b', Value: '3' }, { Key: 'c', Value: '4' }] }));
    await world.client.send(new sdk.UntagResourceCommand({ SecretId: 'office/url', TagKeys: ['a'] }));
    expect((await describeSecret()).Tags).toEqual([{ Key: 'b', Value: '3' }, { Key: 'c', Value: '4' }]);
  });

  test('changes its description and its value at once', async () => {
    await create({ SecretString: 'one' });
    await update({ Description: 'Another', SecretString: 'two', ClientRequestToken: token(2) });
    expect(await describeSecret()).toMatchObject({ Description: 'Another', VersionIdsToStages: { [token(2)]: ['AWSCURRENT'] } });
  });
});

describe('a new value', () => {
  test('is current, and the one before previous, and the one before that gone', async () => {
    await create({ SecretString: 'one', ClientRequestToken: token(1) });
    await put('two', { ClientRequestToken: token(2) });
    expect(await stages()).toEqual({ [token(1)]: ['AWSPREVIOUS'], [token(2)]: ['AWSCURRENT'] });
    await put('three', { ClientRequestToken: token(3) });
    expect(await stages()).toEqual({ [token(2)]: ['AWSPREVIOUS'], [token(3)]: ['AWSCURRENT'] });
    expect([(await get()).SecretString, (await get({ VersionStage: 'AWSPREVIOUS' })).SecretString]).toEqual(['three', 'two']);
    const { SecretString, VersionStages } = await get({ VersionId: token(1) });
    expect([SecretString, VersionStages]).toEqual(['one', undefined]);
    expect(world.simulator.text('office/url')).toBe('three');
  });

  test('is not current when it is given another stage', async () => {
    await create({ SecretString: 'one', ClientRequestToken: token(1) });
    await put('two', { ClientRequestToken: token(2), VersionStages: ['AWSPENDING'] });
    expect(await stages()).toEqual({ [token(1)]: ['AWSCURRENT'], [token(2)]: ['AWSPENDING'] });
  });

  test('is current when it is the first, whatever its stage', async () => {
    await create();
    expect(await put('one', { VersionStages: ['AWSPENDING'] })).toMatchObject({ VersionStages: ['AWSPENDING', 'AWSCURRENT'] });
  });

  test('that comes twice under one id is taken once, and does not become current again', async () => {
    await create({ SecretString: 'one', ClientRequestToken: token(1) });
    await put('two', { ClientRequestToken: token(2) });
    expect(await put('one', { ClientRequestToken: token(1) })).toMatchObject({ VersionId: token(1), VersionStages: ['AWSPREVIOUS'] });
    expect((await get()).SecretString).toBe('two');
  });

  test('becomes current again when its stage is moved, which makes the one it comes from the previous one', async () => {
    await create({ SecretString: 'one', ClientRequestToken: token(1) });
    await put('two', { ClientRequestToken: token(2) });
    const move = (input: Partial<sdk.UpdateSecretVersionStageCommandInput>) =>
      world.client.send(new sdk.UpdateSecretVersionStageCommand({ SecretId: 'office/url', VersionStage: 'AWSCURRENT', ...input }));
    await expect(move({ MoveToVersionId: token(1) })).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await expect(move({ RemoveFromVersionId: token(2) })).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await expect(move({ RemoveFromVersionId: token(2), MoveToVersionId: token(3) })).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await move({ RemoveFromVersionId: token(2), MoveToVersionId: token(1) });
    expect(await stages()).toEqual({ [token(1)]: ['AWSCURRENT'], [token(2)]: ['AWSPREVIOUS'] });
    expect(await get()).toMatchObject({ SecretString: 'one' });
  });

  test('has room as long as old ones can go: those of a day ago, but for the newest hundred', async () => {
    await create({ SecretString: '0' });
    for (let count = 1; count < 100; count += 1) {
      await put(String(count));
    }
    await expect(put('late')).rejects.toMatchObject({ name: 'LimitExceededException' });
    world.clock.advance(DAY);
    await put('late');
    expect((await get()).SecretString).toBe('late');
  });
});

describe('what is refused', () => {
  const big = 'é'.repeat(32_769);

  test.each<[string, () => Promise<unknown>, string, string]>([
    ['a second secret of the same name', () => create(), 'ResourceExistsException', 'The operation failed because the secret office/url already exists.'],
    ['a name with a space', () => create({ Name: 'a b' }), 'ValidationException',
      'Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!'],
    ['a secret that is not there', () => get({ SecretId: 'none' }), 'ResourceNotFoundException', "Secrets Manager can't find the specified secret."],
    ['a version that is not there', () => get({ VersionId: token(9) }), 'ResourceNotFoundException',
      `Secrets Manager can't find the specified secret value for VersionId: ${token(9)}`],
    ['a version with a stage that it does not have', () => get({ VersionId: token(1), VersionStage: 'AWSPREVIOUS' }), 'InvalidRequestException',
      'You provided a VersionStage that is not associated to the provided VersionId.'],
    ['another content under an id that is in use', () => put('other', { ClientRequestToken: token(1) }), 'ResourceExistsException',
      `You can't use ClientRequestToken ${token(1)} because that value is already in use for a version of secret `],
    ['an update under an id that is in use', () => update({ SecretString: 'value', ClientRequestToken: token(1) }), 'ResourceExistsException',
      `You can't use ClientRequestToken ${token(1)} because that value is already in use for a version of secret `],
    ['no content', () => put(undefined), 'InvalidRequestException', 'You must provide either SecretString or SecretBinary.'],
    ['both contents', () => put('text', { SecretBinary: Buffer.from('bytes') }), 'InvalidParameterException',
      "You can't specify both a binary secret value and a string secret value."],
    ['an id of 31 characters', () => put('text', { ClientRequestToken: 'x'.repeat(31) }), 'ValidationException',
      `1 validation error detected: Value '${'x'.repeat(31)}' at 'clientRequestToken' failed to satisfy constraint: Member must have length greater than or equal to 32`],
    ['65,537 characters', () => put('x'.repeat(65_537)), 'ValidationException',
      "1 validation error detected: Value at 'secretString' failed to satisfy constraint: Member must have length less than or equal to 65536"],
    ['more than 65,536 bytes in fewer characters', () => put(big), 'ValidationException',
      "1 validation error detected: Value at 'secretString' failed to satisfy constraint: Member must have length less than or equal to 65536"],
    ['65,537 bytes', () => put(undefined, { SecretBinary: Buffer.alloc(65_537) }), 'ValidationException',
      "1 validation error detected: Value at 'secretBinary' failed to satisfy constraint: Member must have length less than or equal to 65536"],
    ['the 51st tag', () => create({ Name: 'tags', Tags: Array.from({ length: 51 }, (_, index) => ({ Key: String(index), Value: '' })) }),
      'InvalidParameterException', 'A secret has at most 50 tags.'],
    ['a window of six days', () => remove({ RecoveryWindowInDays: 6 }), 'InvalidParameterException',
      'RecoveryWindowInDays value must be between 7 and 30 days (inclusive).'],
    ['a window for what is forced', () => remove({ RecoveryWindowInDays: 7, ForceDeleteWithoutRecovery: true }), 'InvalidParameterException',
      "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays."],
    ['a replica', () => create({ Name: 'far', AddReplicaRegions: [{ Region: 'eu-west-1' }] }), 'LoopbackNotImitated',
      'the loopback does not imitate AddReplicaRegions of CreateSecret'],
    ['an operation that is not imitated', () => world.client.send(new sdk.RotateSecretCommand({ SecretId: 'office/url' })), 'LoopbackNotImitated',
      'the loopback does not imitate secretsmanager:RotateSecret'],
  ])('%s', async (_what, call, name, message) => {
    await create({ SecretString: 'value', ClientRequestToken: token(1) });
    await expect(call()).rejects.toMatchObject({ name, message: expect.stringContaining(message), $metadata: { httpStatusCode: 400 } });
  });

  test('a value without an id, which SDKs always send', () => {
    expect(() => world.simulator.operations.CreateSecret({ Name: 'raw', SecretString: 'text' }, { caller: { accessKeyId: 'x' } })).toThrow(
      expect.objectContaining({ code: 'InvalidRequestException', message: 'You must provide a ClientRequestToken value. We recommend a UUID-type value.' }),
    );
  });
});

describe('a secret that is deleted', () => {
  test('can be described until its window ends, and nothing else', async () => {
    await create({ SecretString: 'one' });
    const { DeletionDate } = await remove({ RecoveryWindowInDays: 7 });
    expect(DeletionDate).toEqual(new Date(world.clock.now() + 7 * DAY));
    expect((await describeSecret()).DeletedDate).toEqual(DeletionDate);
    const marked = "You can't perform this operation on the secret because it was marked for deletion.";
    for (const call of [get, () => put('two'), () => update({ Description: 'x' }), () => remove({})]) {
      await expect(call()).rejects.toMatchObject({ name: 'InvalidRequestException', message: marked });
    }
    await expect(create()).rejects.toMatchObject({
      name: 'InvalidRequestException', message: "You can't create this secret because a secret with this name is already scheduled for deletion.",
    });
    expect(world.simulator.arns()).toEqual([]);
    world.clock.advance(7 * DAY);
    await expect(describeSecret()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  test('has thirty days unless told otherwise', async () => {
    await create();
    expect((await remove({})).DeletionDate).toEqual(new Date(world.clock.now() + 30 * DAY));
  });

  test('without recovery is gone after a moment, and its name is free', async () => {
    await create({ SecretString: 'one' });
    await remove({ ForceDeleteWithoutRecovery: true });
    await expect(create()).rejects.toMatchObject({ name: 'InvalidRequestException' });
    world.clock.advance(5000);
    await expect(get()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await create({ SecretString: 'two' });
    expect((await get()).SecretString).toBe('two');
  });

  test('may be gone already when it is forced', async () => {
    await remove({ ForceDeleteWithoutRecovery: true });
    await expect(remove({})).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});

describe('a random password', () => {
  test('has 32 characters, with one of each type', async () => {
    for (const text of await Promise.all(Array.from({ length: 50 }, () => password({})))) {
      expect(text).toHaveLength(32);
      expect([/[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9]/].filter((type) => !type.test(text))).toEqual([]);
      expect(text).not.toContain(' ');
    }
  });

  test.each<[sdk.GetRandomPasswordCommandInput, RegExp]>([
    [{ PasswordLength: 8, ExcludePunctuation: true, ExcludeUppercase: true, ExcludeNumbers: true }, /^[a-z]{8}$/],
    [{ ExcludePunctuation: true, ExcludeCharacters: 'abc' }, /^[d-zA-Z0-9]{32}$/],
    [{ PasswordLength: 1, RequireEachIncludedType: false, ExcludeLowercase: true, ExcludePunctuation: true, ExcludeUppercase: true }, /^[0-9]$/],
    [{ PasswordLength: 2, IncludeSpace: true, ExcludeLowercase: true, ExcludePunctuation: true, ExcludeUppercase: true }, /^([0-9] | [0-9])$/],
  ])('%j keeps to its rules', async (rules, pattern) => {
    expect(await password(rules)).toMatch(pattern);
  });

  test.each<[sdk.GetRandomPasswordCommandInput, string]>([
    [{ PasswordLength: 3 }, 'A password of 3 characters cannot have one of each of 4 types.'],
    [{ ExcludePunctuation: true, ExcludeUppercase: true, ExcludeNumbers: true, ExcludeLowercase: true }, 'The password has no characters to choose from.'],
  ])('fails for %j', async (rules, message) => {
    await expect(password(rules)).rejects.toMatchObject({ name: 'InvalidParameterException', message });
  });
});

test('no value gets into the log of calls', async () => {
  await create({ SecretString: 'hidden', SecretBinary: undefined });
  await put('hidden too', { ClientRequestToken: token(2) });
  await put(undefined, { SecretBinary: Buffer.from('hidden as well') });
  await get();
  const log = JSON.stringify(world.endpoint.calls.all());
  expect(world.endpoint.calls.of('secretsmanager', 'PutSecretValue')[0].input).toEqual({
    SecretId: 'office/url', ClientRequestToken: token(2), SecretString: '***',
  });
  expect(log).not.toContain('hidden');
  expect(log).not.toContain(Buffer.from('hidden as well').toString('base64'));
});
