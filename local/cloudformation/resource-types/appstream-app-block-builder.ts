import { attributesOf, updateTags } from './appstream-app-block';
import { VPC_CONFIG } from './appstream-fleet';
import { AwsError } from '../../wire/aws-error';
import { unlessGone } from '../not-found';
import { type ResourceRequest, type ResourceType, stabilized } from '../resource-type';
import { TAGS } from '../shape';
import { tagMap } from '../tags';

export interface AppBlockBuilderReadings {
  /**
   * Whether the handler starts app block builders and stops running ones for an update.
   *
   * Inferred: the type's schema lists StartAppBlockBuilder and StopAppBlockBuilder among the permissions of its create and update, and
   * no document says what for. `strict` leaves a new builder STOPPED and passes on that a running one cannot be updated; `starts` starts
   * a new one that has an app block, and stops and starts a running one around an update that needs it.
   */
  readonly appBlockBuilderHandler: 'strict' | 'starts';
}

export function appBlockBuilderType(readings: AppBlockBuilderReadings): ResourceType {
  return {
    name: 'AWS::AppStream::AppBlockBuilder',
    properties: {
      AccessEndpoints: [{ EndpointType: 'string', VpceId: 'string' }],
      AppBlockArns: ['string'],
      Description: 'string',
      DisableIMDSV1: 'boolean',
      DisplayName: 'string',
      EnableDefaultInternetAccess: 'boolean',
      IamRoleArn: 'string',
      InstanceType: 'string',
      Name: 'string',
      Platform: 'string',
      Tags: TAGS,
      VpcConfig: VPC_CONFIG,
    },
    required: ['InstanceType', 'Name', 'Platform', 'VpcConfig'],
    createOnly: ['Name'],
    attributes: ['Arn', 'CreatedTime'],

    async create(request) {
      const { cloud, properties: { AppBlockArns, ...properties } } = request;
      const { AppBlockBuilder: builder } = await cloud.call('appstream', 'CreateAppBlockBuilder', { ...properties, Tags: tagMap(properties) });
      request.identify(builder.Name);
      await associate(request, builder.Name, [], appBlocksOf(AppBlockArns));
      if (readings.appBlockBuilderHandler === 'starts' && appBlocksOf(AppBlockArns).length > 0) {
        await started(request, builder.Name);
      }
      return { physicalId: builder.Name, attributes: attributesOf(builder) };
    },

    async update(request) {
      const { cloud, physicalId: Name, previous, properties, changed } = request;
      const members = [...changed].filter((name) => name !== 'Tags' && name !== 'AppBlockArns' && properties[name] !== undefined);
      const change = async () => {
        if (members.length > 0) {
          await cloud.call('appstream', 'UpdateAppBlockBuilder', { Name, ...Object.fromEntries(members.map((name) => [name, properties[name]])) });
        }
        if (changed.has('AppBlockArns')) {
          await associate(request, Name, appBlocksOf(previous.AppBlockArns), appBlocksOf(properties.AppBlockArns));
        }
      };
      const needsStop = changed.has('AppBlockArns') || members.some((name) => name !== 'DisplayName' && name !== 'Description');
      if (readings.appBlockBuilderHandler === 'starts' && needsStop && (await find(request, Name)).State === 'RUNNING') {
        await stopped(request, Name);
        await change();
        await started(request, Name);
      } else {
        await change();
      }
      const builder = await find(request, Name);
      await updateTags(request, builder.Arn);
      return { physicalId: Name, attributes: attributesOf(builder) };
    },

    /** Inferred: its permissions list all of these, and the service deletes neither a running builder nor one with an app block. */
    async delete(request) {
      const { cloud, physicalId: Name } = request;
      await unlessGone((async () => {
        await stopped(request, Name);
        const { AppBlockBuilderAppBlockAssociations = [] } = await cloud.call('appstream', 'DescribeAppBlockBuilderAppBlockAssociations', { AppBlockBuilderName: Name });
        for (const { AppBlockArn } of AppBlockBuilderAppBlockAssociations) {
          await cloud.call('appstream', 'DisassociateAppBlockBuilderAppBlock', { AppBlockArn, AppBlockBuilderName: Name });
        }
        await cloud.call('appstream', 'DeleteAppBlockBuilder', { Name });
      })(), 'ResourceNotFoundException');
    },
  };
}

function appBlocksOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value : [];
}

async function associate(
  { cloud }: ResourceRequest, AppBlockBuilderName: string, before: readonly string[], after: readonly string[],
): Promise<void> {
  for (const AppBlockArn of before) {
    await cloud.call('appstream', 'DisassociateAppBlockBuilderAppBlock', { AppBlockArn, AppBlockBuilderName });
  }
  for (const AppBlockArn of after) {
    await cloud.call('appstream', 'AssociateAppBlockBuilderAppBlock', { AppBlockArn, AppBlockBuilderName });
  }
}

async function started(request: ResourceRequest, Name: string): Promise<void> {
  await request.cloud.call('appstream', 'StartAppBlockBuilder', { Name });
  await stabilized(request, async () => {
    const { State, AppBlockBuilderErrors: errors } = await find(request, Name);
    if (State === 'STOPPED') {
      throw new Error(`The app block builder did not start: ${JSON.stringify(errors)}`);
    }
    return State === 'RUNNING' ? true : undefined;
  });
}

/** Brings a builder to STOPPED from whatever state it is in. */
async function stopped(request: ResourceRequest, Name: string): Promise<void> {
  await stabilized(request, async () => {
    const { State } = await find(request, Name);
    if (State === 'RUNNING') {
      // Somebody else may have been faster.
      await request.cloud.call('appstream', 'StopAppBlockBuilder', { Name }).catch((error) => {
        if (!(error instanceof AwsError && error.code === 'OperationNotPermittedException')) throw error;
      });
    }
    return State === 'STOPPED' ? true : undefined;
  });
}

interface Builder {
  readonly Arn: string;
  readonly State: string;
  readonly CreatedTime: Date;
  readonly AppBlockBuilderErrors?: unknown;
}

async function find({ cloud }: ResourceRequest, name: string): Promise<Builder> {
  return (await cloud.call('appstream', 'DescribeAppBlockBuilders', { Names: [name] })).AppBlockBuilders[0];
}
