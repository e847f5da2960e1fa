import * as cdk from 'aws-cdk-lib';
import * as gameliftstreams from 'aws-cdk-lib/aws-gameliftstreams';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { AdminShellGrants } from './admin-shell-grants';
import { ADMIN_SHELL_ENVIRONMENT } from './private/admin-shell-contract';
import { bundledFunction } from '../private/bundled-function';
import { checkSameEnvironment } from '../private/references';

/** For a read and five tries of up to ten seconds each, with the waits between them. */
const TIMEOUT = cdk.Duration.seconds(75);

/** What administrative shells are opened into. */
export interface AdminShellProps {
  /** The stream group: one of this library, an imported one or an L1; of the account and Region of the CloudFormation stack. */
  readonly streamGroup: gameliftstreams.IStreamGroupRef;
}

/**
 * A URL at which administrators get shells into the running sessions of one stream group.
 *
 * The credentials of a shell live 60 seconds, so nothing that is deployed can hold them: a function makes them when they are asked for.
 * `GET url?session=…`, with the ARN or the id of a session and signed with AWS Signature Version 4 for `lambda`, answers with
 * `{"SessionId": "…", "StreamUrl": "…", "TokenValue": "…"}`, as the Session Manager plugin takes it. What is refused is answered with
 * `{"message": "…"}`: with the status 400 for what is no session, 404 for a session that the group does not have, 409 for one that does not
 * run, 503 for one that is not ready for a shell, or when GameLift Streams is busy, and 502 when it fails. The log has a line for each
 * request with the caller's ARN, the session and the outcome.
 *
 * Nobody may open shells until `grants.adminShell` says so. Who may invoke the function itself (`lambda:InvokeFunction`, as
 * administrators often may) gets the same answer for `{"session": "…"}`, and the log cannot tell who it was, or tells what that caller made up.
 *
 * The function runs as `LifecycleSettings` say.
 *
 * @see https://docs.aws.amazon.com/gameliftstreams/latest/developerguide/troubleshoot-admin-shell-guide.html
 * @example
 * import * as cdk from 'aws-cdk-lib';
 * import * as iam from 'aws-cdk-lib/aws-iam';
 * import { gameliftstreams } from 'cdk-app-streaming';
 *
 * declare const scope: cdk.Stack;
 * declare const group: gameliftstreams.StreamGroup;
 * declare const administrators: iam.IRole;
 *
 * const shell = new gameliftstreams.AdminShell(scope, 'Shell', { streamGroup: group });
 * shell.grants.adminShell(administrators);
 * new cdk.CfnOutput(scope, 'ShellUrl', { value: shell.url });
 */
export class AdminShell extends Construct {
  /** Where shells are asked for; ends with "/". */
  public readonly url: string;

  /** The name of the function behind the URL. */
  public readonly functionName: string;

  /** Who may open shells. */
  public readonly grants: AdminShellGrants;

  /**
   * Throws for a stream group of another account or Region.
   */
  constructor(scope: Construct, id: string, props: AdminShellProps) {
    super(scope, id);

    checkSameEnvironment(this, props.streamGroup, 'an admin shell');

    const { streamGroupArn } = props.streamGroup.streamGroupRef;
    const { function: fn } = bundledFunction(this, {
      bundle: 'gameliftstreams',
      handler: 'index.adminShell',
      description: 'Opens administrative shells into the sessions of one stream group',
      timeout: TIMEOUT,
      environment: { [ADMIN_SHELL_ENVIRONMENT.streamGroupArn]: streamGroupArn },
      roleDescription: 'Opens administrative shells into the sessions of one stream group',
      policyName: 'AdminShell',
      statements: [new iam.PolicyStatement({
        actions: ['gameliftstreams:GetStreamSession', 'gameliftstreams:CreateStreamSessionAdminShell'],
        resources: [streamGroupArn],
      })],
    });
    const functionUrl = fn.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.AWS_IAM });

    this.url = functionUrl.url;
    this.functionName = fn.functionName;
    this.grants = AdminShellGrants._of(functionUrl);
  }
}
