import * as cdk from 'aws-cdk-lib';
import type * as appscaling from 'aws-cdk-lib/aws-applicationautoscaling';
import * as cfn from 'aws-cdk-lib/aws-appstream';
import { Deployment } from './deployment';
import type { StackResult } from '../../local/cloudformation';
import type { LoopbackOptions } from '../../local/loopback';
import { appstream } from '../../src';

/** What a deployment wants of the office. */
export interface Wish extends Partial<appstream.FleetProps> {
  readonly limits?: appscaling.EnableScalingProps;
  /** Something behind the fleet, of the name `last`. */
  readonly last?: true;
  /** Something that the fleet does not know. */
  readonly beside?: string;
}

export const FEW: appscaling.EnableScalingProps = { minCapacity: 1, maxCapacity: 10 };

/** Both readings of what CloudFormation's handler sends. With all of it only a service works that accepts values which it has already. */
export const HANDLERS: Readonly<Record<string, Omit<LoopbackOptions, 'clock'>>> = {
  'what has changed': { cloudformation: { fleetUpdateMembers: 'changed' } },
  'all that the template says': { cloudformation: { fleetUpdateMembers: 'all' }, appstream: { readings: { sameValueWhileRunning: 'accepted' } } },
};

/** A stack with a fleet that is started and stopped by hand, and is scaled where there are limits. */
export function scaledOffice(app: cdk.App, { limits, last, beside = 'beside', ...wish }: Wish): { readonly stack: cdk.Stack; readonly capacity?: appstream.ScalableFleetCapacity } {
  const stack = new cdk.Stack(app, 'Office');
  const fleet = new appstream.Fleet(stack, 'Fleet', {
    image: appstream.Image.fromName('AppStream-WinServer2022-06-17-2024'),
    instanceType: appstream.InstanceType.STANDARD_LARGE,
    capacity: appstream.Capacity.instances(2),
    desiredState: appstream.FleetState.UNMANAGED,
    ...wish,
  });
  const capacity = limits && fleet.autoScaleCapacity(limits);
  new cfn.CfnStack(stack, 'Beside', { name: 'beside', displayName: beside });
  if (last) {
    new cfn.CfnStack(stack, 'Last', { name: 'last' }).node.addDependency(fleet.node.defaultChild!);
  }
  return { stack, capacity };
}

/** The office in a loopback, where fleets start and stop fast. */
export class ScaledOffice {
  public static async start({ appstream: simulated, ...options }: Omit<LoopbackOptions, 'clock'> = {}): Promise<ScaledOffice> {
    return new ScaledOffice(await Deployment.start({
      appstream: { ...simulated, durations: { fleetStart: 60_000, fleetStop: 30_000 } }, ...options,
    }));
  }

  private seen = 0;

  private constructor(readonly deployment: Deployment) {}

  public get loopback() {
    return this.deployment.loopback;
  }

  public deploy(wish: Wish): Promise<StackResult> {
    return this.deployment.deploy((app) => scaledOffice(app, wish).stack);
  }

  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the caller knows the shape of the output
  public call(operation: string, input: object): Promise<any> {
    return this.loopback.call('appstream', operation, input);
  }

  public async fleet() {
    return (await this.call('DescribeFleets', {})).Fleets[0];
  }

  /** By hand, as scaling does it. */
  public async scale(ComputeCapacity: object): Promise<void> {
    await this.call('UpdateFleet', { Name: (await this.fleet()).Name, ComputeCapacity });
  }

  public async run(): Promise<void> {
    await this.call('StartFleet', { Name: (await this.fleet()).Name });
    this.deployment.clock.advance(60_000);
  }

  /** What CloudFormation has touched of the stack since it was last asked. */
  public touched(): string[] {
    const events = this.loopback.cloudformation.stackEvents('Office');
    const news = events.slice(this.seen);
    this.seen = events.length;
    return [...new Set(news.map(({ LogicalResourceId }) => LogicalResourceId.replace(/[0-9A-F]{8}$/, '')))].filter((id) => id !== 'Office').sort();
  }

  public stop(): Promise<void> {
    return this.deployment.stop();
  }

}
