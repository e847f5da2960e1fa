import * as cdk from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct, IDependable } from 'constructs';
import { checkBucketRegion } from '../private/content-bucket';
import { checkCount, checkLength, checkPattern } from '../private/errors';

/** Which logs of an application are kept, and where in the bucket. */
export interface LogOutputOptions {
  /**
   * The folder in the bucket: 1 to 900 letters, digits, ".", "_", "-" and "/".
   *
   * @default - the top of the bucket
   */
  readonly prefix?: string;

  /**
   * The files to keep, and folders, whose own files are kept, relative to the application's content; at most 10, each at most 1024 characters.
   *
   * @default - none
   */
  readonly paths?: string[];
}

/** What an application needs to know of its logs. */
interface LogOutputConfig {
  readonly applicationLogOutputUri: string;
  readonly applicationLogPaths?: string[];
  readonly permission?: IDependable;
}

/**
 * Where the logs of an application go at the end of each session.
 *
 * @see https://docs.aws.amazon.com/gameliftstreams/latest/developerguide/applications.html
 */
export class LogOutput {
  /**
   * Into a bucket of the application's Region. GameLift Streams is permitted to write below the prefix, on behalf of this account.
   *
   * The policy of an imported bucket cannot be changed, which a warning says.
   */
  public static toBucket(bucket: s3.IBucket, options: LogOutputOptions = {}): LogOutput {
    return new LogOutput(bucket, options);
  }

  private constructor(private readonly bucket: s3.IBucket, private readonly options: LogOutputOptions) {}

  /** @internal */
  public _bind(scope: Construct): LogOutputConfig {
    this.validate(scope);
    const prefix = this.options.prefix?.replace(/\/$/, '');
    const { statementAdded, policyDependable } = this.bucket.addToResourcePolicy(new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal('gameliftstreams.amazonaws.com')],
      actions: ['s3:PutObject'],
      resources: [this.bucket.arnForObjects(prefix === undefined ? '*' : `${prefix}/*`)],
      conditions: { StringEquals: { 'aws:SourceAccount': cdk.Stack.of(scope).account } },
    }));
    if (!statementAdded) {
      cdk.Annotations.of(scope).addWarningV2('cdk-app-streaming/gameliftstreams:logBucketPolicy',
        'the policy of an imported bucket cannot be changed here: see that it lets gameliftstreams.amazonaws.com put objects, or no logs are kept');
    }
    return {
      applicationLogOutputUri: ['s3:/', this.bucket.bucketName, ...(prefix === undefined ? [] : [prefix])].join('/'),
      applicationLogPaths: this.options.paths,
      permission: policyDependable,
    };
  }

  private validate(scope: Construct): void {
    const { prefix, paths } = this.options;
    checkLength(scope, 'logOutput: prefix', prefix, { min: 1, max: 900 });
    checkPattern(scope, 'logOutput: prefix', prefix, /^[a-zA-Z0-9._-]+(\/[a-zA-Z0-9._-]+)*\/?$/,
      'have names of letters, digits, ".", "_" and "-" with single "/" between them');
    checkCount(scope, 'logOutput: paths', paths, { min: 0, max: 10 });
    for (const path of cdk.Token.isUnresolved(paths) ? [] : paths ?? []) {
      checkLength(scope, 'logOutput: path', path, { min: 1, max: 1024 });
    }
    checkBucketRegion(scope, 'logOutput', 'application', this.bucket);
  }
}
