import type { NimbleAccount } from './account';

/**
 * The answers that were given to client tokens. A request that comes again with its token is not acted on again, and gets the answer
 * that it had (inferred: for how long, and that the answer is the old one).
 */
export class ClientTokens {
  private readonly answers = new Map<string, { readonly input: string; readonly output: object }>();

  constructor(private readonly account: NimbleAccount) {}

  public once(operation: string, input: { readonly clientToken?: string }, act: () => object): object {
    if (input.clientToken === undefined) {
      return act();
    }
    const key = `${operation}:${input.clientToken}`;
    const text = JSON.stringify(input);
    const known = this.answers.get(key);
    if (known && known.input !== text) {
      this.account.refuse(this.account.readings.tokenOfOtherInput, 'The client token was used before, with other parameters.');
    }
    const output = known?.output ?? act();
    this.answers.set(key, { input: text, output });
    return output;
  }
}
