import { custom, World } from './world';
import { Kms } from '../../../local/services/kms';
import { SecretsManager } from '../../../local/services/secretsmanager/secrets-manager';
import { AppStreamSimulator } from '../../../local/streaming/appstream';

let world: World;
let appstream: AppStreamSimulator;

beforeEach(() => {
  world = new World({ concurrency: 1 });
  appstream = new AppStreamSimulator(world.cloud);
  appstream.addImage({ Name: 'desktops', Applications: [{ Name: 'Ledger' }, { Name: 'Calculator' }] });
  world.add(appstream);
  world.add(new SecretsManager(world.cloud, new Kms(world.cloud)));
});

const call = (operation: string, input: object) => world.cloud.call('appstream', operation, input);
const calls = () => world.calls.filter((each) => each.startsWith('appstream:') && !each.includes('Describe')).map((each) => each.slice(10));
const deploy = (Resources: object, Outputs: object = {}) => {
  world.calls.length = 0;
  return world.cloudformation.deploy('stack', { Resources, Outputs });
};

const STACK = { Type: 'AWS::AppStream::Stack', Properties: { Name: 'office' } };
const of = (type: string, Properties: object, DependsOn?: string[]) => ({ Type: `AWS::AppStream::${type}`, Properties, ...DependsOn && { DependsOn } });

describe('an entitlement and its applications', () => {
  const template = (entitlement: object = {}, ApplicationIdentifier = 'Ledger') => ({
    Stack: STACK,
    Entitlement: of('Entitlement', {
      Name: 'accounting', StackName: { Ref: 'Stack' }, AppVisibility: 'ASSOCIATED', Attributes: [{ Name: 'department', Value: 'Finance' }], ...entitlement,
    }),
    Association: of('ApplicationEntitlementAssociation', {
      StackName: { Ref: 'Stack' }, EntitlementName: { 'Fn::Select': [1, { 'Fn::Split': ['|', { Ref: 'Entitlement' }] }] }, ApplicationIdentifier,
    }),
  });

  test('are made, changed in place or replaced, and deleted', async () => {
    const { outputs } = await deploy(template(), { Entitlement: { Value: { Ref: 'Entitlement' } }, Association: { Value: { Ref: 'Association' } } });
    expect(outputs).toEqual({ Entitlement: 'office|accounting', Association: 'office|accounting|Ledger' });
    expect(await deploy(template({ Description: 'Money' }))).toMatchObject({ status: 'UPDATE_COMPLETE' });
    expect(calls()).toEqual(['UpdateEntitlement']);
    expect(await deploy(template({ Name: 'money' }, 'Calculator'))).toMatchObject({ status: 'UPDATE_COMPLETE' });
    expect(calls()).toEqual([
      'CreateEntitlement', 'AssociateApplicationToEntitlement', 'DisassociateApplicationFromEntitlement', 'DeleteEntitlement',
    ]);
    expect(await world.cloudformation.destroy('stack')).toMatchObject({ status: 'DELETE_COMPLETE' });
  });

  test('are deleted where others were faster', async () => {
    await deploy(template());
    await call('DisassociateApplicationFromEntitlement', { StackName: 'office', EntitlementName: 'accounting', ApplicationIdentifier: 'Ledger' });
    await call('DeleteEntitlement', { StackName: 'office', Name: 'accounting' });
    expect(await world.cloudformation.destroy('stack')).toMatchObject({ status: 'DELETE_COMPLETE' });
  });
});

describe('users and their stacks', () => {
  const user = (properties: object = {}) => of('User', { UserName: 'ann@example.com', AuthenticationType: 'USERPOOL', ...properties });
  const association = (properties: object = {}) => of('StackUserAssociation', {
    StackName: { Ref: 'Stack' }, UserName: { 'Fn::Select': [0, { 'Fn::Split': ['|', { Ref: 'User' }] }] }, AuthenticationType: 'USERPOOL', ...properties,
  });

  test('are made and deleted, what depends on others first', async () => {
    const { outputs } = await deploy({ Stack: STACK, User: user(), Association: association() }, {
      User: { Value: { Ref: 'User' } }, Arn: { Value: { 'Fn::GetAtt': ['User', 'Arn'] } }, Association: { Value: { Ref: 'Association' } },
    });
    expect(outputs).toEqual({
      User: 'ann@example.com|USERPOOL', Arn: 'arn:aws:appstream:eu-west-1:111122223333:user/ann@example.com', Association: 'office|ann@example.com|USERPOOL',
    });
    expect(await world.cloudformation.destroy('stack')).toMatchObject({ status: 'DELETE_COMPLETE' });
    expect(calls()[3]).toBe('BatchDisassociateUserStack');
  });

  test('a user with another name meets itself: everything replaces it', async () => {
    await deploy({ User: user() });
    const { status, failures } = await deploy({ User: user({ FirstName: 'Ann' }) });
    expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(failures[0]).toContain('The user ann@example.com already exists.');
  });

  test('an error within the answer is an error', async () => {
    const { status, failures } = await deploy({ Stack: STACK, User: user(), Association: association({ UserName: 'bob@example.com' }) });
    expect(status).toBe('ROLLBACK_COMPLETE');
    expect(failures.join()).toContain('Resource handler returned message: "The user bob@example.com does not exist." (USER_NAME_NOT_FOUND)');
  });

  test('a user who is gone needs nothing', async () => {
    await deploy({ Stack: STACK, User: user(), Association: association() });
    await call('DeleteUser', { UserName: 'ann@example.com', AuthenticationType: 'USERPOOL' });
    expect(await world.cloudformation.destroy('stack')).toMatchObject({ status: 'DELETE_COMPLETE' });
  });
});

describe('a directory config with a password from a secret', () => {
  const config = (properties: object = {}, reference = 'account:SecretString:password') => of('DirectoryConfig', {
    DirectoryName: 'corp.example.com',
    OrganizationalUnitDistinguishedNames: ['OU=a'],
    ServiceAccountCredentials: { AccountName: 'CORP\\svc', AccountPassword: `{{resolve:secretsmanager:${reference}}}` },
    ...properties,
  });
  const put = (SecretString: string, operation = 'PutSecretValue', more: object = {}) =>
    world.cloud.call('secretsmanager', operation, { SecretString, ClientRequestToken: SecretString.padEnd(32, '-').replace(/[^a-z0-9-]/g, '0'), ...more });

  beforeEach(() => put('{"password":"one"}', 'CreateSecret', { Name: 'account' }));

  test('gets the password, and the stack shows only where it is from', async () => {
    expect(await deploy({ Config: config() }, { Config: { Value: { Ref: 'Config' } } })).toMatchObject({ outputs: { Config: 'corp.example.com' } });
    expect(appstream.secrets()).toEqual(['one']);
    expect(JSON.stringify(world.cloudformation.shown())).not.toContain('one');
    expect(JSON.stringify(world.cloudformation.shown())).toContain('{{resolve:secretsmanager:account:SecretString:password}}');
  });

  test('is not told of another value, until its own properties change', async () => {
    await deploy({ Config: config() });
    await put('{"password":"two"}', 'PutSecretValue', { SecretId: 'account' });
    await deploy({ Config: config() });
    await deploy({ Config: config({ OrganizationalUnitDistinguishedNames: ['OU=b'] }) });
    expect(appstream.secrets()).toEqual(['one']);
    expect(await deploy({ Config: config({}, 'account:SecretString:password:AWSCURRENT') })).toMatchObject({ status: 'UPDATE_COMPLETE' });
    expect(appstream.secrets()).toEqual(['one', 'two']);
    expect(await world.cloudformation.destroy('stack')).toMatchObject({ status: 'DELETE_COMPLETE' });
    expect(calls().slice(-1)).toEqual(['DeleteDirectoryConfig']);
  });

  test.each([
    ['a key that the secret does not have', 'account:SecretString:other', 'Could not find a value associated with JSONKey in SecretString: other'],
    ['a secret that is not there', 'nowhere', 'ResourceNotFoundException'],
  ])('fails for %s', async (_, reference, reason) => {
    const { status, failures } = await deploy({ Config: config({}, reference) });
    expect(status).toBe('ROLLBACK_COMPLETE');
    expect(failures.join()).toContain(reason);
  });
});

test('a custom resource gets the secret, by the ARN and as a whole', async () => {
  const { ARN } = await world.cloud.call('secretsmanager', 'CreateSecret', { Name: 'whole', SecretString: 'text', ClientRequestToken: '1'.repeat(32) });
  await deploy({ Thing: custom({ Text: `<{{resolve:secretsmanager:${ARN}}}> and {{resolve:secretsmanager:${ARN}:SecretString:::}}` }) });
  expect(world.requests[0].ResourceProperties.Text).toBe('<text> and text');
});
