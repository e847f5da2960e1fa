/**
 * What every lifecycle resource and its engine say to each other, whichever service it is.
 * Both sides import this file, so it imports nothing.
 */

/** Properties of every lifecycle resource. CloudFormation delivers them as strings. */
export interface LifecycleProperties {
  /** Seconds from the start of a request until the engine gives up and answers with what it last saw. */
  readonly TimeoutSeconds: string;
}

/** How long the engine's function may take for one call, and so how long a step may outlive the request that it belongs to. */
export const FUNCTION_TIMEOUT_SECONDS = 30;

/** The engine's environment variables. */
export const ENGINE_ENVIRONMENT = {
  /** Not a property of the resources: a Delete must find the machine of today, not that of the day of its Create. */
  stateMachineArn: 'STATE_MACHINE_ARN',
} as const;

/** Names the CloudFormation stack that a thing belongs to: permissions and controllers find by it what is theirs. */
export const STACK_TAG = 'cdk-app-streaming:stack';
