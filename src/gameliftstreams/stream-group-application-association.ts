import * as cdk from 'aws-cdk-lib';
import * as gameliftstreams from 'aws-cdk-lib/aws-gameliftstreams';
import { Construct } from 'constructs';
import { checkAssociable, noteAssociation } from './private/association-rules';
import { permissionsOn, unlessTagged } from './private/permissions';
import { APPLICATION_ASSOCIATION_TYPE, ApplicationAssociationProperties } from './private/stream-group-application-association-contract';
import { LifecycleEngine } from '../private/lifecycle-engine';
import { resourceOf, tagWithStack } from '../private/references';

/** Which application streams from which stream group. A change of either replaces the association. */
export interface StreamGroupApplicationAssociationProps {
  /** The stream group: one of this library, an imported one or an L1; of the account and Region of the CloudFormation stack. */
  readonly streamGroup: gameliftstreams.IStreamGroupRef;

  /**
   * The application: one of this library, an imported one or an L1; of the account and Region of the CloudFormation stack.
   *
   * Not the default application of the group, which belongs to it without an association.
   */
  readonly application: gameliftstreams.IApplicationRef;

  /**
   * How long a deployment waits for the group, the application and the copies of its content, 1 to 53 minutes.
   *
   * @default cdk.Duration.minutes(45)
   */
  readonly timeout?: cdk.Duration;
}

/**
 * An application that streams from a stream group, beside its default one: a lifecycle resource.
 *
 * It is there when the content of the application has come to all locations of the group. `group.addApplication` makes one;
 * this class is for stream groups that are made as an L1.
 *
 * When it is deleted, the application is disassociated, also if it was associated by somebody else before. Sessions that run go on.
 *
 * Group and application get a tag with the name of the CloudFormation stack, so that the permission to disassociate covers
 * what was replaced. Imported ones need that tag, `cdk-app-streaming:stack`, from whoever made them, if another one may take their place.
 *
 * @see https://docs.aws.amazon.com/gameliftstreams/latest/apireference/API_AssociateApplications.html
 */
export class StreamGroupApplicationAssociation extends Construct {
  /**
   * Throws for the default application of the group and for one that it has already, for one that does not run on its stream class,
   * for a group or application of another account or Region, and for a timeout that CloudFormation would not wait for.
   */
  constructor(scope: Construct, id: string, props: StreamGroupApplicationAssociationProps) {
    super(scope, id);

    checkAssociable(this, props.streamGroup, props.application);
    noteAssociation(this, props.streamGroup, props.application);
    const { streamGroupRef: { streamGroupArn } } = props.streamGroup;
    const { applicationRef: { applicationArn } } = props.application;
    const [group, application] = [resourceOf(props.streamGroup), resourceOf(props.application)];
    [group, application].forEach(tagWithStack);
    if (cdk.Stack.of(group) === cdk.Stack.of(application)) {
      // A group that has expired lets no application go: it has to be deleted before them.
      group.node.addDependency(application);
    }

    const properties: ApplicationAssociationProperties = { StreamGroupArn: streamGroupArn, ApplicationArn: applicationArn };
    LifecycleEngine.of(this, 'GameLiftStreams').addResource(this, 'Resource', {
      resourceType: APPLICATION_ASSOCIATION_TYPE,
      properties: { ...properties },
      permissions: [
        ...permissionsOn(this, 'streamgroup', streamGroupArn, {
          all: ['GetStreamGroup', 'AssociateApplications', ...unlessTagged(this, props.streamGroup, 'DisassociateApplications')],
          undoing: ['GetStreamGroup', 'DisassociateApplications'],
        }),
        ...permissionsOn(this, 'application', applicationArn, {
          all: ['GetApplication', 'AssociateApplications', ...unlessTagged(this, props.application, 'DisassociateApplications')],
          undoing: ['DisassociateApplications'],
        }),
      ],
      dependsOn: [group, application],
      timeout: props.timeout,
    });
  }
}
