import { randomBytes } from 'crypto';
import { parsePolicy, parseTrustPolicy, type PolicyDocument, type Statement, type TrustStatement } from './policy-document';

/** A policy of a role's own. */
export interface InlinePolicy {
  readonly document: PolicyDocument;
  readonly statements: readonly Statement[];
}

/** What decides about a role's calls. Never changed in place: each change is a new set. */
export interface Permissions {
  /** By policy name. */
  readonly inline: Readonly<Record<string, InlinePolicy>>;
  /** ARNs of managed policies. */
  readonly attached: readonly string[];
  /** ARN of a managed policy. */
  readonly boundary?: string;
}

/** An IAM role. */
export class Role {
  /** Distinguishes it from a later role of the same name. */
  public readonly id = `AROA${randomBytes(8).toString('hex').toUpperCase()}`;
  public tags: Readonly<Record<string, string>> = {};
  public description?: string;
  public maxSessionDuration = 3600;
  private readonly revisions: { readonly from: number; readonly permissions: Permissions }[] = [];
  private trust: { readonly document: PolicyDocument; readonly statements: readonly TrustStatement[] };

  constructor(readonly name: string, readonly path: string, readonly arn: string, readonly created: number, trustPolicy: PolicyDocument) {
    this.trust = { document: trustPolicy, statements: parseTrustPolicy(trustPolicy) };
  }

  /** The permissions as they were last set, whether or not they are in effect yet. */
  public get permissions(): Permissions {
    return this.permissionsAt(Infinity);
  }

  public permissionsAt(time: number): Permissions {
    return this.revisions.filter(({ from }) => from <= time).at(-1)?.permissions ?? { inline: {}, attached: [] };
  }

  /** Takes effect at `from`: IAM is eventually consistent. */
  public change(change: Partial<Permissions>, from: number): void {
    this.revisions.push({ from, permissions: { ...this.permissions, ...change } });
  }

  public get trustPolicy(): PolicyDocument {
    return this.trust.document;
  }

  public set trustPolicy(document: PolicyDocument) {
    this.trust = { document, statements: parseTrustPolicy(document) };
  }

  public get trustStatements(): readonly TrustStatement[] {
    return this.trust.statements;
  }
}

export function inlinePolicy(document: PolicyDocument): InlinePolicy {
  return { document, statements: parsePolicy(document) };
}
