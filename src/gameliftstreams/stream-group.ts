import * as cdk from 'aws-cdk-lib';
import * as gameliftstreams from 'aws-cdk-lib/aws-gameliftstreams';
import { Construct } from 'constructs';
import { checkDescription, defaultDescription } from './description';
import { Location } from './location';
import { checkAssociable } from './private/association-rules';
import { checkPlatform } from './private/platform';
import { StreamClass } from './stream-class';
import { StreamGroupApplicationAssociation } from './stream-group-application-association';
import { StreamGroupGrants } from './stream-group-grants';
import { checkCount, checkPattern, fail } from '../private/errors';
import { tagWithStack } from '../private/references';

/** The Regions with an endpoint of the service, as far as is known; AWS adds to it. */
const PRIMARY_LOCATIONS = ['us-east-2', 'us-west-2', 'ap-northeast-1', 'eu-central-1'];

/** Machines, in one or more locations, that stream applications. */
export interface IStreamGroup extends cdk.IResource, gameliftstreams.IStreamGroupRef {
  /**
   * The ARN of the stream group.
   *
   * @attribute
   */
  readonly streamGroupArn: string;

  /**
   * The id of the stream group, for example "sg-1AB2C3De4".
   *
   * @attribute
   */
  readonly streamGroupId: string;

  /** What may be done with the sessions of the stream group. */
  readonly grants: StreamGroupGrants;

  /**
   * Lets the group stream another application beside its default one, at all its locations; at most 100.
   *
   * The application must be made for the operating system of the stream class. A group older than 180 days takes no more.
   * Throws for the default application, and for one that the group has already.
   */
  addApplication(application: gameliftstreams.IApplicationRef): StreamGroupApplicationAssociation;
}

/** Properties of a stream group. A change of the stream class or the generation replaces the stream group. */
export interface StreamGroupProps {
  /** The hardware of the machines. */
  readonly streamClass: StreamClass;

  /** Where the group streams from, and for how many sessions; 1 to 100, each once, the primary one among them. */
  readonly locations: Location[];

  /**
   * The application that the group keeps ready at all its locations, made for the operating system of the stream class.
   *
   * An application that is the default of a group is deleted after the group. To change the default, also when new content
   * replaces it, give the group a new `generation`: in place the service takes only an application that is associated with
   * the group already, and CloudFormation is not known to associate it.
   *
   * @default - none: the group cannot stream until it has an application
   */
  readonly defaultApplication?: gameliftstreams.IApplicationRef;

  /**
   * What people see of the group: 1 to 80 letters, digits, blanks, "-", "_", ".", "!", "+", "@" and "/". Several may have the same.
   *
   * @default - the path of the construct
   */
  readonly description?: string;

  /**
   * 1 to 32 letters and digits, for example "2026w47". A new text replaces the stream group.
   *
   * After 180 days a group takes no more applications, and after 365 days it expires and can only be deleted;
   * AWS advises a new one every 3 to 4 weeks, for the newest software on its machines.
   *
   * @default - the first generation
   * @see https://docs.aws.amazon.com/gameliftstreams/latest/developerguide/stream-groups.html
   */
  readonly generation?: string;
}

abstract class StreamGroupBase extends cdk.Resource implements IStreamGroup {
  public abstract readonly streamGroupArn: string;
  public abstract readonly streamGroupId: string;
  public readonly grants = StreamGroupGrants.fromStreamGroup(this);

  /** A reference to this stream group. */
  public get streamGroupRef(): gameliftstreams.StreamGroupReference {
    return { streamGroupArn: this.streamGroupArn };
  }

  /** Lets the group stream another application. */
  public addApplication(application: gameliftstreams.IApplicationRef): StreamGroupApplicationAssociation {
    checkAssociable(this, this, application);
    return new StreamGroupApplicationAssociation(this, `Application${cdk.Names.nodeUniqueId(application.node)}`, { streamGroup: this, application });
  }
}

/**
 * Machines, in one or more locations, that stream applications.
 *
 * Nothing is kept running, and billed, for sessions that are not there, unless a location says so.
 *
 * @see https://docs.aws.amazon.com/gameliftstreams/latest/developerguide/stream-groups.html
 * @example
 * import * as cdk from 'aws-cdk-lib';
 * import { gameliftstreams } from 'cdk-app-streaming';
 *
 * declare const scope: cdk.Stack;
 * declare const game: gameliftstreams.Application;
 *
 * new gameliftstreams.StreamGroup(scope, 'Playtest', {
 *   streamClass: gameliftstreams.StreamClass.GEN6N_HIGH,
 *   defaultApplication: game,
 *   locations: [
 *     gameliftstreams.Location.primary({ maximumCapacity: 10 }),
 *     gameliftstreams.Location.of('eu-west-2', { maximumCapacity: 20, targetIdleCapacity: 2 }),
 *   ],
 * });
 */
export class StreamGroup extends StreamGroupBase {
  /**
   * A stream group of this account and Region that is made elsewhere.
   *
   * @param streamGroupId for example "sg-1AB2C3De4".
   */
  public static fromStreamGroupId(scope: Construct, id: string, streamGroupId: string): IStreamGroup {
    return StreamGroup.fromStreamGroupArn(scope, id, cdk.Stack.of(scope).formatArn({
      service: 'gameliftstreams', resource: 'streamgroup', resourceName: streamGroupId,
    }));
  }

  /** A stream group that is made elsewhere. */
  public static fromStreamGroupArn(scope: Construct, id: string, streamGroupArn: string): IStreamGroup {
    class Import extends StreamGroupBase {
      public readonly streamGroupArn = streamGroupArn;
      public readonly streamGroupId = cdk.Stack.of(scope).splitArn(streamGroupArn, cdk.ArnFormat.SLASH_RESOURCE_NAME).resourceName!;
    }
    return new Import(scope, id, { environmentFromArn: streamGroupArn });
  }

  public readonly streamGroupArn: string;
  public readonly streamGroupId: string;

  constructor(scope: Construct, id: string, props: StreamGroupProps) {
    super(scope, id);

    this.validate(props);

    const resource = new gameliftstreams.CfnStreamGroup(this, 'Resource', {
      streamClass: props.streamClass._bind(this),
      locationConfigurations: this.renderLocations(props),
      // By its ARN: a change of the id would replace the group.
      defaultApplication: props.defaultApplication && { arn: props.defaultApplication.applicationRef.applicationArn },
      description: props.description ?? defaultDescription(this),
    });
    this.applyGeneration(resource, props.generation);
    tagWithStack(resource);

    this.streamGroupArn = resource.attrArn;
    this.streamGroupId = resource.attrId;
  }

  private validate(props: StreamGroupProps): void {
    checkDescription(this, props.description);
    checkCount(this, 'locations', props.locations, { min: 1, max: 100 });
    checkPattern(this, 'generation', props.generation, /^[a-zA-Z0-9]{1,32}$/, 'have 1 to 32 letters and digits');
    this.validateDefaultApplication(props);
    const { region } = this.stack;
    if (!cdk.Token.isUnresolved(region) && !PRIMARY_LOCATIONS.includes(region)) {
      cdk.Annotations.of(this).addWarningV2('cdk-app-streaming/gameliftstreams:unknownRegion',
        `stream groups are not known to be made in ${JSON.stringify(region)}, but in ${PRIMARY_LOCATIONS.join(', ')}; other Regions are locations of a group`);
    }
  }

  private validateDefaultApplication({ streamClass: { name }, defaultApplication }: StreamGroupProps): void {
    if (defaultApplication && cdk.Token.compareStrings(defaultApplication.env.region, this.env.region) === cdk.TokenComparison.DIFFERENT) {
      fail(this, `defaultApplication must be in the Region of the group ${JSON.stringify(this.env.region)}, got one in ${JSON.stringify(defaultApplication.env.region)}`);
    }
    if (defaultApplication) {
      checkPlatform(this, name, defaultApplication);
    }
  }

  private renderLocations({ locations, streamClass }: StreamGroupProps): gameliftstreams.CfnStreamGroup.LocationConfigurationProperty[] {
    const rendered = locations.map((location) => location._bind(this, streamClass));
    const names = rendered.map(({ locationName }) => locationName);
    const repeated = names.find((name, index) => names.indexOf(name) !== index);
    if (repeated !== undefined) {
      fail(this, `locations must have each location once, got ${cdk.Token.isUnresolved(repeated) ? 'the primary one' : JSON.stringify(repeated)} more than once`);
    }
    if (!names.includes(this.stack.region)) {
      fail(this, `locations must have the primary location, the stack's Region: add Location.primary({ maximumCapacity: 0 }), or more to stream from there, got ${JSON.stringify(names)}`);
    }
    return rendered;
  }

  /** The service gives groups their names, so that two generations can be there at the same time. */
  private applyGeneration(resource: cdk.CfnResource, generation: string | undefined): void {
    if (generation === undefined) return;
    resource.overrideLogicalId(`${this.stack.getLogicalId(resource)}${generation}`);
  }
}
