import * as cdk from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as cfn from 'aws-cdk-lib/aws-appstream';
import * as iam from 'aws-cdk-lib/aws-iam';
import { appstream } from '../../src';

const { AppVisibility, EntitlementAttribute } = appstream;

let scope: cdk.Stack;
let stack: appstream.Stack;

beforeEach(() => {
  scope = new cdk.Stack(new cdk.App(), 'Test');
  stack = new appstream.Stack(scope, 'Desks');
});

const attributes = [EntitlementAttribute.department('Finance')];
const resources = (type: string) => Object.values(Template.fromStack(scope).findResources(type));
const entitlements = () => resources('AWS::AppStream::Entitlement');
const associations = () => resources('AWS::AppStream::ApplicationEntitlementAssociation');
const REFERENCE = (part: number, id: string) => ({ 'Fn::Select': [part, { 'Fn::Split': ['|', { Ref: id }] }] });

test('with no more than attributes', () => {
  stack.entitle('Accounting', { attributes });
  expect(entitlements()).toEqual([{
    Type: 'AWS::AppStream::Entitlement',
    Properties: {
      Name: 'Test-Desks-Accounting-73F418CD',
      StackName: { Ref: 'Desks6D9E54CE' },
      AppVisibility: 'ASSOCIATED',
      Attributes: [{ Name: 'department', Value: 'Finance' }],
    },
  }]);
});

test('with all properties', () => {
  new appstream.Entitlement(scope, 'Everything', {
    stack: new cfn.CfnStack(scope, 'L1'),
    entitlementName: 'everything',
    description: 'for those who know',
    appVisibility: AppVisibility.ALL,
    attributes: [
      EntitlementAttribute.role('a'), EntitlementAttribute.department('b'), EntitlementAttribute.organization('c'), EntitlementAttribute.group('d'),
      EntitlementAttribute.title('e'), EntitlementAttribute.costCenter('f'), EntitlementAttribute.userType('g'), EntitlementAttribute.of('new', 'h'),
    ],
  });
  expect(entitlements()).toEqual([{
    Type: 'AWS::AppStream::Entitlement',
    Properties: {
      Name: 'everything',
      StackName: { Ref: 'L1' },
      Description: 'for those who know',
      AppVisibility: 'ALL',
      Attributes: [['roles', 'a'], ['department', 'b'], ['organization', 'c'], ['groups', 'd'], ['title', 'e'], ['costCenter', 'f'], ['userType', 'g'], ['new', 'h']]
        .map(([Name, Value]) => ({ Name, Value })),
    },
  }]);
});

test('applications of the image and of Elastic fleets are associated by their names, after the entitlement', () => {
  const entitlement = stack.entitle('Accounting', { attributes });
  entitlement.addImageApplication('Ledger');
  entitlement.addApplication(new cfn.CfnApplication(scope, 'Calculator', {
    name: 'calculator',
    appBlockArn: 'arn:aws:appstream:eu-west-1:111111111111:app-block/tools',
    iconS3Location: { s3Bucket: 'bucket', s3Key: 'icon.png' },
    launchPath: 'calc.exe',
    platforms: ['WINDOWS_SERVER_2019'],
    instanceFamilies: ['GENERAL_PURPOSE'],
  }));
  const reference = {
    StackName: REFERENCE(0, 'DesksAccountingAD49B5B5'), EntitlementName: REFERENCE(1, 'DesksAccountingAD49B5B5'),
  };
  expect(associations()).toEqual([
    { Type: 'AWS::AppStream::ApplicationEntitlementAssociation', Properties: { ...reference, ApplicationIdentifier: 'Ledger' } },
    { Type: 'AWS::AppStream::ApplicationEntitlementAssociation', Properties: { ...reference, ApplicationIdentifier: 'calculator' }, DependsOn: ['Calculator'] },
  ]);
});

test('an imported entitlement takes applications', () => {
  appstream.Entitlement.fromEntitlementAttributes(scope, 'Theirs', {
    stack: appstream.Stack.fromStackName(scope, 'TheirDesks', 'theirs'), entitlementName: 'accounting',
  }).addImageApplication('Ledger');
  expect(associations()).toEqual([{
    Type: 'AWS::AppStream::ApplicationEntitlementAssociation', Properties: { StackName: 'theirs', EntitlementName: 'accounting', ApplicationIdentifier: 'Ledger' },
  }]);
});

describe('a warning', () => {
  const fleet = () => appstream.Fleet.fromFleetName(scope, 'Fleet', 'fleet');
  const bypasses: [string, () => void, string][] = [
    ['a StreamingUrl', () => new appstream.StreamingUrl(scope, 'Url', { stack, fleet: fleet(), userId: 'ann' }), 'by streaming URLs'],
    ['a grant to mint URLs', () => stack.grants.createStreamingUrl(new iam.Role(scope, 'Portal', { assumedBy: new iam.AccountRootPrincipal() }), fleet()), 'by streaming URLs'],
    ['users of the pool', () => stack.addUsers([appstream.User.fromUserName(scope, 'Ann', 'ann@example.com')]), 'as users of the user pool'],
  ];
  const warned = (how: string) => Annotations.fromStack(scope).hasWarning('/Test/Desks/Accounting', Match.stringLikeRegexp(
    `^users sign in to the stack ${how}: AppStream ignores entitlements then and shows them all applications; entitlements count for SAML alone`,
  ));

  test.each(bypasses)('is given for %s before the entitlement', (_, bypass, how) => {
    bypass();
    stack.entitle('Accounting', { attributes });
    warned(how);
  });

  test.each(bypasses)('is given for %s after the entitlement', (_, bypass, how) => {
    stack.entitle('Accounting', { attributes });
    bypass();
    warned(how);
  });

  test('is not given for another stack, nor for users who sign in with SAML', () => {
    new appstream.Stack(scope, 'Tables').addUsers([appstream.User.fromUserName(scope, 'Ann', 'ann@example.com')]);
    stack.entitle('Accounting', { attributes });
    stack.grants.stream(new iam.Role(scope, 'Users', { assumedBy: new iam.AccountRootPrincipal() }));
    Annotations.fromStack(scope).hasNoWarning('*', Match.anyValue());
  });
});

describe('fails', () => {
  test.each<[string, Partial<appstream.EntitlementOptions>, string]>([
    ['without attributes', { attributes: [] }, 'attributes must have at least one element, got none'],
    ['for an attribute without a value', { attributes: [EntitlementAttribute.group('')] }, 'attributes: value of groups must not be empty, got ""'],
    ['for an attribute without a name', { attributes: [EntitlementAttribute.of('', 'x')] }, 'attributes: name must not be empty, got ""'],
    ['for a name with a blank', { entitlementName: 'a b' },
      'entitlementName must have 1 to 100 letters, digits, "_", "." and "-", and start with a letter or digit, got "a b"'],
    ['for a long description', { description: 'x'.repeat(257) }, `description must have 0 to 256 characters, got 257: "${'x'.repeat(257)}"`],
  ])('%s', (_, options, message) => {
    expect(() => stack.entitle('Accounting', { attributes, ...options })).toThrow(new Error(`${message} [at Test/Desks/Accounting]`));
  });

  test('for a stack of another Region', () => {
    const here = new cdk.Stack(scope.node.root as cdk.App, 'Here', { env: { account: '111111111111', region: 'us-east-1' } });
    const theirs = appstream.Stack.fromStackArn(here, 'Theirs', 'arn:aws:appstream:eu-west-1:111111111111:stack/theirs');
    expect(() => theirs.entitle('Accounting', { attributes })).toThrow(new Error(
      'an entitlement works in the Region of its stack, "us-east-1", got a resource of "eu-west-1" [at Here/Theirs/Accounting]',
    ));
  });

  const entitlement = (options: Partial<appstream.EntitlementOptions> = {}) => stack.entitle('Accounting', { attributes, ...options });
  test.each<[string, () => void, string]>([
    ['for a single application of an entitlement to all', () => entitlement({ appVisibility: AppVisibility.ALL }).addImageApplication('Ledger'),
      'an entitlement to all applications takes no single ones, give it AppVisibility.ASSOCIATED, got "Ledger"'],
    ['for an application twice', () => {
      const twice = entitlement();
      twice.addImageApplication('Ledger');
      twice.addImageApplication('Ledger');
    }, 'an application is added to an entitlement once, got "Ledger" again'],
    ['for an application without a name', () => entitlement().addImageApplication(''), 'name of the application must have 1 to 100 characters, got 0: ""'],
    ['for an application whose name is not known', () => entitlement().addImageApplication(cdk.Fn.ref('Name')),
      'name of the application must be known at synthesis, got a token'],
  ])('%s', (_, act, message) => {
    expect(act).toThrow(new Error(`${message} [at Test/Desks/Accounting]`));
  });
});
