import * as cdk from 'aws-cdk-lib';
import * as appstream from 'aws-cdk-lib/aws-appstream';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { accessEndpoints } from './access-endpoints';
import { AgentAccess, agentAccessConfig } from './agent-access';
import { ApplicationSettings } from './application-settings';
import { ContentRedirection } from './content-redirection';
import { Entitlement, EntitlementOptions } from './entitlement';
import { Fleet } from './fleet';
import { FleetAssociation } from './private/fleet-association';
import { relayStateUrl } from './private/relay-state';
import { StackGrants } from './stack-grants';
import { StackTheme, StackThemeOptions } from './stack-theme';
import { assignUsers, UserAssignmentOptions } from './stack-users';
import { StorageConnector } from './storage-connector';
import { checkName, checkTexts } from './streaming-instance';
import { UserSettings } from './user-settings';
import { checkCount, checkLength, checkPattern, fail } from '../private/errors';
import { uniqueName } from '../private/names';
import { checkSameEnvironment, resourceOf } from '../private/references';

/** What users sign in to: a fleet, with what they may do there and where their files are kept. */
export interface IStack extends cdk.IResource, appstream.IStackRef {
  /**
   * The name of the stack.
   *
   * @attribute
   */
  readonly stackName: string;

  /**
   * The ARN of the stack.
   *
   * @attribute
   */
  readonly stackArn: string;

  /** What may be done with the sessions of the stack. */
  readonly grants: StackGrants;

  /**
   * Where an identity provider sends users who have signed in with SAML, its relay state. They need a role with `grants.stream`.
   *
   * Fails for a Region without AppStream: at synthesis, or in the deployment where the Region is not known before.
   */
  readonly relayStateUrl: string;

  /**
   * Lets users of the stack stream from the fleet. A stack has one fleet at a time.
   *
   * The fleet is associated after both are there, and dissociated before either is deleted.
   * For a fleet with `UpdateStrategy.replace()` a lifecycle resource does that, so that the stack can change fleets.
   */
  addFleet(fleet: appstream.IFleetRef): void;

  /** Says what users with certain attributes may start; the others see no application then. For users who sign in with SAML. */
  entitle(id: string, options: EntitlementOptions): Entitlement;

  /**
   * Lets users of the user pool stream through the stack. Its fleet must not be joined to a domain.
   *
   * They are assigned after both are there, and before either is deleted they are not any more.
   */
  addUsers(users: appstream.IUserRef[], options?: UserAssignmentOptions): void;

  /** Gives the catalog page a title, colors, a logo and links. A stack has one theme. */
  brand(options: StackThemeOptions): StackTheme;
}

/** How the picture gets to the user, if the client and the network permit. */
export enum StreamingProtocol {
  /** TCP: works everywhere. */
  TCP = 'TCP',
  /** UDP: better over networks of high latency, with the native client for Windows. */
  UDP = 'UDP',
}

/** Properties of a stack. */
export interface StackProps {
  /**
   * The name of the stack: 1 to 100 letters, digits, "_", "." and "-", starting with a letter or digit.
   *
   * @default - a generated name
   */
  readonly stackName?: string;

  /**
   * The name that people see, at most 100 characters.
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

  /**
   * What users may do during their sessions.
   *
   * @default UserSettings.locked()
   */
  readonly userSettings?: UserSettings;

  /**
   * Where the files of users are kept between sessions, each kind of storage at most once.
   *
   * @default - files are lost when the session ends
   */
  readonly storageConnectors?: StorageConnector[];

  /**
   * Whether the application settings of users live on in their next session.
   *
   * @default ApplicationSettings.disabled()
   */
  readonly applicationSettings?: ApplicationSettings;

  /**
   * 1 to 4 interface endpoints of the service `InterfaceVpcEndpointAwsService.APPSTREAM_STREAMING`: the only way to the sessions then.
   *
   * @default - sessions are reached over the internet
   * @see https://docs.aws.amazon.com/appstream2/latest/developerguide/creating-streaming-from-interface-vpc-endpoints.html
   */
  readonly accessEndpoints?: ec2.IVPCEndpointRef[];

  /**
   * 1 to 20 domains whose pages may embed sessions in a frame, for example "portal.example.com"; each at most 128 characters.
   *
   * @default - sessions cannot be embedded
   */
  readonly embedHostDomains?: string[];

  /**
   * Where users get when their session ends, at most 1000 characters.
   *
   * @default - users stay where they are
   */
  readonly redirectUrl?: string;

  /**
   * Where the link "Send Feedback" leads, at most 1000 characters.
   *
   * @default - there is no such link
   */
  readonly feedbackUrl?: string;

  /**
   * The protocol to prefer.
   *
   * @default - AppStream's own choice
   */
  readonly preferredProtocol?: StreamingProtocol;

  /**
   * Whether addresses that are opened in a session open on the user's own device.
   *
   * @default - AppStream's own choice
   */
  readonly contentRedirection?: ContentRedirection;

  /**
   * What AI agents may do in sessions.
   *
   * @default - nothing
   */
  readonly agentAccess?: AgentAccess;
}

abstract class StackBase extends cdk.Resource implements IStack {
  public abstract readonly stackName: string;
  public abstract readonly stackArn: string;
  public readonly grants = StackGrants.fromStack(this);

  /** A reference to this stack. */
  public get stackRef(): appstream.StackReference {
    return { stackName: this.stackName };
  }

  public addFleet(fleet: appstream.IFleetRef): void {
    checkSameEnvironment(this, fleet, 'an AppStream stack');
    if (this.node.tryFindChild('FleetAssociation') || this.node.tryFindChild(FleetAssociation.ID)) {
      fail(this, `a stack takes one fleet at a time and has one, got ${JSON.stringify(fleet.node.path)}`);
    }
    if (fleet instanceof Fleet && fleet._replacement) {
      new FleetAssociation(this, this, fleet, fleet._replacement);
      return;
    }
    const association = new appstream.CfnStackFleetAssociation(this, 'FleetAssociation', {
      stackName: nameWithin(this, this) ?? this.stackName,
      fleetName: nameWithin(this, fleet) ?? fleet.fleetRef.fleetName,
    });
    // The L1s alone: what else is below a fleet, like its lifecycle, neither waits for the association nor the other way round.
    for (const construct of [this, fleet]) {
      const resource = construct.node.defaultChild ?? construct;
      if (cdk.CfnResource.isCfnResource(resource)) association.addResourceDependency(resource);
    }
  }

  public get relayStateUrl(): string {
    return relayStateUrl(this);
  }

  public entitle(id: string, options: EntitlementOptions): Entitlement {
    return new Entitlement(this, id, { stack: this, ...options });
  }

  public addUsers(users: appstream.IUserRef[], options: UserAssignmentOptions = {}): void {
    assignUsers(this, users, options);
  }

  public brand(options: StackThemeOptions): StackTheme {
    if (this.node.tryFindChild('Theme')) {
      fail(this, `a stack has one theme, got another one with the title ${JSON.stringify(options.title)}`);
    }
    return new StackTheme(this, 'Theme', { stack: this, ...options });
  }
}

/**
 * What users sign in to: a fleet, with what they may do there and where their files are kept.
 *
 * Not to be confused with a stack of CloudFormation, `cdk.Stack`.
 *
 * @see https://docs.aws.amazon.com/appstream2/latest/developerguide/managing-stacks-fleets.html
 * @example
 * import * as cdk from 'aws-cdk-lib';
 * import { appstream } from 'cdk-app-streaming';
 *
 * declare const scope: cdk.Stack;
 * declare const fleet: appstream.Fleet;
 *
 * const stack = new appstream.Stack(scope, 'Office', {
 *   displayName: 'Office',
 *   userSettings: appstream.UserSettings.locked().allow(appstream.UserAction.PRINTING_TO_LOCAL_DEVICE),
 *   storageConnectors: [appstream.StorageConnector.homeFolders()],
 * });
 * stack.addFleet(fleet);
 */
export class Stack extends StackBase {
  /** A stack of this account and region that is made elsewhere. */
  public static fromStackName(scope: Construct, id: string, stackName: string): IStack {
    return Stack.fromStackArn(scope, id, formatStackArn(scope, stackName));
  }

  /** A stack that is made elsewhere. */
  public static fromStackArn(scope: Construct, id: string, stackArn: string): IStack {
    class Import extends StackBase {
      public readonly stackArn = stackArn;
      public readonly stackName = cdk.Stack.of(scope).splitArn(stackArn, cdk.ArnFormat.SLASH_RESOURCE_NAME).resourceName!;
    }
    return new Import(scope, id, { environmentFromArn: stackArn });
  }

  private readonly resource: appstream.CfnStack;
  // Made when somebody asks: most stacks are not asked for it, and a reference costs time at synthesis.
  private nameReference?: string;

  constructor(scope: Construct, id: string, props: StackProps = {}) {
    super(scope, id, { physicalName: props.stackName });

    this.validate(props);

    this.resource = new appstream.CfnStack(this, 'Resource', {
      name: props.stackName ?? uniqueName(this),
      displayName: props.displayName,
      description: props.description,
      userSettings: (props.userSettings ?? UserSettings.locked())._bind(this),
      storageConnectors: this.renderStorageConnectors(props.storageConnectors),
      applicationSettings: (props.applicationSettings ?? ApplicationSettings.disabled())._bind(this),
      accessEndpoints: accessEndpoints(this, props.accessEndpoints),
      embedHostDomains: props.embedHostDomains,
      redirectUrl: props.redirectUrl,
      feedbackUrl: props.feedbackUrl,
      streamingExperienceSettings: props.preferredProtocol && { preferredProtocol: props.preferredProtocol },
      contentRedirection: props.contentRedirection?._bind(this),
      agentAccessConfig: agentAccessConfig(this, props.agentAccess),
    });
  }

  public get stackName(): string {
    return this.nameReference ??= this.getResourceNameAttribute(this.resource.ref);
  }

  public get stackArn(): string {
    return formatStackArn(this, this.stackName);
  }

  private validate(props: StackProps): void {
    checkName(this, 'stackName', props.stackName);
    checkTexts(this, props);
    checkLength(this, 'redirectUrl', props.redirectUrl, { min: 1, max: 1000 });
    checkLength(this, 'feedbackUrl', props.feedbackUrl, { min: 1, max: 1000 });
    checkCount(this, 'embedHostDomains', props.embedHostDomains, { min: 1, max: 20 });
    for (const domain of cdk.Token.isUnresolved(props.embedHostDomains) ? [] : props.embedHostDomains ?? []) {
      checkLength(this, 'embedHostDomains: domain', domain, { min: 1, max: 128 });
      checkPattern(this, 'embedHostDomains: domain', domain, /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9][a-z0-9-]{0,61}[a-z0-9]$/,
        'be a lower-case domain without scheme, port or wildcard like "portal.example.com"');
    }
  }

  private renderStorageConnectors(connectors: StorageConnector[] | undefined): appstream.CfnStack.StorageConnectorProperty[] | undefined {
    const rendered = connectors?.map((connector) => connector._bind(this));
    const types = rendered?.map((connector) => connector.connectorType) ?? [];
    const repeated = types.find((type, index) => types.indexOf(type) !== index);
    if (repeated) {
      fail(this, `storageConnectors must have each kind of storage at most once, got ${JSON.stringify(repeated)} more than once`);
    }
    return rendered;
  }
}

function formatStackArn(scope: Construct, stackName: string): string {
  return cdk.Stack.of(scope).formatArn({ service: 'appstream', resource: 'stack', resourceName: stackName });
}

/**
 * The name of a stack or a fleet for what is in the same template, where the L1's own reference will do.
 *
 * That of an L2 is good for other environments as well, which costs time at synthesis.
 */
function nameWithin(scope: Construct, named: Construct): string | undefined {
  const resource = resourceOf(named);
  const isOwn = appstream.CfnFleet.isCfnFleet(resource) || appstream.CfnStack.isCfnStack(resource);
  return isOwn && resource.stack === cdk.Stack.of(scope) ? resource.ref : undefined;
}
