import { matches, matchesArn } from './pattern';
import { NotImitated } from '../../wire/aws-error';

/** One test of a Condition block: the key's value has to pass it against any of the values. */
export interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** The value of a condition key in a request; undefined when the request has none. */
export type ConditionContext = (key: string) => string | undefined;

const operators: Readonly<Record<string, (expected: string, actual: string) => boolean>> = {
  StringEquals: (expected, actual) => expected === actual,
  StringLike: matches,
  // IAM documents the two as the same.
  ArnEquals: matchesArn,
  ArnLike: matchesArn,
  Bool: (expected, actual) => expected.toLowerCase() === actual.toLowerCase(),
};

const knownKeys = [
  /^aws:ResourceTag\/.+$/i,
  /^aws:(SourceAccount|SourceArn|RequestedRegion|SecureTransport|PrincipalArn|ResourceAccount)$/i,
  /^iam:PassedToService$/i,
  /^kms:(ViaService|EncryptionContext:.+)$/i,
  /^lambda:(FunctionUrlAuthType|InvokedViaFunctionUrl)$/i,
];

export function parseConditions(block: unknown): Condition[] {
  return Object.entries((block ?? {}) as Record<string, Record<string, unknown>>).flatMap(([operator, tests]) => {
    if (!operators[operator]) {
      throw new NotImitated(`the condition operator ${operator}`);
    }
    return Object.entries(tests).map(([key, value]) => {
      if (!knownKeys.some((known) => known.test(key))) {
        throw new NotImitated(`the condition key ${key}`);
      }
      const values = (Array.isArray(value) ? value : [value]).map(String);
      const variable = values.find((text) => text.includes('${'));
      if (variable) {
        throw new NotImitated(`the policy variable in ${variable}`);
      }
      return { operator, key, values };
    });
  });
}

/** All conditions have to hold; one on a key that the request lacks does not. */
export function holds(conditions: readonly Condition[], context: ConditionContext): boolean {
  return conditions.every(({ operator, key, values }) => {
    const actual = context(key);
    return actual !== undefined && values.some((expected) => operators[operator](expected, actual));
  });
}

/** The part after the slash of `aws:ResourceTag/team`, whose prefix may have any case. */
export function resourceTagKey(key: string): string | undefined {
  return /^aws:ResourceTag\/(.+)$/i.exec(key)?.[1];
}
