/** What AppStream starts and stops, as its operations call it. */
export const STARTABLE_KINDS = {
  Fleet: { noun: 'fleet', resource: 'fleet', tagged: 'taggedFleets' },
  ImageBuilder: { noun: 'image builder', resource: 'image-builder', tagged: 'taggedImageBuilders' },
  AppBlockBuilder: { noun: 'app block builder', resource: 'app-block-builder', tagged: 'taggedAppBlockBuilders' },
} as const;

/** One kind: with its name in a sentence, its resource type in ARNs, and what a checker finds in a permission for all that have a tag. */
export type StartableKind = keyof typeof STARTABLE_KINDS;

/** AppStream's operations on a kind. */
export function operationsOn(kind: StartableKind) {
  return { describe: `Describe${kind}s`, start: `Start${kind}`, stop: `Stop${kind}` };
}
