import * as cdk from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { aStack, arn, onlyResource } from './world';
import { Studio, StudioProps } from '../../src/nimblestudio';

let stack: cdk.Stack;
beforeEach(() => {
  stack = aStack();
});

const ACKNOWLEDGED = { acknowledgeServiceShutdown: true };

function portalRole(managedPolicy: string) {
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: ['sts:AssumeRole', 'sts:TagSession'], Principal: { Service: 'identity.nimble.amazonaws.com' } }],
      },
      ManagedPolicyArns: [{ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:iam::aws:policy/${managedPolicy}`]] }],
    },
  };
}

test('with the acknowledgement alone', () => {
  new Studio(stack, 'Studio', ACKNOWLEDGED);

  expect(Template.fromStack(stack).toJSON().Resources).toEqual({
    StudioAdminRole9720A196: portalRole('AmazonNimbleStudio-StudioAdmin'),
    StudioUserRoleD2CCD5F0: portalRole('AmazonNimbleStudio-StudioUser'),
    Studio43727D10: {
      Type: 'AWS::NimbleStudio::Studio',
      Properties: {
        StudioName: 'teststudioec01fb56',
        DisplayName: 'teststudioec01fb56',
        AdminRoleArn: { 'Fn::GetAtt': ['StudioAdminRole9720A196', 'Arn'] },
        UserRoleArn: { 'Fn::GetAtt': ['StudioUserRoleD2CCD5F0', 'Arn'] },
      },
    },
  });
});

test('with all properties', () => {
  new Studio(stack, 'Studio', {
    ...ACKNOWLEDGED,
    studioName: 'pictures',
    displayName: 'Pictures',
    adminRole: iam.Role.fromRoleArn(stack, 'Admin', 'arn:aws:iam::123456789012:role/admin'),
    userRole: iam.Role.fromRoleArn(stack, 'User', 'arn:aws:iam::123456789012:role/user'),
    encryptionKey: kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:us-west-2:123456789012:key/k'),
  });
  cdk.Tags.of(stack).add('team', 'pictures');

  expect(Template.fromStack(stack).toJSON().Resources).toEqual({
    Studio43727D10: {
      Type: 'AWS::NimbleStudio::Studio',
      Properties: {
        StudioName: 'pictures',
        DisplayName: 'Pictures',
        AdminRoleArn: 'arn:aws:iam::123456789012:role/admin',
        UserRoleArn: 'arn:aws:iam::123456789012:role/user',
        StudioEncryptionConfiguration: { KeyType: 'CUSTOMER_MANAGED_KEY', KeyArn: 'arn:aws:kms:us-west-2:123456789012:key/k' },
        Tags: { team: 'pictures' },
      },
    },
  });
});

const SHUTDOWN = 'AWS shut Amazon Nimble Studio down on 24 October 2024 and creates none of its resources any more: '
  + 'set acknowledgeServiceShutdown to true to synthesize them all the same [at Test/Studio]';

test.each([undefined, false])('fails while the shutdown of the service is not acknowledged (%s)', (acknowledgeServiceShutdown) => {
  expect(() => new Studio(stack, 'Studio', { acknowledgeServiceShutdown })).toThrow(new Error(SHUTDOWN));
});

test('fails without any properties', () => {
  expect(() => new Studio(stack, 'Studio')).toThrow(new Error(SHUTDOWN));
});

test.each([undefined, false])('fails for an imported studio while the shutdown of the service is not acknowledged (%s)', (acknowledgeServiceShutdown) => {
  expect(() => Studio.fromStudioAttributes(stack, 'Studio', { studioId: 'us-west-2-studio', acknowledgeServiceShutdown })).toThrow(new Error(SHUTDOWN));
});

test('a studio is imported by its id', () => {
  const studio = Studio.fromStudioAttributes(stack, 'Studio', { studioId: 'us-west-2-studio', ...ACKNOWLEDGED });
  expect(studio.studioRef).toEqual({ studioId: 'us-west-2-studio' });
  expect(stack.resolve(studio.studioArn)).toEqual(arn('studio', 'us-west-2-studio'));
});

test('attributes refer to the resource', () => {
  const studio = new Studio(stack, 'Studio', ACKNOWLEDGED);
  const attribute = (name: string) => ({ 'Fn::GetAtt': ['Studio43727D10', name] });
  expect(stack.resolve({
    id: studio.studioId,
    ref: studio.studioRef,
    region: studio.studioHomeRegion,
    client: studio.studioSsoClientId,
    url: studio.studioUrl,
    arn: studio.studioArn,
  })).toEqual({
    id: attribute('StudioId'),
    ref: { studioId: attribute('StudioId') },
    region: attribute('HomeRegion'),
    client: attribute('SsoClientId'),
    url: attribute('StudioUrl'),
    arn: arn('studio', attribute('StudioId')),
  });
});

test('a generated name has no dashes and no upper-case letters, and fits however deep the studio is', () => {
  const deep = ['A-B', 'some_Very-Long.Name', 'Another-Very-Very-Long-Name', 'YetAnotherVeryLongName'].reduce<cdk.Stack | cdk.NestedStack>(
    (scope, id) => new cdk.NestedStack(scope, id), stack);
  new Studio(deep, 'Studio', ACKNOWLEDGED);
  expect(onlyResource(deep, 'Studio').Properties.StudioName).toMatch(/^[a-z0-9]{3,64}$/);
});

test('two studios have two names', () => {
  new Studio(stack, 'Studio', ACKNOWLEDGED);
  new Studio(stack, 'STUDIO', ACKNOWLEDGED);
  const names = Object.values(Template.fromStack(stack).findResources('AWS::NimbleStudio::Studio')).map(({ Properties }) => Properties.StudioName);
  expect(new Set(names).size).toBe(2);
});

test.each<StudioProps>([
  { studioName: 'abc' },
  { studioName: 'a0'.repeat(32), displayName: 'd'.repeat(64) },
  { displayName: '' },
])('limits can be reached: %j', (props) => {
  expect(() => new Studio(stack, 'Studio', { ...ACKNOWLEDGED, ...props })).not.toThrow();
});

const NAME = 'studioName must have 3 to 64 lower-case letters and digits, without dashes';
test.each<[StudioProps, string]>([
  [{ studioName: 'ab' }, `${NAME}, got "ab"`],
  [{ studioName: 'a'.repeat(65) }, `${NAME}, got "${'a'.repeat(65)}"`],
  [{ studioName: 'my-studio' }, `${NAME}, got "my-studio"`],
  [{ studioName: 'Studio' }, `${NAME}, got "Studio"`],
  [{ displayName: 'd'.repeat(65) }, `displayName must have 0 to 64 characters, got 65: "${'d'.repeat(65)}"`],
])('fails for %j', (props, message) => {
  expect(() => new Studio(stack, 'Studio', { ...ACKNOWLEDGED, ...props })).toThrow(new Error(`${message} [at Test/Studio]`));
});

test('tokens are taken as they are', () => {
  const text = new cdk.CfnParameter(stack, 'Text').valueAsString;
  expect(() => new Studio(stack, 'Studio', { ...ACKNOWLEDGED, studioName: text, displayName: text })).not.toThrow();
});
