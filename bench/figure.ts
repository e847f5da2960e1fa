/** What was aimed at, and whether the run got there. */
export interface Goal {
  readonly text: string;
  readonly isReached: boolean;
}

/** One line of the table. */
export interface Figure {
  readonly what: string;
  readonly figure: string;
  /** @default - a figure for comparison, without a goal */
  readonly goal?: Goal;
}

/** Figures that belong together, with what has to be known to read them. */
export interface Section {
  readonly title: string;
  readonly notes: readonly string[];
  readonly figures: readonly Figure[];
  /** The charts by the names of their files. */
  readonly charts: Readonly<Record<string, string>>;
}

/** A goal that is an upper limit. */
export function atMost(value: number, limit: number, text = `≤ ${limit}`): Goal {
  return { text, isReached: value <= limit };
}
