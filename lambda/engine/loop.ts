import type { Attributes, Controller, Memory, Progress, Request } from './controller';
import { sentenceOf, serviceErrorOf, type ServiceError, type TransientErrors } from './errors';
import { answeredId, issuedAt, lastId, type Event } from './request';
import type { LifecycleProperties } from '../../src/private/lifecycle-contract';

/** How the request ends. */
export type Outcome =
  | { readonly status: 'SUCCESS'; readonly id: string; readonly attributes: Attributes }
  | { readonly status: 'FAILED'; readonly id: string; readonly reason: string };

/** An error that is being waited out. */
interface Trouble {
  readonly error: string;
  readonly since: number;
  readonly times: number;
}

/** The state of one execution: what a step gets and gives back. */
export interface LoopState {
  readonly event: Event;
  readonly id?: string;
  readonly memory?: Memory;
  /** What the last step saw; the reason, if there is no next one. */
  readonly why?: string;
  readonly trouble?: Trouble;
  /** Seconds until the next step. The state machine waits where it is there. */
  readonly wait?: number;
  readonly outcome?: Outcome;
}

/** What the engine knows of one service. */
export interface LifecycleService {
  /** By the type of the custom resource. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- each controller has its own properties
  readonly controllers: Readonly<Record<string, Controller<any>>>;
  readonly transientErrors: TransientErrors;
}

const POLLING_INTERVAL_SECONDS = 20;
/** Long enough for what an older release of the library did not send. */
const DEFAULT_TIMEOUT_SECONDS = 2700;
const FIRST_BACKOFF_SECONDS = 5;
const LONGEST_BACKOFF_SECONDS = 60;

/** Takes one step: asks the controller, and turns its answer into the next state. */
export async function step(state: LoopState, startedAt: number, now: number, service: LifecycleService): Promise<LoopState> {
  const { event } = state;
  const controller = service.controllers[event.ResourceType];
  if (!controller) {
    throw new Error(`no controller for ${event.ResourceType}`);
  }
  const request = requestOf(state, startedAt, now);
  let progress: Progress;
  try {
    progress = await controller(request);
  } catch (thrown) {
    const error = serviceErrorOf(thrown, service.transientErrors);
    if (!error) {
      throw thrown;
    }
    return waitOut(error, state, startedAt, now);
  }
  const id = ('id' in progress ? progress.id : undefined) ?? state.id;
  switch (progress.kind) {
    case 'ready':
      return { event, outcome: { status: 'SUCCESS', id: progress.id, attributes: progress.attributes ?? {} } };
    case 'failed':
      return { event, outcome: { status: 'FAILED', id: id ?? lastId(event), reason: progress.reason } };
    case 'pending':
      return next({
        event, id, why: progress.why, memory: progress.memory ?? state.memory, wait: progress.waitSeconds ?? POLLING_INTERVAL_SECONDS,
      }, startedAt, now);
  }
}

function requestOf(state: LoopState, startedAt: number, now: number): Request<LifecycleProperties> {
  const { event } = state;
  // The one cast of the library: from here on the properties are what the contract says.
  const properties = event.ResourceProperties as unknown as LifecycleProperties;
  const owner = { stackId: event.StackId, logicalId: event.LogicalResourceId };
  const heldId = answeredId(event);
  const common = { owner, id: state.id ?? heldId, heldId, memory: state.memory ?? {}, startedAt, now };
  switch (event.RequestType) {
    case 'Create':
      return { ...common, wanted: properties };
    case 'Update':
      return { ...common, wanted: properties, before: event.OldResourceProperties as unknown as LifecycleProperties };
    case 'Delete':
      return { ...common, before: properties };
  }
}

/** Asks again later while the error's patience lasts; the wait grows with each time. */
function waitOut(error: ServiceError, state: LoopState, startedAt: number, now: number): LoopState {
  const { event, id, memory } = state;
  const same = state.trouble?.error === error.name ? state.trouble : { error: error.name, since: now, times: 0 };
  if (now - same.since >= error.patience * 1000) {
    return { event, outcome: { status: 'FAILED', id: id ?? lastId(event), reason: sentenceOf(error) } };
  }
  return next({
    event,
    id,
    memory,
    why: sentenceOf(error),
    trouble: { ...same, times: same.times + 1 },
    wait: Math.min(FIRST_BACKOFF_SECONDS * 2 ** same.times, LONGEST_BACKOFF_SECONDS),
  }, startedAt, now);
}

/** The next round, unless it would begin after the deadline. */
function next(state: LoopState & { readonly wait: number }, startedAt: number, now: number): LoopState {
  const { event, id, why } = state;
  const timeout = timeoutSecondsOf(event);
  // CloudFormation's time runs from its request, and the request may have come to us late.
  if (now + state.wait * 1000 > (issuedAt(event) ?? startedAt) + timeout * 1000) {
    const reason = `gave up after ${Math.round(timeout / 60)} minutes, when ${why}`;
    return { event, outcome: { status: 'FAILED', id: id ?? lastId(event), reason } };
  }
  return state;
}

function timeoutSecondsOf(event: Event): number {
  const seconds = Number(event.ResourceProperties.TimeoutSeconds);
  return Number.isFinite(seconds) && seconds > 0 ? seconds : DEFAULT_TIMEOUT_SECONDS;
}

/** How the request ends when its step failed again and again, by a fault that no service has named. */
export function outcomeOfFault(state: LoopState, fault: string): Outcome {
  const seen = state.why ? `; last seen: ${state.why}` : '';
  return { status: 'FAILED', id: state.id ?? lastId(state.event), reason: `${fault}${seen}` };
}
