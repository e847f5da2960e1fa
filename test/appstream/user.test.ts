import * as cdk from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as cfn from 'aws-cdk-lib/aws-appstream';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { appstream } from '../../src';

let scope: cdk.Stack;

beforeEach(() => {
  scope = new cdk.Stack(new cdk.App(), 'Test');
});

const resources = (type: string) => Object.values(Template.fromStack(scope).findResources(type));
const NAME = { 'Fn::Select': [0, { 'Fn::Split': ['|', { Ref: 'Ann7D6A03E7' }] }] };

test('with no more than an address', () => {
  new appstream.User(scope, 'Ann', { userName: 'Ann@example.com' });
  expect(Object.values(Template.fromStack(scope).toJSON().Resources)).toEqual([
    { Type: 'AWS::AppStream::User', Properties: { UserName: 'Ann@example.com', AuthenticationType: 'USERPOOL' } },
  ]);
});

test('with all properties', () => {
  const user = new appstream.User(scope, 'Ann', {
    userName: 'ann@example.com', firstName: 'Ann', lastName: 'van Dyk', sendWelcomeEmail: false, enabled: false,
  });
  expect(resources('AWS::AppStream::User')).toEqual([{
    Type: 'AWS::AppStream::User',
    Properties: { UserName: 'ann@example.com', AuthenticationType: 'USERPOOL', FirstName: 'Ann', LastName: 'van Dyk', MessageAction: 'SUPPRESS' },
  }]);
  Template.fromStack(scope).hasResource('Custom::AppStreamUserEnablement', {
    Properties: { UserName: NAME, Enabled: 'false', TimeoutSeconds: '2700' }, DependsOn: Match.arrayWith(['Ann7D6A03E7']),
  });
  expect(user.enablement).toBeInstanceOf(appstream.UserEnablement);
});

test('enabling takes an engine of its own, which may do nothing else', () => {
  new appstream.User(scope, 'Ann', { userName: 'ann@example.com', enabled: true });
  Template.fromStack(scope).hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: { Statement: [{ Effect: 'Allow', Action: ['appstream:DisableUser', 'appstream:EnableUser'], Resource: '*' }] },
    Roles: [{ Ref: Match.stringLikeRegexp('^AppStreamAccountLifecycleEngineRole') }],
  });
});

test('an imported user has what the CDK refers to it by', () => {
  const user = appstream.User.fromUserName(scope, 'Ann', 'ann@example.com');
  expect(scope.resolve(user.userRef)).toEqual({
    userName: 'ann@example.com',
    authenticationType: 'USERPOOL',
    userArn: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':appstream:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':user/ann@example.com']] },
  });
});

describe('addUsers', () => {
  test('assigns each user after user and stack, by an id that does not depend on the others', () => {
    const stack = new appstream.Stack(scope, 'Desks');
    const ann = new appstream.User(scope, 'Ann', { userName: 'ann@example.com' });
    stack.addUsers([ann, new cfn.CfnUser(scope, 'Bob', { userName: 'bob@example.com', authenticationType: 'USERPOOL' })], { sendEmailNotification: true });
    const all = Template.fromStack(scope).findResources('AWS::AppStream::StackUserAssociation');
    expect(Object.values(all)).toEqual([
      {
        Type: 'AWS::AppStream::StackUserAssociation',
        Properties: {
          StackName: { Ref: 'Desks6D9E54CE' },
          UserName: NAME,
          AuthenticationType: { 'Fn::Select': [1, { 'Fn::Split': ['|', { Ref: 'Ann7D6A03E7' }] }] },
          SendEmailNotification: true,
        },
        DependsOn: ['Ann7D6A03E7', 'Desks6D9E54CE'],
      },
      expect.objectContaining({ DependsOn: ['Bob', 'Desks6D9E54CE'] }),
    ]);

    const other = new cdk.Stack(new cdk.App(), 'Test');
    const alone = new appstream.User(other, 'Ann', { userName: 'ann@example.com' });
    new appstream.Stack(other, 'Desks').addUsers([alone]);
    expect(Object.keys(all)).toContain(Object.keys(Template.fromStack(other).findResources('AWS::AppStream::StackUserAssociation'))[0]);
  });

  const joined = (updateStrategy?: appstream.UpdateStrategy) => new appstream.Fleet(scope, 'Fleet', {
    updateStrategy,
    image: appstream.Image.fromName('image'),
    instanceType: appstream.InstanceType.STANDARD_SMALL,
    capacity: appstream.Capacity.instances(1),
    vpc: new ec2.Vpc(scope, 'Vpc'),
    domainJoinInfo: { directoryName: 'corp.example.com', organizationalUnitDistinguishedName: 'OU=a' },
  });

  test.each(['before', 'after'])('fails for a stack whose fleet is joined to a domain, added %s', (when) => {
    const stack = new appstream.Stack(scope, 'Desks');
    if (when === 'before') stack.addFleet(joined());
    stack.addUsers([appstream.User.fromUserName(scope, 'Ann', 'ann@example.com')]);
    stack.addUsers([appstream.User.fromUserName(scope, 'Bob', 'bob@example.com')]);
    if (when === 'after') stack.addFleet(joined());
    expect(() => Template.fromStack(scope)).toThrow(
      'Validation failed with the following errors:\n  [Test/Desks] a stack with users of the user pool takes no fleet that is joined to a domain, got "Test/Fleet/Resource"',
    );
  });

  test('fails for a stack whose fleet is joined to a domain and may be replaced', () => {
    const stack = new appstream.Stack(scope, 'Desks');
    stack.addFleet(joined(appstream.UpdateStrategy.replace()));
    stack.addUsers([appstream.User.fromUserName(scope, 'Ann', 'ann@example.com')]);
    expect(() => Template.fromStack(scope)).toThrow('takes no fleet that is joined to a domain, got "Test/Fleet/Resource"');
  });

  test('takes no more than a fleet without a domain', () => {
    const stack = new appstream.Stack(scope, 'Desks');
    stack.addFleet(appstream.Fleet.fromFleetName(scope, 'Theirs', 'fleet'));
    joined();
    stack.addUsers([appstream.User.fromUserName(scope, 'Ann', 'ann@example.com')]);
    expect(() => Template.fromStack(scope)).not.toThrow();
  });

  test('fails for a user twice', () => {
    const stack = new appstream.Stack(scope, 'Desks');
    const ann = appstream.User.fromUserName(scope, 'Ann', 'ann@example.com');
    expect(() => stack.addUsers([ann, ann])).toThrow(new Error('a user is added to a stack once, got "Test/Ann" again [at Test/Desks]'));
  });
});

describe('fails', () => {
  test.each<[string, Partial<appstream.UserProps>, string]>([
    ['for a name that is no address', { userName: 'ann' }, 'userName must be an e-mail address like "ann@example.com", got "ann"'],
    ['for an address with a blank', { userName: 'ann @example.com' }, 'userName must be an e-mail address like "ann@example.com", got "ann @example.com"'],
    ['for a long address', { userName: `${'a'.repeat(117)}@example.com` },
      `userName must have 1 to 128 characters, got 129: "${'a'.repeat(117)}@example.com"`],
    ['for a first name with other letters', { firstName: 'Anné' },
      'firstName must have letters from A to Z, digits, "_", "-" and blanks only, got "Anné"'],
    ['for an empty last name', { lastName: '' }, 'lastName must have 1 to 2048 characters, got 0: ""'],
  ])('%s', (_, props, message) => {
    expect(() => new appstream.User(scope, 'Ann', { userName: 'ann@example.com', ...props })).toThrow(new Error(`${message} [at Test/Ann]`));
  });

  test('to assign a user of another account', () => {
    const here = new cdk.Stack(new cdk.App(), 'Here', { env: { account: '111111111111', region: 'us-east-1' } });
    const there = new cdk.Stack(here.node.root as cdk.App, 'There', { env: { account: '222222222222', region: 'us-east-1' } });
    const user = appstream.User.fromUserName(there, 'Ann', 'ann@example.com');
    expect(() => new appstream.Stack(here, 'Desks').addUsers([user])).toThrow(new Error(
      'the assignment of a user works in the account of its stack, "111111111111", got a resource of "222222222222" [at Here/Desks]',
    ));
  });

  test('to enable a user of another account', () => {
    const here = new cdk.Stack(new cdk.App(), 'Here', { env: { account: '111111111111', region: 'us-east-1' } });
    const there = new cdk.Stack(here.node.root as cdk.App, 'There', { env: { account: '222222222222', region: 'us-east-1' } });
    const user = appstream.User.fromUserName(there, 'Ann', 'ann@example.com');
    expect(() => new appstream.UserEnablement(here, 'Enablement', { user, enabled: true })).toThrow(new Error(
      'a lifecycle resource works in the account of its stack, "111111111111", got a resource of "222222222222" [at Here/Enablement]',
    ));
  });
});

test.each(['a@b', `${'a'.repeat(116)}@example.com`])('takes the address %s', (userName) => {
  expect(() => new appstream.User(scope, 'Ann', { userName })).not.toThrow();
});
