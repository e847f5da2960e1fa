import * as cdk from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as cfn from 'aws-cdk-lib/aws-appstream';
import { AwsSolutionsChecks } from 'cdk-nag';
import { appstream } from '../../src';

const TYPE = 'Custom::AppStreamStreamingUrl';
const instance = { image: appstream.Image.fromName('image'), instanceType: appstream.InstanceType.STANDARD_SMALL, capacity: appstream.Capacity.instances(1) };

let stack: cdk.Stack;
let fleet: appstream.Fleet;
let office: appstream.Stack;

beforeEach(() => {
  stack = new cdk.Stack(new cdk.App(), 'Test');
  fleet = new appstream.Fleet(stack, 'Fleet', { ...instance, desiredState: appstream.FleetState.RUNNING });
  office = new appstream.Stack(stack, 'Office');
});

const make = (props: Partial<appstream.StreamingUrlProps> = {}, id = 'Url') =>
  new appstream.StreamingUrl(stack, id, { stack: office, fleet, userId: 'ann', ...props });

/** What the first, or another, URL waits for, without what every lifecycle resource waits for. */
function dependencies(id?: string): string[] {
  const urls = Object.entries(Template.fromStack(stack).findResources(TYPE));
  const [, { DependsOn }] = urls.find(([logicalId]) => id === undefined || logicalId.startsWith(id))!;
  return DependsOn.filter((dependency: string) => !dependency.startsWith('AppStreamLifecycleEngine'));
}

test('with the required properties alone', () => {
  make();
  Template.fromStack(stack).hasResourceProperties(TYPE, {
    ServiceToken: Match.anyValue(),
    ServiceTimeout: '3120',
    TimeoutSeconds: '2700',
    SecretArn: { Ref: 'UrlSecret1A5347F1' },
    StackName: { Ref: 'Office79F9F869' },
    FleetName: { Ref: 'Fleet30813DF3' },
    UserId: 'ann',
    Validity: '3600',
    ApplicationId: Match.absent(),
    SessionContext: Match.absent(),
    Revision: Match.absent(),
  });
});

test('with all properties', () => {
  make({
    applicationId: 'Notepad', sessionContext: 'desk=7', validity: cdk.Duration.days(7), revision: '2', timeout: cdk.Duration.minutes(20),
  });
  const [{ Properties }] = Object.values(Template.fromStack(stack).findResources(TYPE));
  expect(Properties).toEqual({
    ServiceToken: expect.anything(),
    ServiceTimeout: '1620',
    TimeoutSeconds: '1200',
    SecretArn: { Ref: 'UrlSecret1A5347F1' },
    StackName: { Ref: 'Office79F9F869' },
    FleetName: { Ref: 'Fleet30813DF3' },
    UserId: 'ann',
    ApplicationId: 'Notepad',
    SessionContext: 'desk=7',
    Validity: '604800',
    Revision: '2',
  });
});

test('the secret goes with the URL, and tells nothing in the template', () => {
  make();
  Template.fromStack(stack).hasResource('AWS::SecretsManager::Secret', {
    Properties: { Description: 'A streaming URL of AppStream for ann', GenerateSecretString: {} },
    DeletionPolicy: 'Delete',
  });
});

test('the secret and the expiry are there to be used', () => {
  const url = make();
  expect(stack.resolve(url.secret.secretArn)).toEqual({ Ref: 'UrlSecret1A5347F1' });
  expect(stack.resolve(url.expires)).toEqual({ 'Fn::GetAtt': ['UrlD4FAABD0', 'Expires'] });
});

test('a validity that is known only at deployment is passed on as it is', () => {
  const parameter = new cdk.CfnParameter(stack, 'Seconds', { type: 'Number' });
  make({ validity: cdk.Duration.seconds(parameter.valueAsNumber) });
  Template.fromStack(stack).hasResourceProperties(TYPE, { Validity: { Ref: 'Seconds' } });
});

test('its controller may mint for these names, see fleets, and write this secret', () => {
  office = new appstream.Stack(stack, 'Named', { stackName: 'named' });
  fleet = new appstream.Fleet(stack, 'NamedFleet', { ...instance, fleetName: 'named' });
  make();
  const arn = (resource: string) => ({
    'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':appstream:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, `:${resource}/named`]],
  });
  const policies = Template.fromStack(stack).findResources('AWS::IAM::Policy');
  const [[, { Properties }]] = Object.entries(policies).filter(([id]) => id.startsWith('AppStreamLifecycleEngineAppStreamStreamingUrl'));
  expect(Properties.PolicyDocument.Statement).toEqual([
    { Effect: 'Allow', Action: 'appstream:DescribeFleets', Resource: '*' },
    { Effect: 'Allow', Action: 'appstream:ListAssociatedFleets', Resource: arn('stack') },
    { Effect: 'Allow', Action: 'appstream:CreateStreamingURL', Resource: [arn('fleet'), arn('stack')] },
    { Effect: 'Allow', Action: ['secretsmanager:DescribeSecret', 'secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecretVersionStage'], Resource: { Ref: 'UrlSecret1A5347F1' } },
  ]);
});

describe('waits', () => {
  const WHOLE = ['Fleet30813DF3', 'FleetLifecycle59BD595E', 'Office79F9F869', 'OfficeFleetAssociation2FF28EEF'];

  test.each([
    ['before', () => {
      office.addFleet(fleet);
      make();
    }],
    ['after', () => {
      make();
      office.addFleet(fleet);
    }],
  ])('for stack, fleet, its lifecycle and the association, added %s it', (_, arrange) => {
    arrange();
    expect(dependencies().sort()).toEqual(WHOLE);
  });

  test('for what is needed to stream, declared inside of fleet and stack, and two URLs do not wait for each other', () => {
    office.addFleet(fleet);
    new appstream.StreamingUrl(office, 'Ann', { stack: office, fleet, userId: 'ann' });
    new appstream.StreamingUrl(office, 'Bob', { stack: office, fleet, userId: 'bob' });
    new appstream.StreamingUrl(fleet, 'Eve', { stack: office, fleet, userId: 'eve' });
    for (const id of ['OfficeAnn', 'OfficeBob', 'FleetEve']) {
      expect(dependencies(id).sort()).toEqual(WHOLE);
    }
  });

  test('but not for what is declared beside it and uses it', () => {
    office.addFleet(fleet);
    const url = new appstream.StreamingUrl(office, 'Url', { stack: office, fleet, userId: 'ann' });
    new cdk.CfnResource(office, 'Page', { type: 'AWS::SSM::Parameter', properties: { Type: 'String', Value: url.expires } });
    expect(dependencies().sort()).toEqual(WHOLE);
  });

  test('for L1s and for the association of an imported stack', () => {
    const l1 = new cfn.CfnFleet(stack, 'L1', { name: 'l1', instanceType: 'stream.standard.small' });
    const imported = appstream.Stack.fromStackName(stack, 'Imported', 'theirs');
    imported.addFleet(l1);
    make({ stack: imported, fleet: l1 });
    expect(dependencies()).toEqual(['ImportedFleetAssociation45856930', 'L1']);
  });

  test('for nothing of what is all made elsewhere', () => {
    make({ stack: appstream.Stack.fromStackName(stack, 'S', 'theirs'), fleet: appstream.Fleet.fromFleetName(stack, 'F', 'theirs') });
    expect(dependencies()).toEqual([]);
    Template.fromStack(stack).hasResourceProperties(TYPE, { StackName: 'theirs', FleetName: 'theirs' });
  });

  test('for an L1 that associates stack and fleet, and for a lifecycle of its own that starts an L1', () => {
    const l1 = new cfn.CfnFleet(stack, 'L1', { name: 'l1', instanceType: 'stream.standard.small' });
    make({ fleet: l1 });
    new cfn.CfnStackFleetAssociation(stack, 'Association', { stackName: office.stackName, fleetName: l1.ref });
    new appstream.FleetLifecycle(stack, 'Lifecycle', { fleet: l1, desiredState: appstream.FleetState.RUNNING });
    expect(dependencies().sort()).toEqual(['Association', 'L1', 'Lifecycle5C7F7473', 'Office79F9F869']);
  });

  test('while another fleet, with a URL of its own, waits for this URL', () => {
    const second = new appstream.Fleet(stack, 'Second', { ...instance, desiredState: appstream.FleetState.RUNNING });
    const other = new appstream.Stack(stack, 'Other');
    other.addFleet(second);
    second.node.addDependency(make());
    make({ stack: other, fleet: second }, 'SecondUrl');
    expect(() => Template.fromStack(stack)).not.toThrow();
  });
});

describe('fails', () => {
  test.each([
    ['a', 'userId must have 2 to 32 letters, digits, "_", "+", "=", ",", ".", "@" and "-", got "a" [at Test/Url]'],
    ['ann smith', 'userId must have 2 to 32 letters, digits, "_", "+", "=", ",", ".", "@" and "-", got "ann smith" [at Test/Url]'],
    ['a'.repeat(33), `userId must have 2 to 32 letters, digits, "_", "+", "=", ",", ".", "@" and "-", got "${'a'.repeat(33)}" [at Test/Url]`],
  ])('for the user %j', (userId, message) => {
    expect(() => make({ userId })).toThrow(new Error(message));
  });

  test.each([
    [cdk.Duration.seconds(0), 0],
    [cdk.Duration.seconds(604_801), 604_801],
    [cdk.Duration.millis(1500), 1.5],
  ])('for a validity of %s', (validity, seconds) => {
    expect(() => make({ validity })).toThrow(new Error(`validity must be 1 to 604800 whole seconds, got ${seconds} [at Test/Url]`));
  });

  test('in the scope of an L1', () => {
    const l1 = new cfn.CfnFleet(stack, 'L1', { name: 'l1', instanceType: 'stream.standard.small' });
    expect(() => new appstream.StreamingUrl(l1, 'Url', { stack: office, fleet: l1, userId: 'ann' })).toThrow(new Error(
      'what waits for a stack and a fleet cannot be in the scope of an L1, got "Test/L1": it might wait for itself [at Test/L1/Url]',
    ));
  });

  test.each(['applicationId', 'sessionContext'])('for an empty %s', (prop) => {
    expect(() => make({ [prop]: '' })).toThrow(new Error(`${prop} must not be empty, got "" [at Test/Url]`));
  });

  test.each([
    ['a fleet of this library', () => new appstream.Fleet(stack, 'Joined', {
      ...instance,
      vpc: new cdk.aws_ec2.Vpc(stack, 'Vpc'),
      domainJoinInfo: { directoryName: 'corp.example.com', organizationalUnitDistinguishedName: 'OU=Streaming,DC=corp' },
    })],
    ['an L1', () => new cfn.CfnFleet(stack, 'Joined', { name: 'l1', instanceType: 'stream.standard.small', domainJoinInfo: { directoryName: 'corp' } })],
  ])('for %s that is joined to a domain', (_, joined) => {
    expect(() => make({ fleet: joined() })).toThrow(new Error(
      'fleet must not be joined to a domain, whose users sign in instead of having streaming URLs, got "Test/Joined" [at Test/Url]',
    ));
  });

  test.each([
    ['stack', { stack: 'arn:aws:appstream:eu-west-1:111111111111:stack/theirs' }],
    ['fleet', { fleet: 'arn:aws:appstream:eu-west-1:111111111111:fleet/theirs' }],
  ])('for a %s of another Region', (_, arns: { stack?: string; fleet?: string }) => {
    const here = new cdk.Stack(new cdk.App(), 'Here', { env: { account: '111111111111', region: 'us-east-1' } });
    const ours = (type: string) => `arn:aws:appstream:us-east-1:111111111111:${type}/ours`;
    expect(() => new appstream.StreamingUrl(here, 'Url', {
      stack: appstream.Stack.fromStackArn(here, 'S', arns.stack ?? ours('stack')),
      fleet: appstream.Fleet.fromFleetArn(here, 'F', arns.fleet ?? ours('fleet')),
      userId: 'ann',
    })).toThrow(new Error('a lifecycle resource works in the Region of its stack, "us-east-1", got a resource of "eu-west-1" [at Here/Url]'));
  });
});

test.each([
  { userId: 'ab' },
  { userId: 'Ann_1+x=y,z.w@example-1.com' },
  { userId: 'a'.repeat(32) },
  { validity: cdk.Duration.seconds(1) },
  { validity: cdk.Duration.days(7) },
  { applicationId: 'x', sessionContext: 'two\nlines' },
])('AppStream\'s limits themselves are allowed: %j', (props) => {
  expect(() => make(props)).not.toThrow();
});

test('cdk-nag finds nothing', () => {
  const app = new cdk.App();
  cdk.Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  stack = new cdk.Stack(app, 'Office');
  make({ stack: appstream.Stack.fromStackName(stack, 'S', 'theirs'), fleet: appstream.Fleet.fromFleetName(stack, 'F', 'theirs') });
  expect(() => app.synth()).not.toThrow();
});
