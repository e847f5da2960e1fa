import type { Caller } from './service';

/** Something that goes wrong with a request on its way. */
export type Fault =
  /** Refused as by a throttled service. */
  | { readonly kind: 'throttle'; readonly code?: string }
  /** Answered with an error of this code and status. */
  | { readonly kind: 'error'; readonly code: string; readonly message?: string; readonly status: number }
  /** The connection breaks before the service sees the request. */
  | { readonly kind: 'drop-request' }
  /** The service acts, and the answer is lost. */
  | { readonly kind: 'drop-answer' }
  /** The answer comes after this much real time: the client's own time-outs are real. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** The process that sent the request is killed before the service sees it, or after it acted. */
  | { readonly kind: 'kill-caller'; readonly when: 'before' | 'after' };

/** Which requests a fault is played on. */
export interface FaultRule {
  /** The IAM prefix of the service; every service when not given. */
  readonly service?: string;
  /** Every operation when not given. */
  readonly operation?: string;
  /** Only requests of deployed Lambdas, not of the operator at the terminal. */
  readonly lambdaOnly?: boolean;
  /** Let this many matching requests pass first. @default 0 */
  readonly skip?: number;
  /** How many requests it is played on. @default 1 */
  readonly times?: number;
  readonly fault: Fault;
}

/** The script of what goes wrong, in the order in which it was written. */
export class Faults {
  private rules: { readonly rule: FaultRule; skip: number; left: number; played: number }[] = [];

  /** Adds a rule. The function that is returned tells how often it was played. */
  public add(rule: FaultRule): () => number {
    const entry = { rule, skip: rule.skip ?? 0, left: rule.times ?? 1, played: 0 };
    this.rules.push(entry);
    return () => entry.played;
  }

  public clear(): void {
    this.rules = [];
  }

  /** The fault for this request, if one is due. */
  public take(request: { service: string; operation: string; caller: Caller }): Fault | undefined {
    for (const entry of this.rules) {
      const { rule } = entry;
      const matches = entry.left > 0
        && (rule.service === undefined || rule.service === request.service)
        && (rule.operation === undefined || rule.operation === request.operation)
        && (!rule.lambdaOnly || request.caller.roleArn !== undefined);
      if (!matches) {
        continue;
      }
      if (entry.skip > 0) {
        entry.skip -= 1;
        continue;
      }
      entry.left -= 1;
      entry.played += 1;
      return rule.fault;
    }
    return undefined;
  }
}
