import * as cdk from 'aws-cdk-lib';
import * as appstream from 'aws-cdk-lib/aws-appstream';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { FLEET_CAPACITY_ATTRIBUTE, FLEET_CAPACITY_TYPE, FleetCapacityProperties } from './fleet-capacity-contract';
import { UPDATE_GATE_ID } from './fleet-update-gate';
import { LifecycleEngine } from '../../private/lifecycle-engine';

/** The fleet whose capacity scaling changes. */
export interface ScaledFleet {
  readonly resource: appstream.CfnFleet;
  readonly properties: appstream.CfnFleetProps;
  /** As the template has it. */
  readonly computeCapacity: appstream.CfnFleet.ComputeCapacityProperty;
}

/** All limits that are in force at some time. More may come until synthesis. */
export interface CapacityLimits {
  readonly min: number[];
  readonly max: number[];
}

/**
 * Puts a reading of the capacity before a fleet, which takes it from there: whatever update CloudFormation makes carries the
 * capacity that scaling has come to. Decision record 0009 says why.
 */
export function readCapacity(scope: Construct, { resource, properties, computeCapacity }: ScaledFleet, limits: CapacityLimits): void {
  const { desiredInstances, desiredSessions } = computeCapacity;
  // All else that CloudFormation may update the fleet for: an update without a reading before it would bring an old capacity back.
  const { computeCapacity: _, ...settings } = properties;
  const stack = cdk.Stack.of(scope);
  const wanted: FleetCapacityProperties = {
    // As the template has it: a reference to the fleet would close a circle.
    FleetName: properties.name,
    Unit: desiredSessions === undefined ? 'INSTANCES' : 'SESSIONS',
    InitialCapacity: cdk.Tokenization.stringifyNumber((desiredSessions ?? desiredInstances)!),
    MinCapacities: stack.toJsonString(limits.min),
    MaxCapacities: stack.toJsonString(limits.max),
    Settings: stack.toJsonString({ ...settings, tags: resource.tags.renderedTags }),
  };
  const gate = scope.node.tryFindChild(UPDATE_GATE_ID);
  const reading = LifecycleEngine.of(scope, 'AppStream').addResource(scope, 'Capacity', {
    resourceType: FLEET_CAPACITY_TYPE,
    properties: { ...wanted },
    permissions: [
      // The action takes no resource.
      { statement: new iam.PolicyStatement({ actions: ['appstream:DescribeFleets'], resources: ['*'] }), finding: 'describeActions' },
    ],
    // Which may wait for users to leave, and scaling goes on meanwhile.
    dependsOn: gate && [gate],
  });
  const capacity = cdk.Token.asNumber(reading.getAtt(FLEET_CAPACITY_ATTRIBUTE));
  resource.computeCapacity = desiredSessions === undefined ? { desiredInstances: capacity } : { desiredSessions: capacity };
}
