import * as appstream from 'aws-cdk-lib/aws-appstream';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { fail } from '../private/errors';

/** Something that AI agents may do in a streaming session. */
export enum AgentAction {
  /** Take pictures of the screen. */
  COMPUTER_VISION = 'COMPUTER_VISION',
  /** Click, type and scroll, which takes `COMPUTER_VISION` as well. */
  COMPUTER_INPUT = 'COMPUTER_INPUT',
  /** Call the tools of the session by the Model Context Protocol, without the screen. */
  FORWARD_MCP_TOOLS = 'FORWARD_MCP_TOOLS',
}

/** The format of the pictures that agents take. */
export enum AgentScreenImageFormat {
  /** Without loss. */
  PNG = 'PNG',
  /** Smaller. */
  JPEG = 'JPEG',
}

/** What users may do about an agent in their session. */
export enum AgentUserControlMode {
  /** Watch. */
  VIEW_ONLY = 'VIEW_ONLY',
  /** Watch and stop it. */
  VIEW_STOP = 'VIEW_STOP',
  /** Nothing: they don't see it. */
  DISABLED = 'DISABLED',
}

/**
 * What AI agents may do in the sessions of a stack. Their screen has 1280 by 720 pixels.
 *
 * @see https://docs.aws.amazon.com/appstream2/latest/APIReference/API_AgentAccessConfig.html
 */
export interface AgentAccess {
  /** What they may do, at least one thing. All else is off. */
  readonly actions: AgentAction[];

  /**
   * The format of the pictures that they take.
   *
   * @default AgentScreenImageFormat.PNG
   */
  readonly screenImageFormat?: AgentScreenImageFormat;

  /**
   * What users may do about them.
   *
   * @default - AppStream's own choice
   */
  readonly userControlMode?: AgentUserControlMode;

  /**
   * Where the pictures are kept. The policy of the bucket must let AppStream write there.
   *
   * @default - they are not kept
   */
  readonly screenshotBucket?: s3.IBucketRef;
}

export function agentAccessConfig(scope: Construct, access: AgentAccess | undefined): appstream.CfnStack.AgentAccessConfigProperty | undefined {
  if (!access) return undefined;
  if (access.actions.length === 0) {
    fail(scope, 'agentAccess: actions must have at least one element, got none; without agentAccess agents may do nothing');
  }
  if (access.actions.includes(AgentAction.COMPUTER_INPUT) && !access.actions.includes(AgentAction.COMPUTER_VISION)) {
    fail(scope, `agentAccess: COMPUTER_INPUT takes COMPUTER_VISION as well, got ${JSON.stringify(access.actions)}`);
  }
  return {
    settings: Object.values(AgentAction).map((agentAction) => ({ agentAction, permission: access.actions.includes(agentAction) ? 'ENABLED' : 'DISABLED' })),
    screenResolution: 'W_1280xH_720',
    screenImageFormat: access.screenImageFormat ?? AgentScreenImageFormat.PNG,
    userControlMode: access.userControlMode,
    screenshotsUploadEnabled: access.screenshotBucket !== undefined,
    s3BucketArn: access.screenshotBucket?.bucketRef.bucketArn,
  };
}
