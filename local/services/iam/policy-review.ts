import { type ActionCatalog, type ActionFacts, takes } from './action-catalog';
import type { Statement } from './policy-document';
import { AwsError } from '../../wire/aws-error';

/**
 * Refuses a policy that grants or denies nothing where it seems to: an action that does not exist,
 * a resource that the action does not take. IAM takes such a policy without a word, and the call fails later.
 */
export async function reviewPolicy(name: string, statements: readonly Statement[], catalog: ActionCatalog): Promise<void> {
  for (const { actions, resources } of statements) {
    const covered = new Map<string, ActionFacts[]>();
    for (const pattern of actions.patterns.filter((candidate) => candidate !== '*')) {
      const facts = await catalog.expand(pattern);
      if (facts.length === 0) {
        throw mistake(name, `no action ${pattern} exists`);
      }
      covered.set(pattern, facts);
    }
    if (actions.except || resources.except || covered.size < actions.patterns.length) {
      continue;
    }
    for (const [pattern, facts] of covered) {
      if (!resources.patterns.some((resource) => facts.some((action) => takes(action, resource)))) {
        const taken = [...new Set(facts.flatMap((action) => action.arns))];
        throw mistake(name, `${pattern} takes ${taken.length > 0 ? taken.join(', ') : 'only "*"'}, not ${resources.patterns.join(', ')}`);
      }
    }
    const all = [...covered.values()].flat();
    const idle = resources.patterns.find((resource) => !all.some((action) => takes(action, resource)));
    if (idle) {
      throw mistake(name, `none of ${actions.patterns.join(', ')} takes ${idle}`);
    }
  }
}

function mistake(policy: string, what: string): AwsError {
  return new AwsError('LoopbackPolicyMistake', `the policy ${policy} is without effect: ${what}`);
}
