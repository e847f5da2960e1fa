import * as cdk from 'aws-cdk-lib';
import * as appstream from 'aws-cdk-lib/aws-appstream';
import * as iam from 'aws-cdk-lib/aws-iam';
import { noteEntitlementBypass } from './private/entitlement-bypass';
import { fleetArn } from './private/literal-names';

/** What may be done with the sessions of one stack. */
export class StackGrants {
  /** The grants of any stack, also an L1. */
  public static fromStack(stack: appstream.IStackRef): StackGrants {
    return new StackGrants(stack);
  }

  private constructor(private readonly stack: appstream.IStackRef) {}

  /**
   * To mint URLs with which users stream from a fleet through this stack, without signing in.
   *
   * Whoever may do this can stream as any user: IAM has no condition on the user's id.
   */
  public createStreamingUrl(grantee: iam.IGrantable, fleet: appstream.IFleetRef): iam.Grant {
    noteEntitlementBypass(this.stack, 'by streaming URLs');
    return iam.Grant.addToPrincipal({
      grantee, actions: ['appstream:CreateStreamingURL'], resourceArns: [this.arn('stack', this.stack.stackRef.stackName), fleetArn(fleet)],
    });
  }

  /**
   * To stream through this stack after signing in with SAML, each user as whom the identity provider names in the assertion.
   *
   * For a role that the identity provider's users assume, `new iam.SamlConsolePrincipal(provider)`. Where there are entitlements or certificate-based
   * authentication it must take session tags, too: `.withSessionTags()`.
   *
   * @see https://docs.aws.amazon.com/appstream2/latest/developerguide/external-identity-providers-setting-up-saml.html
   */
  public stream(grantee: iam.IGrantable): iam.Grant {
    return iam.Grant.addToPrincipal({
      grantee,
      actions: ['appstream:Stream'],
      resourceArns: [this.arn('stack', this.stack.stackRef.stackName)],
      conditions: { StringEquals: { 'appstream:userId': '${saml:sub}' } },
    });
  }

  /**
   * To see the sessions of this stack: all of them, or those from one fleet alone.
   *
   * IAM asks for a fleet beside the stack. Where none is given it is any fleet of the account and Region, but still through this stack only.
   */
  public describeSessions(grantee: iam.IGrantable, fleet?: appstream.IFleetRef): iam.Grant {
    return iam.Grant.addToPrincipal({
      grantee,
      actions: ['appstream:DescribeSessions'],
      resourceArns: [this.arn('stack', this.stack.stackRef.stackName), fleet ? fleetArn(fleet) : this.arn('fleet', '*')],
    });
  }

  /**
   * To end sessions, **of this and of every other stack** of the account and Region.
   *
   * IAM knows no resource and no condition for ExpireSession. Sessions are ended by ids that nobody can guess;
   * who may see the ids is said by `describeSessions`.
   */
  public expireSessions(grantee: iam.IGrantable): iam.Grant {
    return iam.Grant.addToPrincipal({ grantee, actions: ['appstream:ExpireSession'], resourceArns: ['*'] });
  }

  /**
   * To drain the instances that sessions run on, **of this and of every other stack** of the account and Region: an instance takes no more
   * sessions, and is replaced when the last of its own has ended. Only instances that users share can be drained.
   *
   * IAM knows no resource and no condition for DrainSessionInstance, as for `expireSessions`.
   *
   * @see https://docs.aws.amazon.com/appstream2/latest/APIReference/API_DrainSessionInstance.html
   */
  public drainSessionInstances(grantee: iam.IGrantable): iam.Grant {
    return iam.Grant.addToPrincipal({ grantee, actions: ['appstream:DrainSessionInstance'], resourceArns: ['*'] });
  }

  private arn(resource: string, resourceName: string): string {
    const { account, region } = this.stack.env;
    return cdk.Stack.of(this.stack).formatArn({ service: 'appstream', account, region, resource, resourceName });
  }
}
