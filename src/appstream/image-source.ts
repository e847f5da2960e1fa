import * as cdk from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { acknowledge } from '../private/acknowledgements';
import { checkPattern } from '../private/errors';

/** What an image is imported from. */
export class ImageSource {
  /**
   * An AMI of EC2: Windows, with one volume, UEFI and a TPM.
   *
   * @param amiId for example "ami-0123456789abcdef0"; also the value of a parameter, or what EC2 Image Builder has made.
   * @param role with which AppStream reads the AMI and may start instances of it; one is made if none is given.
   * @see https://docs.aws.amazon.com/appstream2/latest/developerguide/import-image.html
   */
  public static ami(amiId: string, role?: iam.IRole): ImageSource {
    return new ImageSource(amiId, undefined, role);
  }

  /**
   * An image of WorkSpaces with a licence of your own.
   *
   * @param workspaceImageId for example "wsi-0123456789".
   */
  public static workspacesImage(workspaceImageId: string): ImageSource {
    return new ImageSource(undefined, workspaceImageId);
  }

  private constructor(private readonly amiId?: string, private readonly workspaceImageId?: string, private readonly role?: iam.IRole) {}

  /** @internal */
  public _bind(scope: Construct): { readonly amiId?: string; readonly workspaceImageId?: string; readonly role?: iam.IRole } {
    const { amiId, workspaceImageId } = this;
    checkPattern(scope, 'source', amiId, /^ami-[a-z0-9]{8,17}$/, 'be the id of an AMI like "ami-0123456789abcdef0"');
    checkPattern(scope, 'source', workspaceImageId, /^wsi-[0-9a-z]{8,63}$/, 'be the id of an image of WorkSpaces like "wsi-0123456789"');
    return { amiId, workspaceImageId, role: this.role ?? (amiId === undefined ? undefined : importRole(scope, amiId)) };
  }
}

/** No condition on aws:SourceAccount: AWS does not say that AppStream sends one for imports. */
function importRole(scope: Construct, amiId: string): iam.Role {
  const ami = cdk.Stack.of(scope).formatArn({ service: 'ec2', account: '', resource: 'image', resourceName: amiId });
  const role = new iam.Role(scope, 'Role', {
    description: 'Lets Amazon AppStream read an AMI that it imports',
    assumedBy: new iam.ServicePrincipal('appstream.amazonaws.com'),
    inlinePolicies: {
      Import: new iam.PolicyDocument({
        statements: [
          new iam.PolicyStatement({ actions: ['ec2:DescribeImages'], resources: ['*'] }),
          new iam.PolicyStatement({ actions: ['ec2:ModifyImageAttribute'], resources: [ami] }),
        ],
      }),
    },
  });
  acknowledge(role, 'amisOfRole');
  return role;
}
