import * as cdk from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Deployment, type Template } from './deployment';
import { appstream, LifecycleSettings, type LifecycleSettingsProps } from '../../src';
import { eventOf } from '../lambda/engine/events';

const STACK = 'Everything';
const { FleetState, ImageBuilderState } = appstream;

/** Everything that the engine does in a stack's life: starts and stops of both kinds, an older request that is ended, the end of it all. */
async function live(change: (template: Template) => void, settings?: (stack: cdk.Stack) => LifecycleSettingsProps) {
  const deployment = await Deployment.start();
  const { loopback } = deployment;
  const failures: string[] = [];
  const deploy = async (fleet: appstream.FleetState, builder: appstream.ImageBuilderState) => {
    const result = await deployment.deploy((app) => everything(app, fleet, builder, settings), change);
    failures.push(...result.failures);
    return result.failures.length === 0;
  };

  if (await deploy(FleetState.RUNNING, ImageBuilderState.STOPPED) && await deploy(FleetState.STOPPED, ImageBuilderState.RUNNING)) {
    failures.push(...await overtake(deployment));
  }
  failures.push(...(await deployment.destroy(STACK)).failures);
  await deployment.stop();
  return {
    failures,
    denied: loopback.iam.denials.map(({ message }) => message),
    unused: loopback.iam.unusedGrants().map(({ action }) => action),
    logged: loopback.logs.lines().length > 0,
  };
}

function everything(
  app: cdk.App, fleetState: appstream.FleetState, builderState: appstream.ImageBuilderState, settings?: (stack: cdk.Stack) => LifecycleSettingsProps,
): cdk.Stack {
  const stack = new cdk.Stack(app, STACK);
  if (settings) {
    LifecycleSettings.apply(stack, settings(stack));
  }
  const instance = { image: appstream.Image.fromName('AppStream-WinServer2022-06-17-2024'), instanceType: appstream.InstanceType.STANDARD_LARGE };
  new appstream.Fleet(stack, 'Fleet', { ...instance, capacity: appstream.Capacity.instances(1), desiredState: fleetState });
  new appstream.ImageBuilder(stack, 'Builder', { ...instance, desiredState: builderState });
  return stack;
}

/** A request that runs out of CloudFormation's time is followed by another; the engine ends the first. */
async function overtake(deployment: Deployment): Promise<string[]> {
  const { loopback } = deployment;
  const reasons: string[] = [];
  loopback.endpoint.registerUnsigned('/answers/', ({ body }) => {
    const { Status, Reason } = JSON.parse(body.toString());
    reasons.push(...Status === 'FAILED' ? [Reason] : []);
    return { status: 200 };
  });
  const [{ Name }] = (await loopback.call('appstream', 'DescribeFleets', {})).Fleets;
  for (const RequestType of ['Update', 'Delete'] as const) {
    const date = new Date(loopback.clock.now()).toISOString().replace(/[-:]|\.\d+/g, '');
    await loopback.call('lambda', 'Invoke', {
      FunctionName: deployment.physicalId(STACK, 'AWS::Lambda::Function'),
      InvocationType: 'Event',
      Payload: JSON.stringify(eventOf({
        RequestType,
        PhysicalResourceId: Name,
        ResponseURL: `${loopback.url}/answers/?X-Amz-Date=${date}`,
        ResourceProperties: { FleetName: Name, DesiredState: 'RUNNING', StopOnDelete: 'false', TimeoutSeconds: '2700' },
      })),
    });
    await loopback.clock.sleep(1000);
    await loopback.lambda.idle();
  }
  await loopback.states.idle();
  return reasons;
}

interface Statement {
  readonly Effect: string;
  readonly Resource: unknown;
  Action: string | string[];
}

/** The statements of the engine's policies, each with the resource that holds it. */
function statements({ Resources }: Template): { readonly holder: string; readonly list: Statement[] }[] {
  return Object.entries(Resources).filter(([id]) => id.startsWith('AppStreamLifecycleEngine')).flatMap(([holder, { Type, Properties }]) => {
    const documents: { Statement: Statement[] }[] = Type === 'AWS::IAM::Policy' ? [Properties.PolicyDocument]
      : Type === 'AWS::IAM::Role' ? (Properties.Policies ?? []).map((policy: { PolicyDocument: object }) => policy.PolicyDocument) : [];
    return documents.map((document) => ({ holder, list: document.Statement }));
  });
}

const actionsOf = ({ Action }: Statement) => (Array.isArray(Action) ? Action : [Action]);

function without(holder: string, action: string): (template: Template) => void {
  return (template) => statements(template).filter((entry) => entry.holder === holder).forEach(({ list }) => {
    list.forEach((statement) => {
      statement.Action = actionsOf(statement).filter((each) => each !== action);
    });
    const left = list.filter(({ Action }) => Action.length > 0);
    // IAM takes no policy without a statement.
    list.splice(0, list.length, ...left.length > 0 ? left : [{ Effect: 'Deny', Action: action, Resource: '*' }]);
  });
}

const grants = (() => {
  const app = new cdk.App();
  const stack = everything(app, FleetState.RUNNING, ImageBuilderState.STOPPED);
  const { template } = app.synth().getStackArtifact(stack.artifactId);
  return statements(template).flatMap(({ holder, list }) => list.flatMap(actionsOf).map((action) => [action, holder] as const));
})();

test('with all that is granted nothing is refused, and all of it is used', async () => {
  expect(await live(() => undefined)).toEqual({ failures: [], denied: [], unused: [], logged: true });
});

test('with all settings nothing is refused either, and all of what they grant is used', async () => {
  const settings = (stack: cdk.Stack): LifecycleSettingsProps => ({
    vpc: new ec2.Vpc(stack, 'Vpc', { maxAzs: 1, natGateways: 1, restrictDefaultSecurityGroup: false }),
    encryptionKey: new kms.Key(stack, 'Key'),
    tracing: true,
  });
  expect(await live(() => undefined, settings)).toEqual({ failures: [], denied: [], unused: [], logged: true });
});

test.each(grants)('without %s of %s the deployment or the deletion fails, and the refusal names it', async (action, holder) => {
  const { failures, denied, logged } = await live(without(holder, action));
  expect(denied.join('\n')).toContain(`is not authorized to perform: ${action} on resource`);
  if (action.startsWith('logs:')) {
    // Nothing fails for want of a log: that is AWS's own way with functions.
    expect(logged).toBe(false);
    return;
  }
  expect(failures.length).toBeGreaterThan(0);
  if (action !== 'lambda:InvokeFunction') {
    expect(failures.join('\n')).toContain(action);
  }
});
