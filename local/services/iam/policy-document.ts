import { parseConditions, type Condition } from './condition';
import { AwsError, NotImitated } from '../../wire/aws-error';

/** Action/NotAction or Resource/NotResource of a statement. */
export interface Selection {
  /** NotAction, NotResource: everything but these. */
  readonly except: boolean;
  readonly patterns: readonly string[];
}

/** One statement of an identity-based policy or a permissions boundary. */
export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  readonly actions: Selection;
  readonly resources: Selection;
  readonly conditions: readonly Condition[];
}

/** One statement of a role's trust policy. */
export interface TrustStatement {
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  readonly services: readonly string[];
  /** ARNs, account ids, or `*`. */
  readonly principals: readonly string[];
  readonly conditions: readonly Condition[];
}

/** One statement of a policy that is attached to a resource. */
export interface ResourceStatement extends Statement {
  readonly services: readonly string[];
  /** ARNs, account ids, or `*`; none for a statement about services. */
  readonly principals: readonly string[];
}

/** As APIs take it (JSON text) or as templates have it. */
export type PolicyDocument = string | object;

type Json = Record<string, unknown>;

const ELEMENTS = ['Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'];

/** The statements of an identity-based policy. */
export function parsePolicy(document: PolicyDocument): Statement[] {
  return statementsOf(document).map((statement) => {
    refuseUnknown(statement, ELEMENTS);
    return statementOf(statement);
  });
}

/** The statements of a policy that is attached to a resource, and says to whom it applies. */
export function parseResourcePolicy(document: PolicyDocument): ResourceStatement[] {
  return statementsOf(document).map((statement) => {
    refuseUnknown(statement, [...ELEMENTS, 'Principal']);
    return { ...statementOf(statement), ...principalsOf(statement.Principal) };
  });
}

/** The statements of a trust policy, which names who may assume the role. */
export function parseTrustPolicy(document: PolicyDocument): TrustStatement[] {
  return statementsOf(document).map((statement) => {
    refuseUnknown(statement, ['Sid', 'Effect', 'Action', 'Principal', 'Condition']);
    const principal = statement.Principal;
    if (principal === undefined) {
      throw malformed('AssumeRole policy must contain a Principal');
    }
    return {
      effect: effectOf(statement),
      actions: strings(statement.Action, 'Action'),
      ...trusted(principal),
      conditions: parseConditions(statement.Condition),
    };
  });
}

/** The length that IAM counts against its quotas: white space is free. */
export function policySize(document: PolicyDocument): number {
  const text = typeof document === 'string' ? document : JSON.stringify(document);
  return text.replace(/\s/g, '').length;
}

function statementsOf(document: PolicyDocument): Json[] {
  const policy = parseJson(document);
  refuseUnknown(policy, ['Version', 'Id', 'Statement']);
  // Without a version, IAM reads the document by the rules of 2008.
  if (policy.Version !== '2012-10-17') {
    throw new NotImitated(`policies of the version ${JSON.stringify(policy.Version)}`);
  }
  const statements = Array.isArray(policy.Statement) ? policy.Statement : [policy.Statement];
  if (statements.length === 0 || statements.some((statement) => typeof statement !== 'object' || statement === null)) {
    throw malformed('Syntax errors in policy.');
  }
  const sids = statements.map((statement: Json) => statement.Sid).filter((sid) => sid !== undefined);
  if (new Set(sids).size < sids.length) {
    throw malformed('Statement IDs (SID) in a single policy must be unique.');
  }
  return statements as Json[];
}

function parseJson(document: PolicyDocument): Json {
  if (typeof document !== 'string') {
    return document as Json;
  }
  try {
    return JSON.parse(document) as Json;
  } catch {
    throw malformed('This policy contains invalid Json');
  }
}

function effectOf(statement: Json): 'Allow' | 'Deny' {
  if (statement.Effect !== 'Allow' && statement.Effect !== 'Deny') {
    throw malformed(`Syntax errors in policy: Effect ${JSON.stringify(statement.Effect)}`);
  }
  return statement.Effect;
}

function selection(statement: Json, element: 'Action' | 'Resource', pattern: RegExp): Selection {
  const except = statement[`Not${element}`] !== undefined;
  if (except === (statement[element] !== undefined)) {
    throw malformed(`Policy statement must contain ${element === 'Action' ? 'actions' : 'resources'}.`);
  }
  const patterns = strings(except ? statement[`Not${element}`] : statement[element], element);
  for (const value of patterns) {
    if (!pattern.test(value)) {
      throw malformed(element === 'Action' ? `Actions/Conditions must be prefaced by a vendor: ${value}` : `Resource ${value} must be in ARN format or "*".`);
    }
    if (value.includes('${')) {
      throw new NotImitated(`the policy variable in ${value}`);
    }
  }
  return { except, patterns };
}

function statementOf(statement: Json): Statement {
  return {
    effect: effectOf(statement),
    actions: selection(statement, 'Action', /^(\*|[a-z0-9-]+:[\w*?]+)$/i),
    resources: selection(statement, 'Resource', /^(\*|arn:.+)$/),
    conditions: parseConditions(statement.Condition),
  };
}

function principalsOf(principal: unknown): Pick<ResourceStatement, 'services' | 'principals'> {
  if (principal === '*') {
    return { services: [], principals: ['*'] };
  }
  if (typeof principal !== 'object' || principal === null) {
    throw malformed(`Invalid principal in policy: ${JSON.stringify(principal)}`);
  }
  const { AWS, Service, ...others } = principal as Json;
  if (Object.keys(others).length > 0) {
    throw new NotImitated(`the principal ${JSON.stringify(principal)}`);
  }
  const listed = (value: unknown) => value === undefined ? [] : strings(value, 'Principal');
  return { services: listed(Service), principals: listed(AWS) };
}

function trusted(principal: unknown): Pick<TrustStatement, 'services' | 'principals'> {
  const { Service = [], AWS = [], ...others } = typeof principal === 'object' ? principal as Json : { AWS: principal };
  refuseUnknown(others, ['Federated']);
  const listed = (value: unknown) => Array.isArray(value) && value.length === 0 ? [] : strings(value, 'Principal');
  return { services: listed(Service), principals: listed(AWS) };
}

function strings(value: unknown, element: string): string[] {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  if (list.length === 0 || list.some((entry) => typeof entry !== 'string')) {
    throw malformed(`Syntax errors in policy: ${element} ${JSON.stringify(value)}`);
  }
  return list as string[];
}

function refuseUnknown(json: Json, known: readonly string[]): void {
  const unknown = Object.keys(json).find((key) => !known.includes(key));
  if (unknown) {
    throw malformed(`Syntax errors in policy: unknown element ${unknown}`);
  }
}

function malformed(message: string): AwsError {
  return new AwsError('MalformedPolicyDocument', message);
}
