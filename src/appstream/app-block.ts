import * as cdk from 'aws-cdk-lib';
import * as appstream from 'aws-cdk-lib/aws-appstream';
import { Construct } from 'constructs';
import { AppBlockPackaging } from './app-block-packaging';
import { checkName, checkTexts } from './streaming-instance';
import { nameOfGeneration } from '../private/names';

/** Applications for Elastic fleets in one package. */
export interface IAppBlock extends cdk.IResource, appstream.IAppBlockRef {
  /**
   * The name of the app block.
   *
   * @attribute
   */
  readonly appBlockName: string;

  /**
   * The ARN of the app block.
   *
   * @attribute
   */
  readonly appBlockArn: string;
}

/** Properties of an app block. A change of any of them replaces the app block. */
export interface AppBlockProps {
  /** The package of applications, and how it gets onto instances. */
  readonly packaging: AppBlockPackaging;

  /**
   * The name of the app block: 1 to 100 letters, digits, "_", "." and "-", starting with a letter or digit.
   *
   * With a name of your own no other property can be changed, unless the name is changed too.
   *
   * @default - a generated name that changes with the other properties and with the content of assets
   */
  readonly appBlockName?: string;

  /**
   * A name for administrators, at most 100 characters. Users don't see it.
   *
   * @default - none
   */
  readonly displayName?: string;

  /**
   * What it is for, at most 256 characters.
   *
   * @default - none
   */
  readonly description?: string;
}

abstract class AppBlockBase extends cdk.Resource implements IAppBlock {
  public abstract readonly appBlockName: string;
  public abstract readonly appBlockArn: string;

  /** A reference to this app block. */
  public get appBlockRef(): appstream.AppBlockReference {
    return { appBlockArn: this.appBlockArn };
  }
}

/**
 * Applications for Elastic fleets in one package: a virtual hard disk in a bucket, and the script that sets it up on instances.
 *
 * AppStream changes no app block, so that every change makes a new one; its applications go over to it before the old one is deleted.
 * What a parameter's value or a property override changes, and a changed object under the same key, go unseen.
 *
 * @see https://docs.aws.amazon.com/appstream2/latest/developerguide/app-blocks.html
 * @example
 * import * as cdk from 'aws-cdk-lib';
 * import { appstream } from 'cdk-app-streaming';
 *
 * declare const scope: cdk.Stack;
 *
 * new appstream.AppBlock(scope, 'Editors', {
 *   packaging: appstream.AppBlockPackaging.custom({
 *     source: appstream.FileSource.fromAsset('./editors.vhdx'),
 *     setupScript: appstream.AppBlockScript.powerShell(appstream.FileSource.fromAsset('./mount.ps1')),
 *   }),
 * });
 */
export class AppBlock extends AppBlockBase {
  /** An app block of this account and Region that is made elsewhere. */
  public static fromAppBlockName(scope: Construct, id: string, appBlockName: string): IAppBlock {
    return AppBlock.fromAppBlockArn(scope, id, cdk.Stack.of(scope).formatArn({ service: 'appstream', resource: 'app-block', resourceName: appBlockName }));
  }

  /** An app block that is made elsewhere. */
  public static fromAppBlockArn(scope: Construct, id: string, appBlockArn: string): IAppBlock {
    class Import extends AppBlockBase {
      public readonly appBlockArn = appBlockArn;
      public readonly appBlockName = cdk.Stack.of(scope).splitArn(appBlockArn, cdk.ArnFormat.SLASH_RESOURCE_NAME).resourceName!;
    }
    return new Import(scope, id, { environmentFromArn: appBlockArn });
  }

  public readonly appBlockName: string;
  public readonly appBlockArn: string;

  constructor(scope: Construct, id: string, props: AppBlockProps) {
    super(scope, id, { physicalName: props.appBlockName });

    checkName(this, 'appBlockName', props.appBlockName);
    checkTexts(this, props);
    const { properties, dependencies } = props.packaging._bind(this);
    const texts = { displayName: props.displayName, description: props.description };
    // The folder of a script is that of the name, which cannot be told before.
    const name = props.appBlockName ?? nameOfGeneration(this, { ...texts, ...properties('') });

    const resource = new appstream.CfnAppBlock(this, 'Resource', { ...texts, ...properties(name), name });
    resource.node.addDependency(...dependencies);

    this.appBlockArn = this.getResourceArnAttribute(resource.ref, { service: 'appstream', resource: 'app-block', resourceName: this.physicalName });
    this.appBlockName = this.getResourceNameAttribute(this.stack.splitArn(resource.ref, cdk.ArnFormat.SLASH_RESOURCE_NAME).resourceName!);
  }
}
