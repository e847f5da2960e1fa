import * as cdk from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as customResources from 'aws-cdk-lib/custom-resources';
import { barChart } from './chart';
import { atMost, type Figure, type Section } from './figure';
import { appstream, gameliftstreams, nimblestudio } from '../src';

/** Adds one more lifecycle resource to a stack. */
type Adder = (stack: cdk.Stack, id: string) => void;

/** One kind for each engine. A kind with a secret or a policy of its own adds these as well. */
const ENGINES: Record<string, Adder> = {
  'AppStream (FleetLifecycle)': (stack, id) => {
    const fleet = appstream.Fleet.fromFleetName(stack, `${id}Fleet`, 'fleet');
    new appstream.FleetLifecycle(stack, id, { fleet, desiredState: appstream.FleetState.RUNNING });
  },
  'AppStreamSessions (SessionDrain)': (stack, id) => {
    const fleet = appstream.Fleet.fromFleetName(stack, `${id}Fleet`, 'fleet');
    new appstream.SessionDrain(stack, id, { fleet, stack: appstream.Stack.fromStackName(stack, `${id}Stack`, 'stack') });
  },
  'GameLiftStreams (StreamGroupApplicationAssociation)': (stack, id) => {
    const arn = (type: string) => stack.formatArn({ service: 'gameliftstreams', resource: type, resourceName: id });
    new gameliftstreams.StreamGroupApplicationAssociation(stack, id, {
      streamGroup: gameliftstreams.StreamGroup.fromStreamGroupArn(stack, `${id}Group`, arn('streamgroup')),
      application: gameliftstreams.Application.fromApplicationArn(stack, `${id}Application`, arn('application')),
    });
  },
  'NimbleStudio (EulaAcceptance)': (stack, id) => {
    const studio = nimblestudio.Studio.fromStudioAttributes(stack, `${id}Studio`, { studioId: 'us-west-2-studio', acknowledgeServiceShutdown: true });
    new nimblestudio.EulaAcceptance(stack, id, { studio, eulaIds: ['eula'] });
  },
};

const provider: Adder = (stack, id) => {
  const handler = () => new lambda.Function(stack, `Handler${stack.node.children.length}`, {
    runtime: lambda.Runtime.NODEJS_24_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = () => {}'),
  });
  const existing = stack.node.tryFindChild('Provider') as customResources.Provider | undefined;
  const { serviceToken } = existing ?? new customResources.Provider(stack, 'Provider', { onEventHandler: handler(), isCompleteHandler: handler() });
  new cdk.CustomResource(stack, id, { serviceToken });
};

const awsCustomResource: Adder = (stack, id) => {
  new customResources.AwsCustomResource(stack, id, {
    onCreate: { service: 'AppStream', action: 'startFleet', parameters: { Name: 'fleet' }, physicalResourceId: customResources.PhysicalResourceId.of('fleet') },
    policy: customResources.AwsCustomResourcePolicy.fromSdkCalls({ resources: ['*'] }),
  });
};

/** How many CloudFormation resources the first lifecycle resource of a stack adds, and each next one. */
export function resourceCounts(): Section {
  const ours = Object.entries(ENGINES).map(([name, add]) => ({ name, ...added(add) }));
  const others = [
    { name: 'aws-cdk-lib\'s Provider, asynchronous', ...added(provider) },
    { name: 'aws-cdk-lib\'s AwsCustomResource', ...added(awsCustomResource) },
  ];
  return {
    title: 'CloudFormation resources that a lifecycle resource adds',
    notes: ['What the first of its kind in a stack adds, and each next one. Some kinds add a secret of their own besides.'],
    figures: [
      ...ours.flatMap(({ name, first, next }): Figure[] => [
        { what: `${name}: first`, figure: `${first}`, goal: atMost(first, 8) },
        { what: `${name}: next`, figure: `${next}`, goal: { text: '= 1', isReached: next === 1 } },
      ]),
      ...others.flatMap(({ name, first, next }): Figure[] => [
        { what: `${name}: first`, figure: `${first}` },
        { what: `${name}: next`, figure: `${next}` },
      ]),
    ],
    charts: {
      'resources.svg': barChart('CloudFormation resources: the first, and each next', '', [...ours, ...others].flatMap(({ name, first, next }) => [
        { label: `${name}`, value: first }, { label: 'next', value: next },
      ])),
    },
  };
}

function added(add: Adder): { readonly first: number; readonly next: number } {
  const [none, one, two] = [0, 1, 2].map((lifecycles) => {
    const stack = new cdk.Stack(new cdk.App(), 'Stack');
    Array.from({ length: lifecycles }).forEach((_, index) => add(stack, `Lifecycle${index}`));
    return Object.keys(Template.fromStack(stack).toJSON().Resources ?? {}).length;
  });
  return { first: one - none, next: two - one };
}
