import { NotImitated } from '../../wire/aws-error';

/** One try of an invocation, as a payload can speak of it. */
export interface AttemptContext {
  readonly schedule: string;
  /** When the invocation is due, in virtual milliseconds. */
  readonly due: number;
  readonly id: string;
  /** Counts from 1. */
  readonly number: number;
}

/** https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html */
const ATTRIBUTES: Readonly<Record<string, (context: AttemptContext) => string>> = {
  'schedule-arn': ({ schedule }) => schedule,
  // Whole seconds of UTC, as in the example there.
  'scheduled-time': ({ due }) => new Date(due).toISOString().replace(/\.\d+Z$/, 'Z'),
  'execution-id': ({ id }) => id,
  'attempt-number': ({ number }) => String(number),
};

const KEYWORD = /<aws\.scheduler\.([^>]*)>/g;

/** Throws for a keyword that is not imitated. */
export function checkKeywords(payload: string): void {
  const unknown = [...payload.matchAll(KEYWORD)].find(([, name]) => !Object.hasOwn(ATTRIBUTES, name));
  if (unknown) {
    throw new NotImitated(`the context attribute ${unknown[0]} of a schedule`);
  }
}

/** The payload with its keywords replaced. */
export function withAttributes(payload: string, context: AttemptContext): string {
  return payload.replace(KEYWORD, (_keyword, name: string) => ATTRIBUTES[name](context));
}
