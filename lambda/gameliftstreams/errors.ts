import type { TransientErrors } from '../engine/errors';

/** GameLift Streams' errors that pass by themselves. @see https://docs.aws.amazon.com/gameliftstreams/latest/apireference/CommonErrors.html */
export const GAMELIFT_STREAMS_TRANSIENT_ERRORS: TransientErrors = {
  // Something else is being done to the same stream group or application.
  ConflictException: 15 * 60,
  // Between a read that saw it and a call that does not: just made, or just gone, which the next read tells.
  ResourceNotFoundException: 2 * 60,
  // Usually permanent. But operations that have no ConflictException refuse a wrong status with it too:
  // long enough for the next steps to read the status again.
  ValidationException: 30,
};
