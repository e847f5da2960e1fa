import { Construct, IConstruct } from 'constructs';
import { fail } from './errors';
import { resourceOf } from './references';

/** Who decides what, by the resource that it is about. */
const deciders = new WeakMap<IConstruct, Map<string, IConstruct>>();

/** Fails for a second construct that decides the same of a resource: each would undo what the other has done. */
export function decideAlone(scope: Construct, thing: IConstruct, what: string): void {
  const resource = resourceOf(thing);
  const known = deciders.get(resource) ?? new Map<string, IConstruct>();
  const other = known.get(what);
  if (other) {
    fail(scope, `${what} of ${JSON.stringify(thing.node.path)} is decided by one construct, got another beside ${JSON.stringify(other.node.path)}`);
  }
  deciders.set(resource, known.set(what, scope));
}
