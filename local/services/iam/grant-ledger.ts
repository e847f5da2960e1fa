import { type ActionCatalog, takes } from './action-catalog';
import type { Match } from './evaluation';
import type { Statement } from './policy-document';

/** One pair of an action and a resource that a policy of a role allows, as the policy writes them. */
export interface Grant {
  readonly roleArn: string;
  readonly action: string;
  readonly resource: string;
}

/** A call that was refused. */
export interface Denial {
  /** Virtual time, in milliseconds since the epoch. */
  readonly at: number;
  readonly roleArn: string;
  readonly action: string;
  readonly resource: string;
  readonly message: string;
}

/** What was ever granted, and what of it was used. It outlives the roles, so that it can be read after a stack is gone. */
export class GrantLedger {
  public readonly denials: Denial[] = [];
  private readonly grants = new Map<string, Grant>();
  private readonly used = new Set<string>();

  public async record(roleArn: string, statements: readonly Statement[], catalog: ActionCatalog): Promise<void> {
    for (const { actions, resources } of statements.filter(({ effect }) => effect === 'Allow')) {
      for (const action of actions.except ? actions.patterns.slice(0, 1) : actions.patterns) {
        // A statement may list actions and resources that do not belong to each other.
        const facts = action === '*' || actions.except ? undefined : await catalog.expand(action);
        for (const resource of resources.except ? resources.patterns.slice(0, 1) : resources.patterns) {
          if (!facts || resources.except || facts.some((candidate) => takes(candidate, resource))) {
            this.grants.set(key({ roleArn, action, resource }), { roleArn, action, resource });
          }
        }
      }
    }
  }

  public use(roleArn: string, matches: readonly Match[]): void {
    matches.forEach(({ action, resource }) => this.used.add(key({ roleArn, action, resource })));
  }

  public deny(denial: Denial): void {
    this.denials.push(denial);
  }

  public usedGrants(): Grant[] {
    return [...this.grants].filter(([id]) => this.used.has(id)).map(([, grant]) => grant);
  }

  public unusedGrants(): Grant[] {
    return [...this.grants].filter(([id]) => !this.used.has(id)).map(([, grant]) => grant);
  }
}

function key({ roleArn, action, resource }: Grant): string {
  return JSON.stringify([roleArn, action, resource]);
}
