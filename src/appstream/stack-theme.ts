import * as cdk from 'aws-cdk-lib';
import * as appstream from 'aws-cdk-lib/aws-appstream';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { FileSource, FileSourceConfig } from './file-source';
import { literalStackArn } from './private/literal-names';
import { STACK_THEME_TYPE, StackThemeProperties } from './private/stack-theme-contract';
import { checkLength, checkPattern } from '../private/errors';
import { kindForOne, LifecycleEngine, Permission } from '../private/lifecycle-engine';
import { checkSameEnvironment, resourceOf } from '../private/references';
import { decideAlone } from '../private/sole';

/** The colors of a catalog page. */
export enum ThemeStyling {
  /** Light blue. */
  LIGHT_BLUE = 'LIGHT_BLUE',
  /** Blue. */
  BLUE = 'BLUE',
  /** Pink. */
  PINK = 'PINK',
  /** Red. */
  RED = 'RED',
}

/** A link at the foot of a catalog page. */
export interface ThemeFooterLink {
  /** What people see: 1 to 300 letters, digits, blanks and "-", "@", ".", "/", "#", "&", "+", "_". */
  readonly displayName: string;

  /** Where it leads, 1 to 1000 characters. */
  readonly url: string;
}

/** What the catalog page of a stack looks like. */
export interface StackThemeOptions {
  /** What stands in the tab of the browser: 1 to 300 letters, digits, blanks and "-", "@", ".", "/", "#", "&", "+", "_". */
  readonly title: string;

  /** The logo of your organization: an image file. AppStream copies it, and doesn't look at it afterwards: a new image needs a new key. */
  readonly logo: FileSource;

  /** The icon in the tab of the browser: an image file, which AppStream copies, too. */
  readonly favicon: FileSource;

  /**
   * The colors of links, texts and buttons.
   *
   * @default ThemeStyling.LIGHT_BLUE
   */
  readonly styling?: ThemeStyling;

  /**
   * Links at the foot of the page.
   *
   * @default - none
   */
  readonly footerLinks?: ThemeFooterLink[];

  /**
   * Whether users see the theme. One that they don't see is there, for a look at it in AppStream's console.
   *
   * @default true
   */
  readonly enabled?: boolean;
}

/** Properties of a theme. */
export interface StackThemeProps extends StackThemeOptions {
  /** The stack: one of this library, an imported one or an L1. A change gives the theme to the other stack. */
  readonly stack: appstream.IStackRef;
}

/**
 * What the catalog page of a stack looks like: a lifecycle resource. `stack.brand` makes one.
 *
 * A stack has one theme. Themes have no tags, so the stack bears a mark of whose its theme is, `cdk-app-streaming:theme`. A theme that somebody else
 * has made is neither changed nor deleted: the deployment fails and says so. Each theme has a policy of its own, beside the custom resource.
 *
 * @see https://docs.aws.amazon.com/appstream2/latest/APIReference/API_CreateThemeForStack.html
 */
export class StackTheme extends Construct {
  /** Throws for texts that AppStream does not take, and for a stack of another account or Region. */
  constructor(scope: Construct, id: string, props: StackThemeProps) {
    super(scope, id);

    this.validate(props);

    const { stack } = props;
    decideAlone(this, stack, 'the theme');
    const logo = props.logo.bind(this, { isPicture: true });
    const favicon = props.favicon.bind(this, { isPicture: true });
    const links = props.footerLinks?.map(({ displayName, url }) => ({ DisplayName: displayName, FooterLinkURL: url })) ?? [];
    const stackArn = literalStackArn(this, stack);
    const properties: StackThemeProperties = {
      StackName: stack.stackRef.stackName,
      StackArn: stackArn,
      TitleText: props.title,
      ThemeStyling: props.styling ?? ThemeStyling.LIGHT_BLUE,
      LogoBucket: logo.bucketName,
      LogoKey: logo.objectKey,
      FaviconBucket: favicon.bucketName,
      FaviconKey: favicon.objectKey,
      FooterLinks: links.length > 0 ? cdk.Stack.of(this).toJsonString(links) : undefined,
      State: props.enabled ?? true ? 'ENABLED' : 'DISABLED',
    };
    LifecycleEngine.of(this, 'AppStream').addResource(this, 'Resource', {
      resourceType: STACK_THEME_TYPE,
      properties: { ...properties },
      permissions: this.permissions(stackArn, [logo, favicon]),
      kind: kindForOne(this, 'AppStreamStackTheme', stackArn),
      dependsOn: [resourceOf(stack), ...logo.dependencies ?? [], ...favicon.dependencies ?? []],
    });
  }

  private validate(props: StackThemeProps): void {
    checkSameEnvironment(this, props.stack);
    this.checkText('title', props.title);
    for (const { displayName, url } of props.footerLinks ?? []) {
      this.checkText('footerLinks: displayName', displayName);
      checkLength(this, 'footerLinks: url', url, { min: 1, max: 1000 });
    }
  }

  private checkText(name: string, text: string): void {
    checkLength(this, name, text, { min: 1, max: 300 });
    checkPattern(this, name, text, /^[-@./#&+\w\s]*$/, 'have letters from A to Z, digits, blanks and "-", "@", ".", "/", "#", "&", "+", "_" only');
  }

  private permissions(stackArn: string, images: FileSourceConfig[]): Permission[] {
    const objects = images.map(({ bucketName, objectKey }) => cdk.Stack.of(this).formatArn({
      service: 's3', account: '', region: '', resource: bucketName, resourceName: objectKey,
    }));
    const verbs = ['Describe', 'Create', 'Update', 'Delete'];
    return [
      {
        statement: new iam.PolicyStatement({
          actions: [...verbs.map((verb) => `appstream:${verb}ThemeForStack`), 'appstream:TagResource', 'appstream:UntagResource'], resources: [stackArn],
        }),
      },
      { statement: new iam.PolicyStatement({ actions: ['appstream:ListTagsForResource'], resources: ['*'] }), finding: 'describeActions' },
      // Whether AppStream asks for the caller's permission beside its own is not documented.
      { statement: new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: objects }) },
    ];
  }
}
