import { AwsError } from '../../wire/aws-error';
import type { Service } from '../../wire/service';

/** A fleet as scaling sees it. */
export interface FleetView {
  readonly running: boolean;
  /** In what the fleet counts in: instances, or user sessions where users share instances. */
  readonly capacity: number;
  /** What AppStream tells CloudWatch of it in this minute. */
  readonly metrics: Readonly<Record<string, number>>;
}

export const SERVICE_LINKED_ROLE
  = 'role/aws-service-role/appstream.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_AppStreamFleet';

const CALLER = { caller: { accessKeyId: 'application-autoscaling' } };

/** AppStream's fleets, read and scaled as by the service-linked role, which AWS gives the permission for both. */
export class Fleets {
  constructor(private readonly appstream: Pick<Service, 'operations'>) {}

  /** Undefined for a fleet that there is not. */
  public find(name: string): FleetView | undefined {
    const fleet = this.fleet(name);
    if (!fleet) {
      return undefined;
    }
    const { State, ComputeCapacityStatus: status } = fleet;
    const sessions = status.DesiredUserSessions !== undefined;
    return {
      running: State === 'RUNNING',
      capacity: sessions ? status.DesiredUserSessions : status.Desired,
      metrics: sessions ? sessionMetrics(status) : instanceMetrics(status),
    };
  }

  /** Elastic fleets see to their capacity themselves: https://docs.aws.amazon.com/appstream2/latest/developerguide/autoscaling.html. */
  public isElastic(name: string): boolean {
    return this.fleet(name)?.FleetType === 'ELASTIC';
  }

  public scale(name: string, capacity: number): void {
    const sessions = this.fleet(name)?.ComputeCapacityStatus.DesiredUserSessions !== undefined;
    this.call('UpdateFleet', { Name: name, ComputeCapacity: sessions ? { DesiredSessions: capacity } : { DesiredInstances: capacity } });
  }

  private fleet(name: string) {
    try {
      return this.call('DescribeFleets', { Names: [name] }).Fleets[0];
    } catch (error) {
      if (error instanceof AwsError && error.code === 'ResourceNotFoundException') {
        return undefined;
      }
      throw error;
    }
  }

  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the caller knows the shape of the output
  private call(operation: string, input: object): any {
    return this.appstream.operations[operation](input, CALLER);
  }
}

type Status = Readonly<Record<string, number>>;

/** https://docs.aws.amazon.com/appstream2/latest/developerguide/monitoring-with-cloudwatch.html */
function instanceMetrics({ Desired, Running, InUse, Available }: Status): Record<string, number> {
  return {
    ActualCapacity: Running,
    AvailableCapacity: Available,
    CapacityUtilization: Running === 0 ? 0 : 100 * InUse / Running,
    DesiredCapacity: Desired,
    InUseCapacity: InUse,
    PendingCapacity: Desired - Running,
    RunningCapacity: Running,
  };
}

function sessionMetrics(status: Status): Record<string, number> {
  const { DesiredUserSessions: desired, ActualUserSessions: actual, ActiveUserSessions: active, AvailableUserSessions: available } = status;
  return {
    ActualUserSessionCapacity: actual,
    AvailableUserSessionCapacity: available,
    ActiveUserSessionCapacity: active,
    CapacityUtilization: actual === 0 ? 0 : 100 * active / actual,
    DesiredUserSessionCapacity: desired,
    PendingUserSessionCapacity: desired - actual,
    RunningUserSessionCapacity: actual,
  };
}
