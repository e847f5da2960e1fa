import { DOMAIN_JOIN_INFO, VOLUME_CONFIG, VPC_CONFIG } from './appstream-fleet';
import { unlessGone } from '../not-found';
import { type ResourceRequest, type ResourceType, stabilized } from '../resource-type';
import { TAGS } from '../shape';
import { tagMap } from '../tags';

export interface ImageBuilderReadings {
  /**
   * What becomes of an update that does not change the name.
   *
   * Inferred: the documentation says "no interruption", but the type's schema has no update handler, and its tags
   * cannot be updated. `refused` fails; `replaces` is what CloudFormation documents for types without that handler:
   * a second builder with the same name is refused by the service.
   */
  readonly imageBuilderUpdate: 'refused' | 'replaces';
  /**
   * What the handler does about a builder that runs when it is to be deleted. CloudFormation leaves builders running,
   * so something has to work.
   *
   * Inferred: `stops` holds whether or not the service deletes a running builder; `direct` is what Terraform does.
   */
  readonly imageBuilderDeletion: 'stops' | 'direct';
}

const PROPERTIES = {
  AccessEndpoints: [{ EndpointType: 'string', VpceId: 'string' }],
  AppstreamAgentVersion: 'string',
  Description: 'string',
  DisableIMDSV1: 'boolean',
  DisplayName: 'string',
  DomainJoinInfo: DOMAIN_JOIN_INFO,
  EnableDefaultInternetAccess: 'boolean',
  IamRoleArn: 'string',
  ImageArn: 'string',
  ImageName: 'string',
  InstanceType: 'string',
  Name: 'string',
  RootVolumeConfig: VOLUME_CONFIG,
  SoftwaresToInstall: ['string'],
  SoftwaresToUninstall: ['string'],
  Tags: TAGS,
  VpcConfig: VPC_CONFIG,
} as const;

export function imageBuilderType(readings: ImageBuilderReadings): ResourceType {
  return {
    name: 'AWS::AppStream::ImageBuilder',
    properties: PROPERTIES,
    required: ['Name', 'InstanceType'],
    get createOnly() {
      return readings.imageBuilderUpdate === 'replaces' ? Object.keys(PROPERTIES) : ['Name'];
    },
    attributes: ['StreamingUrl'],

    refusesUpdate: () =>
      'Resource handler returned message: "AWS::AppStream::ImageBuilder has no update handler" (HandlerErrorCode: NotUpdatable)',

    async create(request) {
      const { cloud, properties } = request;
      const { ImageBuilder: { Name } } = await cloud.call('appstream', 'CreateImageBuilder', { ...properties, Tags: tagMap(properties) });
      request.identify(Name);
      if (await inState(request, Name, ['RUNNING', 'FAILED']) === 'FAILED') {
        throw new Error(`The image builder is FAILED: ${JSON.stringify((await builder(request, Name)).ImageBuilderErrors)}`);
      }
      return { physicalId: Name, attributes: {} };
    },

    update(request: ResourceRequest) {
      throw new Error(`${request.type} has no update`);
    },

    async delete(request) {
      const { cloud, physicalId: Name } = request;
      await unlessGone((async () => {
        // Nothing can be done to a builder on its way.
        const state = await inState(request, Name, ['RUNNING', 'STOPPED', 'FAILED']);
        if (state === 'RUNNING' && readings.imageBuilderDeletion === 'stops') {
          await cloud.call('appstream', 'StopImageBuilder', { Name });
          await inState(request, Name, ['STOPPED']);
        }
        await cloud.call('appstream', 'DeleteImageBuilder', { Name });
        await inState(request, Name, []);
      })(), 'ResourceNotFoundException');
    },
  };
}

/** Waits for one of these states; for the end of the builder, when there is none. */
function inState(request: ResourceRequest, name: string, states: readonly string[]): Promise<string> {
  return stabilized(request, async () => {
    const { State } = await builder(request, name);
    return states.includes(State) ? State : undefined;
  });
}

async function builder({ cloud }: ResourceRequest, name: string): Promise<{ readonly State: string; readonly ImageBuilderErrors?: unknown }> {
  const { ImageBuilders: [found] } = await cloud.call('appstream', 'DescribeImageBuilders', { Names: [name] });
  return found;
}
