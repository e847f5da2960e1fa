import { CustomResourceHandler, isCustom } from './custom-resource';
import type { StackEvents } from './events';
import type { Random } from './random';
import type { ResourceType } from './resource-type';
import type { Cloud } from '../cloud';
import { NotImitated } from '../wire/aws-error';

/** What every operation on a stack works with. */
export interface Engine {
  readonly cloud: Cloud;
  readonly events: StackEvents;
  readonly random: Random;
  readonly types: ReadonlyMap<string, ResourceType>;
  readonly customResources: CustomResourceHandler;
  /** How many resources are worked on at the same time. */
  readonly concurrency: number;
  /** The value of an export, of whatever stack. */
  exportedValue(name: string): string | undefined;
  /** The stacks that import it. */
  importersOf(name: string): readonly string[];
  /** Tells of something that is not imitated and that no request waits for. */
  notImitated(what: string): void;
}

export function typeOf(engine: Engine, name: string): ResourceType {
  const type = isCustom(name) ? engine.customResources : engine.types.get(name);
  if (!type) {
    throw new NotImitated(`the resource type ${name}`);
  }
  return type;
}
