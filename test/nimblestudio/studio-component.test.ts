import * as cdk from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { aStack, arn, importedStudio, onlyResource } from './world';
import { ComponentConfiguration, Platform, ScriptRunContext, StudioComponent, StudioComponentProps } from '../../src/nimblestudio';

let stack: cdk.Stack;
let required: StudioComponentProps;
beforeEach(() => {
  stack = aStack();
  required = { studio: importedStudio(stack), configuration: ComponentConfiguration.custom() };
});

test('with the required properties alone', () => {
  new StudioComponent(stack, 'Component', required);

  expect(Template.fromStack(stack).toJSON().Resources).toEqual({
    Component0EED0119: {
      Type: 'AWS::NimbleStudio::StudioComponent',
      Properties: { StudioId: 'us-west-2-studio', Name: 'Test-Component-74F52208', Type: 'CUSTOM' },
    },
  });
});

test('with all properties', () => {
  new StudioComponent(stack, 'Component', {
    ...required,
    studioComponentName: 'Farm',
    description: 'renders',
    securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1')],
    initializationScripts: [{ platform: Platform.WINDOWS, runContext: ScriptRunContext.USER_INITIALIZATION, script: 'echo' }],
    scriptParameters: { POOL: 'artists' },
  });

  expect(Template.fromStack(stack).toJSON().Resources).toEqual({
    Component0EED0119: {
      Type: 'AWS::NimbleStudio::StudioComponent',
      Properties: {
        StudioId: 'us-west-2-studio',
        Name: 'Farm',
        Type: 'CUSTOM',
        Description: 'renders',
        Ec2SecurityGroupIds: ['sg-1'],
        InitializationScripts: [{ LaunchProfileProtocolVersion: '2021-03-31', Platform: 'WINDOWS', RunContext: 'USER_INITIALIZATION', Script: 'echo' }],
        ScriptParameters: [{ Key: 'POOL', Value: 'artists' }],
      },
    },
  });
});

const FILES = { endpoint: 'files.example.com', fileSystemId: 'fs-1', shareName: 'share', linuxMountPoint: '$HOME/files', windowsMountDrive: 'Z' };
const RENDERED_FILES = {
  SharedFileSystemConfiguration: {
    Endpoint: 'files.example.com', FileSystemId: 'fs-1', ShareName: 'share', LinuxMountPoint: '$HOME/files', WindowsMountDrive: 'Z',
  },
};

test.each<[string, ComponentConfiguration, object]>([
  ['a directory', ComponentConfiguration.activeDirectory({ directoryId: 'd-1' }), {
    Type: 'ACTIVE_DIRECTORY',
    Subtype: 'AWS_MANAGED_MICROSOFT_AD',
    Configuration: { ActiveDirectoryConfiguration: { DirectoryId: 'd-1' } },
  }],
  ['a directory with attributes', ComponentConfiguration.activeDirectory({
    directoryId: 'd-1', organizationalUnitDistinguishedName: 'OU=Artists', computerAttributes: { location: 'Berlin' },
  }), {
    Type: 'ACTIVE_DIRECTORY',
    Subtype: 'AWS_MANAGED_MICROSOFT_AD',
    Configuration: {
      ActiveDirectoryConfiguration: {
        DirectoryId: 'd-1',
        OrganizationalUnitDistinguishedName: 'OU=Artists',
        ComputerAttributes: [{ Name: 'location', Value: 'Berlin' }],
      },
    },
  }],
  ['a farm', ComponentConfiguration.computeFarm({ endpoint: 'farm.example.com', activeDirectoryUser: 'farm' }), {
    Type: 'COMPUTE_FARM', Configuration: { ComputeFarmConfiguration: { Endpoint: 'farm.example.com', ActiveDirectoryUser: 'farm' } },
  }],
  ['a server of licences', ComponentConfiguration.licenseService('licences.example.com'), {
    Type: 'LICENSE_SERVICE', Configuration: { LicenseServiceConfiguration: { Endpoint: 'licences.example.com' } },
  }],
  ['FSx for Windows', ComponentConfiguration.fsxForWindows(FILES), {
    Type: 'SHARED_FILE_SYSTEM', Subtype: 'AMAZON_FSX_FOR_WINDOWS', Configuration: RENDERED_FILES,
  }],
  ['FSx for Lustre', ComponentConfiguration.fsxForLustre(FILES), {
    Type: 'SHARED_FILE_SYSTEM', Subtype: 'AMAZON_FSX_FOR_LUSTRE', Configuration: RENDERED_FILES,
  }],
  ['another file system', ComponentConfiguration.sharedFileSystem(FILES), {
    Type: 'SHARED_FILE_SYSTEM', Subtype: 'CUSTOM', Configuration: RENDERED_FILES,
  }],
])('%s', (_what, configuration, expected) => {
  new StudioComponent(stack, 'Component', { ...required, configuration });
  expect(onlyResource(stack, 'StudioComponent').Properties).toEqual({
    StudioId: 'us-west-2-studio', Name: 'Test-Component-74F52208', ...expected,
  });
});

test('attributes refer to the resource', () => {
  const component = new StudioComponent(stack, 'Component', required);
  const id = { 'Fn::GetAtt': ['Component0EED0119', 'StudioComponentId'] };
  expect(stack.resolve(component.studioComponentId)).toEqual(id);
  expect(stack.resolve(component.studioComponentArn)).toEqual(arn('studio-component', id));
});

test('a component is imported by its id', () => {
  const component = StudioComponent.fromStudioComponentId(stack, 'Component', 'component-id');
  expect(component.studioComponentId).toBe('component-id');
  expect(stack.resolve(component.studioComponentArn)).toEqual(arn('studio-component', 'component-id'));
});

const entries = (count: number, value = 'v') => Object.fromEntries(Array.from({ length: count }, (_, index) => [`n${index}`, value]));
const script = (content: string) => [{ platform: Platform.LINUX, runContext: ScriptRunContext.SYSTEM_INITIALIZATION, script: content }];
const directory = (computerAttributes: { [name: string]: string }, organizationalUnitDistinguishedName?: string) =>
  ComponentConfiguration.activeDirectory({ directoryId: 'd-1', computerAttributes, organizationalUnitDistinguishedName });
const mounted = (linuxMountPoint?: string, windowsMountDrive?: string) =>
  ComponentConfiguration.sharedFileSystem({ linuxMountPoint, windowsMountDrive });
const groups = (count: number) => Array.from({ length: count },
  (_, index) => ec2.SecurityGroup.fromSecurityGroupId(new cdk.Stack(), `G${index}`, `sg-${index}`));

test.each<[string, () => Partial<StudioComponentProps>]>([
  ['names', () => ({ studioComponentName: 'n'.repeat(64), description: 'd'.repeat(256) })],
  ['short names', () => ({ studioComponentName: '', description: '' })],
  ['security groups', () => ({ securityGroups: groups(30) })],
  ['scripts', () => ({ initializationScripts: [...script('s'), ...script('s'.repeat(5120))] })],
  ['script parameters', () => ({ scriptParameters: { ...entries(28, 'v'.repeat(256)), ['_'.repeat(64)]: 'v', aB: 'v' } })],
  ['computer attributes', () => ({ configuration: directory({ ...entries(49), ['n'.repeat(40)]: 'v'.repeat(64) }, 'o'.repeat(2000)) })],
  ['a mount point', () => ({ configuration: mounted(`/${'m'.repeat(127)}`, 'A') })],
  ['the root', () => ({ configuration: mounted('/') })],
  ['the home folder', () => ({ configuration: mounted('$HOME') })],
])('limits can be reached: %s', (_what, props) => {
  expect(() => new StudioComponent(stack, 'Component', { ...required, ...props() })).not.toThrow();
});

const PARAMETER = 'scriptParameters: name must have 2 to 64 letters, digits and "_", and not start with a digit';
const MOUNT = 'linuxMountPoint must be a path without blanks that starts with "/" or "$HOME"';
test.each<[string, () => Partial<StudioComponentProps>]>([
  [`studioComponentName must have 0 to 64 characters, got 65: "${'n'.repeat(65)}"`, () => ({ studioComponentName: 'n'.repeat(65) })],
  [`description must have 0 to 256 characters, got 257: "${'d'.repeat(257)}"`, () => ({ description: 'd'.repeat(257) })],
  ['securityGroups must have 0 to 30 elements, got 31', () => ({ securityGroups: groups(31) })],
  ['initializationScripts: script must have 1 to 5120 characters, got 0: ""', () => ({ initializationScripts: script('') })],
  [`initializationScripts: script must have 1 to 5120 characters, got 5121: "${'s'.repeat(5121)}"`,
    () => ({ initializationScripts: script('s'.repeat(5121)) })],
  ['scriptParameters must have 0 to 30 elements, got 31', () => ({ scriptParameters: entries(31) })],
  [`${PARAMETER}, got "a"`, () => ({ scriptParameters: { a: 'v' } })],
  [`${PARAMETER}, got "1a"`, () => ({ scriptParameters: { '1a': 'v' } })],
  [`${PARAMETER}, got "${'n'.repeat(65)}"`, () => ({ scriptParameters: { ['n'.repeat(65)]: 'v' } })],
  ['scriptParameters: value of POOL must have 1 to 256 characters, got 0: ""', () => ({ scriptParameters: { POOL: '' } })],
  [`scriptParameters: value of POOL must have 1 to 256 characters, got 257: "${'v'.repeat(257)}"`, () => ({ scriptParameters: { POOL: 'v'.repeat(257) } })],
  ['organizationalUnitDistinguishedName must have 1 to 2000 characters, got 0: ""', () => ({ configuration: directory({}, '') })],
  ['computerAttributes must have 0 to 50 elements, got 51', () => ({ configuration: directory(entries(51)) })],
  [`computerAttributes: name must have 1 to 40 characters, got 41: "${'n'.repeat(41)}"`, () => ({ configuration: directory({ ['n'.repeat(41)]: 'v' }) })],
  ['computerAttributes: value of n must have 1 to 64 characters, got 0: ""', () => ({ configuration: directory({ n: '' }) })],
  [`linuxMountPoint must have 0 to 128 characters, got 129: "/${'m'.repeat(128)}"`, () => ({ configuration: mounted(`/${'m'.repeat(128)}`) })],
  [`${MOUNT}, got "files"`, () => ({ configuration: mounted('files') })],
  [`${MOUNT}, got "/my files"`, () => ({ configuration: mounted('/my files') })],
  ['windowsMountDrive must be one letter from "A" to "Z", got "z"', () => ({ configuration: mounted(undefined, 'z') })],
  ['windowsMountDrive must be one letter from "A" to "Z", got "Z:"', () => ({ configuration: mounted(undefined, 'Z:') })],
])('fails: %s', (message, props) => {
  expect(() => new StudioComponent(stack, 'Component', { ...required, ...props() })).toThrow(new Error(`${message} [at Test/Component]`));
});
