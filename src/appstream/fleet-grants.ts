import * as appstream from 'aws-cdk-lib/aws-appstream';
import * as iam from 'aws-cdk-lib/aws-iam';
import { fleetArn } from './private/literal-names';

/** What may be done with one fleet. */
export class FleetGrants {
  /** The grants of any fleet, also an L1. */
  public static fromFleet(fleet: appstream.IFleetRef): FleetGrants {
    return new FleetGrants(fleet);
  }

  private constructor(private readonly fleet: appstream.IFleetRef) {}

  /**
   * To start and stop the fleet.
   *
   * Not to see its state: `appstream:DescribeFleets` takes no resource in IAM, so it would be the state of all fleets.
   */
  public startStop(grantee: iam.IGrantable): iam.Grant {
    return iam.Grant.addToPrincipal({
      grantee, actions: ['appstream:StartFleet', 'appstream:StopFleet'], resourceArns: [fleetArn(this.fleet)],
    });
  }
}
