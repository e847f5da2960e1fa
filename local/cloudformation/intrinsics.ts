import { cidrBlocks } from './cidr';
import type { Json } from './template';
import { ValidationError } from './validation-error';
import { NotImitated } from '../wire/aws-error';

/** What the names in a template stand for, at the moment of an evaluation. */
export interface Scope {
  readonly region: string;
  readonly availabilityZones: readonly string[];
  ref(name: string): unknown;
  attribute(logicalId: string, name: string): unknown;
  condition(name: string): boolean;
  mapping(name: string): Readonly<Record<string, Json>>;
  importValue(name: string): unknown;
}

/** What `AWS::NoValue` stands for: the property that has it is left out. */
export const NO_VALUE = Symbol('AWS::NoValue');

/** A value that is known only once a resource has been made or changed; what is computed from it is as unknown. */
export const UNKNOWN = Symbol('known after apply');

/** A function's argument is still as it stands in the template. */
type Intrinsic = (argument: unknown, scope: Scope) => unknown;

/** Evaluates a piece of a template. */
export function evaluate(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => evaluate(item, scope)).filter((item) => item !== NO_VALUE);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const intrinsic = intrinsicOf(value as Json);
  if (intrinsic) {
    return intrinsic.function(intrinsic.argument, scope);
  }
  return Object.fromEntries(Object.entries(value)
    .map(([name, member]) => [name, evaluate(member, scope)] as const)
    .filter(([, member]) => member !== NO_VALUE));
}

/** Evaluates a piece of a template that must be a condition. */
export function evaluateCondition(value: unknown, scope: Scope): boolean {
  const result = evaluate(value, scope);
  // Inside conditions CloudFormation takes the words, too.
  if (result === true || result === 'true') {
    return true;
  }
  if (result === false || result === 'false') {
    return false;
  }
  throw new ValidationError(`Template error: every condition must evaluate to a boolean, not ${JSON.stringify(result)}`);
}

/** The function of `{ "Fn::X": … }`, `{ "Ref": … }` or `{ "Condition": … }`; throws for one that is not imitated. */
export function intrinsicOf(value: Json): { readonly name: string; readonly argument: unknown; readonly function: Intrinsic } | undefined {
  const names = Object.keys(value);
  const [name] = names;
  const isCondition = name === 'Condition' && typeof value.Condition === 'string' && names.length === 1;
  const functionName = names.find((candidate) => candidate === 'Ref' || candidate.startsWith('Fn::'));
  if (functionName === undefined && !isCondition) {
    return undefined;
  }
  if (names.length !== 1) {
    throw new ValidationError(`Template format error: ${functionName} must stand alone, not with ${names.filter((other) => other !== functionName).join(', ')}`);
  }
  const found = INTRINSICS[name];
  if (!found) {
    throw new NotImitated(`the intrinsic function ${name}`);
  }
  return { name, argument: value[name], function: found };
}

/** The parts of a string that `Fn::Sub` replaces. */
export const SUB_VARIABLE = /\$\{(!?)([^}]*)\}/g;

const INTRINSICS: Readonly<Record<string, Intrinsic>> = {
  'Ref': (argument, scope) => scope.ref(stringOf('Ref', argument)),
  'Condition': (argument, scope) => scope.condition(stringOf('Condition', argument)),
  'Fn::GetAtt': (argument, scope) => {
    const [logicalId, attribute] = getAttOf(argument);
    return scope.attribute(logicalId, stringOf('Fn::GetAtt', evaluate(attribute, scope)));
  },
  'Fn::Join': (argument, scope) => {
    const [separator, list] = listOf('Fn::Join', argument, 2);
    return known([evaluate(list, scope)], ([items]) =>
      listOf('Fn::Join', items).map((item) => textOf('Fn::Join', item)).join(stringOf('Fn::Join', separator)));
  },
  'Fn::Sub': sub,
  'Fn::Select': (argument, scope) => known(listOf('Fn::Select', argument, 2).map((item) => evaluate(item, scope)), ([index, list]) => {
    const items = listOf('Fn::Select', list);
    const selected = items[Number(index)];
    if (selected === undefined) {
      throw new ValidationError(`Template error: Fn::Select cannot select nonexistent value at index ${index}`);
    }
    return selected;
  }),
  'Fn::Split': (argument, scope) => known(listOf('Fn::Split', argument, 2).map((item) => evaluate(item, scope)), ([separator, text]) =>
    textOf('Fn::Split', text).split(stringOf('Fn::Split', separator))),
  'Fn::If': (argument, scope) => {
    const [condition, then, otherwise] = listOf('Fn::If', argument, 3);
    return evaluate(scope.condition(stringOf('Fn::If', condition)) ? then : otherwise, scope);
  },
  'Fn::Equals': (argument, scope) => {
    const [left, right] = listOf('Fn::Equals', argument, 2).map((item) => evaluate(item, scope));
    return JSON.stringify(left) === JSON.stringify(right) || String(left) === String(right);
  },
  'Fn::And': (argument, scope) => conditions('Fn::And', argument, scope).every(Boolean),
  'Fn::Or': (argument, scope) => conditions('Fn::Or', argument, scope).some(Boolean),
  'Fn::Not': (argument, scope) => !evaluateCondition(listOf('Fn::Not', argument, 1)[0], scope),
  'Fn::Contains': (argument, scope) => {
    const [list, value] = listOf('Fn::Contains', argument, 2).map((item) => evaluate(item, scope));
    return listOf('Fn::Contains', list).includes(value);
  },
  'Fn::FindInMap': (argument, scope) => {
    const [map, top, second] = listOf('Fn::FindInMap', argument, 3).map((item) => textOf('Fn::FindInMap', evaluate(item, scope)));
    const found = scope.mapping(map)[top]?.[second];
    if (found === undefined) {
      throw new ValidationError(`Template error: Unable to get mapping for ${map}::${top}::${second}`);
    }
    return found;
  },
  'Fn::Base64': (argument, scope) => known([evaluate(argument, scope)], ([text]) =>
    Buffer.from(textOf('Fn::Base64', text)).toString('base64')),
  'Fn::ImportValue': (argument, scope) => scope.importValue(textOf('Fn::ImportValue', evaluate(argument, scope))),
  'Fn::GetAZs': (argument, scope) => {
    const region = evaluate(argument, scope);
    if (region !== '' && region !== scope.region) {
      throw new NotImitated(`the availability zones of ${JSON.stringify(region)}`);
    }
    return [...scope.availabilityZones];
  },
  'Fn::Cidr': (argument, scope) => known(listOf('Fn::Cidr', argument).map((item) => evaluate(item, scope)), ([block, count, bits]) =>
    cidrBlocks(textOf('Fn::Cidr', block), Number(count), Number(bits))),
};

/** The logical id and the attribute, which may be written as a list or with a dot. */
export function getAttOf(argument: unknown): [string, unknown] {
  if (typeof argument === 'string') {
    const dot = argument.indexOf('.');
    return [argument.slice(0, dot), argument.slice(dot + 1)];
  }
  const [logicalId, attribute] = listOf('Fn::GetAtt', argument, 2);
  return [stringOf('Fn::GetAtt', logicalId), attribute];
}

function sub(argument: unknown, scope: Scope): unknown {
  const [text, variables] = typeof argument === 'string' ? [argument, {}] : listOf('Fn::Sub', argument, 2);
  const values = evaluate(variables, scope) as Json;
  let unknown = false;
  const result = stringOf('Fn::Sub', text).replace(SUB_VARIABLE, (_match, literal: string, name: string) => {
    if (literal === '!') {
      return `\${${name}}`;
    }
    const value = name in values ? values[name] : name.includes('.') ? scope.attribute(...splitAttribute(name)) : scope.ref(name);
    if (value === UNKNOWN) {
      unknown = true;
      return '';
    }
    return textOf('Fn::Sub', value);
  });
  return unknown ? UNKNOWN : result;
}

function splitAttribute(name: string): [string, string] {
  return getAttOf(name) as [string, string];
}

function conditions(name: string, argument: unknown, scope: Scope): boolean[] {
  const list = listOf(name, argument);
  if (list.length < 2 || list.length > 10) {
    throw new ValidationError(`Template error: every ${name} object requires a list of at least 2 and at most 10 boolean parameters.`);
  }
  return list.map((item) => evaluateCondition(item, scope));
}

/** Computes from values, unless one of them is not known yet. */
function known(values: unknown[], compute: (values: unknown[]) => unknown): unknown {
  return values.flat().includes(UNKNOWN) ? UNKNOWN : compute(values);
}

function listOf(name: string, value: unknown, length?: number): unknown[] {
  if (!Array.isArray(value) || (length !== undefined && value.length !== length)) {
    throw new ValidationError(`Template error: every ${name} object must have ${length === undefined ? 'a list' : `a list of ${length}`}, not ${JSON.stringify(value)}`);
  }
  return value;
}

function stringOf(name: string, value: unknown): string {
  if (typeof value !== 'string') {
    throw new ValidationError(`Template error: every ${name} object must have a String here, not ${JSON.stringify(value)}`);
  }
  return value;
}

/** Numbers and booleans are text as well; lists and objects are not. */
function textOf(name: string, value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return String(value);
  }
  throw new ValidationError(`Template error: ${name} takes text, not ${value === UNKNOWN ? 'an unknown value' : JSON.stringify(value)}`);
}
