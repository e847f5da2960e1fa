import * as cdk from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { CfnFleet, CfnStack } from 'aws-cdk-lib/aws-appstream';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import {
  ApplicationSettings, Capacity, Fleet, FleetState, Image, InstanceType,
  Stack, StackProps, StorageConnector, StreamingProtocol, UserAction, UserSettings,
} from '../../src/appstream';

let cdkStack: cdk.Stack;
beforeEach(() => {
  cdkStack = new cdk.Stack(new cdk.App(), 'Test');
});

function fleet(id = 'Fleet', desiredState?: FleetState) {
  return new Fleet(cdkStack, id, {
    image: Image.fromName('image'), instanceType: InstanceType.STANDARD_SMALL, capacity: Capacity.instances(1), desiredState,
  });
}

function onlyStack() {
  return Object.values(Template.fromStack(cdkStack).findResources('AWS::AppStream::Stack'))[0];
}

const LOCKED = UserSettings.locked()._bind(new cdk.Stack(new cdk.App(), 'Test'))
  .map(({ action, permission }) => ({ Action: action, Permission: permission }));

test('with no properties', () => {
  new Stack(cdkStack, 'Office');

  expect(Template.fromStack(cdkStack).toJSON().Resources).toEqual({
    Office79F9F869: {
      Type: 'AWS::AppStream::Stack',
      Properties: { Name: 'Test-Office-99A09BC6', ApplicationSettings: { Enabled: false }, UserSettings: LOCKED },
    },
  });
});

test('with all properties', () => {
  const vpc = new ec2.Vpc(cdkStack, 'Vpc');
  const streaming = vpc.addInterfaceEndpoint('Endpoint', { service: ec2.InterfaceVpcEndpointAwsService.APPSTREAM_STREAMING });
  new Stack(cdkStack, 'Office', {
    stackName: 'office',
    displayName: 'Office',
    description: 'Word and Excel',
    userSettings: UserSettings.locked().allow(UserAction.CLIPBOARD_COPY_TO_LOCAL_DEVICE, { maximumLength: 100 }),
    storageConnectors: [StorageConnector.homeFolders(), StorageConnector.googleDrive('example.com'), StorageConnector.oneDrive('a.com', 'b.com')],
    applicationSettings: ApplicationSettings.persistent({ settingsGroup: 'office' }),
    accessEndpoints: [streaming],
    embedHostDomains: ['portal.example.com'],
    redirectUrl: 'https://example.com/bye',
    feedbackUrl: 'https://example.com/feedback',
    preferredProtocol: StreamingProtocol.UDP,
  });

  expect(onlyStack()).toEqual({
    Type: 'AWS::AppStream::Stack',
    Properties: {
      Name: 'office',
      DisplayName: 'Office',
      Description: 'Word and Excel',
      UserSettings: LOCKED.map((setting) => setting.Action === 'CLIPBOARD_COPY_TO_LOCAL_DEVICE'
        ? { ...setting, Permission: 'ENABLED', MaximumLength: 100 } : setting),
      StorageConnectors: [
        { ConnectorType: 'HOMEFOLDERS' },
        { ConnectorType: 'GOOGLE_DRIVE', Domains: ['example.com'] },
        { ConnectorType: 'ONE_DRIVE', Domains: ['a.com', 'b.com'] },
      ],
      ApplicationSettings: { Enabled: true, SettingsGroup: 'office' },
      AccessEndpoints: [{ EndpointType: 'STREAMING', VpceId: { Ref: cdkStack.getLogicalId(streaming.node.defaultChild as cdk.CfnElement) } }],
      EmbedHostDomains: ['portal.example.com'],
      RedirectURL: 'https://example.com/bye',
      FeedbackURL: 'https://example.com/feedback',
      StreamingExperienceSettings: { PreferredProtocol: 'UDP' },
    },
  });
});

test('persistent application settings need no group', () => {
  new Stack(cdkStack, 'Office', { applicationSettings: ApplicationSettings.persistent() });
  expect(onlyStack().Properties.ApplicationSettings).toEqual({ Enabled: true });
});

test('the association waits for the stack and the fleet, and not for the lifecycle of the fleet', () => {
  const streamed = fleet('Fleet', FleetState.RUNNING);
  new Stack(cdkStack, 'Office').addFleet(streamed);

  const template = Template.fromStack(cdkStack).toJSON();
  expect(template.Resources.OfficeFleetAssociation2FF28EEF).toEqual({
    Type: 'AWS::AppStream::StackFleetAssociation',
    Properties: { StackName: { Ref: 'Office79F9F869' }, FleetName: { Ref: 'Fleet30813DF3' } },
    DependsOn: ['Fleet30813DF3', 'Office79F9F869'],
  });
  for (const [id, resource] of Object.entries<{ DependsOn?: string[] }>(template.Resources)) {
    if (id !== 'OfficeFleetAssociation2FF28EEF') expect(resource.DependsOn ?? []).not.toContain('OfficeFleetAssociation2FF28EEF');
  }
});

test('the association waits for an L1 fleet, also one that is named literally', () => {
  const l1 = new CfnFleet(cdkStack, 'L1', { name: 'l1', instanceType: 'stream.standard.small' });
  new Stack(cdkStack, 'Office').addFleet(l1);

  Template.fromStack(cdkStack).hasResource('AWS::AppStream::StackFleetAssociation', {
    Properties: { FleetName: { Ref: 'L1' } },
    DependsOn: ['L1', 'Office79F9F869'],
  });
});

test('an imported stack takes an imported fleet', () => {
  Stack.fromStackName(cdkStack, 'Office', 'office').addFleet(Fleet.fromFleetName(cdkStack, 'Fleet', 'fleet'));

  Template.fromStack(cdkStack).hasResource('AWS::AppStream::StackFleetAssociation', {
    Properties: { StackName: 'office', FleetName: 'fleet' },
    DependsOn: Match.absent(),
  });
});

test('a fleet and a stack of different CloudFormation stacks are associated where the AppStream stack is', () => {
  const app = cdkStack.node.root as cdk.App;
  const other = new cdk.Stack(app, 'Other');
  new Stack(other, 'Office').addFleet(fleet());

  Template.fromStack(other).resourceCountIs('AWS::AppStream::StackFleetAssociation', 1);
  expect(other.dependencies).toEqual([cdkStack]);
});

test('fails for a second fleet', () => {
  const stack = new Stack(cdkStack, 'Office');
  stack.addFleet(fleet());
  expect(() => stack.addFleet(fleet('Second'))).toThrow(new Error(
    'a stack takes one fleet at a time and has one, got "Test/Second" [at Test/Office]',
  ));
});

test('fails for a second fleet of an imported stack', () => {
  const stack = Stack.fromStackName(cdkStack, 'Office', 'office');
  stack.addFleet(fleet());
  expect(() => stack.addFleet(fleet('Second'))).toThrow(new Error(
    'a stack takes one fleet at a time and has one, got "Test/Second" [at Test/Office]',
  ));
});

test('a stack is imported by name', () => {
  const imported = Stack.fromStackName(cdkStack, 'Imported', 'office');
  expect(imported.stackName).toBe('office');
  expect(imported.stackRef).toEqual({ stackName: 'office' });
  expect(cdkStack.resolve(imported.stackArn)).toEqual({
    'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':appstream:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':stack/office']],
  });
});

test('a stack is imported by ARN, with its environment', () => {
  const imported = Stack.fromStackArn(cdkStack, 'Imported', 'arn:aws:appstream:eu-west-1:123456789012:stack/office');
  expect(imported.stackName).toBe('office');
  expect(imported.env).toEqual({ account: '123456789012', region: 'eu-west-1' });
});

test('the name and the ARN of a stack refer to the resource', () => {
  const stack = new Stack(cdkStack, 'Office');
  expect(cdkStack.resolve(stack.stackRef.stackName)).toEqual({ Ref: 'Office79F9F869' });
  expect(JSON.stringify(cdkStack.resolve(stack.stackArn))).toContain('":stack/",{"Ref":"Office79F9F869"}');
});

test('a stack can be used where the L1 can', () => {
  expect(cdkStack.resolve(CfnStack.arnForStack(new Stack(cdkStack, 'Office')))).toBeDefined();
});

test.each<[string, StackProps]>([
  ['names', { stackName: 'a'.repeat(100), displayName: 'a'.repeat(100), description: 'a'.repeat(256) }],
  ['short names', { stackName: '0', displayName: '', description: '' }],
  ['URLs', { redirectUrl: 'a'.repeat(1000), feedbackUrl: 'a'.repeat(1000) }],
  ['embedding domains', { embedHostDomains: [`a.${'b'.repeat(63)}.${'c'.repeat(58)}.com`, ...Array.from({ length: 19 }, (_, i) => `d${i}.example.com`)] }],
  ['connected domains', { storageConnectors: [StorageConnector.oneDrive(...Array(50).fill('a'.repeat(64)))] }],
  ['settings group', { applicationSettings: ApplicationSettings.persistent({ settingsGroup: 'a'.repeat(100) }) }],
  ['access endpoints', { accessEndpoints: [1, 2, 3, 4].map(endpoint) }],
])('limits can be reached: %s', (_, props) => {
  expect(() => new Stack(cdkStack, 'Office', props)).not.toThrow();
});

const NAME = 'must have 1 to 100 letters, digits, "_", "." and "-", and start with a letter or digit';
const DOMAIN = 'must be a lower-case domain without scheme, port or wildcard like "portal.example.com"';
test.each<[StackProps, string]>([
  [{ stackName: 'a'.repeat(101) }, `stackName ${NAME}, got "${'a'.repeat(101)}"`],
  [{ stackName: '_a' }, `stackName ${NAME}, got "_a"`],
  [{ displayName: 'a'.repeat(101) }, `displayName must have 0 to 100 characters, got 101: "${'a'.repeat(101)}"`],
  [{ description: 'a'.repeat(257) }, `description must have 0 to 256 characters, got 257: "${'a'.repeat(257)}"`],
  [{ redirectUrl: '' }, 'redirectUrl must have 1 to 1000 characters, got 0: ""'],
  [{ feedbackUrl: 'a'.repeat(1001) }, `feedbackUrl must have 1 to 1000 characters, got 1001: "${'a'.repeat(1001)}"`],
  [{ embedHostDomains: [] }, 'embedHostDomains must have 1 to 20 elements, got 0'],
  [{ embedHostDomains: Array(21).fill('a.com') }, 'embedHostDomains must have 1 to 20 elements, got 21'],
  [{ embedHostDomains: ['https://a.com'] }, `embedHostDomains: domain ${DOMAIN}, got "https://a.com"`],
  [{ embedHostDomains: ['*.example.com'] }, `embedHostDomains: domain ${DOMAIN}, got "*.example.com"`],
  [{ embedHostDomains: ['a.'.repeat(63) + 'com'] }, `embedHostDomains: domain must have 1 to 128 characters, got 129: "${'a.'.repeat(63)}com"`],
  [{ storageConnectors: [StorageConnector.googleDrive()] }, 'storageConnectors: domains of GOOGLE_DRIVE must have 1 to 50 elements, got 0'],
  [{ storageConnectors: [StorageConnector.oneDrive(...Array(51).fill('a.com'))] }, 'storageConnectors: domains of ONE_DRIVE must have 1 to 50 elements, got 51'],
  [{ storageConnectors: [StorageConnector.oneDrive('')] }, 'storageConnectors: domain of ONE_DRIVE must have 1 to 64 characters, got 0: ""'],
  [{ storageConnectors: [StorageConnector.homeFolders(), StorageConnector.homeFolders()] },
    'storageConnectors must have each kind of storage at most once, got "HOMEFOLDERS" more than once'],
  [{ applicationSettings: ApplicationSettings.persistent({ settingsGroup: '' }) }, 'applicationSettings: settingsGroup must have 1 to 100 characters, got 0: ""'],
  [{ accessEndpoints: [] }, 'accessEndpoints must have 1 to 4 elements, got 0'],
  [{ accessEndpoints: [1, 2, 3, 4, 5].map(endpoint) }, 'accessEndpoints must have 1 to 4 elements, got 5'],
])('fails for %j', (props, message) => {
  expect(() => new Stack(cdkStack, 'Office', props)).toThrow(new Error(`${message} [at Test/Office]`));
});

test('tokens are taken as they are', () => {
  const text = new cdk.CfnParameter(cdkStack, 'Text').valueAsString;
  const list = new cdk.CfnParameter(cdkStack, 'List', { type: 'CommaDelimitedList' }).valueAsList;
  expect(() => new Stack(cdkStack, 'Office', {
    stackName: text, displayName: text, description: text, redirectUrl: text, feedbackUrl: text, embedHostDomains: list,
  })).not.toThrow();
});

function endpoint(number: number) {
  return ec2.InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(
    new cdk.Stack(), `Endpoint${number}`, { vpcEndpointId: `vpce-${number}`, port: 443 });
}
