import { DeleteImagePermissionsCommand, UpdateImagePermissionsCommand } from '@aws-sdk/client-appstream';
import { appstreamIn } from './client';
import { type ImagePlace, named, sharesOf } from './images';
import type { ImagePermissionProperties } from '../../src/appstream/private/image-permission-contract';
import type { Controller, Progress, Request } from '../engine/controller';
import { absentIfNotFound } from '../engine/errors';

/** What an account may do with an image. */
const USES = ['allowFleet', 'allowImageBuilder'] as const;
type Use = typeof USES[number];
const WORDS: Readonly<Record<Use, string>> = { allowFleet: 'fleets', allowImageBuilder: 'image builders' };

/** Since when, in milliseconds, an account has had what it may do. */
type Since = Readonly<Partial<Record<Use, number>>>;

/** What the id of a permission says. */
interface Held {
  readonly place: ImagePlace;
  readonly account: string;
  readonly since: Since;
}

/** What was given by a deployment may be taken back by its rollback: so long after, nobody rolls back any more. */
const ROLLBACK_MS = 12 * 60 * 60_000;

/**
 * Shares an image with an account. AppStream does not tell whether the account uses it, so what it has had for a while is taken from it only
 * if that is said. Since when it has had what stands in the id.
 */
export const imagePermission: Controller<ImagePermissionProperties> = (request) =>
  request.wanted ? share(request.wanted, request) : withdraw(request);

async function share(wanted: ImagePermissionProperties, request: Request<ImagePermissionProperties>): Promise<Progress> {
  const { id, before, startedAt } = request;
  const place = placeOf(wanted);
  const [present] = await sharesOf(place, wanted.AccountId);
  const given = usesOf(wanted);
  const last = request.id === undefined ? undefined : parse(request.id);
  const held = last && last.account === wanted.AccountId && idOfPlace(last.place) === idOfPlace(place) ? last : undefined;
  const lost = present ? USES.filter((use) => present.imagePermissions?.[use] && !given.includes(use)) : [];
  // The rollback of an update that failed after it had shared more: CloudFormation still has the id of what is wanted now.
  const isUndone = held !== undefined && sameUses(Object.keys(held.since), given) && !sameUses(usesOf(before!), given);
  if (lost.length > 0 && !isUndone && !mayLose(lost, held?.since, wanted, request)) {
    return refuse(place, wanted.AccountId, lost, { id });
  }
  if (!present || lost.length > 0 || given.some((use) => !present.imagePermissions?.[use])) {
    await appstreamIn(place.region).send(new UpdateImagePermissionsCommand({
      Name: place.name,
      SharedAccountId: wanted.AccountId,
      ImagePermissions: { allowFleet: given.includes('allowFleet'), allowImageBuilder: given.includes('allowImageBuilder') },
    }));
  }
  const since = Object.fromEntries(given.map((use) => [use, held?.since[use] ?? startedAt]));
  return { kind: 'ready', id: format({ place, account: wanted.AccountId, since }) };
}

async function withdraw(request: Request<ImagePermissionProperties>): Promise<Progress> {
  const { id, before, now } = request;
  const { place, account, since }: Held = id === undefined
    ? { place: placeOf(before!), account: before!.AccountId, since: Object.fromEntries(usesOf(before!).map((use) => [use, now])) }
    : parse(id);
  const [present] = await absentIfNotFound(() => sharesOf(place, account)) ?? [];
  const uses = USES.filter((use) => present?.imagePermissions?.[use]);
  // What is shared otherwise than we left it is somebody else's, or that of an id that came after this one.
  if (present && sameUses(uses, Object.keys(since))) {
    if (!mayLose(uses, since, before!, request)) {
      return refuse(place, account, uses, { id });
    }
    await absentIfNotFound(() => appstreamIn(place.region).send(new DeleteImagePermissionsCommand({ Name: place.name, SharedAccountId: account })));
  }
  return { kind: 'ready', id: id ?? format({ place, account, since }) };
}

function mayLose(
  uses: readonly Use[], since: Since | undefined, { AllowRevocation }: ImagePermissionProperties, { now }: Request<ImagePermissionProperties>,
): boolean {
  return AllowRevocation === 'true' || uses.every((use) => now - (since?.[use] ?? 0) < ROLLBACK_MS);
}

function refuse(place: ImagePlace, account: string, lost: readonly Use[], { id }: { readonly id?: string }): Progress {
  const uses = lost.map((use) => WORDS[use]).join(' and ');
  const reason = `account ${account} may use ${named(place)} for ${uses}, and AppStream does not tell whether it does: if it may lose that, `
    + 'deploy with allowRevocation first; nothing has been taken from it';
  return { kind: 'failed', id: id ?? format({ place, account, since: {} }), reason };
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

function format({ place, account, since }: Held): string {
  return [idOfPlace(place), account, ...USES.map((use) => since[use] ?? '-')].join('/');
}

function parse(id: string): Held {
  const [region, name, account, ...times] = id.split('/');
  const since = Object.fromEntries(USES.flatMap((use, index) => times[index] === '-' ? [] : [[use, Number(times[index])]]));
  return { place: { region, name }, account, since };
}
