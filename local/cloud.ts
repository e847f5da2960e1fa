import type { Clock } from './clock';

/** What one part of the loopback sees of the rest. */
export interface Cloud {
  readonly clock: Clock;
  readonly region: string;
  readonly account: string;
  /** The endpoint's address, e.g. `http://127.0.0.1:40123`. */
  readonly url: string;
  /**
   * Calls an operation of a service from within, as an AWS service does on its own behalf:
   * without a signature, a policy check or a scripted fault, but with all that the service itself refuses.
   *
   * @param service the prefix of its IAM actions, e.g. `appstream`
   */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the caller knows the shape of the output
  call(service: string, operation: string, input: object): Promise<any>;
}
