/** A seeded source of randomness: the same seed tells the same story. */
export class Random {
  private state: number;

  constructor(seed: number) {
    // Park and Miller's generator stands still at zero.
    this.state = (Math.abs(Math.trunc(seed)) % 2147483646) + 1;
    this.next();
  }

  /** At least 0 and below 1. */
  public next(): number {
    this.state = (this.state * 48271) % 2147483647;
    return (this.state - 1) / 2147483646;
  }

  /** Takes one element out of a list. */
  public take<T>(list: T[]): T {
    return list.splice(Math.floor(this.next() * list.length), 1)[0];
  }

  /** Letters and digits, as in the names that CloudFormation makes. */
  public text(length: number, alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'): string {
    return Array.from({ length }, () => alphabet[Math.floor(this.next() * alphabet.length)]).join('');
  }

  public uuid(): string {
    const digits = this.text(32, '0123456789abcdef');
    return [8, 4, 4, 4, 12].map((length, index, lengths) => {
      const start = lengths.slice(0, index).reduce((sum, other) => sum + other, 0);
      return digits.slice(start, start + length);
    }).join('-');
  }
}
