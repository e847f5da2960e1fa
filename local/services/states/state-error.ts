/** An error as a state machine sees it: a name to retry or catch by, and a cause for people. */
export class StateError extends Error {
  constructor(readonly error: string, readonly cause: string) {
    super(`${error}: ${cause}`);
  }
}

/** Whether ErrorEquals of a retrier or catcher names the error. */
export function named(errorEquals: readonly string[], { error }: StateError): boolean {
  return errorEquals.some((name) => {
    switch (name) {
      case error:
        // Documented as never caught or retried, even by its own name.
        return error !== 'States.Runtime';
      case 'States.ALL':
        return error !== 'States.Runtime' && error !== 'States.DataLimitExceeded';
      case 'States.TaskFailed':
        return error !== 'States.Runtime' && error !== 'States.DataLimitExceeded' && error !== 'States.Timeout';
      default:
        return false;
    }
  });
}
