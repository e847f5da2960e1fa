import { DeleteImagePermissionsCommand, UpdateImagePermissionsCommand } from '@aws-sdk/client-appstream';
import { appstreamIn } from './client';
import { type ImagePlace, named, sharesOf } from './images';
import type { ImagePermissionProperties } from '../../src/appstream/private/image-permission-contract';
import type { Controller, Progress, Request } from '../engine/controller';
import { absentIfNotFound } from '../engine/errors';
import { digestOf } from '../engine/token';

/** What an account may do with an image. */
const USES = ['allowFleet', 'allowImageBuilder'] as const;
type Use = typeof USES[number];
const WORDS: Readonly<Record<Use, string>> = { allowFleet: 'fleets', allowImageBuilder: 'image builders' };

/** Since when, in milliseconds, an account has had what it may do. What it had before we gave it anything bears the time of that, below zero. */
type Since = Readonly<Partial<Record<Use, number>>>;

/** What the id of a permission says. */
interface Held {
  readonly place: ImagePlace;
  readonly account: string;
  readonly since: Since;
  /** What was shared before with the account, the newest first: a rollback has to come to the same id again, since CloudFormation deletes what has another. */
  readonly earlier: readonly string[];
}

/** As many as an id has room for, which takes 1024 characters. */
const MOST_EARLIER = 20;
const DIGEST_LENGTH = 8;

/** What was given by a deployment may be taken back by its rollback: so long after, nobody rolls back any more. */
const ROLLBACK_MS = 12 * 60 * 60_000;

/**
 * Shares an image with an account. AppStream does not tell whether the account uses it, so what it has had for a while is taken from it only
 * if that is said. Since when it has had what stands in the id.
 */
export const imagePermission: Controller<ImagePermissionProperties> = (request) =>
  request.wanted ? share(request.wanted, request) : withdraw(request);

async function share(wanted: ImagePermissionProperties, request: Request<ImagePermissionProperties>): Promise<Progress> {
  const { id, before, memory, startedAt } = request;
  const place = placeOf(wanted);
  if (id === undefined) {
    // However this ends: a deletion of the first id has nothing to take, since nothing has been given.
    return { kind: 'pending', id: nothingGiven(wanted), why: `the uses of ${named(place)} are about to be read`, waitSeconds: 0 };
  }
  const had = await usesAt(place, wanted.AccountId);
  const given = usesOf(wanted);
  const found = memory.had === undefined ? had : String(memory.had).split(',');
  const { held, then } = courseOf(place, given, id, found);
  const surplus = had.filter((use) => !given.includes(use));
  const kept = surplus.filter((use) => staysAsFound(use, held?.since, wanted, request));
  const lost = surplus.filter((use) => !kept.includes(use));
  // The rollback of an update that failed after it had shared more: CloudFormation still has the id of what is wanted now.
  const isUndone = held !== undefined && before !== undefined && sameUses(Object.keys(held.since), given) && !sameUses(usesOf(before), given);
  if (lost.length > 0 && !isUndone && !mayLose(lost, held?.since, wanted, request)) {
    return refuse(place, wanted.AccountId, lost, id);
  }
  const since = then.since ?? Object.fromEntries(given.map((use) => [use, held?.since[use] ?? (found.includes(use) ? -startedAt : startedAt)]));
  const wantedId = format({ place, account: wanted.AccountId, since, earlier: then.earlier });
  if (!sameUses(had, [...given, ...kept])) {
    if (memory.had === undefined) {
      // Remembered before anything is given: a step that is taken again, because nobody knows how this one ended, knows what was there.
      const why = `account ${wanted.AccountId} is about to get ${named(place)}`;
      return { kind: 'pending', id: before ? undefined : wantedId, why, memory: { had: had.join() }, waitSeconds: 0 };
    }
    await give(place, wanted.AccountId, [...given, ...kept]);
  }
  return { kind: 'ready', id: wantedId };
}

async function withdraw(request: Request<ImagePermissionProperties>): Promise<Progress> {
  const { id, before } = request;
  if (id === undefined) {
    return { kind: 'ready', id: nothingGiven(before!) };
  }
  const { place, account, since } = parse(id);
  const uses = await absentIfNotFound(() => usesAt(place, account)) ?? [];
  const kept = uses.filter((use) => staysAsFound(use, since, before!, request));
  const lost = uses.filter((use) => !kept.includes(use));
  // What is shared otherwise than we left it is somebody else's, or that of an id that came after this one.
  if (lost.length > 0 && sameUses(uses, Object.keys(since))) {
    if (!mayLose(lost, since, before!, request)) {
      return refuse(place, account, lost, id);
    }
    await absentIfNotFound(() => give(place, account, kept));
  }
  return { kind: 'ready', id };
}

/** Where an id leads. */
interface Course {
  /** What it says of the image, or said before another one came that is to go again. */
  readonly held?: Held;
  /** What the next id says; since when only where it goes back to one of before. */
  readonly then: { readonly since?: Since; readonly earlier: readonly string[] };
}

/** A rollback has to come to the very id of before, or CloudFormation deletes that, and with it what the rollback has given back. */
function courseOf(place: ImagePlace, given: readonly Use[], id: string, found: readonly string[]): Course {
  const last = parse(id);
  const held = idOfPlace(last.place) === idOfPlace(place) ? last : undefined;
  const uses = Object.keys(last.since);
  if (held && (uses.length === 0 || sameUses(uses, given))) {
    return { held, then: { since: uses.length === 0 ? undefined : last.since, earlier: last.earlier } };
  }
  const [newest, ...older] = last.earlier;
  const [digest, ...times] = newest?.split(':') ?? [];
  const since = sinceOf(times);
  if (digest === digestOfPlace(place) && sameUses(Object.keys(since), given) && (held || given.every((use) => found.includes(use)))) {
    return { held: held ?? { ...last, place, since, earlier: older }, then: { since, earlier: older } };
  }
  return { held, then: { earlier: [[digestOfPlace(last.place), ...timesOf(last.since)].join(':'), ...last.earlier].slice(0, MOST_EARLIER) } };
}

/** What an account may do with an image now. */
async function usesAt(place: ImagePlace, account: string): Promise<Use[]> {
  const [present] = await sharesOf(place, account);
  return USES.filter((use) => present?.imagePermissions?.[use]);
}

/** Sees to it that an account may do this with an image, and nothing else. */
async function give({ region, name: Name }: ImagePlace, SharedAccountId: string, uses: readonly Use[]): Promise<void> {
  const ImagePermissions = { allowFleet: uses.includes('allowFleet'), allowImageBuilder: uses.includes('allowImageBuilder') };
  await (uses.length === 0
    ? appstreamIn(region).send(new DeleteImagePermissionsCommand({ Name, SharedAccountId }))
    : appstreamIn(region).send(new UpdateImagePermissionsCommand({ Name, SharedAccountId, ImagePermissions })));
}

/** Whether an account had it before we gave it anything, and that is so short ago that this may be a rollback. */
function staysAsFound(
  use: Use, since: Since | undefined, { AllowRevocation }: ImagePermissionProperties, { now }: Request<ImagePermissionProperties>,
): boolean {
  const found = -(since?.[use] ?? 0);
  return AllowRevocation !== 'true' && found > 0 && now - found < ROLLBACK_MS;
}

function mayLose(
  uses: readonly Use[], since: Since | undefined, { AllowRevocation }: ImagePermissionProperties, { now }: Request<ImagePermissionProperties>,
): boolean {
  return AllowRevocation === 'true' || uses.every((use) => now - (since?.[use] ?? 0) < ROLLBACK_MS);
}

function refuse(place: ImagePlace, account: string, lost: readonly Use[], id: string): Progress {
  const uses = lost.map((use) => WORDS[use]).join(' and ');
  const reason = `account ${account} may use ${named(place)} for ${uses}, and AppStream does not tell whether it does: if it may lose that, `
    + 'deploy with allowRevocation first; nothing has been taken from it';
  return { kind: 'failed', id, reason };
}

function nothingGiven(properties: ImagePermissionProperties): string {
  return format({ place: placeOf(properties), account: properties.AccountId, since: {}, earlier: [] });
}

function placeOf({ ImageName, Region }: ImagePermissionProperties): Required<ImagePlace> {
  return { region: Region, name: ImageName };
}

function usesOf({ AllowFleet, AllowImageBuilder }: ImagePermissionProperties): Use[] {
  return USES.filter((use) => (use === 'allowFleet' ? AllowFleet : AllowImageBuilder) === 'true');
}

function sameUses(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((use) => others.includes(use));
}

function idOfPlace({ region, name }: ImagePlace): string {
  return `${region}/${name}`;
}

function digestOfPlace(place: ImagePlace): string {
  return digestOf(idOfPlace(place)).slice(0, DIGEST_LENGTH);
}

function format({ place, account, since, earlier }: Held): string {
  return [[idOfPlace(place), account, ...timesOf(since)].join('/'), ...earlier].join(',');
}

function parse(id: string): Held {
  const [last, ...earlier] = id.split(',');
  const [region, name, account, ...times] = last.split('/');
  return { place: { region, name }, account, since: sinceOf(times), earlier };
}

function timesOf(since: Since): (number | string)[] {
  return USES.map((use) => since[use] ?? '-');
}

function sinceOf(times: readonly string[]): Since {
  return Object.fromEntries(USES.flatMap((use, index) => times[index] === undefined || times[index] === '-' ? [] : [[use, Number(times[index])]]));
}
