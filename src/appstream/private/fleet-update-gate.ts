import * as cdk from 'aws-cdk-lib';
import * as appstream from 'aws-cdk-lib/aws-appstream';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { FLEET_REOPENING_TYPE, FLEET_UPDATE_GATE_TYPE, FleetReopeningProperties, FleetUpdateGateProperties } from './fleet-update-gate-contract';
import { LifecycleEngine, Permission } from '../../private/lifecycle-engine';
import { uniqueName } from '../../private/names';
import { FleetLifecycle } from '../fleet-lifecycle';
import { UpdateStrategy } from '../update-strategy';

/** The fleet whose updates are guarded. */
export interface GuardedFleet {
  readonly resource: appstream.CfnFleet;
  readonly properties: appstream.CfnFleetProps;
  /** What brings the fleet to its desired state. */
  readonly lifecycle?: FleetLifecycle;
}

/** The gate's id in its fleet. */
export const UPDATE_GATE_ID = 'UpdateGate';

/** For the stop after the longest wait. */
const TIMEOUT = cdk.Duration.minutes(53);

/** Puts a gate before a fleet, and behind it what opens the fleet again; only where somebody asks for either that or a desired state. */
export function guardUpdates(scope: Construct, { resource, properties, lifecycle }: GuardedFleet, wanted: UpdateStrategy | undefined): void {
  const updateStrategy = wanted ?? (lifecycle && UpdateStrategy.failIfRunning());
  if (!updateStrategy) return;
  const { strategy, waitSeconds } = updateStrategy._bind(scope);
  const stops = strategy === 'STOP_AND_RESTART';
  const engine = LifecycleEngine.of(scope, 'AppStream');
  // The name as the template has it: a reference to the fleet would close a circle.
  const common = { FleetName: properties.name, Settings: cdk.Stack.of(scope).toJsonString(settingsOf(properties)) };
  const shared = {
    permissions: [reading(), ...stops ? stopping(scope, properties.name, waitSeconds !== undefined) : []],
    // What stops one fleet is permitted as long as its own gate is there: after a rollback no other template may name the fleet.
    // And what stops a new fleet in the end is permitted after a rollback, when a gate that has been there before has its old permissions again.
    kind: stops ? `AppStreamFleetUpdateGate-${uniqueName(scope)}` : lifecycle && 'AppStreamFleetLifecycle',
    timeout: TIMEOUT,
  };
  const gate = { ...common, Strategy: strategy, WaitSeconds: stops ? waitSeconds : undefined } satisfies FleetUpdateGateProperties;
  resource.node.addDependency(engine.addResource(scope, UPDATE_GATE_ID, { resourceType: FLEET_UPDATE_GATE_TYPE, properties: gate, ...shared }));

  if (stops) {
    const reopening = { ...common, Restart: lifecycle ? 'false' : 'true' } satisfies FleetReopeningProperties;
    engine.addResource(scope, 'Reopening', {
      resourceType: FLEET_REOPENING_TYPE, properties: reopening, ...shared, dependsOn: [resource, ...lifecycle ? [lifecycle] : []],
    });
  }
}

/** What a running fleet of either kind lets be changed. @see https://docs.aws.amazon.com/appstream2/latest/APIReference/API_UpdateFleet.html */
const WHILE_RUNNING = ['displayName', 'idleDisconnectTimeoutInSeconds', 'disconnectTimeoutInSeconds'];
const WHILE_RUNNING_ELASTIC = [...WHILE_RUNNING, 'maxConcurrentSessions', 'sessionScriptS3Location', 'usbDeviceFilterStrings'];
const WHILE_RUNNING_OTHERS = [...WHILE_RUNNING, 'computeCapacity', 'imageName', 'imageArn'];

/** What only a stopped fleet lets be changed. A changed name or fleet type makes another fleet; what is deleted is no setting. */
export function settingsOf({ name, fleetType, attributesToDelete, ...properties }: appstream.CfnFleetProps): object {
  const others = fleetType === 'ELASTIC' ? WHILE_RUNNING_ELASTIC : WHILE_RUNNING_OTHERS;
  return Object(named(Object.fromEntries(Object.entries(properties).filter(([property]) => !others.includes(property)))));
}

/** By the names that AppStream has. */
function named(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(named);
  if (typeof value !== 'object' || value === null || cdk.Tokenization.isResolvable(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [
    key === 'disableImdsv1' ? 'DisableIMDSV1' : key[0].toUpperCase() + key.slice(1), named(member),
  ]));
}

/** To see the state of a fleet and its tags. Neither action takes a resource. */
function reading(): Permission {
  return {
    statement: new iam.PolicyStatement({ actions: ['appstream:DescribeFleets', 'appstream:ListTagsForResource'], resources: ['*'] }),
    finding: 'describeActions',
  };
}

function stopping(scope: Construct, fleetName: string, waits: boolean): Permission[] {
  const arn = (resource: string, resourceName: string) => cdk.Stack.of(scope).formatArn({ service: 'appstream', resource, resourceName });
  const allow = (actions: string[], resource: string) => new iam.PolicyStatement({
    actions: actions.map((action) => `appstream:${action}`), resources: [resource],
  });
  const permissions: Permission[] = [
    { statement: allow(['StartFleet', 'StopFleet', 'TagResource', 'UntagResource'], arn('fleet', fleetName)) },
  ];
  if (waits) {
    permissions.push(
      { statement: allow(['DescribeSessions', 'ListAssociatedStacks'], arn('fleet', fleetName)) },
      { statement: allow(['DescribeSessions'], arn('stack', '*')), finding: 'sessionsOfAssociatedStacks' },
    );
  }
  return permissions;
}
