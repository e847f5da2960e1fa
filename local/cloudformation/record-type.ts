import type { ResourceRequest, ResourceType } from './resource-type';
import type { Shape } from './shape';
import type { Json } from './template';

export interface RecordDefinition {
  readonly name: string;
  readonly properties: { readonly [name: string]: Shape };
  readonly required?: readonly string[];
  readonly createOnly?: readonly string[];
  /** What `Ref` gives. */
  readonly physicalId: (request: ResourceRequest) => string;
  /** Throws for what the service would refuse although it has the right shape. */
  readonly check?: (properties: Json) => void;
  readonly attributes?: { readonly [name: string]: (physicalId: string, properties: Json, request: ResourceRequest) => unknown };
}

/** A type whose resources are remembered and do nothing. */
export function recordType(definition: RecordDefinition): ResourceType {
  const { physicalId: identify, check, attributes = {}, createOnly = [], ...rest } = definition;
  const provisioned = (request: ResourceRequest, physicalId: string) => {
    check?.(request.properties);
    return {
      physicalId,
      attributes: Object.fromEntries(Object.entries(attributes).map(([name, compute]) => [name, compute(physicalId, request.properties, request)])),
    };
  };
  return {
    ...rest,
    createOnly,
    attributes: Object.keys(attributes),
    create: async (request) => provisioned(request, identify(request)),
    update: async (request) => provisioned(request, request.physicalId),
    delete: async () => undefined,
  };
}
