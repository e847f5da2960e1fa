import { checkKeywords } from './context-attributes';
import { universalOperation } from './universal-target';
import { AwsError, NotImitated } from '../../wire/aws-error';
import type { Caller, Operation, Service } from '../../wire/service';

/** The services of the loopback, as a schedule reaches them. */
export interface Targets {
  find(service: string): Service | undefined;
  call(caller: Caller, service: Service, operation: Operation): Promise<unknown>;
}

/** What a schedule calls. */
export interface Target {
  readonly service: Service;
  readonly operation: string;
  /** The input of the operation, for a payload whose keywords have been replaced. */
  inputOf(payload: string): object;
}

/** Reads the ARN and the payload of a target; the sentences of refusals are inferred. */
export function targetOf(targets: Targets, arn: string, payload: string): Target {
  checkKeywords(payload);
  const { service: serviceName, operation, inputOf } = templated(arn) ?? universal(arn);
  // Refused now and not when it is due.
  inputOf(payload);
  const service = targets.find(serviceName);
  if (!service || !(operation in service.operations)) {
    throw new NotImitated(`the schedule target ${serviceName}:${operation}`);
  }
  return { service, operation, inputOf };
}

interface Call {
  readonly service: string;
  readonly operation: string;
  inputOf(payload: string): object;
}

/** By the ARN of a resource: https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-templated.html, of which one is imitated. */
function templated(arn: string): Call | undefined {
  if (!/^arn:aws[\w-]*:states:[^:]*:\d{12}:stateMachine:/.test(arn)) {
    return undefined;
  }
  return {
    service: 'states',
    operation: 'StartExecution',
    inputOf: (payload) => {
      parsed(payload);
      return { stateMachineArn: arn, input: payload };
    },
  };
}

function universal(arn: string): Call {
  return { ...universalOperation(arn), inputOf: parsed };
}

function parsed(payload: string): object {
  try {
    const value: unknown = JSON.parse(payload);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return value;
    }
  } catch {
    // Refused below, as JSON that is no object.
  }
  throw new AwsError('ValidationException', 'Invalid Input provided. Input must be a well-formed JSON.');
}
