import * as cdk from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** The lowest and the highest value that are allowed; both inclusive. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

/**
 * Refuses what the service would reject, while the app is synthesized.
 *
 * @param sentence what is wrong, with the wrong value as JSON and what is allowed; lower case, no full stop.
 */
export function fail(scope: IConstruct, sentence: string): never {
  throw new Error(`${sentence} [at ${scope.node.path}]`);
}

/** Fails unless the text has an allowed number of characters. */
export function checkLength(scope: IConstruct, name: string, value: string | undefined, { min, max }: Range): void {
  if (value === undefined || cdk.Token.isUnresolved(value)) return;
  if (value.length < min || value.length > max) {
    fail(scope, `${name} must have ${min} to ${max} characters, got ${value.length}: ${JSON.stringify(value)}`);
  }
}

/**
 * Fails unless the text matches.
 *
 * @param pattern anchored at both ends.
 * @param allowed completes "must …" in words.
 */
export function checkPattern(scope: IConstruct, name: string, value: string | undefined, pattern: RegExp, allowed: string): void {
  if (value === undefined || cdk.Token.isUnresolved(value)) return;
  if (!pattern.test(value)) {
    fail(scope, `${name} must ${allowed}, got ${JSON.stringify(value)}`);
  }
}

/** Fails unless the list has an allowed number of elements. */
export function checkCount(scope: IConstruct, name: string, value: unknown[] | undefined, { min, max }: Range): void {
  if (value === undefined || cdk.Token.isUnresolved(value)) return;
  if (value.length < min || value.length > max) {
    fail(scope, `${name} must have ${min} to ${max} elements, got ${value.length}`);
  }
}

/** Fails unless the number is whole and in range. */
export function checkInteger(scope: IConstruct, name: string, value: number | undefined, { min, max }: Partial<Range>): void {
  if (value === undefined) return;
  const isAllowed = Number.isInteger(value) && (min === undefined || value >= min) && (max === undefined || value <= max);
  // Asked last, since of a number it costs more than all of the above.
  if (isAllowed || cdk.Token.isUnresolved(value)) return;
  fail(scope, `${name} must be a whole number${range(min, max)}, got ${JSON.stringify(value)}`);
}

/** Fails unless the duration has an allowed number of seconds. */
export function checkSeconds(scope: IConstruct, name: string, value: cdk.Duration | undefined, { min, max }: Range): void {
  if (value === undefined || value.isUnresolved()) return;
  const seconds = value.toSeconds({ integral: false });
  if (!Number.isInteger(seconds) || seconds < min || seconds > max) {
    fail(scope, `${name} must be ${min} to ${max} whole seconds, got ${JSON.stringify(seconds)}`);
  }
}

/** Fails unless the duration has an allowed number of minutes. */
export function checkMinutes(scope: IConstruct, name: string, value: cdk.Duration | undefined, { min, max }: Range): void {
  if (value === undefined || value.isUnresolved()) return;
  const minutes = value.toMinutes({ integral: false });
  if (!Number.isInteger(minutes) || minutes < min || minutes > max) {
    fail(scope, `${name} must be ${min} to ${max} whole minutes, got ${JSON.stringify(minutes)}`);
  }
}

/** Fails unless the size has an allowed number of whole gibibytes. */
export function checkGibibytes(scope: IConstruct, name: string, value: cdk.Size | undefined, { min, max }: Range): void {
  if (value === undefined || value.isUnresolved()) return;
  const gibibytes = value.toGibibytes({ rounding: cdk.SizeRoundingBehavior.NONE });
  if (!Number.isInteger(gibibytes) || gibibytes < min || gibibytes > max) {
    fail(scope, `${name} must be ${min} to ${max} whole gibibytes, got ${JSON.stringify(gibibytes)}`);
  }
}

function range(min: number | undefined, max: number | undefined): string {
  if (min === undefined) return max === undefined ? '' : ` of at most ${max}`;
  return max === undefined ? ` of at least ${min}` : ` from ${min} to ${max}`;
}
