import { UNKNOWN } from './intrinsics';
import type { Json } from './template';
import { ValidationError } from './validation-error';
import { NotImitated } from '../wire/aws-error';

/**
 * The type of a property: a scalar, free JSON, a list, an object, or a map with any names (`'*'`).
 * Templates carry `"5"` and `5` alike; a resource gets what its schema says.
 */
export type Shape = 'string' | 'integer' | 'number' | 'boolean' | 'json' | readonly [Shape] | { readonly [name: string]: Shape };

/** A list of tags in the form that most types have. */
export const TAGS: Shape = [{ Key: 'string', Value: 'string' }];

/** Gives a value the type of its shape. An unknown property is refused: nobody would see that it does nothing. */
export function shaped(value: unknown, shape: Shape, path: string): unknown {
  if (value === UNKNOWN) {
    return value;
  }
  if (typeof shape === 'string') {
    return scalar(value, shape, path);
  }
  if (Array.isArray(shape)) {
    if (!Array.isArray(value)) {
      throw wrongType(path, 'JSONArray');
    }
    return value.map((item, index) => shaped(item, (shape as readonly [Shape])[0], `${path}/${index}`));
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw wrongType(path, 'JSONObject');
  }
  const members = shape as { readonly [name: string]: Shape };
  return Object.fromEntries(Object.entries(value as Json).map(([name, member]) => {
    const memberShape = members[name] ?? members['*'];
    if (!memberShape) {
      throw new NotImitated(`the property ${path}/${name}`);
    }
    return [name, shaped(member, memberShape, `${path}/${name}`)];
  }));
}

function scalar(value: unknown, shape: string, path: string): unknown {
  switch (shape) {
    case 'json':
      return value;
    case 'string':
      if (typeof value === 'object') {
        throw wrongType(path, 'String');
      }
      return String(value);
    case 'integer':
      if (!/^-?\d+$/.test(String(value))) {
        throw wrongType(path, 'Integer');
      }
      return Number(value);
    case 'number':
      if (typeof value === 'object' || !Number.isFinite(Number(value)) || String(value).trim() === '') {
        throw wrongType(path, 'Number');
      }
      return Number(value);
    default:
      if (!['true', 'false'].includes(String(value))) {
        throw wrongType(path, 'Boolean');
      }
      return String(value) === 'true';
  }
}

function wrongType(path: string, type: string): ValidationError {
  return new ValidationError(`Properties validation failed for resource: ${path}: expected type: ${type}`);
}
