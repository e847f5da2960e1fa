import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';

/** Who may open administrative shells. */
export class AdminShellGrants {
  /** @internal */
  public static _of(functionUrl: lambda.IFunctionUrl): AdminShellGrants {
    return new AdminShellGrants(functionUrl);
  }

  private constructor(private readonly functionUrl: lambda.IFunctionUrl) {}

  /**
   * To open a shell into any session of the stream group, by the function's URL and in no other way, so that the log tells who it was.
   *
   * Whoever has a shell can do and see what the application can, the user's input and screen too.
   */
  public adminShell(identity: iam.IGrantable): iam.Grant {
    return this.functionUrl.grantInvokeUrl(identity);
  }
}
