import { ListTagsForResourceCommand, TagResourceCommand, UntagResourceCommand } from '@aws-sdk/client-appstream';
import { appstream } from './client';
import type { Owner } from '../engine/controller';
import { absentIfNotFound } from '../engine/errors';
import { digestOf } from '../engine/token';

/** On the stack, since themes have no tags: says whose the theme of the stack is. */
const TAG = 'cdk-app-streaming:theme';

/** A stack, and who might have made its theme. */
export interface Marked {
  readonly stackArn: string;
  readonly owner: Owner;
}

/** Whether the theme of a stack, if it has one, is this owner's. That of a stack which is gone is nobody's. */
export async function isMarked({ stackArn, owner }: Marked): Promise<boolean> {
  const answer = await absentIfNotFound(() => appstream.send(new ListTagsForResourceCommand({ ResourceArn: stackArn })));
  return answer?.Tags?.[TAG] === digestOf(owner);
}

export async function mark({ stackArn, owner }: Marked): Promise<void> {
  await appstream.send(new TagResourceCommand({ ResourceArn: stackArn, Tags: { [TAG]: digestOf(owner) } }));
}

export async function unmark({ stackArn }: Marked): Promise<void> {
  await appstream.send(new UntagResourceCommand({ ResourceArn: stackArn, TagKeys: [TAG] }));
}
