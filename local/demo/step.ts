import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { CdkCli, CdkRun } from './cdk-cli';
import { changesBetween } from './picture';
import type { World } from './world';
import type { StackEvent } from '../cloudformation';
import type { Loopback } from '../loopback';

/** What was seen of a step. */
export interface Seen {
  readonly run: CdkRun;
  readonly before: World;
  readonly after: World;
  /** CloudFormation's, the oldest first. */
  readonly events: readonly StackEvent[];
  readonly lambdaInvocations: number;
  /** What the deployed functions called of the streaming service. */
  readonly calls: readonly string[];
  readonly realSeconds: number;
  /** From CloudFormation's first event to its last. */
  readonly virtualMinutes: number;
}

/** Where things are done. */
export interface Scene {
  readonly loopback: Loopback;
  readonly cli: Pick<CdkCli, 'run'>;
  readonly before: World;
}

/** Something that somebody does. */
export interface Action {
  /** As it is shown. */
  readonly shown: string;
  /** Whether what it says is shown, too. */
  readonly told?: true;
  readonly run: (scene: Scene) => Promise<CdkRun>;
}

/** One action, and what is to come of it. */
export interface Step {
  readonly title: string;
  readonly action: Action;
  /** As `outcomeOf` puts it. */
  readonly expected: string;
  /** @default 0 */
  readonly exitCode?: number;
  /** Sets up what is to go wrong. */
  readonly prepare?: (loopback: Loopback, before: World) => void;
  /** What else is wrong with what was seen. */
  readonly verify: (seen: Seen) => string[];
}

/** A command of the CDK CLI. */
export function cdk(...command: string[]): Action {
  return { shown: `cdk ${command.map(quoted).join(' ')}`, run: ({ cli }) => cli.run(command) };
}

export function deploy(...options: string[]): Action {
  return cdk('deploy', '--require-approval', 'never', ...options);
}

/** The end of an app, of which nothing is left. */
export const DESTROY: Step = { title: 'destroy', action: cdk('destroy', '--force'), expected: 'nothing is left', verify: lambdasWorked };

/**
 * Somebody uses what is deployed.
 *
 * @param act answers with what came of it, in lines; fails when it does not go as it should
 */
export function user(shown: string, act: (scene: Scene) => Promise<readonly string[]>): Action {
  return {
    shown,
    told: true,
    async run(scene) {
      try {
        return { exitCode: 0, output: (await act(scene)).join('\n') };
      } catch (error) {
        return { exitCode: 1, output: String(error) };
      }
    },
  };
}

/** Reads the secret that an output names, as one who may. */
export async function secretOf({ loopback, before }: Scene, output: string): Promise<Record<string, string>> {
  const client = new SecretsManagerClient({
    endpoint: loopback.url, region: loopback.region, credentials: { accessKeyId: 'loopback', secretAccessKey: 'loopback' },
  });
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: outputOf(before, output) }));
  return JSON.parse(SecretString!);
}

/** The value of an output of the app's only stack. */
export function outputOf({ deployments }: World, name: string): string {
  const value = deployments[0]?.outputs[name];
  if (value === undefined) {
    throw new Error(`the stack has no output ${name}`);
  }
  return value;
}

export function lambdasWorked({ lambdaInvocations, calls }: Seen): string[] {
  return [
    ...lambdaInvocations > 0 ? [] : ['no Lambda was invoked'],
    ...calls.length > 0 ? [] : ['no Lambda called the streaming service'],
  ];
}

export function nothingHappened({ lambdaInvocations, events, before, after }: Seen): string[] {
  const changes = events.filter(({ ResourceType }) => ResourceType !== 'AWS::CloudFormation::Stack');
  return [
    ...lambdaInvocations > 0 ? [`${lambdaInvocations} Lambda invocations`] : [],
    ...changes.map(({ LogicalResourceId, ResourceStatus }) => `${LogicalResourceId} ${ResourceStatus}`),
    ...changesBetween(before, after),
  ];
}

function quoted(argument: string): string {
  return /[^\w=.-]/.test(argument) ? `'${argument}'` : argument;
}
