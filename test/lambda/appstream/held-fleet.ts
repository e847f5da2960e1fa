import type { FleetState } from '@aws-sdk/client-appstream';
import * as cdk from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { StackResult } from '../../../local/cloudformation';
import { appstream } from '../../../src';
import { Deployment } from '../../deploy/deployment';

export const FLEET = 'office';
export const STACK = 'Held';
export const MINUTE = 60_000;

const IMAGE = 'AppStream-WinServer2022-06-17-2024';

/** What a test says of the lifecycle. */
export interface Hold {
  readonly revision?: string;
  readonly timeout?: cdk.Duration;
  readonly stopOnDelete?: boolean;
  readonly fleetName?: string;
}

/** A fleet that is made outside, and a stack whose only purpose is to hold it in a state. */
export class HeldFleet {
  public static async start(options: Parameters<typeof Deployment.start>[0] = {}): Promise<HeldFleet> {
    return new HeldFleet(await Deployment.start(options));
  }

  private constructor(readonly deployment: Deployment) {}

  public get loopback() {
    return this.deployment.loopback;
  }

  public get clock() {
    return this.deployment.clock;
  }

  /** Makes the fleet and brings it to a state. */
  public async create(state: FleetState = 'STOPPED', name = FLEET): Promise<void> {
    await this.call('CreateFleet', {
      Name: name,
      ImageName: IMAGE,
      InstanceType: 'stream.standard.large',
      ComputeCapacity: { DesiredInstances: 1 },
      // As CloudFormation does for a fleet of the stack.
      Tags: { 'cdk-app-streaming:stack': STACK },
    });
    if (state !== 'STOPPED') {
      await this.call('StartFleet', { Name: name });
    }
    if (state === 'RUNNING' || state === 'STOPPING') {
      this.clock.advance(10 * MINUTE);
    }
    if (state === 'STOPPING') {
      await this.call('StopFleet', { Name: name });
    }
    if (await this.state(name) !== state) {
      throw new Error(`fleet ${name} is not ${state}`);
    }
  }

  public hold(desiredState: appstream.FleetState, hold: Hold = {}): Promise<StackResult> {
    return this.deployment.deploy((app) => {
      const stack = new cdk.Stack(app, STACK);
      new appstream.FleetLifecycle(stack, 'Lifecycle', {
        fleet: appstream.Fleet.fromFleetName(stack, 'Fleet', hold.fleetName ?? FLEET),
        desiredState,
        stopOnDelete: hold.stopOnDelete,
        revision: hold.revision,
        timeout: hold.timeout,
      });
      return stack;
    });
  }

  /** Permits more than holding the fleet running, for what is sent to the same function by hand. */
  public allow(...more: string[]): Promise<StackResult> {
    return this.deployment.deploy((app) => {
      const stack = new cdk.Stack(app, STACK);
      const fleet = appstream.Fleet.fromFleetName(stack, 'Fleet', FLEET);
      new appstream.FleetLifecycle(stack, 'Lifecycle', { fleet, desiredState: appstream.FleetState.RUNNING });
      const policy = stack.node.findAll().find((construct): construct is iam.Policy =>
        construct instanceof iam.Policy && construct.node.id === 'AppStreamFleetLifecycle');
      const actions = more.map((action) => `appstream:${action}`);
      policy!.addStatements(new iam.PolicyStatement({ actions, resources: ['*'] }));
      return stack;
    });
  }

  /** Holds an image builder running, instead of the fleet. */
  public holdBuilder(name: string): Promise<StackResult> {
    return this.deployment.deploy((app) => {
      const stack = new cdk.Stack(app, STACK);
      const imageBuilder = appstream.ImageBuilder.fromImageBuilderName(stack, 'Builder', name);
      new appstream.ImageBuilderLifecycle(stack, 'BuilderLifecycle', { imageBuilder, desiredState: appstream.ImageBuilderState.RUNNING });
      return stack;
    });
  }

  /** An app block builder that can be started, made outside. */
  public async createAppBlockBuilder(name: string): Promise<void> {
    // Its package is there already, so that AppStream needs no bucket to put one into.
    const { AppBlock } = await this.call('CreateAppBlock', {
      Name: 'apps', PackagingType: 'APPSTREAM2', SourceS3Location: { S3Bucket: 'content', S3Key: 'app.vhdx' },
    });
    await this.call('CreateAppBlockBuilder', {
      Name: name, Platform: 'WINDOWS_SERVER_2019', InstanceType: 'stream.standard.small', VpcConfig: { SubnetIds: ['subnet-1', 'subnet-2'] },
    });
    await this.call('AssociateAppBlockBuilderAppBlock', { AppBlockBuilderName: name, AppBlockArn: AppBlock.Arn });
  }

  /** Holds an app block builder in a state, instead of the fleet. */
  public holdAppBlockBuilder(name: string, desiredState: appstream.AppBlockBuilderState, revision?: string): Promise<StackResult> {
    return this.deployment.deploy((app) => {
      const stack = new cdk.Stack(app, STACK);
      const appBlockBuilder = appstream.AppBlockBuilder.fromAppBlockBuilderName(stack, 'Packer', name);
      new appstream.AppBlockBuilderLifecycle(stack, 'PackerLifecycle', { appBlockBuilder, desiredState, revision });
      return stack;
    });
  }

  public destroy(): Promise<StackResult> {
    return this.deployment.destroy(STACK);
  }

  public async state(name = FLEET): Promise<FleetState> {
    const { Fleets } = await this.call('DescribeFleets', { Names: [name] });
    return Fleets[0].State;
  }

  /** How often the deployed function made a call that reached AppStream. */
  public made(operation: string): number {
    return this.loopback.endpoint.calls.of('appstream', operation).filter(({ error, fault }) => error === undefined && fault !== 'drop-request').length;
  }

  /** Everything that the deployed function asked AppStream to change. */
  public changes(): string[] {
    return this.loopback.endpoint.calls.of('appstream').filter(({ operation, error }) => !operation.startsWith('Describe') && error === undefined)
      .map(({ operation }) => operation);
  }

  /** Virtual minutes since a moment. */
  public minutesSince(moment: number): number {
    return (this.clock.now() - moment) / MINUTE;
  }

  public stop(): Promise<void> {
    return this.deployment.stop();
  }

  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the caller knows the shape of the output
  public call(operation: string, input: object): Promise<any> {
    return this.loopback.call('appstream', operation, input);
  }
}
