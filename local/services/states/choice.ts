import { checkPath, find, type Json, read, type Scope } from './reference-path';
import { AwsError, NotImitated } from '../../wire/aws-error';

/** A rule of a Choice state, or a part of one. */
export interface ChoiceRule {
  readonly Variable?: string;
  readonly And?: readonly ChoiceRule[];
  readonly Or?: readonly ChoiceRule[];
  readonly Not?: ChoiceRule;
  readonly Next?: string;
  readonly [comparison: string]: unknown;
}

type Comparison = (actual: Json, expected: Json) => boolean;

const ordered = (kind: string, is: (value: Json) => boolean, order: (value: Json) => string | number): Record<string, Comparison> => {
  const compare = (holds: (one: string | number, other: string | number) => boolean): Comparison =>
    (actual, expected) => is(actual) && is(expected) && holds(order(actual), order(expected));
  return {
    [`${kind}Equals`]: compare((one, other) => one === other),
    [`${kind}GreaterThan`]: compare((one, other) => one > other),
    [`${kind}GreaterThanEquals`]: compare((one, other) => one >= other),
    [`${kind}LessThan`]: compare((one, other) => one < other),
    [`${kind}LessThanEquals`]: compare((one, other) => one <= other),
  };
};

const isString = (value: Json) => typeof value === 'string';
const isNumber = (value: Json) => typeof value === 'number';
const isBoolean = (value: Json) => typeof value === 'boolean';
const isTimestamp = (value: Json) => isString(value) && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(value);

/** A value of another type than the comparison's does not match; it is no error. */
const comparisons: Readonly<Record<string, Comparison>> = {
  ...ordered('String', isString, (value) => value),
  ...ordered('Numeric', isNumber, (value) => value),
  ...ordered('Timestamp', isTimestamp, (value) => Date.parse(value)),
  BooleanEquals: (actual, expected) => isBoolean(actual) && actual === expected,
  StringMatches: (actual, expected) => isString(actual) && wildcard(expected).test(actual),
  IsBoolean: (actual, expected) => isBoolean(actual) === expected,
  IsNull: (actual, expected) => (actual === null) === expected,
  IsNumeric: (actual, expected) => isNumber(actual) === expected,
  IsString: (actual, expected) => isString(actual) === expected,
  IsTimestamp: (actual, expected) => isTimestamp(actual) === expected,
};

/** Whether a rule of a Choice state matches. */
export function matches(rule: ChoiceRule, scope: Scope): boolean {
  if (rule.And) {
    return rule.And.every((part) => matches(part, scope));
  }
  if (rule.Or) {
    return rule.Or.some((part) => matches(part, scope));
  }
  if (rule.Not) {
    return !matches(rule.Not, scope);
  }
  const [name, expected] = comparisonOf(rule);
  if (name === 'IsPresent') {
    return (find(rule.Variable!, scope) !== undefined) === expected;
  }
  const actual = read(rule.Variable!, scope);
  return comparisons[name] ? comparisons[name](actual, expected) : comparisons[name.slice(0, -'Path'.length)](actual, read(expected as string, scope));
}

/** Refuses a rule that Step Functions would refuse, or that is not imitated. */
export function checkRule(rule: ChoiceRule, where: string): void {
  const parts = rule.And ?? rule.Or ?? (rule.Not && [rule.Not]);
  if (parts) {
    parts.forEach((part) => checkRule(part, where));
    return;
  }
  const [name, expected] = comparisonOf(rule);
  const base = name.endsWith('Path') ? name.slice(0, -'Path'.length) : name;
  if (name !== 'IsPresent' && !comparisons[base]) {
    throw new NotImitated(`the comparison ${name} of ${where}`);
  }
  if (rule.Variable === undefined) {
    throw new AwsError('InvalidDefinition', `Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: a rule has no Variable at ${where}'`);
  }
  checkPath(rule.Variable);
  if (name !== base) {
    checkPath(expected);
  }
}

function comparisonOf({ Variable: _variable, Next: _next, Comment: _comment, ...comparison }: ChoiceRule): [string, unknown] {
  const entries = Object.entries(comparison);
  if (entries.length !== 1) {
    throw new AwsError('InvalidDefinition', `Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: ${entries.length} comparisons in one rule'`);
  }
  return entries[0];
}

function wildcard(pattern: string): RegExp {
  return new RegExp(`^${pattern.replace(/[.+?^${}()|[\]]/g, '\\$&').replace(/(?<!\\)\*/g, '.*')}$`, 's');
}
