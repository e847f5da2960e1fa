import * as cdk from 'aws-cdk-lib';
import { CfnStack } from 'aws-cdk-lib/aws-appstream';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { StackResult } from '../../../local/cloudformation';
import { appstream } from '../../../src';
import { Deployment } from '../../deploy/deployment';

export const STACK = 'Premises';
export const DESKS = 'desks';
export const ANN = 'Ann@example.com';

const BUCKET = 'brand';
const READABLE = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'appstream.amazonaws.com' }, Action: 's3:GetObject', Resource: `arn:aws:s3:::${BUCKET}/*` }],
};

/** What a test says of a theme. */
export interface Brand extends Partial<Omit<appstream.StackThemeOptions, 'logo' | 'favicon'>> {
  readonly stackName?: string;
  /** Keys of the bucket. */
  readonly logo?: string;
  /** Another resource, which waits for the theme, fails. */
  readonly thenFails?: boolean;
}

/** A stack, a user and a bucket with images, all made outside; and a CloudFormation stack with a single lifecycle resource for one of them. */
export class Premises {
  public static async start(options: Parameters<typeof Deployment.start>[0] = {}): Promise<Premises> {
    const premises = new Premises(await Deployment.start(options));
    await premises.call('CreateStack', { Name: DESKS });
    await premises.call('CreateUser', { UserName: ANN, AuthenticationType: 'USERPOOL', MessageAction: 'SUPPRESS' });
    await premises.deployment.fillBucket(BUCKET, ['logo.png', 'other.png', 'favicon.ico']);
    await premises.letAppStreamRead();
    return premises;
  }

  private constructor(readonly deployment: Deployment) {}

  public get loopback() {
    return this.deployment.loopback;
  }

  public async letAppStreamRead(may = true): Promise<void> {
    await (may ? this.loopback.call('s3', 'PutBucketPolicy', { Bucket: BUCKET, Policy: JSON.stringify(READABLE) })
      : this.loopback.call('s3', 'DeleteBucketPolicy', { Bucket: BUCKET }));
  }

  /** Deploys a theme. */
  public brand({ stackName = DESKS, logo = 'logo.png', title = 'Office', thenFails, ...options }: Brand = {}): Promise<StackResult> {
    return this.deploy((stack) => {
      const bucket = s3.Bucket.fromBucketName(stack, 'Bucket', BUCKET);
      const theme = appstream.Stack.fromStackName(stack, 'Desks', stackName).brand({
        title,
        logo: appstream.FileSource.fromBucket(bucket, logo),
        favicon: appstream.FileSource.fromBucket(bucket, 'favicon.ico'),
        ...options,
      });
      if (thenFails) {
        fail(stack).node.addDependency(theme);
      }
    });
  }

  /** Deploys whether the user may sign in. */
  public enable(enabled: boolean, { userName = ANN, thenFails = false } = {}): Promise<StackResult> {
    return this.deploy((stack) => {
      const enablement = new appstream.UserEnablement(stack, 'Enablement', { user: appstream.User.fromUserName(stack, 'User', userName), enabled });
      if (thenFails) {
        fail(stack).node.addDependency(enablement);
      }
    });
  }

  /** Deploys the subscription to usage reports. */
  public subscribe({ revision, thenFails = false }: { readonly revision?: string; readonly thenFails?: boolean } = {}): Promise<StackResult> {
    return this.deploy((stack) => {
      const subscription = new appstream.UsageReportSubscription(stack, 'Reports', { revision });
      new cdk.CfnOutput(stack, 'Bucket', { value: subscription.bucketName });
      new cdk.CfnOutput(stack, 'Schedule', { value: subscription.schedule });
      if (thenFails) {
        fail(stack).node.addDependency(subscription);
      }
    });
  }

  /** A stack with the engine and without any of it, so that the last one goes. */
  public destroy(): Promise<StackResult> {
    return this.deployment.destroy(STACK);
  }

  /** The theme of a stack, with the last parts of its images' addresses. */
  public async theme(stackName = DESKS): Promise<object | undefined> {
    const answer = await this.call('DescribeThemeForStack', { StackName: stackName }).catch(() => undefined);
    const { State, ThemeTitleText, ThemeStyling, ThemeFooterLinks, ThemeOrganizationLogoURL } = answer?.Theme ?? {};
    return answer && { State, ThemeTitleText, ThemeStyling, ThemeFooterLinks, logo: ThemeOrganizationLogoURL.split('/').pop() };
  }

  public async tags(stackName = DESKS): Promise<Record<string, string>> {
    const [{ Arn }] = (await this.call('DescribeStacks', { Names: [stackName] })).Stacks;
    return (await this.call('ListTagsForResource', { ResourceArn: Arn })).Tags ?? {};
  }

  /** Whether the user may sign in; undefined when there is none. */
  public async isEnabled(): Promise<boolean | undefined> {
    return (await this.call('DescribeUsers', { AuthenticationType: 'USERPOOL' })).Users
      .find(({ UserName }: { UserName: string }) => UserName === ANN)?.Enabled;
  }

  public async isSubscribed(): Promise<boolean> {
    const answer = await this.call('DescribeUsageReportSubscriptions', {}).catch(() => undefined);
    return answer?.UsageReportSubscriptions.length > 0;
  }

  /** The calls of the deployed function that changed something, in order. */
  public changes(): string[] {
    return this.loopback.endpoint.calls.of('appstream').filter(({ operation, error }) => !/^(Describe|List)/.test(operation) && error === undefined)
      .map(({ operation }) => operation);
  }

  public stop(): Promise<void> {
    return this.deployment.stop();
  }

  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the caller knows the shape of the output
  public call(operation: string, input: object): Promise<any> {
    return this.loopback.call('appstream', operation, input);
  }

  private deploy(fill: (stack: cdk.Stack) => void): Promise<StackResult> {
    return this.deployment.deploy((app) => {
      const stack = new cdk.Stack(app, STACK);
      fill(stack);
      return stack;
    });
  }
}

/** Has a name that AppStream refuses. */
function fail(scope: cdk.Stack): CfnStack {
  return new CfnStack(scope, 'Bad', { name: '-' });
}
