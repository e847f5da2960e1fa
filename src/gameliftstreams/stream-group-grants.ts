import * as gameliftstreams from 'aws-cdk-lib/aws-gameliftstreams';
import * as iam from 'aws-cdk-lib/aws-iam';

/** What may be done with the sessions of one stream group. */
export class StreamGroupGrants {
  /** The grants of any stream group, also an L1. */
  public static fromStreamGroup(streamGroup: gameliftstreams.IStreamGroupRef): StreamGroupGrants {
    return new StreamGroupGrants(streamGroup);
  }

  private constructor(private readonly streamGroup: gameliftstreams.IStreamGroupRef) {}

  /**
   * To start sessions, of any application of the group, and to see when they are ready.
   *
   * A session with a role of its own also needs `role.grantPassRole(grantee)`.
   */
  public start(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, 'gameliftstreams:StartStreamSession', 'gameliftstreams:GetStreamSession');
  }

  /** To end sessions. */
  public terminate(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, 'gameliftstreams:TerminateStreamSession');
  }

  /** To connect, or connect again, to sessions that are there. */
  public connect(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, 'gameliftstreams:CreateStreamSessionConnection');
  }

  /**
   * To save the files of running sessions to a bucket, and to see what became of it.
   *
   * The grantee also needs permission to write to the bucket.
   */
  public export(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, 'gameliftstreams:ExportStreamSessionFiles', 'gameliftstreams:GetStreamSession');
  }

  private grant(grantee: iam.IGrantable, ...actions: string[]): iam.Grant {
    return iam.Grant.addToPrincipal({ grantee, actions, resourceArns: [this.streamGroup.streamGroupRef.streamGroupArn] });
  }
}
