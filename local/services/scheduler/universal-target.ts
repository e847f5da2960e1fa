import { AwsError, NotImitated } from '../../wire/aws-error';

/** https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html#unsupported-api-actions */
const READ_ONLY = new RegExp(`^(${[
  'get', 'describe', 'list', 'poll', 'receive', 'search', 'scan', 'query', 'select', 'read', 'lookup', 'discover', 'validate', 'batchGet',
  'batchDescribe', 'batchRead', 'transactGet', 'adminGet', 'adminList', 'testMigration', 'retrieve', 'testConnection', 'translateDocument',
  'isAuthorized', 'invokeModel',
].join('|')})`);

/** Reads `arn:aws:scheduler:::aws-sdk:service:apiAction`; the sentence of the refusal is inferred. */
export function universalOperation(arn: string): { readonly service: string; readonly operation: string } {
  const [, service, action] = /^arn:aws[\w-]*:scheduler:::aws-sdk:([^:]+):([^:]+)$/.exec(arn) ?? [];
  if (service === undefined) {
    throw new NotImitated(`the schedule target ${arn}: only universal ones and state machines are`);
  }
  if (!/^[a-z]\w*$/.test(action) || READ_ONLY.test(action)) {
    throw new AwsError('ValidationException', `${action} is not a supported api action for a target.`);
  }
  return { service, operation: action[0].toUpperCase() + action.slice(1) };
}
