import * as cdk from 'aws-cdk-lib';
import * as appstream from 'aws-cdk-lib/aws-appstream';
import { Construct } from 'constructs';
import { FleetState, FleetStateProps } from './fleet-state';
import { FLEET_LIFECYCLE_TYPE, FleetLifecycleProperties } from './private/fleet-lifecycle-contract';
import { literalFleetName } from './private/literal-names';
import { addState } from './private/startable';

/** How a fleet is held in a state. */
export interface FleetLifecycleProps {
  /** The fleet: one of this library, an imported one or an L1. */
  readonly fleet: appstream.IFleetRef;

  /**
   * The state that the fleet is brought to: `FleetState.RUNNING` or `FleetState.STOPPED`.
   * With `stopOnDelete` also `FleetState.UNMANAGED`: it is left as it is, and stopped in the end.
   */
  readonly desiredState: FleetState;

  /**
   * Any text. CloudFormation asks for the state again only when something of this resource changes, and this may be it.
   *
   * @default - the fleet is brought to its state at the first deployment and whenever `desiredState` or the fleet's name changes
   */
  readonly revision?: string;

  /**
   * How long a deployment waits for the fleet, 1 to 53 minutes. A fleet that reports errors while it starts fails earlier.
   *
   * @default cdk.Duration.minutes(45)
   */
  readonly timeout?: cdk.Duration;

  /**
   * Whether the fleet is stopped when this resource is deleted. Right for a fleet that goes with it, since AppStream
   * deletes no running fleet.
   *
   * The fleet gets a tag with the name of the CloudFormation stack, so that the permission to stop it ends with
   * this stack's fleets. An imported fleet needs that tag, `cdk-app-streaming:stack`, from whoever made it.
   * To let go of a fleet without stopping it, deploy once with `cdk.RemovalPolicies.of(lifecycle).retain()`
   * and a new `revision`, then remove it.
   *
   * @default false
   */
  readonly stopOnDelete?: boolean;
}

/** A fleet that has its lifecycle within itself. */
type KeptFleet = Construct & appstream.IFleetRef;

/**
 * Brings a fleet to a state whenever it is deployed: a lifecycle resource.
 *
 * CloudFormation itself can start a fleet only once, when it creates it. `Fleet` makes a lifecycle of its own for
 * `desiredState`; this class is for fleets that are imported or made as an L1.
 *
 * @see https://docs.aws.amazon.com/appstream2/latest/APIReference/API_StartFleet.html
 */
export class FleetLifecycle extends Construct {
  /**
   * For a fleet that goes with it; undefined where nobody is to start or stop the fleet.
   *
   * @internal
   */
  public static _of(fleet: KeptFleet, wanted: FleetStateProps, properties: appstream.CfnFleetProps): FleetLifecycle | undefined {
    const { desiredState, desiredStateTimeout: timeout, revision } = wanted;
    if (desiredState === undefined || desiredState === FleetState.UNMANAGED) return undefined;
    return new FleetLifecycle(fleet, 'Lifecycle', {
      fleet, desiredState, timeout, stopOnDelete: true, revision: cdk.Stack.of(fleet).toJsonString({ revision, fleet: properties }),
    });
  }

  /**
   * For a fleet that goes with it, and whose state is somebody else's until then.
   *
   * @internal
   */
  public static _stopOnDelete(fleet: KeptFleet): FleetLifecycle {
    return new FleetLifecycle(fleet, 'Lifecycle', { fleet, desiredState: FleetState.UNMANAGED, stopOnDelete: true });
  }

  /**
   * The name of the fleet, for whoever has to act before it is stopped.
   *
   * @internal
   */
  public readonly _fleetName: string;

  /**
   * Throws for `FleetState.UNMANAGED` without `stopOnDelete`, for a fleet of another account or Region, with `stopOnDelete`
   * also of another CloudFormation stack, for a second construct that decides its state, and for a timeout that CloudFormation would not wait for.
   */
  constructor(scope: Construct, id: string, props: FleetLifecycleProps) {
    super(scope, id);
    const { fleet } = props;
    const { fleetName } = fleet.fleetRef;
    this._fleetName = fleetName;
    addState(this, {
      kind: 'Fleet',
      thing: fleet,
      literalName: literalFleetName(fleet),
      resourceType: FLEET_LIFECYCLE_TYPE,
      propertiesOf: (state): FleetLifecycleProperties => ({ FleetName: fleetName, ...state }),
    }, props);
  }
}
