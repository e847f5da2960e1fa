/** As what AppStream asks for a role. */
interface Assumption {
  readonly service: string;
  readonly session: string;
  readonly sourceArn?: string;
  readonly sourceAccount?: string;
}

/** An action that a role has to allow, on an ARN or on `*`. */
interface Need {
  readonly action: string;
  readonly resource: string;
}

/** What AppStream sees of IAM. */
export interface Roles {
  /** What keeps a service from doing all of this in a role; undefined if nothing does. */
  objectionTo(roleArn: string, assumption: Assumption, needs: readonly Need[]): string | undefined;
}

/** The account whose roles they are. */
interface Account {
  readonly accountId: string;
  readonly region: string;
  readonly roles: Roles;
  refuse(code: string, message: string): never;
}

/** An account in which every role does. */
export const EVERY_ROLE: Roles = { objectionTo: () => undefined };

/**
 * Refuses a role that AppStream cannot assume for the instances of a fleet or builder:
 * https://docs.aws.amazon.com/appstream2/latest/developerguide/configuring-existing-iam-role-to-use-with-streaming-instances.html.
 * On behalf of whom: https://docs.aws.amazon.com/appstream2/latest/developerguide/example-fleet-machine.html, which is about fleets; of builders it is inferred.
 */
export function checkInstanceRole(account: Account, { Arn, IamRoleArn }: { readonly Arn?: string; readonly IamRoleArn?: string }): void {
  if (IamRoleArn !== undefined) {
    check(account, IamRoleArn, { sourceArn: Arn, sourceAccount: account.accountId });
  }
}

/**
 * Refuses a role that AppStream cannot read or make an AMI in: the API's texts on the IamRoleArn of CreateImportedImage and CreateExportImageTask.
 * They do not say on behalf of whom it is assumed, so that a condition on that is not met.
 */
export function checkImageRole(account: Account, roleArn: string, ami?: { readonly id: string; readonly actions: readonly string[] }): void {
  const resource = `arn:aws:ec2:${account.region}::image/${ami?.id}`;
  check(account, roleArn, {}, ami && [{ action: 'ec2:DescribeImages', resource: '*' }, ...ami.actions.map((action) => ({ action, resource }))]);
}

/** That an ARN which is none of a role's is refused is inferred: the model's pattern takes any. */
function check(account: Account, arn: string, source: Pick<Assumption, 'sourceArn' | 'sourceAccount'>, needs: readonly Need[] = []): void {
  if (!/^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/.test(arn)) {
    account.refuse('InvalidRoleException', `The IAM role ARN ${arn} is not valid.`);
  }
  const objection = account.roles.objectionTo(arn, { service: 'appstream.amazonaws.com', session: 'appstream', ...source }, needs);
  if (objection !== undefined) {
    // The beginning of the sentence: https://github.com/hashicorp/terraform-provider-aws/issues/28128.
    account.refuse('InvalidRoleException', `The operation encountered an error because your IAM role '${arn}' is invalid: ${objection}`);
  }
}
