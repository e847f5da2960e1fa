import type { State } from './definition';
import type { History } from './history';
import type { Json } from './reference-path';
import { StateError } from './state-error';
import { AwsError, NotImitated } from '../../wire/aws-error';

/** Invokes a function with the machine's own role. */
export type InvokeFunction = (functionName: string, payload: string) => Promise<FunctionOutput>;

interface FunctionOutput {
  readonly FunctionError?: string;
  readonly ExecutedVersion?: string;
  /** JSON. */
  readonly Payload: string;
}

/** A way to name a function in a Task: how its parameters and its result look, and what its events are called. */
interface Integration {
  readonly events: string;
  readonly details: string;
  readonly scheduled: (parameters: Json) => object;
  readonly call: (parameters: Json, invoke: InvokeFunction) => Promise<Json>;
}

/** Runs a Task state once; throws a StateError. */
export async function runTask(state: State, parameters: Json, history: History, invoke: InvokeFunction): Promise<Json> {
  const { events, details, scheduled, call } = integrationOf(state.Resource!);
  const common = events === 'Task' ? { resourceType: 'lambda', resource: 'invoke' } : {};
  const ended = (how: string, more: object) => history.add(`${events}${how}`, `${details}${how}`, { ...common, ...more });
  history.add(`${events}Scheduled`, `${details}Scheduled`, scheduled(parameters));
  history.add(`${events}Started`);
  try {
    const result = await inTime(state.TimeoutSeconds, call(parameters, invoke));
    ended('Succeeded', { output: JSON.stringify(result) });
    return result;
  } catch (error) {
    const { error: name, cause } = stateError(error);
    ended(name === 'States.Timeout' ? 'TimedOut' : 'Failed', { error: name, cause });
    throw new StateError(name, cause);
  }
}

/** Refuses a Task whose resource is not imitated. */
export function integrationOf(resource: string): Integration {
  if (/^arn:aws[\w-]*:lambda:/.test(resource)) {
    return {
      events: 'LambdaFunction',
      details: 'lambdaFunction',
      scheduled: (parameters) => ({ resource, input: JSON.stringify(parameters) }),
      call: async (parameters, invoke) => answerOf(await invoke(resource, JSON.stringify(parameters))),
    };
  }
  if (/^arn:aws[\w-]*:states:::lambda:invoke$/.test(resource)) {
    return {
      events: 'Task',
      details: 'task',
      scheduled: (parameters) => ({ resourceType: 'lambda', resource: 'invoke', parameters: JSON.stringify(parameters) }),
      call: async ({ FunctionName, Payload = {}, ...rest }, invoke) => {
        if (Object.keys(rest).length > 0 || typeof FunctionName !== 'string') {
          throw new NotImitated(`lambda:invoke with the parameters ${JSON.stringify({ FunctionName, ...rest })}`);
        }
        const output = await invoke(FunctionName, JSON.stringify(Payload));
        return { ExecutedVersion: output.ExecutedVersion, Payload: answerOf(output), StatusCode: 200 };
      },
    };
  }
  throw new NotImitated(`the task resource ${resource}`);
}

function answerOf({ FunctionError, Payload }: FunctionOutput): Json {
  const answer = JSON.parse(Payload);
  if (FunctionError) {
    throw new StateError(answer?.errorType ?? 'Lambda.Unknown', Payload);
  }
  return answer;
}

const LONGEST_TIMER = 2 ** 31 - 1;

/** Real seconds, like the time-out of the function inside: code runs no faster when the clock of the loopback does. */
async function inTime<T>(seconds: number | undefined, work: Promise<T>): Promise<T> {
  if (seconds === undefined) {
    return work;
  }
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new StateError('States.Timeout', '')), Math.min(seconds * 1000, LONGEST_TIMER));
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

function stateError(error: unknown): StateError {
  if (error instanceof StateError) {
    return error;
  }
  if (error instanceof AwsError && !(error instanceof NotImitated)) {
    // Not among Lambda's modelled errors, so it has no name of its own.
    const name = error.code === 'AccessDeniedException' ? 'AWSLambdaException' : error.code;
    return new StateError(`Lambda.${name}`, `${error.message} (Service: Lambda, Status Code: ${error.status})`);
  }
  throw error;
}
