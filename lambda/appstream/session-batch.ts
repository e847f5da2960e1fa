import type { Session } from '@aws-sdk/client-appstream';
import { objectionTo } from './errors';
import { ageOf } from './sessions';

/**
 * AppStream does not publish how many calls it takes. With the engine's interval between two steps this makes less than five a second,
 * and two thousand in ten minutes.
 */
const MOST_CALLS = 100;
const AT_A_TIME = 5;
/** After this much of a step no more calls are begun: one that hangs has to fit into the function's time. */
const STEP_MS = 14_000;
/** An answer of CloudFormation, and the state of an execution, are short. */
const MOST_OBJECTIONS = 5;

/** What a step has done. */
export interface Batch {
  /** The age of the last session that a call was made for; undefined when no more is to do in this round. */
  readonly tried: string | undefined;
  /** What AppStream has against the calls, each with the session; the first few. */
  readonly objections: string;
}

/**
 * Makes a call for each of the sessions, as many as a step takes. The next batch goes on after `tried`, so that sessions which
 * cannot be ended do not keep the others waiting.
 *
 * @param begun when the step began, by `performance.now()`.
 */
export async function callForEach(sessions: readonly Session[], begun: number, call: (session: Session) => Promise<unknown>): Promise<Batch> {
  const objections: string[] = [];
  const most = Math.min(sessions.length, MOST_CALLS);
  let done = 0;
  do {
    const group = sessions.slice(done, Math.min(done + AT_A_TIME, most));
    // All are waited for: the function must not end with a call under way.
    const results = await Promise.allSettled(group.map((session) => objectionTo(() => call(session))));
    results.forEach((result, index) => {
      if (result.status === 'rejected') {
        throw result.reason;
      }
      if (result.value !== undefined) {
        objections.push(`${group[index].Id}: ${result.value}`);
      }
    });
    done += group.length;
  } while (done < most && performance.now() - begun < STEP_MS);
  return {
    tried: done < sessions.length ? ageOf(sessions[done - 1]) : undefined,
    objections: objections.slice(0, MOST_OBJECTIONS).join('; '),
  };
}
