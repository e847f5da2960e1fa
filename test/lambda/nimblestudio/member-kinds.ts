import type { LaunchProfileMembership, StudioMembership } from '@aws-sdk/client-nimble';
import type { Make, StudioWorld } from './studio-world';
import { nimblestudio } from '../../../src';

export const STORE = 'd-1234567890';
export const OTHER_STORE = 'd-0000000000';

/** What a stack says of members: who, by number, and of which of the two things. */
export interface Wish {
  readonly who: number[];
  readonly of?: number;
  /** Those of them who are in another identity store. */
  readonly elsewhere?: number[];
  readonly endpointUrl?: string;
}

/** One of the two kinds of members, for tests that hold both to the same. */
export interface MemberKind {
  /** In the names of operations, e.g. `LaunchProfile`. */
  readonly noun: string;
  /** What the API has for it. */
  readonly persona: string;
  make(world: StudioWorld, wish: Wish, id?: string): Make;
  /** Names the thing in a call. */
  thing(world: StudioWorld, of: number): object;
  physicalId(world: StudioWorld, of: number): string;
}

export const KINDS: readonly MemberKind[] = [
  {
    noun: 'LaunchProfile',
    persona: 'USER',
    make: (world, wish, id = 'Members') => (stack) => new nimblestudio.LaunchProfileMembers(stack, id, {
      launchProfile: world.launchProfile(stack, wish.of ?? 0), members: membersOf(wish), endpointUrl: wish.endpointUrl,
    }),
    thing: (world, of) => ({ studioId: world.studioIds[of], launchProfileId: world.profileIds[of] }),
    physicalId: (world, of) => `${world.studioIds[of]}/${world.profileIds[of]}`,
  },
  {
    noun: 'Studio',
    persona: 'ADMINISTRATOR',
    make: (world, wish, id = 'Members') => (stack) => new nimblestudio.StudioMembers(stack, id, {
      studio: world.studio(stack, wish.of ?? 0), members: membersOf(wish), endpointUrl: wish.endpointUrl,
    }),
    thing: (world, of) => ({ studioId: world.studioIds[of] }),
    physicalId: (world, of) => world.studioIds[of],
  },
];

export function principal(index: number): string {
  return `aaaaaaaa-0000-4000-8000-${String(index).padStart(12, '0')}`;
}

/** Numbers from one to another, inclusive. */
export function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

function membersOf({ who, elsewhere = [] }: Wish): nimblestudio.Member[] {
  return who.map((index) => ({ identityStoreId: elsewhere.includes(index) ? OTHER_STORE : STORE, principalId: principal(index) }));
}

/** Who is there, by number. */
export async function whoIsThere(world: StudioWorld, kind: MemberKind, of = 0): Promise<number[]> {
  return (await listed(world, kind, of)).map(({ principalId }) => Number(principalId!.slice(-12))).sort((one, other) => one - other);
}

/** The members as the service lists them. */
export async function listed(world: StudioWorld, kind: MemberKind, of = 0): Promise<LaunchProfileMembership[] | StudioMembership[]> {
  const all = [];
  let nextToken: string | undefined;
  do {
    const page = await world.call(`List${kind.noun}Members`, { ...kind.thing(world, of), nextToken });
    all.push(...page.members);
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return all;
}

/** Lets users in as somebody at the portal does. */
export async function letIn(world: StudioWorld, kind: MemberKind, who: number[], of = 0): Promise<void> {
  await world.call(`Put${kind.noun}Members`, {
    ...kind.thing(world, of), identityStoreId: STORE, members: who.map((index) => ({ principalId: principal(index), persona: kind.persona })),
  });
}

export async function remove(world: StudioWorld, kind: MemberKind, who: number, of = 0): Promise<void> {
  await world.call(`Delete${kind.noun}Member`, { ...kind.thing(world, of), principalId: principal(who) });
}
