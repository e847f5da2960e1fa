import * as cdk from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as acmpca from 'aws-cdk-lib/aws-acmpca';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { appstream } from '../../src';

const { CertificateBasedAuthentication } = appstream;
const UNIT = 'OU=AppStream,DC=corp,DC=example,DC=com';
const AUTHORITY = 'arn:aws:acm-pca:eu-west-1:111111111111:certificate-authority/1a2b';

let scope: cdk.Stack;

beforeEach(() => {
  scope = new cdk.Stack(new cdk.App(), 'Test');
});

function make(props: Partial<appstream.DirectoryConfigProps> = {}): appstream.DirectoryConfig {
  return new appstream.DirectoryConfig(scope, 'Directory', {
    directoryName: 'corp.example.com',
    organizationalUnitDistinguishedNames: [UNIT],
    serviceAccountName: 'CORP\\svc-appstream',
    serviceAccountPassword: cdk.SecretValue.secretsManager('account', { jsonField: 'password' }),
    ...props,
  });
}

const configs = () => Object.values(Template.fromStack(scope).findResources('AWS::AppStream::DirectoryConfig'));
const certificates = () => configs()[0].Properties.CertificateBasedAuthProperties;

test('with no more than the account, whose password stays where it is', () => {
  const secret = new secretsmanager.Secret(scope, 'Secret');
  make({ serviceAccountPassword: secret.secretValueFromJson('password') });
  expect(configs()).toEqual([{
    Type: 'AWS::AppStream::DirectoryConfig',
    Properties: {
      DirectoryName: 'corp.example.com',
      OrganizationalUnitDistinguishedNames: [UNIT],
      ServiceAccountCredentials: {
        AccountName: 'CORP\\svc-appstream',
        AccountPassword: { 'Fn::Join': ['', ['{{resolve:secretsmanager:', { Ref: 'SecretA720EF05' }, ':SecretString:password::}}']] },
      },
      // AppStream would keep what is left out.
      CertificateBasedAuthProperties: { Status: 'DISABLED' },
    },
  }]);
});

describe('certificate-based authentication', () => {
  const imported = () => acmpca.CertificateAuthority.fromCertificateAuthorityArn(scope, 'Authority', AUTHORITY);

  test.each([
    [undefined, 'ENABLED'], [true, 'ENABLED'], [false, 'ENABLED_NO_DIRECTORY_LOGIN_FALLBACK'],
  ])('with the fallback %s', (directoryLoginFallback, Status) => {
    make({ certificateBasedAuthentication: CertificateBasedAuthentication.enabled(imported(), { directoryLoginFallback }) });
    expect(certificates()).toEqual({ Status, CertificateAuthorityArn: AUTHORITY });
  });

  test('tags an authority of the same app', () => {
    const authority = new acmpca.CfnCertificateAuthority(scope, 'Own', { type: 'ROOT', keyAlgorithm: 'RSA_2048', signingAlgorithm: 'SHA256WITHRSA', subject: {} });
    make({ certificateBasedAuthentication: CertificateBasedAuthentication.enabled(authority) });
    Template.fromStack(scope).hasResourceProperties('AWS::ACMPCA::CertificateAuthority', { Tags: [{ Key: 'euc-private-ca', Value: '' }] });
    expect(certificates()).toEqual({ Status: 'ENABLED', CertificateAuthorityArn: { Ref: 'Own' } });
  });
});

describe('domainJoin', () => {
  test('refers to the config, so that it is there before and until after', () => {
    expect(scope.resolve(make().domainJoin())).toEqual({ directoryName: { Ref: 'Directory98167B95' }, organizationalUnitDistinguishedName: UNIT });
  });

  test('takes the first organizational unit behind a parameter', () => {
    const units = new cdk.CfnParameter(scope, 'Units', { type: 'CommaDelimitedList' }).valueAsList;
    expect(scope.resolve(make({ organizationalUnitDistinguishedNames: units }).domainJoin()))
      .toMatchObject({ organizationalUnitDistinguishedName: { 'Fn::Select': [0, { Ref: 'Units' }] } });
  });

  test('takes another organizational unit', () => {
    const { organizationalUnitDistinguishedName } = make().domainJoin('OU=b');
    expect(organizationalUnitDistinguishedName).toBe('OU=b');
  });

  test('fails for an imported config without a unit', () => {
    const imported = appstream.DirectoryConfig.fromDirectoryName(scope, 'Theirs', 'corp.example.com');
    expect(imported.domainJoin('OU=b')).toEqual({ directoryName: 'corp.example.com', organizationalUnitDistinguishedName: 'OU=b' });
    expect(() => imported.domainJoin()).toThrow(new Error(
      'organizationalUnitDistinguishedName must be given for an imported directory config, got none [at Test/Theirs]',
    ));
  });
});

test.each(['svc-appstream', 'CORP\\'])('warns of the account %s, which has no domain', (serviceAccountName) => {
  make({ serviceAccountName });
  Annotations.fromStack(scope).hasWarning('/Test/Directory', Match.stringLikeRegexp('^serviceAccountName is without its domain'));
});

test.each(['CORP\\svc', 'svc@corp.example.com', 'corp.example.com\\svc'])('takes the account %s', (serviceAccountName) => {
  make({ serviceAccountName });
  Annotations.fromStack(scope).hasNoWarning('*', Match.anyValue());
});

test('takes a parameter that CloudFormation does not show', () => {
  const parameter = new cdk.CfnParameter(scope, 'Password', { noEcho: true });
  make({ serviceAccountPassword: cdk.SecretValue.cfnParameter(parameter) });
  expect(configs()[0].Properties.ServiceAccountCredentials.AccountPassword).toEqual({ Ref: 'Password' });
});

describe('fails', () => {
  const PLAIN = 'serviceAccountPassword must be a reference like secret.secretValueFromJson("password"), got plain text, which would stand in the template';
  test.each<[string, Partial<appstream.DirectoryConfigProps>, string]>([
    ['for a password in plain text, without showing it', { serviceAccountPassword: cdk.SecretValue.unsafePlainText('hunter2') }, PLAIN],
    ...['x{{resolve:secretsmanager:account}}', '{{resolve:secretsmanager:account}}x'].map((password): [string, Partial<appstream.DirectoryConfigProps>, string] => [
      `for a password that has a reference in it and is none, ${password}`, { serviceAccountPassword: cdk.SecretValue.unsafePlainText(password) }, PLAIN,
    ]),
    ['for a secure string of Parameter Store', { serviceAccountPassword: cdk.SecretValue.ssmSecure('/account/password') },
      'serviceAccountPassword must be a secret of Secrets Manager, since CloudFormation resolves no secure strings of Parameter Store here'],
    ['for a name that is not fully qualified', { directoryName: 'corp' }, 'directoryName must be fully qualified like "corp.example.com", got "corp"'],
    ['without an organizational unit', { organizationalUnitDistinguishedNames: [] },
      'organizationalUnitDistinguishedNames must have at least one element, got none'],
    ['for an empty organizational unit', { organizationalUnitDistinguishedNames: [''] },
      'organizationalUnitDistinguishedNames: name must have 1 to 2000 characters, got 0: ""'],
    ['for an empty account', { serviceAccountName: '' }, 'serviceAccountName must not be empty, got ""'],
    ['for what is no certificate authority', {
      certificateBasedAuthentication: CertificateBasedAuthentication.enabled(
        acmpca.CertificateAuthority.fromCertificateAuthorityArn(new cdk.Stack(), 'Authority', 'arn:aws:acm:eu-west-1:111111111111:certificate/1a2b'),
      ),
    }, 'certificateBasedAuthentication: ARN of the authority must be that of a certificate authority of AWS Private CA, '
      + 'got "arn:aws:acm:eu-west-1:111111111111:certificate/1a2b"'],
  ])('%s', (_, props, message) => {
    expect(() => make(props)).toThrow(new Error(`${message} [at Test/Directory]`));
  });
});

test('limits can be reached', () => {
  expect(() => make({ organizationalUnitDistinguishedNames: ['a'.repeat(2000), 'b'] })).not.toThrow();
});
