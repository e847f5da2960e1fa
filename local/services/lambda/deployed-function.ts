import type { Code } from './code-store';
import type { FunctionConfiguration } from './function-configuration';

/** How often and how long Lambda tries an asynchronous invocation. */
export interface EventInvokeConfig {
  readonly MaximumRetryAttempts: number;
  readonly MaximumEventAgeInSeconds: number;
}

/** One statement of a function's resource policy. */
export interface Permission {
  readonly StatementId: string;
  readonly Action: string;
  readonly Principal: string;
  readonly SourceArn?: string;
  readonly SourceAccount?: string;
  readonly PrincipalOrgID?: string;
  readonly FunctionUrlAuthType?: string;
  readonly InvokedViaFunctionUrl?: boolean;
}

/** A function. A change of code or settings makes a new object, so that processes of the old one are recognized. */
export interface DeployedFunction {
  readonly name: string;
  readonly arn: string;
  readonly configuration: FunctionConfiguration;
  readonly code: Code;
  /** Virtual time, in milliseconds since the epoch. */
  readonly modified: number;
}

export function logGroupOf({ name, configuration }: DeployedFunction): string {
  return configuration.LoggingConfig?.LogGroup ?? `/aws/lambda/${name}`;
}
