import * as cdk from 'aws-cdk-lib';
import { Deployment, type StackFactory, type Template } from './deployment';
import type { Event } from '../../lambda/engine/request';
import type { LoopbackOptions } from '../../local/loopback';
import type { Grant } from '../../local/services/iam/grant-ledger';

/** Takes a stack one step further. The template is to be changed on its way. Answers with the failures of CloudFormation. */
export type Step = (deployment: Deployment, change: (template: Template) => void) => Promise<readonly string[]>;

/** Deploys the stack that a function makes; `alter` changes the template before anybody else does. */
export function deploying(make: StackFactory, alter: (template: Template) => void = () => undefined): Step {
  return async (deployment, change) => (await deployment.deploy(make, (template) => {
    alter(template);
    change(template);
  })).failures;
}

/** What a stack lives through while the permissions of its functions are looked at. */
export interface Life {
  /** What the logical ids of the roles and policies begin with, e.g. `AppStreamLifecycleEngine`. */
  readonly holder: string;
  readonly options?: Omit<LoopbackOptions, 'clock'>;
  /** The stack with every permission that it has in the course of its life. */
  readonly make: StackFactory;
  /** Deploys and updates, so that everything that is granted has its occasion; after the last step, or the first that fails, the stack is destroyed. */
  readonly steps: readonly Step[];
  /** What the logical ids of the policies begin with whose actions are taken away in turn. @default - those of the holder */
  readonly policies?: readonly string[];
  /** What has to reach beyond the resources of the stack, and why. */
  readonly wide?: Readonly<Record<string, string>>;
}

/** Declares the test that with all that is granted nothing is refused, all of it is used, and none of it reaches the resources of others. */
export function usesExactly(life: Life): void {
  test('with all that is granted nothing is refused, all of it is used, and nothing of others is in reach', async () => {
    const { logGroups, ...seen } = await run(life, () => undefined);
    expect(seen).toEqual({ failures: [], denied: [], unused: [], wide: [] });
    expect(logGroups).not.toEqual([]);
  });
}

/**
 * Declares a test for each action that is granted: without it the life fails, and the reason names it.
 *
 * @param actions of which actions; those of the engine itself need not be looked at in every life
 */
export function needsEach(life: Life, actions = /./): void {
  test.each(grantsOf(life).filter(([action]) => actions.test(action)))('without %s of %s something fails, and the refusal names it', async (action, policy) => {
    const { failures, denied, logGroups } = await run(life, without(policy, action));
    expect(denied.join('\n')).toContain(`is not authorized to perform: ${action} on resource`);
    if (action.startsWith('logs:')) {
      // Nothing fails for want of a log: that is AWS's own way with functions.
      expect(logGroups.filter((group) => group.includes(`-${life.holder}`))).toEqual([]);
      return;
    }
    expect(failures.length).toBeGreaterThan(0);
    if (action !== 'lambda:InvokeFunction') {
      expect(failures.join('\n')).toContain(action);
    }
  });
}

async function run({ holder, options, make, steps, wide = {} }: Life, change: (template: Template) => void) {
  const deployment = await Deployment.start(options);
  const failures: string[] = [];
  try {
    for (const step of steps) {
      failures.push(...failures.length === 0 ? await step(deployment, change) : []);
    }
    failures.push(...(await deployment.destroy(make(new cdk.App()).stackName)).failures);
  } finally {
    await deployment.stop();
  }
  const { loopback: { iam, logs } } = deployment;
  const ours = <T extends { readonly roleArn: string }>(all: readonly T[]) => all.filter(({ roleArn }) => roleArn.includes(`-${holder}`));
  const described = (all: readonly Grant[]) => all.map(({ action, resource }) => `${action} on ${resource}`);
  return {
    failures,
    denied: ours(iam.denials).map(({ message }) => message),
    unused: described(ours(iam.unusedGrants())),
    wide: described(ours(iam.wideGrants()).filter(({ action }) => !(action in wide))),
    logGroups: logs.lines().map(({ group }) => group),
  };
}

/**
 * A request that is overtaken: an Update that has to wait, because the service is throttled, and a Delete right after it, as when the
 * Update has run out of CloudFormation's time. The engine ends the Update's execution; the Delete really deletes.
 *
 * @param service whose call the Update begins with, by its IAM prefix
 * @param properties what the Update changes of the newest request
 * @param engine whose newest request, where there are several
 * @returns the reasons of failures
 */
export async function overtake(
  { loopback }: Deployment, service: string, properties: Readonly<Record<string, string>> = {}, engine = '',
): Promise<string[]> {
  const reasons: string[] = [];
  loopback.endpoint.registerUnsigned('/answers/', ({ body }) => {
    const { Status, Reason } = JSON.parse(body.toString());
    reasons.push(...Status === 'FAILED' ? [Reason] : []);
    return { status: 200 };
  });
  const [newest] = loopback.states.executions.filter(({ options: { arn } }) => arn.includes(`:${engine}`)).reverse();
  const { input } = await loopback.call('states', 'DescribeExecution', { executionArn: newest.options.arn });
  const { event } = JSON.parse(input) as { event: Event };
  const { physicalId: PhysicalResourceId } = loopback.cloudformation.stackResources(event.StackId.split('/')[1])
    .find(({ logicalId }) => logicalId === event.LogicalResourceId)!;
  // For longer than Lambda tries an event.
  loopback.endpoint.faults.add({ service, lambdaOnly: true, times: 8, fault: { kind: 'throttle' } });
  for (const RequestType of ['Update', 'Delete'] as const) {
    const date = new Date(loopback.clock.now()).toISOString().replace(/[-:]|\.\d+/g, '');
    await loopback.call('lambda', 'Invoke', {
      FunctionName: event.ServiceToken.split(':').pop(),
      InvocationType: 'Event',
      Payload: JSON.stringify({
        ...event,
        RequestType,
        RequestId: `${event.RequestId}-${RequestType}`,
        PhysicalResourceId,
        ResponseURL: `${loopback.url}/answers/?X-Amz-Date=${date}`,
        ResourceProperties: { ...event.ResourceProperties, ...properties },
        OldResourceProperties: event.ResourceProperties,
      }),
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

const actionsOf = ({ Action }: Statement) => (Array.isArray(Action) ? Action : [Action]);

/** Each action, with the logical id of the role or policy that grants it. */
function grantsOf({ make, holder, policies = [holder] }: Life): (readonly [action: string, policy: string])[] {
  const app = new cdk.App();
  const stack = make(app);
  const { template } = app.synth().getStackArtifact(stack.artifactId);
  const grants = statements(template, holder)
    .filter(({ policy }) => policies.some((begin) => policy.startsWith(begin)))
    .flatMap(({ policy, list }) => list.flatMap(actionsOf).map((action) => JSON.stringify([action, policy])));
  return [...new Set(grants)].map((grant) => JSON.parse(grant));
}

/** The statements of the roles and policies, each with the resource that holds it. */
function statements({ Resources }: Template, holder: string): { readonly policy: string; readonly list: Statement[] }[] {
  return Object.entries(Resources).filter(([id]) => id.startsWith(holder)).flatMap(([policy, { Type, Properties }]) => {
    const documents: { Statement: Statement[] }[] = Type === 'AWS::IAM::Policy' ? [Properties.PolicyDocument]
      : Type === 'AWS::IAM::Role' ? (Properties.Policies ?? []).map((inline: { PolicyDocument: object }) => inline.PolicyDocument) : [];
    return documents.map((document) => ({ policy, list: document.Statement }));
  });
}

function without(policy: string, action: string): (template: Template) => void {
  return (template) => statements(template, policy).filter((entry) => entry.policy === policy).forEach(({ list }) => {
    list.forEach((statement) => {
      statement.Action = actionsOf(statement).filter((each) => each !== action);
    });
    const left = list.filter(({ Action }) => Action.length > 0);
    // IAM takes no policy without a statement.
    list.splice(0, list.length, ...left.length > 0 ? left : [{ Effect: 'Deny', Action: action, Resource: '*' }]);
  });
}
