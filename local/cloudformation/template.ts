import { parseDocument } from 'yaml';
import { ValidationError } from './validation-error';
import { NotImitated } from '../wire/aws-error';

export type Json = { readonly [name: string]: unknown };

export interface ParameterDefinition {
  readonly Type: string;
  readonly Default?: string | number;
  readonly NoEcho?: boolean | string;
  readonly AllowedValues?: readonly (string | number)[];
  readonly AllowedPattern?: string;
  readonly ConstraintDescription?: string;
  readonly Description?: string;
  readonly MinLength?: number | string;
  readonly MaxLength?: number | string;
  readonly MinValue?: number | string;
  readonly MaxValue?: number | string;
}

export type DeletionPolicy = 'Delete' | 'Retain' | 'RetainExceptOnCreate';

export interface ResourceDefinition {
  readonly type: string;
  readonly properties: Json;
  readonly condition?: string;
  readonly dependsOn: readonly string[];
  readonly metadata?: unknown;
  readonly creationPolicy?: Json;
  readonly deletionPolicy: DeletionPolicy;
  readonly updateReplacePolicy: DeletionPolicy;
}

export interface OutputDefinition {
  readonly Value: unknown;
  readonly Description?: string;
  readonly Condition?: string;
  readonly Export?: { readonly Name: unknown };
}

/** A template as it was read; nothing is evaluated yet. */
export interface Template {
  readonly text: string;
  readonly description?: string;
  readonly parameters: Readonly<Record<string, ParameterDefinition>>;
  readonly mappings: Readonly<Record<string, Readonly<Record<string, Json>>>>;
  readonly conditions: Json;
  readonly rules: Readonly<Record<string, RuleDefinition>>;
  readonly resources: Readonly<Record<string, ResourceDefinition>>;
  readonly outputs: Readonly<Record<string, OutputDefinition>>;
}

export interface RuleDefinition {
  readonly RuleCondition?: unknown;
  readonly Assertions: readonly { readonly Assert: unknown; readonly AssertDescription?: string }[];
}

const MAX_RESOURCES = 500;
const SECTIONS = [
  'AWSTemplateFormatVersion', 'Description', 'Metadata', 'Parameters', 'Mappings', 'Conditions', 'Rules', 'Resources', 'Outputs',
];
const RESOURCE_ATTRIBUTES = ['Type', 'Properties', 'Condition', 'DependsOn', 'Metadata', 'CreationPolicy', 'DeletionPolicy', 'UpdateReplacePolicy'];
const OUTPUT_ATTRIBUTES = ['Value', 'Description', 'Condition', 'Export'];

export function readTemplate(text: string): Template {
  const document = parse(text);
  refuseOthers(document, SECTIONS, 'the template section');
  const resources = document.Resources as Json | undefined;
  if (!resources || Object.keys(resources).length === 0) {
    throw new ValidationError('Template format error: At least one Resources member must be defined.');
  }
  if (Object.keys(resources).length > MAX_RESOURCES) {
    throw new ValidationError(`Template format error: Number of resources, ${Object.keys(resources).length}, is greater than maximum allowed, ${MAX_RESOURCES}`);
  }
  return {
    text,
    description: document.Description as string | undefined,
    parameters: section(document, 'Parameters'),
    mappings: section(document, 'Mappings'),
    conditions: section(document, 'Conditions'),
    rules: section(document, 'Rules'),
    resources: mapValues(resources, readResource),
    outputs: mapValues(section<Json>(document, 'Outputs'), (id, output) => {
      refuseOthers(output as Json, OUTPUT_ATTRIBUTES, `in output ${id} the attribute`);
      return output as OutputDefinition;
    }),
  };
}

function parse(text: string): Json {
  let document: unknown;
  try {
    document = text.trimStart().startsWith('{') ? JSON.parse(text) : parseYaml(text);
  } catch (error) {
    throw new ValidationError(`Template format error: ${(error as Error).message}`);
  }
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    throw new ValidationError('Template format error: unsupported structure.');
  }
  return document as Json;
}

function parseYaml(text: string): unknown {
  const document = parseDocument(text);
  // A tag that nobody here resolves, like `!Ref`, is only a warning to the parser.
  const [problem] = [...document.errors, ...document.warnings];
  if (problem) {
    throw problem;
  }
  return document.toJS();
}

function readResource(id: string, definition: unknown): ResourceDefinition {
  const resource = definition as Json;
  if (!/^[A-Za-z0-9]{1,255}$/.test(id)) {
    throw new ValidationError(`Template format error: Resource name ${id} is non alphanumeric.`);
  }
  if (typeof resource.Type !== 'string') {
    throw new ValidationError(`Template format error: [/Resources/${id}] Every Resources object must contain a Type member.`);
  }
  refuseOthers(resource, RESOURCE_ATTRIBUTES, `in resource ${id} the attribute`);
  refuseNull(resource, `/Resources/${id}`);
  return {
    type: resource.Type,
    properties: (resource.Properties ?? {}) as Json,
    condition: resource.Condition as string | undefined,
    dependsOn: [resource.DependsOn ?? []].flat() as string[],
    metadata: resource.Metadata,
    creationPolicy: resource.CreationPolicy as Json | undefined,
    deletionPolicy: policy(resource.DeletionPolicy),
    updateReplacePolicy: policy(resource.UpdateReplacePolicy),
  };
}

function refuseNull(value: unknown, path: string): void {
  if (value === null) {
    throw new ValidationError(`Template format error: [${path}] 'null' values are not allowed in templates`);
  }
  if (typeof value === 'object') {
    Object.entries(value).forEach(([name, member]) => refuseNull(member, `${path}/${name}`));
  }
}

function policy(value: unknown): DeletionPolicy {
  switch (value) {
    case undefined:
    case 'Delete':
      return 'Delete';
    case 'Retain':
    case 'RetainExceptOnCreate':
      return value;
    default:
      throw new NotImitated(`the policy ${JSON.stringify(value)}`);
  }
}

function section<T>(document: Json, name: string): T {
  return (document[name] ?? {}) as T;
}

function refuseOthers(object: Json, known: readonly string[], what: string): void {
  const unknown = Object.keys(object).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new NotImitated(`${what} ${unknown}`);
  }
}

function mapValues<T>(object: Json, map: (name: string, value: unknown) => T): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, map(name, value)]));
}
