import { type Fleet, ListTagsForResourceCommand, TagResourceCommand, UntagResourceCommand } from '@aws-sdk/client-appstream';
import { appstream } from './client';
import { fleets, readingOf } from './fleets';
import { bringMeanwhile, type Unfinished } from './running-state';
import type { Request } from '../engine/controller';

/** On the fleet itself, since whoever opens it again may be another resource, or the same one after a rollback. */
const TAG = 'cdk-app-streaming:state-before-update';

/** Notes where a fleet is, unless that has been noted: what an update, or its rollback, has made of it since does not count. */
export async function noteState({ FleetArn, isUp }: { readonly FleetArn: string; readonly isUp: boolean }): Promise<void> {
  if (await notedState(FleetArn) === undefined) {
    await appstream.send(new TagResourceCommand({ ResourceArn: FleetArn, Tags: { [TAG]: isUp ? 'RUNNING' : 'STOPPED' } }));
  }
}

/** Takes the next step to where a fleet was before its update. Undefined when it is there, and the note is gone. */
export async function restore(fleet: Fleet, request: Request<unknown>): Promise<Unfinished | undefined> {
  const noted = await notedState(fleet.Arn!);
  if (noted === undefined) {
    return undefined;
  }
  const progress = noted === 'RUNNING' ? await bringMeanwhile(fleets, fleet.Name!, 'RUNNING', readingOf(fleet), request) : undefined;
  if (progress === undefined) {
    await removeNote(fleet.Arn!);
  }
  return progress;
}

/** What somebody else has seen to needs no note. */
export async function forgetState({ Arn }: Fleet): Promise<void> {
  if (await notedState(Arn!) !== undefined) {
    await removeNote(Arn!);
  }
}

async function notedState(ResourceArn: string): Promise<string | undefined> {
  const { Tags = {} } = await appstream.send(new ListTagsForResourceCommand({ ResourceArn }));
  return Tags[TAG];
}

async function removeNote(ResourceArn: string): Promise<void> {
  await appstream.send(new UntagResourceCommand({ ResourceArn, TagKeys: [TAG] }));
}
