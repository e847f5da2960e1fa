import { answerOf, deliver } from './answer';
import { begin } from './entry';
import { log } from './log';
import { outcomeOfFault, step, type LifecycleService, type LoopState } from './loop';
import type { Event } from './request';

/** What the state machine sends; `src/private/lifecycle-engine.ts` writes it into the machine's definition. */
export interface MachineCall {
  readonly task: 'step' | 'answer';
  readonly state: LoopState & { readonly fault?: { readonly Error: string; readonly Cause: string } };
  readonly startedAt: string;
  readonly now: string;
}

/**
 * The Lambda handler of one service's lifecycle resources. CloudFormation calls it to begin a request,
 * the state machine to take a step and to deliver the answer.
 */
export function lifecycleHandler(service: LifecycleService): (call: Event | MachineCall) => Promise<LoopState | void> {
  return (call) => {
    if (!('task' in call)) {
      return begin(call);
    }
    return call.task === 'step' ? takeStep(call, service) : answer(call);
  };
}

async function takeStep({ state, startedAt, now }: MachineCall, service: LifecycleService): Promise<LoopState> {
  const after = await step(state, Date.parse(startedAt), Date.parse(now), service);
  log(state.event, { at: 'step', what: after.outcome?.status ?? 'pending', id: after.outcome?.id ?? after.id, why: after.why });
  return after;
}

async function answer({ state }: MachineCall): Promise<void> {
  const { event } = state;
  const outcome = state.outcome ?? outcomeOfFault(state, sentenceOfFault(state.fault));
  await deliver(event, answerOf(event, outcome));
  log(event, { at: 'answer', what: outcome.status, id: outcome.id, why: outcome.status === 'FAILED' ? outcome.reason : undefined });
}

/** Step Functions gives the function's error as JSON with a stack trace; one line of it is for the reader. */
function sentenceOfFault(fault: MachineCall['state']['fault']): string {
  if (!fault) {
    return 'the lifecycle engine ended a request without an outcome';
  }
  try {
    const { errorMessage } = JSON.parse(fault.Cause) as { errorMessage?: string };
    return `the lifecycle engine failed again and again: ${errorMessage ?? fault.Error}`;
  } catch {
    return `the lifecycle engine failed again and again: ${fault.Error}`;
  }
}
