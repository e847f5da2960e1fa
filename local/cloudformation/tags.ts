import type { Tag } from './stack';
import type { Json } from './template';

/** The tags of a resource as a map, which is what some types have them as already. */
export function tagMap(properties: Json): Readonly<Record<string, string>> | undefined {
  const tags = properties.Tags as readonly Tag[] | Readonly<Record<string, string>> | undefined;
  return isList(tags) ? Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value])) : tags;
}

/** What it takes to get from some tags to others. */
export function tagChanges(previous: Json, next: Json): { readonly set: Readonly<Record<string, string>>; readonly removed: readonly string[] } {
  const before = tagMap(previous) ?? {};
  const after = tagMap(next) ?? {};
  return {
    set: Object.fromEntries(Object.entries(after).filter(([key, value]) => before[key] !== value)),
    removed: Object.keys(before).filter((key) => !(key in after)),
  };
}

function isList(tags: unknown): tags is readonly Tag[] {
  return Array.isArray(tags);
}
