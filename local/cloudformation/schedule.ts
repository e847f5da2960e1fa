import type { Dependencies } from './dependencies';
import type { Random } from './random';
import type { Clock } from '../clock';

export interface ScheduleOptions {
  readonly random: Random;
  readonly clock: Clock;
  /** How many at the same time. */
  readonly concurrency: number;
  /**
   * What becomes of the rest once one has failed: nothing more begins (and what has begun is told to stop),
   * or only what waits for the failed one is left out.
   */
  readonly onFailure: 'stop' | 'go-on';
}

/** Each begins a little later than it could, so that those without a dependency don't stay in step by accident. */
const MAX_DELAY_MS = 2000;

/**
 * Runs a task for each resource in an order that the dependencies allow; which one, the seed tells.
 *
 * @returns the failures
 */
export async function inOrder(
  dependencies: Dependencies, task: (id: string, signal: AbortSignal) => Promise<void>, options: ScheduleOptions,
): Promise<ReadonlyMap<string, unknown>> {
  const { random, clock, concurrency, onFailure } = options;
  const waiting = new Set(dependencies.keys());
  const done = new Set<string>();
  const failures = new Map<string, unknown>();
  const running = new Map<string, Promise<void>>();
  const abort = new AbortController();

  const run = async (id: string) => {
    try {
      await clock.sleep(random.next() * MAX_DELAY_MS, abort.signal);
      if (abort.signal.aborted) {
        return;
      }
      await task(id, abort.signal);
      done.add(id);
    } catch (error) {
      failures.set(id, error);
      if (onFailure === 'stop') {
        abort.abort();
      }
    } finally {
      running.delete(id);
    }
  };

  for (;;) {
    const ready = [...waiting].filter((id) => [...dependencies.get(id)!].every((other) => done.has(other)));
    while (ready.length > 0 && running.size < concurrency && !abort.signal.aborted) {
      const id = random.take(ready);
      waiting.delete(id);
      running.set(id, run(id));
    }
    if (running.size === 0) {
      return failures;
    }
    await Promise.race(running.values());
  }
}
