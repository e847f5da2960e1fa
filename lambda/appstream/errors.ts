import { sentenceOf, serviceErrorOf, UNTIL_DEADLINE, type TransientErrors } from '../engine/errors';

/** AppStream's errors that pass by themselves. @see https://docs.aws.amazon.com/appstream2/latest/APIReference/API_Operations.html */
export const APPSTREAM_TRANSIENT_ERRORS: TransientErrors = {
  ConcurrentModificationException: UNTIL_DEADLINE,
  // Throttling, unlike LimitExceededException, which is a quota.
  RequestLimitExceededException: UNTIL_DEADLINE,
  // Capacity, or a resource that is not ready for it yet.
  ResourceNotAvailableException: 15 * 60,
  // Usually the wrong state, read a moment too early.
  OperationNotPermittedException: 5 * 60,
  ResourceInUseException: 5 * 60,
  // Between a read that saw it and a call that does not: just made, or just gone, which the next read tells.
  ResourceNotFoundException: 2 * 60,
  // A role that was just made is not known everywhere yet.
  InvalidRoleException: 2 * 60,
};

interface ReportedError {
  readonly ErrorCode?: string;
  readonly ErrorMessage?: string;
}

/** What AppStream reports of a thing beside its state, as texts. */
export function textsOf(errors: readonly ReportedError[] = []): string[] {
  return errors.map(({ ErrorCode, ErrorMessage }) => `${ErrorCode}: ${ErrorMessage}`);
}

interface StateChangeReason {
  readonly Code?: string;
  readonly Message?: string;
}

/** The same of a builder, which has a reason for its state as well. */
export function textsOfBuilder({ Code, Message }: StateChangeReason = {}, errors?: readonly ReportedError[]): string[] {
  return [...Code === undefined ? [] : [`${Code}: ${Message}`], ...textsOf(errors)];
}

/** How AppStream refuses a call in the wrong state. */
const WRONG_STATE: readonly string[] = ['ConcurrentModificationException', 'OperationNotPermittedException', 'ResourceInUseException'];

/** Makes a call that AppStream may refuse for the state that the thing is in; answers with the refusal, or undefined. */
export async function refusalOf(call: () => Promise<void>): Promise<string | undefined> {
  try {
    await call();
    return undefined;
  } catch (error) {
    if (error instanceof Error && WRONG_STATE.includes(error.name)) {
      return error.message;
    }
    throw error;
  }
}

/**
 * Makes a call for one thing among many; answers with what AppStream has against it, or undefined. What the next call would meet as well
 * (too many calls, a missing permission, no connection) is thrown.
 */
export async function objectionTo(call: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await call();
    return undefined;
  } catch (thrown) {
    const error = serviceErrorOf(thrown, APPSTREAM_TRANSIENT_ERRORS);
    if (error?.status === undefined || !(error.status >= 500 || error.patience === 0 || WRONG_STATE.includes(error.name))) {
      throw thrown;
    }
    return sentenceOf(error);
  }
}
