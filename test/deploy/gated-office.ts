import * as cdk from 'aws-cdk-lib';
import * as cfn from 'aws-cdk-lib/aws-appstream';
import { Deployment, type Template } from './deployment';
import type { StackResult } from '../../local/cloudformation';
import type { LoopbackOptions } from '../../local/loopback';
import { appstream } from '../../src';

/** What a deployment wants of the office. */
export interface Wish {
  readonly description?: string;
  readonly displayName?: string;
  readonly fleetName?: string;
  readonly image?: string;
  readonly desiredState?: appstream.FleetState;
  readonly strategy?: appstream.UpdateStrategy;
  /** Whether the stack does without the fleet. */
  readonly apart?: boolean;
  /** Something behind the fleet, or behind all that belongs to it, of the name `last`. */
  readonly last?: 'behind the fleet' | 'behind its reopening' | 'behind the association';
}

/** A stack with a fleet, and what guards its updates. */
export function office(app: cdk.App, { last, apart, strategy, image = 'AppStream-WinServer2022-06-17-2024', ...wish }: Wish): cdk.Stack {
  const scope = new cdk.Stack(app, 'Office');
  const fleet = new appstream.Fleet(scope, 'Fleet', {
    fleetName: 'office',
    image: appstream.Image.fromName(image),
    instanceType: appstream.InstanceType.STANDARD_LARGE,
    capacity: appstream.Capacity.instances(2),
    updateStrategy: strategy,
    ...wish,
  });
  const stack = new appstream.Stack(scope, 'Stack', { stackName: 'office' });
  if (!apart) {
    stack.addFleet(fleet);
  }
  if (last) {
    const before = { 'behind the fleet': fleet.node.defaultChild!, 'behind its reopening': fleet, 'behind the association': stack };
    new cfn.CfnStack(scope, 'Last', { name: 'last' }).node.addDependency(before[last]);
  }
  return scope;
}

/** What is left of it all. */
export interface End {
  readonly status: string;
  readonly state: string;
  readonly description: string;
  /** Whether the fleet still bears a note of where it was. */
  readonly noted: boolean;
  /** The fleets that are left, each with the stack that has it. */
  readonly associations: readonly (string | undefined)[];
}

/** The office in a loopback, where fleets start and stop fast, so that the engine asks a few times and not a hundred. */
export class GatedOffice {
  public static async start({ cloudformation, appstream: simulated, ...options }: Omit<LoopbackOptions, 'clock'> = {}): Promise<GatedOffice> {
    return new GatedOffice(await Deployment.start({
      appstream: { ...simulated, durations: { fleetStart: 45_000, fleetStop: 30_000, ...simulated?.durations } },
      // CloudFormation is not counted on to stop what it updates or deletes: whether it does is inferred.
      cloudformation: { fleetUpdate: 'strict', fleetDeletion: 'stops', ...cloudformation },
      ...options,
    }));
  }

  private constructor(readonly deployment: Deployment) {}

  public get loopback() {
    return this.deployment.loopback;
  }

  public deploy(wish: Wish, change?: (template: Template) => void): Promise<StackResult> {
    return this.deployment.deploy((app) => office(app, wish), change);
  }

  public destroy(): Promise<StackResult> {
    return this.deployment.destroy('Office');
  }

  /** Where the fleet has come to when nothing is under way any more. */
  public async end({ status }: StackResult): Promise<End> {
    this.deployment.clock.advance(60 * 60_000);
    const { Fleets } = await this.call('DescribeFleets', {});
    const [{ State: state, Description: description, Arn }] = Fleets;
    const { Tags = {} } = await this.call('ListTagsForResource', { ResourceArn: Arn });
    const associations = await Promise.all(Fleets.map(async ({ Name: FleetName }: { Name: string }) =>
      (await this.call('ListAssociatedStacks', { FleetName })).Names[0]));
    return { status, state, description, noted: 'cdk-app-streaming:state-before-update' in Tags, associations };
  }

  /** Somebody signs in, and streams. */
  public come(user = 'anna'): string {
    const { Id } = this.loopback.appstream.signIn('office', user, 'SAML');
    this.deployment.clock.advance(60_000);
    return Id!;
  }

  public async fleet(name = 'office') {
    return (await this.call('DescribeFleets', { Names: [name] })).Fleets[0];
  }

  /** What anybody has asked AppStream to change, and was not refused. */
  public changes(...operations: string[]): string[] {
    return this.loopback.endpoint.calls.of('appstream').filter(({ operation, error, caller }) =>
      caller.roleArn !== undefined && error === undefined && operations.includes(operation)).map(({ operation }) => operation);
  }

  public stop(): Promise<void> {
    return this.deployment.stop();
  }

  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the caller knows the shape of the output
  public call(operation: string, input: object): Promise<any> {
    return this.loopback.call('appstream', operation, input);
  }
}
