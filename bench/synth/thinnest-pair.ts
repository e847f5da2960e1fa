import * as cdk from 'aws-cdk-lib';
import * as appstream from 'aws-cdk-lib/aws-appstream';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { conditions, fleetProps, ROLE_DESCRIPTION, stackProps } from './same-template';

/** The least that makes an L2 of a fleet: a resource with a generated name, its L1, and its name for others. Nothing is checked. */
class ThinnestFleet extends cdk.Resource {
  public readonly fleetName: string;
  public readonly resource: appstream.CfnFleet;

  constructor(scope: Construct, id: string, givenRoleArn: string | undefined) {
    super(scope, id);
    const name = cdk.Names.uniqueResourceName(this, { maxLength: 100, separator: '-' });
    this.resource = new appstream.CfnFleet(this, 'Resource', fleetProps(name, givenRoleArn ?? this.makeRole(name).roleArn));
    this.resource.cfnOptions.creationPolicy = { startFleet: true };
    this.fleetName = this.getResourceNameAttribute(this.resource.ref);
  }

  private makeRole(fleetName: string): iam.Role {
    return new iam.Role(this, 'Role', {
      description: ROLE_DESCRIPTION,
      assumedBy: new iam.ServicePrincipal('appstream.amazonaws.com', { conditions: conditions(this.stack, fleetName) }),
    });
  }
}

class ThinnestStack extends cdk.Resource {
  public readonly stackName: string;
  private readonly resource: appstream.CfnStack;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.resource = new appstream.CfnStack(this, 'Resource', stackProps(cdk.Names.uniqueResourceName(this, { maxLength: 100, separator: '-' })));
    this.stackName = this.getResourceNameAttribute(this.resource.ref);
  }

  public addFleet(fleet: ThinnestFleet): void {
    const association = new appstream.CfnStackFleetAssociation(this, 'FleetAssociation', { stackName: this.stackName, fleetName: fleet.fleetName });
    association.addResourceDependency(this.resource);
    association.addResourceDependency(fleet.resource);
  }
}

export function thinnestPair(scope: cdk.Stack, index: number, givenRoleArn: string | undefined): void {
  new ThinnestStack(scope, `Stack${index}`).addFleet(new ThinnestFleet(scope, `Fleet${index}`, givenRoleArn));
}
