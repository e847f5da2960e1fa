import type { NimbleClient } from '@aws-sdk/client-nimble';
import { nimbleAt } from './client';
import type { WireMember } from '../../src/nimblestudio/private/members-contract';
import type { Controller, Progress } from '../engine/controller';
import { absentIfNotFound } from '../engine/errors';

/** Who may do something with one thing: a launch profile, a studio. */
export interface Membership {
  /** Reads all of them, page by page. */
  list(): AsyncIterable<{ readonly members?: readonly Partial<WireMember>[] }>;
  /** Lets users in, at most as many as the service takes at once, or writes them down anew. */
  put(identityStoreId: string, principalIds: readonly string[]): Promise<unknown>;
  remove(principalId: string): Promise<unknown>;
}

/** What the properties of all memberships have. */
interface MembersProperties {
  readonly Members: string;
  readonly EndpointUrl?: string;
}

/** One kind of membership, and how its properties and its ids name the thing. */
export interface MembershipKind<Properties> {
  idOf(properties: Properties): string;
  membershipOf(id: string, client: NimbleClient): Membership;
}

/** The most that the service lets in with one call. */
const BATCH = 20;
/** Members have no states: what was written is there for the next read. */
const WAIT_SECONDS = 2;

/**
 * Keeps the members that the properties name, and no others. What has been let in stays if it is still named, and is removed
 * if it was named before. The calls get no client token: a member that comes, goes and comes again would be taken for one
 * that is there.
 */
export function membersController<P extends MembersProperties>({ idOf, membershipOf }: MembershipKind<P>): Controller<P> {
  const membershipAt = (id: string, { EndpointUrl }: P) => membershipOf(id, nimbleAt(EndpointUrl));
  return async ({ wanted, before, id: answered }) => {
    if (wanted === undefined) {
      const id = answered ?? idOf(before!);
      return await remove(membershipAt(id, before!), membersOf(before!)) ?? { kind: 'ready', id };
    }
    const id = idOf(wanted);
    const members = membersOf(wanted);
    const progress = await put(membershipAt(id, wanted), members);
    if (progress || before === undefined) {
      return progress ?? { kind: 'ready', id };
    }
    const former = membersOf(before);
    const formerId = idOf(before);
    if (formerId === id) {
      return await remove(membershipAt(id, wanted), former.filter((member) => !find(members, member))) ?? { kind: 'ready', id };
    }
    // The members of another thing are removed by the Delete of its id, which comes when this one is there. But where the id that
    // lives is ours, a change to that other thing has failed half-way, and nobody else comes for what it has let in.
    const abandoned = answered === id ? await remove(membershipAt(formerId, before), former) : undefined;
    return abandoned ?? { kind: 'ready', id };
  };
}

/** Lets the next ones in who are not there as they should be; undefined if all are. */
async function put(membership: Membership, members: readonly WireMember[]): Promise<Progress | undefined> {
  const listed = await read(membership);
  const missing = members.filter((member) => find(listed, member)?.identityStoreId !== member.identityStoreId);
  if (missing.length === 0) {
    return undefined;
  }
  const [{ identityStoreId }] = missing;
  const batch = missing.filter((member) => member.identityStoreId === identityStoreId).slice(0, BATCH).map(({ principalId }) => principalId);
  await membership.put(identityStoreId, batch);
  // No id yet: until the request has succeeded the one that was answered before says which thing is the live one.
  return { kind: 'pending', why: `${missing.length} members were not there, ${batch.length} of them were let in`, waitSeconds: WAIT_SECONDS };
}

/** Removes the next ones who are there; undefined if none is, or if what they were members of is gone. */
async function remove(membership: Membership, members: readonly WireMember[]): Promise<Progress | undefined> {
  const listed = members.length === 0 ? [] : await absentIfNotFound(() => read(membership)) ?? [];
  const left = members.filter((member) => find(listed, member));
  if (left.length === 0) {
    return undefined;
  }
  const batch = left.slice(0, BATCH);
  for (const { principalId } of batch) {
    // One after the other: the service refuses a call while another is under way.
    await absentIfNotFound(() => membership.remove(principalId));
  }
  return { kind: 'pending', why: `${left.length} members were there, ${batch.length} of them were removed`, waitSeconds: WAIT_SECONDS };
}

async function read(membership: Membership): Promise<Partial<WireMember>[]> {
  const members: Partial<WireMember>[] = [];
  for await (const page of membership.list()) {
    members.push(...page.members ?? []);
  }
  return members;
}

function membersOf({ Members }: { readonly Members: string }): WireMember[] {
  return JSON.parse(Members);
}

/** The service knows a member by the principal alone. */
function find<M extends Partial<WireMember>>(members: readonly M[], { principalId }: WireMember): M | undefined {
  return members.find((member) => member.principalId === principalId);
}
