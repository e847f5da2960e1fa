/** A time on the clocks of some place, without saying which: milliseconds as if the place were UTC. */
export type WallTime = number;

const DAY = 24 * 60 * 60 * 1000;

/** What the clocks of a time zone show, from Node's own copy of the IANA database. */
export class TimeZone {
  /** Undefined for a zone that there is not. */
  public static find(name: string): TimeZone | undefined {
    // Node takes offsets such as "+01:00" too, which are no names of the IANA database.
    if (!/^[A-Z]/.test(name)) {
      return undefined;
    }
    try {
      return new TimeZone(name);
    } catch {
      return undefined;
    }
  }

  private readonly format: Intl.DateTimeFormat;

  /** Throws a RangeError for a zone that there is not. */
  constructor(readonly name: string) {
    this.format = new Intl.DateTimeFormat('en-US', {
      timeZone: name, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
    });
  }

  /** What the clocks show at a moment. */
  public wallTime(moment: number): WallTime {
    const parts = Object.fromEntries(this.format.formatToParts(moment).map(({ type, value }) => [type, Number(value)]));
    return Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute, parts.second);
  }

  /**
   * When the clocks show a time: undefined for one that they leap over in spring. Of the two moments in autumn it is the first
   * (that it is one of them is documented, which one is inferred).
   */
  public moment(wallTime: WallTime): number | undefined {
    const offsets = [wallTime - DAY, wallTime + DAY].map((around) => this.wallTime(around) - around);
    const moments = offsets.map((offset) => wallTime - offset).filter((moment) => this.wallTime(moment) === wallTime);
    return moments.length > 0 ? Math.min(...moments) : undefined;
  }
}
