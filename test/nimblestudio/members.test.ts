import * as cdk from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { aStack, arn, importedStudio } from './world';
import { ILaunchProfile, IStudio, LaunchProfile, LaunchProfileMembers, Member, Studio, StudioMembers } from '../../src/nimblestudio';

const ALICE: Member = { identityStoreId: 'd-1234567890', principalId: '1234567890-aaaaaaaa-0000-4000-8000-000000000001' };
const BOB: Member = { identityStoreId: '11111111-2222-3333-4444-555555555555', principalId: 'BBBBBBBB-0000-4000-8000-000000000002' };

let stack: cdk.Stack;
beforeEach(() => {
  stack = aStack();
});

function importedProfile(): ILaunchProfile {
  return LaunchProfile.fromLaunchProfileAttributes(stack, 'Profile', { studio: importedStudio(stack), launchProfileId: 'profile-id' });
}

/** The two constructs, by what they are named after. */
const KINDS: [string, (members: Member[], endpointUrl?: string) => void][] = [
  ['LaunchProfile', (members, endpointUrl) => new LaunchProfileMembers(stack, 'Members', { launchProfile: importedProfile(), members, endpointUrl })],
  ['Studio', (members, endpointUrl) => new StudioMembers(stack, 'Members', { studio: importedStudio(stack), members, endpointUrl })],
];

const COMMON = {
  ServiceToken: expect.anything(),
  ServiceTimeout: '3120',
  TimeoutSeconds: '2700',
  StudioId: 'us-west-2-studio',
  EndpointUrl: 'https://nimble.example.com',
};

test.each([
  ['LaunchProfile', { ...COMMON, LaunchProfileId: 'profile-id' }],
  ['Studio', COMMON],
])('the members of a %s, with all properties', (kind, properties) => {
  new Map(KINDS).get(kind)!([ALICE, BOB], 'https://nimble.example.com');
  expect(Template.fromStack(stack).findResources(`Custom::NimbleStudio${kind}Members`)).toEqual({
    MembersFEE56442: expect.objectContaining({ Properties: { ...properties, Members: JSON.stringify([ALICE, BOB]) } }),
  });
});

test.each([
  ['LaunchProfile', 'launch-profile', 'profile-id'],
  ['Studio', 'studio', 'us-west-2-studio'],
])('the members of a %s are let into it alone, and removed from whatever it replaces', (kind, type, id) => {
  new Map(KINDS).get(kind)!([ALICE]);
  const [policy] = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
  expect(policy.Properties.PolicyDocument.Statement).toEqual([
    { Effect: 'Allow', Action: `nimble:Put${kind}Members`, Resource: arn(type, id) },
    { Effect: 'Allow', Action: [`nimble:Delete${kind}Member`, `nimble:List${kind}Members`], Resource: arn(type, '*') },
  ]);
});

test('members may come from parameters', () => {
  const text = new cdk.CfnParameter(stack, 'Text').valueAsString;
  const [, ofStudio] = KINDS[1];
  ofStudio([ALICE, { identityStoreId: text, principalId: text }]);
  const [resource] = Object.values(Template.fromStack(stack).findResources('Custom::NimbleStudioStudioMembers'));
  expect(resource.Properties.Members).toEqual({
    'Fn::Join': ['', [
      `[${JSON.stringify(ALICE)},{"identityStoreId":"`, { Ref: 'Text' }, '","principalId":"', { Ref: 'Text' }, '"}]',
    ]],
  });
});

test('members come after the studio that they administer, and go before it', () => {
  const studio = new Studio(stack, 'Own', { acknowledgeServiceShutdown: true });
  new StudioMembers(stack, 'Members', { studio, members: [ALICE] });
  const [resource] = Object.values(Template.fromStack(stack).findResources('Custom::NimbleStudioStudioMembers'));
  expect(resource.Properties.StudioId).toEqual(stack.resolve(studio.studioId));
});

const id = (index: number) => `aaaaaaaa-0000-4000-8000-${String(index).padStart(12, '0')}`;
const many = (count: number) => Array.from({ length: count }, (_, index) => ({ ...ALICE, principalId: id(index) }));

describe.each(KINDS)('the members of a %s', (_kind, make) => {
  test.each([1, 500])('may be %d', (count) => {
    expect(() => make(many(count))).not.toThrow();
  });

  test.each<[string, Member[]]>([
    ['members must have 1 to 500 elements, got 0', []],
    ['members must have 1 to 500 elements, got 501', many(501)],
    [`members must be named once, got "${ALICE.principalId}" twice`, [ALICE, BOB, { ...BOB, principalId: ALICE.principalId }]],
    ['members: identityStoreId must be an id like "d-1234567890" or a UUID, got ""', [{ ...ALICE, identityStoreId: '' }]],
    ['members: identityStoreId must be an id like "d-1234567890" or a UUID, got "d-12345678901"', [{ ...ALICE, identityStoreId: 'd-12345678901' }]],
    ['members: principalId must be a UUID, which may have ten digits before it, got "alice"', [{ ...ALICE, principalId: 'alice' }]],
    [`members: principalId must be a UUID, which may have ten digits before it, got "1-${id(1)}"`, [{ ...ALICE, principalId: `1-${id(1)}` }]],
  ])('fails: %s', (message, members) => {
    expect(() => make(members)).toThrow(new Error(`${message} [at Test/Members]`));
  });

  test('fails for an endpoint that is not encrypted', () => {
    expect(() => make([ALICE], 'http://nimble.example.com')).toThrow(new Error(
      'endpointUrl must be an https address without user, query and fragment (http only for 127.0.0.1, localhost and [::1]), '
      + 'got "http://nimble.example.com" [at Test/Members]',
    ));
  });
});

test.each<[string, (studio: IStudio) => void]>([
  ['launch profile', (studio) => new LaunchProfileMembers(stack, 'Members', {
    launchProfile: LaunchProfile.fromLaunchProfileAttributes(studio.stack, 'Profile', { studio, launchProfileId: 'profile-id' }), members: [ALICE],
  })],
  ['studio', (studio) => new StudioMembers(stack, 'Members', { studio, members: [ALICE] })],
])('fails for a %s of another Region', (_what, make) => {
  stack = new cdk.Stack(new cdk.App(), 'Test', { env: { region: 'us-west-2' } });
  const elsewhere = new cdk.Stack(new cdk.App(), 'Elsewhere', { env: { region: 'us-east-1' } });
  expect(() => make(importedStudio(elsewhere))).toThrow(new Error(
    'a lifecycle resource works in the Region of its stack, "us-west-2", got a resource of "us-east-1" [at Test/Members]',
  ));
});

test('fails without the acknowledgement that the service was shut down, which the studio asks for', () => {
  expect(() => new StudioMembers(stack, 'Members', {
    studio: Studio.fromStudioAttributes(stack, 'Studio', { studioId: 'us-west-2-studio' }), members: [ALICE],
  })).toThrow(new Error(
    'AWS shut Amazon Nimble Studio down on 24 October 2024 and creates none of its resources any more: '
    + 'set acknowledgeServiceShutdown to true to synthesize them all the same [at Test/Studio]',
  ));
});

test('cdk-nag finds nothing in members', () => {
  const app = new cdk.App();
  cdk.Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  stack = new cdk.Stack(app, 'Test');
  const launchProfile = importedProfile();
  new LaunchProfileMembers(stack, 'Members', { launchProfile, members: [ALICE] });
  new StudioMembers(stack, 'Administrators', { studio: launchProfile.studio, members: [ALICE] });

  expect(() => app.synth()).not.toThrow();
});
