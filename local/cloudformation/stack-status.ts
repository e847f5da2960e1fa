import type { Engine } from './engine';
import { Cancelled } from './resource-type';
import type { ResourceValues } from './scope';
import type { Stack } from './stack';
import { ValidationError } from './validation-error';

/** Puts a stack into a state and tells so. */
export function reportStack(engine: Engine, stack: Stack, status: string, reason?: string): void {
  stack.status = status;
  stack.reason = reason;
  engine.events.add(stack, { logicalId: stack.name, physicalId: stack.id, type: 'AWS::CloudFormation::Stack', status, reason });
}

/** What the resources of a stack stand for now. */
export function valuesOf(stack: Stack): ResourceValues {
  const resourceOf = (logicalId: string) => {
    const resource = stack.resources.get(logicalId);
    if (resource?.physicalId === undefined) {
      throw new ValidationError(`Unresolved resource dependencies [${logicalId}]: it does not exist`);
    }
    return resource;
  };
  return {
    ref: (logicalId) => resourceOf(logicalId).physicalId,
    attribute(logicalId, name) {
      const { attributes, type } = resourceOf(logicalId);
      if (!(name in attributes)) {
        throw new ValidationError(type.startsWith('AWS::') && type !== 'AWS::CloudFormation::CustomResource'
          ? `Template error: resource ${logicalId} does not support attribute type ${name} in Fn::GetAtt`
          : `CustomResource attribute error: Vendor response doesn't contain ${name} key in object ${stack.id}|${logicalId} in S3 bucket cloudformation-custom-resource-storage`);
      }
      return attributes[name];
    },
  };
}

/** The sentence with which a stack tells which resources failed. */
export function failedTo(verb: string, failures: ReadonlyMap<string, unknown> | readonly string[]): string {
  const ids = Array.isArray(failures) ? failures : [...(failures as ReadonlyMap<string, unknown>).keys()];
  return `The following resource(s) failed to ${verb}: [${ids.join(', ')}].`;
}

/** The resources of a stack that could not be deleted; others only wait for them. */
export function undeleted(stack: Stack): string[] {
  return [...stack.resources.values()].filter(({ status }) => status === 'DELETE_FAILED').map(({ logicalId }) => logicalId);
}

/** The failures that are no mere consequence of others. */
export function causes(failures: ReadonlyMap<string, unknown>): string[] {
  return [...failures].filter(([, error]) => !(error instanceof Cancelled)).map(([id]) => id);
}
