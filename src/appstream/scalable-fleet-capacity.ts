import * as cdk from 'aws-cdk-lib';
import * as appscaling from 'aws-cdk-lib/aws-applicationautoscaling';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { CapacityLimits, readCapacity, ScaledFleet } from './private/fleet-capacity-reading';
import { checkTimeZone } from './private/time-zone';
import { checkInteger, checkPattern, fail } from '../private/errors';

/** How much of a fleet's capacity is to be in use. */
export interface FleetUtilizationScalingProps extends appscaling.BaseTargetTrackingProps {
  /**
   * The percentage of the capacity that is in use on average: more than 0, at most 100.
   *
   * New capacity takes 10 to 20 minutes as a rule, so leave enough for those who come meanwhile.
   */
  readonly targetUtilizationPercent: number;
}

/** Its id in its fleet. */
const ID = 'AutoScaling';

/** AppStream's own: Application Auto Scaling makes it when it is first needed. */
const SERVICE_LINKED_ROLE = 'aws-service-role/appstream.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_AppStreamFleet';

/**
 * The capacity of a fleet, as something that Application Auto Scaling changes: see `fleet.autoScaleCapacity`.
 *
 * @see https://docs.aws.amazon.com/autoscaling/application/userguide/services-that-can-integrate-appstream.html
 * @example
 * import * as cdk from 'aws-cdk-lib';
 * import { aws_applicationautoscaling as appscaling } from 'aws-cdk-lib';
 * import { appstream } from 'cdk-app-streaming';
 *
 * declare const fleet: appstream.Fleet;
 *
 * const capacity = fleet.autoScaleCapacity({ minCapacity: 2, maxCapacity: 20 });
 * capacity.scaleOnUtilization({ targetUtilizationPercent: 75 });
 * capacity.scaleOnSchedule('Morning', {
 *   schedule: appscaling.Schedule.cron({ weekDay: 'MON-FRI', hour: '8', minute: '30' }),
 *   timeZone: cdk.TimeZone.EUROPE_BERLIN,
 *   minCapacity: 10,
 * });
 */
export class ScalableFleetCapacity extends appscaling.BaseScalableAttribute {
  /**
   * Makes the capacity of a fleet scalable, once.
   *
   * @internal
   */
  public static _of(fleet: Construct, scaled: ScaledFleet, { minCapacity = 1, maxCapacity }: appscaling.EnableScalingProps): ScalableFleetCapacity {
    if (fleet.node.tryFindChild(ID)) {
      fail(fleet, 'autoScaleCapacity makes the capacity scalable once, got a second call');
    }
    const { desiredInstances, desiredSessions } = scaled.computeCapacity;
    checkLimits(fleet, minCapacity, maxCapacity);
    checkWithin(fleet, (desiredSessions ?? desiredInstances)!, minCapacity, maxCapacity);
    return new ScalableFleetCapacity(fleet, scaled, { min: [minCapacity], max: [maxCapacity] });
  }

  private readonly scheduleNames = new Set<string>();

  private constructor(fleet: Construct, scaled: ScaledFleet, private readonly limits: CapacityLimits) {
    super(fleet, ID, {
      serviceNamespace: appscaling.ServiceNamespace.APPSTREAM,
      dimension: 'appstream:fleet:DesiredCapacity',
      resourceId: `fleet/${scaled.resource.ref}`,
      role: iam.Role.fromRoleArn(fleet, `${ID}Role`, cdk.Stack.of(fleet).formatArn({
        service: 'iam', region: '', resource: 'role', resourceName: SERVICE_LINKED_ROLE,
      })),
      minCapacity: limits.min[0],
      maxCapacity: limits.max[0],
    });
    readCapacity(fleet, scaled, limits);
  }

  /**
   * Keeps so much of the capacity in use: of the instances, or of the sessions where users share instances.
   *
   * Throws for a percentage that there is not, and when it is called twice.
   */
  public scaleOnUtilization(props: FleetUtilizationScalingProps): void {
    const { targetUtilizationPercent: targetValue, ...tracking } = props;
    if (this.node.findChild('Target').node.tryFindChild('Utilization')) {
      fail(this, 'scaleOnUtilization takes one target, got a second call');
    }
    if (!cdk.Token.isUnresolved(targetValue) && !(targetValue > 0 && targetValue <= 100)) {
      fail(this, `targetUtilizationPercent must be more than 0 and at most 100, got ${JSON.stringify(targetValue)}`);
    }
    this.doScaleToTrackMetric('Utilization', {
      ...tracking, targetValue, predefinedMetric: appscaling.PredefinedMetric.APPSTREAM_AVERAGE_CAPACITY_UTILIZATION,
    });
  }

  /** Changes the capacity in steps that depend on a metric, such as `fleet.metrics.availableCapacity()`. */
  public scaleOnMetric(id: string, props: appscaling.BasicStepScalingPolicyProps): void {
    this.doScaleOnMetric(id, props);
  }

  /**
   * Sets other limits at certain times. They hold until the next schedule, or until a deployment changes the limits or schedules of this capacity.
   *
   * While a fleet is stopped its capacity stays what it is: let the schedule come when the fleet runs.
   *
   * Throws for a name that Application Auto Scaling does not take or that is taken, for limits that are missing, negative, no whole numbers
   * or the wrong way round, and for a time zone that there is not.
   */
  public scaleOnSchedule(id: string, props: appscaling.ScalingSchedule): void {
    const { minCapacity, maxCapacity, timeZone } = props;
    checkPattern(this, 'id', id, /^(?! )[^:/|\u0000-\u001f\u007f-\u009f]{1,256}(?<! )$/, 'have 1 to 256 characters other than ":", "/" and "|", without blanks around them');
    if (this.scheduleNames.has(id)) {
      fail(this, `schedules must have different ids, got ${JSON.stringify(id)} twice`);
    }
    if (minCapacity === undefined && maxCapacity === undefined) {
      fail(this, `a schedule must have a minCapacity or a maxCapacity, got none for ${JSON.stringify(id)}`);
    }
    checkLimits(this, minCapacity, maxCapacity);
    if (timeZone) {
      checkTimeZone(this, timeZone.timezoneName);
    }
    this.scheduleNames.add(id);
    this.limits.min.push(...minCapacity === undefined ? [] : [minCapacity]);
    this.limits.max.push(...maxCapacity === undefined ? [] : [maxCapacity]);
    this.doScaleOnSchedule(id, props);
  }
}

function checkLimits(scope: Construct, minCapacity: number | undefined, maxCapacity: number | undefined): void {
  checkInteger(scope, 'minCapacity', minCapacity, { min: 0 });
  checkInteger(scope, 'maxCapacity', maxCapacity, { min: 0 });
  if (isKnown(minCapacity) && isKnown(maxCapacity) && minCapacity > maxCapacity) {
    fail(scope, `minCapacity must be at most maxCapacity, got ${minCapacity} and ${maxCapacity}`);
  }
}

function checkWithin(scope: Construct, capacity: number, minCapacity: number, maxCapacity: number): void {
  if (!isKnown(capacity)) return;
  if ((isKnown(minCapacity) && capacity < minCapacity) || (isKnown(maxCapacity) && capacity > maxCapacity)) {
    fail(scope, `the capacity that a fleet begins with must be within the limits of its scaling, ${minCapacity} to ${maxCapacity}, got ${capacity}`);
  }
}

function isKnown(value: number | undefined): value is number {
  return value !== undefined && !cdk.Token.isUnresolved(value);
}
