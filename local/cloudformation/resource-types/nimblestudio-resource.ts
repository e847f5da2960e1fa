import { unlessGone } from '../not-found';
import { type ResourceRequest, type ResourceType, stabilized } from '../resource-type';
import type { Shape } from '../shape';

/** What sets one of the types apart from the others. */
export interface NimbleDefinition {
  /** In the type and in the names of operations, e.g. `LaunchProfile`. */
  readonly noun: string;
  readonly properties: { readonly [name: string]: Shape };
  readonly required: readonly string[];
  readonly createOnly: readonly string[];
  /** Properties that neither replace the resource nor can be changed by the service. */
  readonly fixed?: readonly string[];
  /** What `Fn::GetAtt` gives, from what the service says of the resource. */
  readonly attributes: { readonly [name: string]: (resource: NimbleResource) => unknown };
}

/** What the service says of a resource. */
export interface NimbleResource {
  readonly [name: string]: unknown;
  readonly state: string;
  readonly statusCode: string;
  readonly statusMessage: string;
  readonly encryptionConfiguration?: { readonly keyArn?: string; readonly keyType: string };
}

/**
 * A type of Nimble Studio: made, changed and deleted by one operation each, which is waited for.
 *
 * `Ref` gives the id (inferred but for the studio: the other types say nowhere what their identifier is).
 */
export function nimbleType({ noun, fixed = [], attributes, ...definition }: NimbleDefinition): ResourceType {
  const output = lowerFirst(noun);
  const idName = `${output}Id`;
  const idOf = ({ properties }: ResourceRequest, physicalId: string) => ({
    ...properties.StudioId === undefined ? {} : { studioId: properties.StudioId }, [idName]: physicalId,
  });
  const get = async (request: ResourceRequest, physicalId: string): Promise<NimbleResource> =>
    (await request.cloud.call('nimble', `Get${noun}`, idOf(request, physicalId)))[output];

  const become = (request: ResourceRequest, physicalId: string, wanted: 'READY' | 'DELETED') => stabilized(request, async () => {
    const resource = await get(request, physicalId);
    switch (resource.state) {
      case wanted:
        return resource;
      case 'CREATE_IN_PROGRESS':
      case 'UPDATE_IN_PROGRESS':
      case 'DELETE_IN_PROGRESS':
        return undefined;
      default:
        throw new Error(`${resource.statusMessage} (${resource.state}: ${resource.statusCode})`);
    }
  });
  /** Waits for what a cancelled operation has left under way: until then everything else is a conflict. */
  const settle = (request: ResourceRequest, physicalId: string) => stabilized(request, async () =>
    (await get(request, physicalId)).state.endsWith('_IN_PROGRESS') ? undefined : true);
  const provisioned = async (request: ResourceRequest, physicalId: string) => {
    const resource = await become(request, physicalId, 'READY');
    return { physicalId, attributes: Object.fromEntries(Object.entries(attributes).map(([name, read]) => [name, read(resource)])) };
  };

  return {
    ...definition,
    name: `AWS::NimbleStudio::${noun}`,
    attributes: Object.keys(attributes),

    // Inferred: the type's documentation has no replacement for these, and the service has no way to change them.
    refusesUpdate(changed) {
      const refused = fixed.filter((name) => changed.has(name));
      return refused.length > 0 ? `Nimble Studio cannot change ${refused.join(', ')} of a ${noun}.` : undefined;
    },

    async create(request) {
      const { Tags: tags, ...properties } = request.properties;
      const created = await request.cloud.call('nimble', `Create${noun}`, { ...lowerCamel(properties) as object, tags });
      const physicalId = created[output][idName];
      request.identify(physicalId);
      return provisioned(request, physicalId);
    },

    async update(request) {
      const { cloud, physicalId, properties, changed } = request;
      await settle(request, physicalId);
      // Inferred: a property that is gone from the template is not sent, and so keeps its value.
      const members = [...changed].filter((name) => properties[name] !== undefined).map((name) => [name, properties[name]]);
      await cloud.call('nimble', `Update${noun}`, { ...lowerCamel(Object.fromEntries(members)) as object, ...idOf(request, physicalId) });
      return provisioned(request, physicalId);
    },

    /** Inferred: a service that is shut down refuses, and the refusal is passed on. Taking it for "gone" would hide it. */
    async delete(request) {
      const { cloud, physicalId } = request;
      await unlessGone((async () => {
        await settle(request, physicalId);
        await cloud.call('nimble', `Delete${noun}`, idOf(request, physicalId));
        await become(request, physicalId, 'DELETED');
      })(), 'ResourceNotFoundException');
    },
  };
}

/** Properties with the names that members have in the API. */
function lowerCamel(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(lowerCamel);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [lowerFirst(name), lowerCamel(member)]));
  }
  return value;
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
