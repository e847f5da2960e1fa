import type { GameLiftStreamsAccount } from './account';

interface Remembered {
  readonly input: string;
  readonly until: number;
  readonly answer: () => object;
  readonly ended: () => boolean;
}

/** What a request made: how it is answered, and whether it has ended. */
export interface Made<T extends object> {
  readonly answer: () => T;
  readonly ended: () => boolean;
}

/**
 * Requests that come again with the ClientToken of an earlier one. The same request finds what that one made,
 * another one is a conflict: the API's text says that requests are idempotent, the rest is inferred from what AWS does elsewhere.
 */
export class ClientTokens {
  private readonly known = new Map<string, Remembered>();

  constructor(private readonly account: GameLiftStreamsAccount) {}

  public once<I extends { readonly ClientToken?: string }, T extends object>(operation: string, input: I, make: () => Made<T>): T {
    const { ClientToken, ...rest } = input;
    if (ClientToken === undefined) {
      return make().answer();
    }
    const { durations, readings } = this.account;
    const now = this.account.now();
    const key = `${operation} ${ClientToken}`;
    const remembered = this.known.get(key);
    if (remembered && remembered.until > now && !(readings.tokenOfEnded === 'new' && remembered.ended())) {
      if (remembered.input !== canonical(rest)) {
        this.account.refuse('ConflictException', `The client token ${ClientToken} was used with other parameters.`);
      }
      return remembered.answer() as T;
    }
    const made = make();
    this.known.set(key, { ...made, input: canonical(rest), until: now + durations.clientToken });
    return made.answer();
  }
}

/** JSON with sorted keys. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, member) => typeof member === 'object' && member !== null && !Array.isArray(member)
    ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => a < b ? -1 : 1))
    : member);
}
