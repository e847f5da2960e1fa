import { type Image, ListTagsForResourceCommand, TagResourceCommand, UntagResourceCommand } from '@aws-sdk/client-appstream';
import { appstreamIn } from './client';
import { STACK_TAG } from '../../src/private/lifecycle-contract';
import type { Owner } from '../engine/controller';
import { absentIfNotFound } from '../engine/errors';
import { hasMark, withMark } from '../engine/owner-mark';
import { digestOf } from '../engine/token';

type Tags = Readonly<Record<string, string>>;

const RESOURCE_TAG = 'cdk-app-streaming:resource';
const ORIGIN_TAG = 'cdk-app-streaming:made-from';

/** What an image was made from, in few digits. */
export function originOf(identity: object, length: number): string {
  return digestOf(identity).slice(0, length);
}

/**
 * Whose an image is. By the name of the stack and not by its id: what a stack began and did not live to see is taken up by the next of its
 * name, which is a new one after a creation that failed.
 */
export class Ownership {
  /** What owner and origin are written as on the image. */
  public readonly tags: Tags;
  private readonly marked: Owner;

  constructor({ stackId, logicalId }: Owner, private readonly identity: object) {
    const [, stackName] = stackId.split('/');
    this.marked = { stackId: stackName, logicalId };
    this.tags = { [STACK_TAG]: stackName, [RESOURCE_TAG]: logicalId, [ORIGIN_TAG]: digestOf(identity) };
  }

  /** A description that says whose the image is: a copy cannot be given tags before it is there. */
  public markedText(text: string): string {
    return withMark(text, this.marked, this.identity).trim();
  }

  /** Whether an image is ours, and made from what was wanted. */
  public judge({ Description }: Image, tags: Tags): 'ours' | 'ours, of something else' | 'not ours' {
    const isTagged = tags[STACK_TAG] === this.tags[STACK_TAG] && tags[RESOURCE_TAG] === this.tags[RESOURCE_TAG];
    const isOurs = isTagged || hasMark(` ${Description}`, this.marked);
    if (!isOurs) {
      return 'not ours';
    }
    const isWanted = isTagged ? tags[ORIGIN_TAG] === this.tags[ORIGIN_TAG] : hasMark(` ${Description}`, this.marked, this.identity);
    return isWanted ? 'ours' : 'ours, of something else';
  }
}

export async function tagsOf({ Arn }: Image, region: string | undefined): Promise<Tags> {
  const answer = await absentIfNotFound(() => appstreamIn(region).send(new ListTagsForResourceCommand({ ResourceArn: Arn })));
  return answer?.Tags ?? {};
}

/** Sees to it that an image has tags, and no more those that are not wanted any more. */
export async function bringTags({ Arn }: Image, region: string | undefined, present: Tags, wanted: Tags, before: Tags): Promise<void> {
  const missing = Object.entries(wanted).filter(([key, value]) => present[key] !== value);
  if (missing.length > 0) {
    await appstreamIn(region).send(new TagResourceCommand({ ResourceArn: Arn, Tags: Object.fromEntries(missing) }));
  }
  const unwanted = Object.keys(before).filter((key) => key in present && !(key in wanted));
  if (unwanted.length > 0) {
    await appstreamIn(region).send(new UntagResourceCommand({ ResourceArn: Arn, TagKeys: unwanted }));
  }
}
