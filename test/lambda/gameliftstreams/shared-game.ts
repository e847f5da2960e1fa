import * as cdk from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { StackResult } from '../../../local/cloudformation';
import type { LoopbackOptions } from '../../../local/loopback';
import { gameliftstreams } from '../../../src';
import { Deployment } from '../../deploy/deployment';

export const STACK = 'Playtest';
export const MINUTE = 60_000;

const { ApplicationSource, Location, RuntimeEnvironment, StreamClass } = gameliftstreams;

/** What a test says of the stack. */
export interface Share extends Partial<Omit<gameliftstreams.StreamUrlProps, 'streamGroup' | 'application'>> {
  /** Makes a resource fail that comes after the URL. */
  readonly fails?: boolean;
  readonly generation?: string;
  /** Streams an application that belongs to the group by an association. */
  readonly second?: boolean;
  /** Makes the role of its sessions. */
  readonly roleOf?: (stack: cdk.Stack) => iam.IRole;
  /** Leaves the URL out. */
  readonly unshared?: boolean;
}

/** Puts the content of the game where its application looks for it. */
export function fillBucket(deployment: Deployment): Promise<void> {
  return deployment.fillBucket('games', ['game/game.exe']);
}

/** A game that is shared by a stream URL: a stack with everything that it needs. */
export class SharedGame {
  public static async start(options: Omit<LoopbackOptions, 'clock'> = {}): Promise<SharedGame> {
    const deployment = await Deployment.start(options);
    await deployment.fillBucket('games', ['game/game.exe']);
    return new SharedGame(deployment);
  }

  private constructor(readonly deployment: Deployment) {}

  public get loopback() {
    return this.deployment.loopback;
  }

  public get simulator() {
    return this.loopback.gameliftstreams;
  }

  public deploy(share: Share = {}): Promise<StackResult> {
    if (share.fails) {
      this.simulator.script.failingApplication('broken', 'internalError');
    }
    return this.deployment.deploy((app) => stackOf(app, share));
  }

  public destroy(): Promise<StackResult> {
    return this.deployment.destroy(STACK);
  }

  public stop(): Promise<void> {
    return this.deployment.stop();
  }

  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- each operation has its own output
  public call(operation: string, input: object = {}): Promise<any> {
    return this.loopback.call('gameliftstreams', operation, input);
  }

  /** What is in the secret. */
  public async secret(): Promise<{ StreamUrl: string; ExpiresAt: string }> {
    const SecretId = this.deployment.physicalId(STACK, 'AWS::SecretsManager::Secret');
    return JSON.parse((await this.loopback.call('secretsmanager', 'GetSecretValue', { SecretId })).SecretString);
  }

  /** The stream URLs that can begin sessions. */
  public async live(): Promise<string[]> {
    return (await this.call('ListStreamUrls', { Status: 'ACTIVE' })).Items.map(({ StreamUrl }: { StreamUrl: string }) => StreamUrl);
  }

  /** What becomes of each stream URL, in the order in which they were made. */
  public async statuses(): Promise<string[]> {
    return (await this.call('ListStreamUrls')).Items.map(({ Status }: { Status: string }) => Status);
  }

  /** How often functions have called an operation of GameLift Streams. */
  public times(operation: string): number {
    return this.loopback.endpoint.calls.of('gameliftstreams', operation).filter(({ caller }) => caller.roleArn !== undefined).length;
  }
}

/** An app with a group, a game and a stream URL. */
export function stackOf(app: cdk.App, { fails, generation, second, roleOf, unshared, ...url }: Share = {}): cdk.Stack {
  const stack = new cdk.Stack(app, STACK);
  const source = ApplicationSource.fromBucket(s3.Bucket.fromBucketName(stack, 'Games', 'games'), 'game');
  const application = (id: string, description = id) => new gameliftstreams.Application(stack, id, {
    source, executablePath: 'game.exe', runtimeEnvironment: RuntimeEnvironment.PROTON_20260204, description,
  });
  const game = application('Game');
  const streamGroup = new gameliftstreams.StreamGroup(stack, 'Group', {
    streamClass: StreamClass.GEN6N_HIGH,
    defaultApplication: game,
    generation,
    locations: [Location.primary({ maximumCapacity: 4 }), Location.of('eu-west-1', { maximumCapacity: 4 })],
  });
  const other = second ? application('Other') : undefined;
  if (!unshared) {
    const shared = new gameliftstreams.StreamUrl(stack, 'Url', {
      streamGroup, application: other ?? game, locations: ['us-east-1'], expiration: cdk.Duration.hours(2), role: roleOf?.(stack), ...url,
    });
    if (fails) {
      application('Last', 'broken').node.addDependency(shared);
    }
  }
  if (other) {
    streamGroup.addApplication(other);
  }
  return stack;
}
