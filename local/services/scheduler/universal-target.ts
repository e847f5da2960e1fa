import { AwsError, NotImitated } from '../../wire/aws-error';
import type { Caller, Operation, Service } from '../../wire/service';

/** The services of the loopback, as a schedule reaches them. */
export interface Targets {
  find(service: string): Service | undefined;
  call(caller: Caller, service: Service, operation: Operation): Promise<unknown>;
}

/** What a schedule calls. */
export interface UniversalTarget {
  readonly service: Service;
  readonly operation: Operation;
}

/** https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html#unsupported-api-actions */
const READ_ONLY = new RegExp(`^(${[
  'get', 'describe', 'list', 'poll', 'receive', 'search', 'scan', 'query', 'select', 'read', 'lookup', 'discover', 'validate', 'batchGet',
  'batchDescribe', 'batchRead', 'transactGet', 'adminGet', 'adminList', 'testMigration', 'retrieve', 'testConnection', 'translateDocument',
  'isAuthorized', 'invokeModel',
].join('|')})`);

/** Reads `arn:aws:scheduler:::aws-sdk:service:apiAction` and the input of a schedule; the sentences of refusals are inferred. */
export function universalTarget(targets: Targets, arn: string, input = '{}'): UniversalTarget {
  const [, serviceName, action] = /^arn:aws[\w-]*:scheduler:::aws-sdk:([^:]+):([^:]+)$/.exec(arn) ?? [];
  if (serviceName === undefined) {
    throw new NotImitated(`the schedule target ${arn}: only universal ones are`);
  }
  if (!/^[a-z]\w*$/.test(action) || READ_ONLY.test(action)) {
    throw new AwsError('ValidationException', `${action} is not a supported api action for a target.`);
  }
  const service = targets.find(serviceName);
  const name = action[0].toUpperCase() + action.slice(1);
  if (!service || !(name in service.operations)) {
    throw new NotImitated(`the schedule target ${serviceName}:${name}`);
  }
  return { service, operation: { name, input: parsed(input) } };
}

function parsed(input: string): object {
  try {
    const value: unknown = JSON.parse(input);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return value;
    }
  } catch {
    // Refused below, as JSON that is no object.
  }
  throw new AwsError('ValidationException', 'Invalid Input provided. Input must be a well-formed JSON.');
}
