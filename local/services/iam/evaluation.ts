import type { ActionFacts } from './action-catalog';
import { type ConditionContext, holds } from './condition';
import { matchesAction, matchesArn } from './pattern';
import type { Selection, Statement } from './policy-document';

/** One action on one resource. */
export interface AccessRequest {
  readonly facts: ActionFacts;
  /** An ARN, or `*` for an action that takes no resource. */
  readonly resource: string;
  readonly context: ConditionContext;
}

/** What a set of policies says about a request. */
export interface Verdict {
  readonly effect: 'allow' | 'deny' | 'none';
  /** The allowing statements, with the patterns that fitted. */
  readonly grants: readonly Match[];
}

/** A statement that applies to a request. */
export interface Match {
  readonly statement: Statement;
  readonly action: string;
  readonly resource: string;
}

/** A Deny anywhere beats every Allow. */
export function evaluate(statements: readonly Statement[], request: AccessRequest): Verdict {
  const applying = statements.flatMap((statement) => match(statement, request));
  if (applying.some(({ statement }) => statement.effect === 'Deny')) {
    return { effect: 'deny', grants: [] };
  }
  return { effect: applying.length > 0 ? 'allow' : 'none', grants: applying };
}

function match(statement: Statement, { facts, resource, context }: AccessRequest): Match[] {
  const action = select(statement.actions, (pattern) => matchesAction(pattern, facts.action));
  const target = select(statement.resources, (pattern) => matchesArn(pattern, resource));
  if (action === undefined || target === undefined || !holds(statement.conditions, context)) {
    return [];
  }
  return [{ statement, action, resource: target }];
}

/** The pattern that fits; for Not… the first of those that all do not fit. */
function select({ except, patterns }: Selection, fits: (pattern: string) => boolean): string | undefined {
  const found = patterns.find(fits);
  if (except) {
    return found === undefined ? patterns[0] : undefined;
  }
  return found;
}
