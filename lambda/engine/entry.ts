import { ListExecutionsCommand, SFNClient, StartExecutionCommand, StopExecutionCommand, type ExecutionListItem } from '@aws-sdk/client-sfn';
import { answerOf, deliver } from './answer';
import { isError, sentenceOf, serviceErrorOf, type ServiceError } from './errors';
import { log } from './log';
import type { LoopState } from './loop';
import { executionName, isBefore, issuedAt, issuedOf, lastId, type Event, type ExecutionName } from './request';
import { ENGINE_ENVIRONMENT, FUNCTION_TIMEOUT_SECONDS } from '../../src/private/lifecycle-contract';

const stepFunctions = new SFNClient({
  maxAttempts: 4,
  requestHandler: { connectionTimeout: 3_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
});

/** Lambda tries an event three times: at once, after a minute, and after two more. */
const LAST_TRY_AFTER_MS = 150_000;

/**
 * Hands a request of CloudFormation to the state machine, once however often it is delivered.
 *
 * What fails is tried again by Lambda; if it fails to the last, CloudFormation is told instead of being left to wait.
 */
export async function begin(event: Event): Promise<void> {
  try {
    await handOver(event, executionName(event));
  } catch (thrown) {
    const error = serviceErrorOf(thrown, {});
    if (!error || !isLastTry(event, error)) {
      throw thrown;
    }
    const reason = `the lifecycle engine could not begin: ${sentenceOf(error)}`;
    await deliver(event, answerOf(event, { status: 'FAILED', id: lastId(event), reason }));
    log(event, { at: 'entry', what: 'given up', why: reason });
  }
}

/**
 * CloudFormation makes its requests for one resource one after the other. It makes the next when the last was answered,
 * had run out of time, or is not worth waiting for because another resource has failed. So a newer request ends the
 * older ones, and an older one that comes late is dropped.
 */
async function handOver(event: Event, execution: ExecutionName): Promise<void> {
  const stateMachineArn = process.env[ENGINE_ENVIRONMENT.stateMachineArn];
  const others = await executionsFor(execution, stateMachineArn);
  if (others.some((other) => isBefore(execution, other))) {
    log(event, { at: 'entry', what: 'dropped', why: 'a newer request for the same resource has come' });
    return;
  }
  const overtaken = others.filter((other) => other.item.status === 'RUNNING' && isOver(other, execution, event));
  for (const { item } of overtaken) {
    await stepFunctions.send(new StopExecutionCommand({
      executionArn: item.executionArn,
      error: 'Overtaken',
      cause: 'a newer request for the same resource has come',
    }));
    log(event, { at: 'entry', what: 'ended an older request', id: item.name });
  }
  // The step that an older request was in goes on: its function is not ended with it.
  await start(event, execution, stateMachineArn, overtaken.length > 0 ? FUNCTION_TIMEOUT_SECONDS : 0);
}

/** Whether a running request is over now. After a Delete there is none: it ends also what is not known to be older. */
function isOver(other: OtherExecution, execution: ExecutionName, { RequestType }: Event): boolean {
  return isBefore(other, execution) || (RequestType === 'Delete' && other.item.name !== execution.name);
}

/** Whether Lambda will try no more, by the clock of the service that has just refused. */
function isLastTry(event: Event, { saidAt = Date.now() }: ServiceError): boolean {
  const issued = issuedAt(event);
  return issued !== undefined && saidAt - issued >= LAST_TRY_AFTER_MS;
}

async function start(event: Event, { name }: ExecutionName, stateMachineArn: string | undefined, wait: number): Promise<void> {
  const state: LoopState = { event, wait };
  try {
    await stepFunctions.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(state) }));
    log(event, { at: 'entry', what: 'started', id: name });
  } catch (error) {
    if (!isError(error, 'ExecutionAlreadyExists')) {
      throw error;
    }
    log(event, { at: 'entry', what: 'delivered before', id: name });
  }
}

interface OtherExecution {
  readonly item: ExecutionListItem;
  readonly issued: string;
}

async function executionsFor({ resource }: ExecutionName, stateMachineArn: string | undefined): Promise<OtherExecution[]> {
  // The newest thousand: more than a stack has requests in flight.
  const { executions = [] } = await stepFunctions.send(new ListExecutionsCommand({ stateMachineArn, maxResults: 1000 }));
  return executions.flatMap((item) => {
    const issued = issuedOf(item.name ?? '', resource);
    return issued === undefined ? [] : [{ item, issued }];
  });
}
