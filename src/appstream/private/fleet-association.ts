import * as cdk from 'aws-cdk-lib';
import * as appstream from 'aws-cdk-lib/aws-appstream';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { FLEET_ASSOCIATION_TYPE, FleetAssociationProperties } from './fleet-association-contract';
import { literalStackArn } from './literal-names';
import { fail } from '../../private/errors';
import { STACK_TAG } from '../../private/lifecycle-contract';
import { LifecycleEngine, Permission } from '../../private/lifecycle-engine';
import { uniqueName } from '../../private/names';
import { resourceOf, tagWithStack } from '../../private/references';
import { FleetLifecycle } from '../fleet-lifecycle';

/** How a fleet is replaced. */
export interface Replacement {
  /** What the new fleet runs by before users get it, and what stops the old one. */
  readonly lifecycle: FleetLifecycle;
  /** How long users of the old one have. */
  readonly waitSeconds?: string;
}

/** For what is left of it after the longest wait. */
const TIMEOUT = cdk.Duration.minutes(53);

/**
 * The association of a stack and a fleet that may be replaced: CloudFormation's own could not follow, since the stack takes one fleet at a
 * time and CloudFormation makes the new association before it deletes the old one. A lifecycle resource.
 */
export class FleetAssociation extends Construct {
  /** Its id in the stack. Not that of CloudFormation's association, which a stack that was deployed with it still has when it gets this one. */
  public static readonly ID = 'FleetReplacement';

  public readonly stackName: string;
  public readonly fleetName: string;

  constructor(scope: Construct, stack: appstream.IStackRef, fleet: appstream.IFleetRef, { lifecycle, waitSeconds }: Replacement) {
    super(scope, FleetAssociation.ID);
    if (cdk.Stack.of(fleet) !== cdk.Stack.of(this)) {
      fail(scope, 'a fleet with UpdateStrategy.replace() must be in the CloudFormation stack of the stack that it is added to, since an exported '
        + `name cannot change, got ${JSON.stringify(fleet.node.path)}`);
    }
    this.stackName = stack.stackRef.stackName;
    this.fleetName = fleet.fleetRef.fleetName;
    const properties: FleetAssociationProperties = { StackName: this.stackName, FleetName: this.fleetName, WaitSeconds: waitSeconds };
    // A stack that is replaced has to be found under its old name, too.
    tagWithStack(stack);

    // What ends sessions takes no resource in IAM: it stays apart from what starts and stops.
    LifecycleEngine.of(this, 'AppStreamSessions').addResource(this, 'Resource', {
      resourceType: FLEET_ASSOCIATION_TYPE,
      properties: { ...properties },
      permissions: this.permissions(stack),
      // An imported stack has no resource, and is itself the scope of this.
      dependsOn: [resourceOf(stack), resourceOf(fleet), lifecycle].filter((each) => each !== scope),
      timeout: TIMEOUT,
    });
  }

  private permissions(stack: appstream.IStackRef): Permission[] {
    const every = (resource: string) => cdk.Stack.of(this).formatArn({ service: 'appstream', resource, resourceName: '*' });
    const allow = (actions: string[], resources: string[], conditions = {}) => new iam.PolicyStatement({
      actions: actions.map((action) => `appstream:${action}`), resources, conditions,
    });
    const tagged = { StringEquals: { [`aws:ResourceTag/${STACK_TAG}`]: cdk.Aws.STACK_NAME } };
    // As long as this very resource is there: after a rollback the permissions of another one are those of before, and do not name the stack.
    const kind = `${FLEET_ASSOCIATION_TYPE.replace('Custom::', '')}-${uniqueName(this)}`;
    return [
      { kind, statement: allow(['AssociateFleet', 'DisassociateFleet'], [literalStackArn(this, stack)]) },
      // The fleet bears the tag from its creation on, and so does the one before, whose name no template knows by then.
      { kind, statement: allow(['AssociateFleet', 'DisassociateFleet'], [every('fleet')], tagged), finding: 'displacedFleets' },
      { kind, statement: allow(['DisassociateFleet'], [every('stack')], tagged), finding: 'displacedStacks' },
      { statement: allow(['ListAssociatedFleets'], [every('stack')]), finding: 'fleetsOfStacks' },
      // Neither action takes a resource.
      { statement: allow(['DescribeFleets', 'ListTagsForResource'], ['*']), finding: 'describeActions' },
      { statement: allow(['DescribeSessions'], [every('fleet')]), finding: 'sessionsOfFleets' },
      { statement: allow(['DescribeSessions'], [every('stack')]), finding: 'sessionsOfStacks' },
      { statement: allow(['ExpireSession'], ['*']), finding: 'endOfSessions' },
    ];
  }
}
