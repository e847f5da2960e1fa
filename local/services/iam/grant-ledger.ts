import { type ActionCatalog, type ActionFacts, takes } from './action-catalog';
import { holds } from './condition';
import type { Match } from './evaluation';
import { matchesArn } from './pattern';
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
  private readonly wide = new Set<string>();

  constructor(private readonly region: string, private readonly account: string) {}

  public async record(roleArn: string, statements: readonly Statement[], catalog: ActionCatalog): Promise<void> {
    for (const statement of statements.filter(({ effect }) => effect === 'Allow')) {
      const { actions, resources } = statement;
      for (const action of actions.except ? actions.patterns.slice(0, 1) : actions.patterns) {
        // A statement may list actions and resources that do not belong to each other.
        const facts = action === '*' || actions.except ? undefined : await catalog.expand(action);
        for (const resource of resources.except ? resources.patterns.slice(0, 1) : resources.patterns) {
          if (!facts || resources.except || facts.some((candidate) => takes(candidate, resource))) {
            const id = key({ roleArn, action, resource });
            this.grants.set(id, { roleArn, action, resource });
            if (!facts || facts.some((candidate) => this.reachesOthers(statement, candidate, resource))) {
              this.wide.add(id);
            }
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

  /** What reaches beyond the resources of its stack, though the action takes resources and could be kept to them. */
  public wideGrants(): Grant[] {
    return [...this.grants].filter(([id]) => this.wide.has(id)).map(([, grant]) => grant);
  }

  /** Whether a resource of somebody else in the account, of another name and without tags, is covered. */
  private reachesOthers({ conditions }: Statement, { arns }: ActionFacts, resource: string): boolean {
    const known: Readonly<Record<string, string>> = { 'aws:requestedregion': this.region, 'aws:resourceaccount': this.account };
    return arns.some((arn) => matchesArn(resource, this.somebodyElses(arn)) && holds(conditions, (name) => known[name.toLowerCase()]));
  }

  /** An ARN of the form that an action takes. */
  private somebodyElses(form: string): string {
    const [arn, , service, region, account, ...rest] = form.split(':');
    return [arn, 'aws', service, region && this.region, account && this.account, ...rest].join(':').replace(/\*/g, 'somebody-elses');
  }
}

function key({ roleArn, action, resource }: Grant): string {
  return JSON.stringify([roleArn, action, resource]);
}
