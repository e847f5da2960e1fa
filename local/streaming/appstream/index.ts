import { join } from 'path';
import type { AuthenticationType, Image, Session } from '@aws-sdk/client-appstream';
import { AppStreamAccount } from './account';
import { appBlockBuilderAssociationOperations, finishPackage } from './app-block-builder-associations';
import { appBlockBuilderOperations } from './app-block-builders';
import { appBlockOperations } from './app-blocks';
import { applicationFleetOperations } from './application-fleets';
import { applicationOperations } from './applications';
import { associationOperations } from './associations';
import { builderSoftwareOperations } from './builder-software';
import { directoryConfigOperations } from './directory-configs';
import { entitlementOperations } from './entitlements';
import { fleetOperations } from './fleets';
import { iamRequirements, iamResources } from './iam-resources';
import { imageBuilderOperations } from './image-builders';
import { imageExportOperations } from './image-exports';
import { imageMakingOperations } from './image-making';
import { imagePermissionOperations } from './image-permissions';
import { addImage, imageOperations, seedImages } from './images';
import type { AppStreamOptions } from './options';
import { EVERY_ROLE, type Roles } from './roles';
import type { Script } from './script';
import { sessionOperations } from './sessions';
import { stackOperations } from './stacks';
import { NO_STORAGE, type Storage } from './storage';
import { tagOperations } from './tags';
import { themeOperations } from './themes';
import { usageReportOperations } from './usage-reports';
import { userPoolOperations } from './user-pool';
import { disconnect, openStreamingUrl, signIn } from './users';
import type { Cloud } from '../../cloud';
import { awsJson } from '../../wire/aws-json';
import { ServiceModel } from '../../wire/model';
import { rpcV2Cbor } from '../../wire/rpc-v2-cbor';
import type { CallContext, Handler, Operation, Requirement, Service } from '../../wire/service';

const TARGET = 'PhotonAdminProxyService';
const MODEL = ServiceModel.load(join(__dirname, 'model.json'));

/**
 * Amazon AppStream 2.0 (WorkSpaces Applications) as far as its fleets and what they stream, builders, stacks, users and sessions go.
 *
 * Comments say where a rule comes from; what AppStream's documents leave open is marked as inferred,
 * and can be read the other way through `readings` where a caller would notice.
 */
export class AppStreamSimulator implements Service {
  public readonly name = 'appstream';
  public readonly signingNames = ['appstream'];
  /** AppStream speaks both: its model names CBOR first, the SDK and the `aws` command line choose JSON. */
  public readonly protocols = [rpcV2Cbor(TARGET), awsJson(TARGET, '1.1')];
  /** Images are copied from Region to Region. */
  public readonly isInEveryRegion = true;
  public readonly operations: Readonly<Record<string, Handler>>;
  private readonly model = MODEL;
  private readonly account: AppStreamAccount;

  /**
   * @param storage the account's S3, from where app blocks, icons, session scripts and the images of themes come
   * @param roles the account's IAM, to which AppStream looks before it takes a role
   * @param regions the same account in all Regions that were asked for so far
   */
  constructor(
    private readonly cloud: Cloud, private readonly options: AppStreamOptions = {}, storage: Storage = NO_STORAGE,
    private readonly roles: Roles = EVERY_ROLE, private readonly regions = new Map<string, AppStreamSimulator>(),
  ) {
    regions.set(cloud.region, this);
    this.account = new AppStreamAccount(cloud, this.model, options, storage, roles, (region) => this.inRegion(region).account);
    seedImages(this.account);
    const handlers: Record<string, Handler> = {
      ...fleetOperations(this.account),
      ...imageBuilderOperations(this.account),
      ...appBlockOperations(this.account),
      ...appBlockBuilderOperations(this.account),
      ...appBlockBuilderAssociationOperations(this.account),
      ...applicationOperations(this.account),
      ...applicationFleetOperations(this.account),
      ...builderSoftwareOperations(this.account),
      ...stackOperations(this.account),
      ...associationOperations(this.account),
      ...imageOperations(this.account),
      ...imageMakingOperations(this.account),
      ...imagePermissionOperations(this.account),
      ...imageExportOperations(this.account),
      ...sessionOperations(this.account),
      ...entitlementOperations(this.account),
      ...userPoolOperations(this.account),
      ...directoryConfigOperations(this.account),
      ...themeOperations(this.account),
      ...usageReportOperations(this.account),
      ...tagOperations(this.account),
    };
    const here = this.model.guard(handlers);
    const operationsIn = (region = cloud.region) => region === cloud.region ? here : this.inRegion(region).operations;
    this.operations = Object.fromEntries(Object.keys(here).map((name) =>
      [name, (input: unknown, context: CallContext) => operationsIn(context.region)[name](input, context)]));
  }

  /** The same account in another Region, where nobody has made anything yet: AMIs, directory configs and the buckets that AppStream reads are of one Region. */
  public inRegion(region: string): AppStreamSimulator {
    const { cloud, regions, roles } = this;
    const options = { ...this.options, amis: [], directories: [] };
    return regions.get(region) ?? new AppStreamSimulator({ ...cloud, region }, options, NO_STORAGE, roles, regions);
  }

  /** What goes wrong inside AppStream, for tests. */
  public get script(): Script {
    return this.account.script;
  }

  /** Adds a private image (or, with `Visibility` and `Arn`, a public or shared one), as an image builder would. */
  public addImage(image: Partial<Image> & { readonly Name: string }): Image {
    return addImage(this.account, image);
  }

  public removeImage(arn: string): void {
    this.account.images.delete(arn);
    this.account.tags.delete(arn);
  }

  /** An administrator has installed applications on an app block builder, and ends the work there. */
  public async finishPackage(builderName: string): Promise<void> {
    await this.cloud.call('s3', 'PutObject', { ...finishPackage(this.account, builderName), Body: 'package' });
  }

  /** A user opens a streaming URL in a browser. */
  public openStreamingUrl(url: string): Session {
    return openStreamingUrl(this.account, url);
  }

  /** A user signs in to a stack in another way than by a streaming URL. */
  public signIn(stackName: string, userId: string, authenticationType: Exclude<AuthenticationType, 'API'>): Session {
    return signIn(this.account, stackName, userId, authenticationType);
  }

  /** A user closes the browser. */
  public disconnect(sessionId: string): void {
    disconnect(this.account, sessionId);
  }

  /** What users of the pool were written. */
  public mails(): readonly string[] {
    return this.account.mails;
  }

  /** Every streaming URL that was ever handed out, and every password of a service account, so that tests can search for leaks. */
  public secrets(): readonly string[] {
    return this.account.secrets;
  }

  public resources(operation: Operation): readonly string[] {
    return iamResources(this.inRegion(operation.region ?? this.account.region).account, operation);
  }

  public context({ region }: Operation): Readonly<Record<string, string>> {
    return region === undefined ? {} : { 'aws:requestedregion': region };
  }

  public requires(operation: Operation): readonly Requirement[] {
    return iamRequirements(this.inRegion(operation.region ?? this.account.region).account, operation);
  }

  public resourceTags(arn: string): Readonly<Record<string, string>> {
    return this.inRegion(arn.split(':')[3]).account.tags.get(arn) ?? {};
  }
}
