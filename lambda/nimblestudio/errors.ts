import { UNTIL_DEADLINE, type TransientErrors } from '../engine/errors';

/**
 * Nimble Studio's errors that pass by themselves. Its ThrottlingException and InternalServerErrorException go by their status.
 * @see https://www.npmjs.com/package/@aws-sdk/client-nimble/v/3.523.0
 */
export const NIMBLE_STUDIO_TRANSIENT_ERRORS: TransientErrors = {
  // "Another operation is in progress."
  ConflictException: UNTIL_DEADLINE,
  // Between a read that saw it and a call that does not: just made, or just gone, which the next read tells.
  ResourceNotFoundException: 2 * 60,
};
