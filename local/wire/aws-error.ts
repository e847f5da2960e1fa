/** An error as a service answers it; each protocol renders it in its own shape. */
export class AwsError extends Error {
  constructor(
    /** The code as SDKs and the command line see it, e.g. `ResourceNotFoundException`. */
    readonly code: string,
    message: string,
    readonly status = 400,
  ) {
    super(message);
    this.name = code;
  }
}

/**
 * The loopback does not know something that it was asked for. Never answered kindly: the run that meets it fails,
 * because what passes here unchecked would fail on AWS.
 */
export class NotImitated extends AwsError {
  constructor(what: string) {
    super('LoopbackNotImitated', `the loopback does not imitate ${what}`);
  }
}
