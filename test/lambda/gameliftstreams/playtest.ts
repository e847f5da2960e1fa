import * as cdk from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';
import type { StackResult } from '../../../local/cloudformation';
import { gameliftstreams } from '../../../src';
import { Deployment } from '../../deploy/deployment';

const { Application, ApplicationSource, Location, RuntimeEnvironment, StreamClass, StreamGroup } = gameliftstreams;

export const STACK = 'Playtest';
export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;
export const PRIMARY = 'us-east-1';
export const REMOTE = 'eu-west-1';
export const CREATED = { status: 'CREATE_COMPLETE', failures: [] };
export const UPDATED = { status: 'UPDATE_COMPLETE', failures: [] };
export const DELETED = { status: 'DELETE_COMPLETE', failures: [] };

/** What a test says of its stack. */
export interface Wish {
  /** Of the second application's content: another one replaces the application. */
  readonly version?: string;
  readonly generation?: string;
  /** @default true */
  readonly withDefault?: boolean;
  /** Of the group, beside the primary one. */
  readonly locations?: readonly string[];
  readonly runtimeEnvironment?: gameliftstreams.RuntimeEnvironment;
  /** Adds what is tested. */
  readonly add?: (made: Made) => IConstruct;
  /** Lets another resource fail when all others are there. */
  readonly failsLate?: boolean;
}

/** What a stack has before the test adds to it. */
export interface Made {
  readonly stack: cdk.Stack;
  readonly group: gameliftstreams.StreamGroup;
  readonly first: gameliftstreams.Application;
  readonly second: gameliftstreams.Application;
}

/** What applications of these tests are made of. */
const CONTENT = [
  ...['first', 'second/1', 'second/2', 'second/3', 'elsewhere', 'latecomer'].map((folder) => `${folder}/game.exe`), 'third/a.exe',
];

/** Puts the content of the applications where it is looked for. */
export function fillGames(deployment: Deployment): Promise<void> {
  return deployment.fillBucket('games', CONTENT);
}

/** A stack with a stream group and two applications, the first of which is the default. */
export class Playtest {
  public static async start(options: Parameters<typeof Deployment.start>[0] = {}): Promise<Playtest> {
    const deployment = await Deployment.start(options);
    await fillGames(deployment);
    return new Playtest(deployment);
  }

  private constructor(readonly deployment: Deployment) {}

  public get loopback() {
    return this.deployment.loopback;
  }

  public get clock() {
    return this.deployment.clock;
  }

  public get script() {
    return this.loopback.gameliftstreams.script;
  }

  public deploy(wish: Wish): Promise<StackResult> {
    if (wish.failsLate) {
      this.script.failingApplication('latecomer', 'internalError');
    }
    return this.deployment.deploy((app) => playtestStack(app, wish));
  }

  public destroy(): Promise<StackResult> {
    return this.deployment.destroy(STACK);
  }

  /** Makes an application outside of the stack, which is READY some minutes later. */
  public async makeApplication(description = 'made elsewhere'): Promise<string> {
    const { Arn } = await this.call('CreateApplication', {
      Description: description,
      ApplicationSourceUri: 's3://games/elsewhere',
      ExecutablePath: 'game.exe',
      RuntimeEnvironment: { Type: 'PROTON', Version: '20260204' },
    });
    return Arn;
  }

  /** Makes a stream group outside of the stack, which is ACTIVE some minutes later. */
  public async makeGroup(input: object = {}): Promise<string> {
    const { Arn } = await this.call('CreateStreamGroup', {
      Description: 'made elsewhere',
      StreamClass: 'gen6n_ultra',
      LocationConfigurations: [{ LocationName: PRIMARY, MaximumCapacity: 4 }],
      ...input,
    });
    return Arn;
  }

  /** Deploys a stack that has only what is tested. */
  public deployOnly(add: (stack: cdk.Stack) => void): Promise<StackResult> {
    return this.deployment.deploy((app) => {
      const stack = new cdk.Stack(app, STACK);
      add(stack);
      return stack;
    });
  }

  /** The applications of the only group, by their descriptions. */
  public async applicationsOfGroup(): Promise<string[]> {
    const { Items } = await this.call('ListStreamGroups', {});
    const { AssociatedApplications } = await this.call('GetStreamGroup', { Identifier: Items[0].Id });
    const applications = await Promise.all(AssociatedApplications.map((Identifier: string) => this.call('GetApplication', { Identifier })));
    return applications.map(({ ApplicationSourceUri }) => ApplicationSourceUri.replace('s3://games/', '')).sort();
  }

  public group(): string {
    return this.deployment.physicalId(STACK, 'AWS::GameLiftStreams::StreamGroup');
  }

  /** What is still there of applications, groups and sessions. */
  public remains(): string[] {
    return this.loopback.gameliftstreams.remains().map((arn) => arn.split(':')[5].split('/')[0]);
  }

  /** Everything that the deployed function asked GameLift Streams to change. */
  public changes(): string[] {
    return this.loopback.endpoint.calls.of('gameliftstreams')
      .filter(({ operation, error, caller }) => caller.roleArn !== undefined && !/^(Get|List)/.test(operation) && error === undefined)
      .map(({ operation }) => operation);
  }

  /** Throws unless nothing is left, neither in the service nor under way. */
  public async stop(): Promise<void> {
    const { clock, loopback } = this;
    const over = clock.now();
    await loopback.lambda.idle();
    await loopback.states.idle();
    const waited = clock.now() - over;
    await this.deployment.stop();
    if (waited > 0) {
      throw new Error(`requests were under way, for ${waited / MINUTE} minutes`);
    }
  }

  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the caller knows the shape of the output
  public call(operation: string, input: object): Promise<any> {
    return this.loopback.call('gameliftstreams', operation, input);
  }
}

export function playtestStack(app: cdk.App, wish: Wish): cdk.Stack {
  const stack = new cdk.Stack(app, STACK);
  const bucket = s3.Bucket.fromBucketName(stack, 'Games', 'games');
  const application = (id: string, prefix: string, description?: string) => new Application(stack, id, {
    source: ApplicationSource.fromBucket(bucket, prefix),
    executablePath: 'game.exe',
    runtimeEnvironment: wish.runtimeEnvironment ?? RuntimeEnvironment.PROTON_20260204,
    description,
  });
  const first = application('First', 'first');
  const second = application('Second', `second/${wish.version ?? 1}`);
  const group = new StreamGroup(stack, 'Group', {
    streamClass: wish.runtimeEnvironment === RuntimeEnvironment.WINDOWS_2022 ? StreamClass.GEN6N_PRO_WIN2022 : StreamClass.GEN6N_ULTRA,
    generation: wish.generation,
    defaultApplication: wish.withDefault ?? true ? first : undefined,
    locations: [
      Location.primary({ maximumCapacity: 4 }),
      ...(wish.locations ?? []).map((name) => Location.of(name, { maximumCapacity: 4 })),
    ],
  });
  const added = wish.add?.({ stack, group, first, second });
  if (wish.failsLate) {
    const latecomer = application('Latecomer', 'latecomer', 'latecomer');
    latecomer.node.addDependency(...added ? [added] : []);
  }
  return stack;
}
