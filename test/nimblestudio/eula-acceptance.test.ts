import * as cdk from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { AwsSolutionsChecks } from 'cdk-nag';
import { aStack, arn, importedStudio } from './world';
import { EulaAcceptance, StreamingImage } from '../../src/nimblestudio';

let stack: cdk.Stack;
beforeEach(() => {
  stack = aStack();
});

const accept = (eulaIds: string[], endpointUrl?: string) =>
  new EulaAcceptance(stack, 'Eulas', { studio: importedStudio(stack), eulaIds, endpointUrl });

function anImage(): StreamingImage {
  return new StreamingImage(stack, 'Image', {
    studio: importedStudio(new cdk.Stack()), machineImage: ec2.MachineImage.genericLinux({ 'us-east-1': 'ami-1' }, {}),
  });
}

function statements() {
  const [policy] = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
  return policy.Properties.PolicyDocument.Statement;
}

const LISTED = { Effect: 'Allow', Action: 'nimble:ListEulaAcceptances', Resource: arn('eula-acceptance', '*') };

test('with all properties', () => {
  accept(['one', 'two'], 'https://nimble.example.com');
  expect(Template.fromStack(stack).findResources('Custom::NimbleStudioEulaAcceptance')).toEqual({
    Eulas954249F2: expect.objectContaining({
      Properties: {
        ServiceToken: expect.anything(),
        ServiceTimeout: '3120',
        StudioId: 'us-west-2-studio',
        EulaIds: 'one,two',
        EndpointUrl: 'https://nimble.example.com',
        TimeoutSeconds: '2700',
      },
    }),
  });
});

test('named agreements may be accepted, and no other', () => {
  accept(['one', 'two']);
  expect(statements()).toEqual([{ Effect: 'Allow', Action: 'nimble:AcceptEulas', Resource: [arn('eula', 'one'), arn('eula', 'two')] }, LISTED]);
});

test('the agreements of an image are accepted, whichever they are', () => {
  accept(anImage().streamingImageEulaIds);
  const [resource] = Object.values(Template.fromStack(stack).findResources('Custom::NimbleStudioEulaAcceptance'));
  expect(resource.Properties.EulaIds).toEqual({ 'Fn::Join': [',', { 'Fn::GetAtt': ['Image9D742C96', 'EulaIds'] }] });
  expect(statements()).toEqual([{ Effect: 'Allow', Action: 'nimble:AcceptEulas', Resource: arn('eula', '*') }, LISTED]);
});

test('an id may come from a parameter', () => {
  accept([new cdk.CfnParameter(stack, 'Id').valueAsString]);
  expect(statements()).toEqual([{ Effect: 'Allow', Action: 'nimble:AcceptEulas', Resource: arn('eula', { Ref: 'Id' }) }, LISTED]);
});

test.each(['e', 'e'.repeat(22), 'aZ0_-'])('an id may be %s', (id) => {
  expect(() => accept([id])).not.toThrow();
});

test.each([
  ['eulaIds must have at least 1 element, got 0', []],
  ['eulaIds must have 1 to 22 letters, digits, "-" and "_", got ""', ['']],
  [`eulaIds must have 1 to 22 letters, digits, "-" and "_", got "${'e'.repeat(23)}"`, ['e'.repeat(23)]],
  ['eulaIds must have 1 to 22 letters, digits, "-" and "_", got "one,two"', ['one,two']],
  ['eulaIds must be named once, got "one" twice', ['one', 'two', 'one']],
])('fails: %s', (message, eulaIds) => {
  expect(() => accept(eulaIds)).toThrow(new Error(`${message} [at Test/Eulas]`));
});

test('fails for an endpoint that is not encrypted', () => {
  expect(() => accept(['one'], 'http://nimble.example.com')).toThrow(new Error(
    'endpointUrl must be an https address without user, query and fragment (http only for 127.0.0.1, localhost and [::1]), '
    + 'got "http://nimble.example.com" [at Test/Eulas]',
  ));
});

test('fails for a studio of another Region', () => {
  stack = new cdk.Stack(new cdk.App(), 'Test', { env: { region: 'us-west-2' } });
  const studio = importedStudio(new cdk.Stack(new cdk.App(), 'Elsewhere', { env: { region: 'us-east-1' } }));
  expect(() => new EulaAcceptance(stack, 'Eulas', { studio, eulaIds: ['one'] })).toThrow(new Error(
    'a lifecycle resource works in the Region of its stack, "us-west-2", got a resource of "us-east-1" [at Test/Eulas]',
  ));
});

test.each<[string, () => string[]]>([
  ['named agreements', () => ['one']],
  ['the agreements of an image', () => anImage().streamingImageEulaIds],
])('cdk-nag finds nothing in the acceptance of %s', (_what, eulaIds) => {
  const app = new cdk.App();
  cdk.Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  stack = new cdk.Stack(app, 'Test');
  accept(eulaIds());

  expect(() => app.synth()).not.toThrow();
});
