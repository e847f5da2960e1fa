import { NotImitated } from '../../wire/aws-error';

const LONGEST_MINUTES = 24 * 60;

/** How a metric is looked at. */
interface Periods {
  readonly minutes: number;
  readonly count: number;
  /** @default - the average */
  readonly statistic?: Statistic;
}

/** The metrics of a fleet, minute by minute, since it has run. */
export class MetricHistory {
  private minutes: Readonly<Record<string, number>>[] = [];

  public add(metrics: Readonly<Record<string, number>>): void {
    this.minutes = [...this.minutes.slice(1 - LONGEST_MINUTES), metrics];
  }

  public clear(): void {
    this.minutes = [];
  }

  /** The last values, newest first: one for each period that is wholly there. */
  public periods(name: string, { minutes, count, statistic = mean }: Periods): number[] {
    const newestFirst = this.minutes.map((metrics) => metrics[name]).reverse();
    if (newestFirst.includes(undefined!)) {
      throw new NotImitated(`scaling on the metric ${name}`);
    }
    const periods = Array.from({ length: count }, (_, index) => newestFirst.slice(index * minutes, (index + 1) * minutes));
    return periods.filter(({ length }) => length === minutes).map(statistic);
  }
}

export type Statistic = (values: readonly number[]) => number;

const mean: Statistic = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

export const STATISTICS: Readonly<Record<string, Statistic>> = {
  Average: mean,
  Minimum: (values) => Math.min(...values),
  Maximum: (values) => Math.max(...values),
};
