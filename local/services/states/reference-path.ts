import { StateError } from './state-error';
import { NotImitated } from '../../wire/aws-error';

/** A value of JSON. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- what states pass on has any shape
export type Json = any;

/** The two documents that a path can start from. */
export interface Scope {
  /** `$` */
  readonly data: Json;
  /** `$$` */
  readonly context: Json;
}

/** The value at a path like `$.fleet['name'][0]` or `$$.Execution.Name`; undefined when there is none. */
export function find(path: string, scope: Scope): Json {
  const root = path.startsWith('$$') ? scope.context : scope.data;
  return steps(path).reduce((value: Json, step) => (Object.hasOwn(Object(value), step) ? value[step] : undefined), root);
}

/** The value at a path that has to lead somewhere. */
export function read(path: string, scope: Scope, error = 'States.Runtime'): Json {
  const value = find(path, scope);
  if (value === undefined) {
    throw new StateError(error, `The JSONPath '${path}' specified could not be found in the input '${JSON.stringify(scope.data)}'`);
  }
  return value;
}

/** A copy of the data with a value put at the path; objects on the way there are made. */
export function write(path: string, data: Json, value: Json): Json {
  const [first, ...rest] = steps(path);
  return first === undefined ? value : put(data, [first, ...rest], value, path);
}

/** Throws for a path that is not imitated. */
export function checkPath(path: unknown): void {
  if (typeof path !== 'string') {
    throw new NotImitated(`the path ${JSON.stringify(path)}`);
  }
  steps(path);
}

function put(data: Json, [step, ...rest]: (string | number)[], value: Json, path: string): Json {
  const fits = typeof step === 'number' ? Array.isArray(data) && step < data.length : typeof data === 'object' && data !== null && !Array.isArray(data);
  if (!fits) {
    throw new StateError('States.ResultPathMatchFailure', `Unable to apply ReferencePath ${path} to input ${JSON.stringify(data)}`);
  }
  const inner = rest.length === 0 ? value : put(data[step] ?? {}, rest, value, path);
  return Array.isArray(data) ? data.map((element, index) => (index === step ? inner : element)) : { ...data, [step]: inner };
}

const STEP = /\.([A-Za-z_][\w-]*)|\['([^']*)'\]|\[(\d+)\]/y;

function steps(path: string): (string | number)[] {
  const found: (string | number)[] = [];
  STEP.lastIndex = path.startsWith('$$') ? 2 : 1;
  while (path.startsWith('$') && STEP.lastIndex < path.length) {
    const at = STEP.lastIndex;
    const match = STEP.exec(path);
    if (!match) {
      throw new NotImitated(`the path ${path} (from ${path.slice(at)})`);
    }
    found.push(match[3] === undefined ? match[1] ?? match[2] : Number(match[3]));
  }
  if (!path.startsWith('$')) {
    throw new NotImitated(`the path ${path}`);
  }
  return found;
}
