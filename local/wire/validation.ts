import { AwsError, NotImitated } from './aws-error';
import type { Shape } from './service-model';

const INT_MAX = 2 ** 31 - 1;

/**
 * The check of one input or output against a model.
 *
 * AWS reads a request in two passes, and so does this: what cannot be deserialized is a SerializationException at once;
 * what breaks constraints is collected into one ValidationException.
 * The sentences are those of AWS's Java services: inferred from answers of many services, AppStream's own were not at hand.
 */
export class Validation {
  private readonly violations: string[] = [];
  private readonly patterns = new Map<string, RegExp>();

  constructor(private readonly shapes: Readonly<Record<string, Shape>>, private readonly operation: string) {}

  public input(shape: string, value: unknown): object {
    const accepted = this.walk(shape, value, '');
    if (this.violations.length > 0) {
      const count = this.violations.length;
      throw new AwsError('ValidationException', `${count} validation error${count > 1 ? 's' : ''} detected: ${this.violations.join('; ')}`);
    }
    return accepted as object;
  }

  public output(shape: string, value: object): object {
    try {
      return this.input(shape, value);
    } catch (error) {
      throw new Error(`the simulator's answer to ${this.operation} is not what its model says: ${(error as Error).message}`);
    }
  }

  /** Checks a value and returns it without nulls. */
  private walk(shapeName: string, value: unknown, path: string): unknown {
    const shape = this.shapes[shapeName];
    switch (shape.type) {
      case 'structure':
        return this.structure(shape, value, path);
      case 'list':
        return this.list(shape, value, path);
      case 'map':
        return this.map(shape, value, path);
      default:
        this.scalarType(shape, value);
        this.constraints(shape, value).forEach((constraint) => this.violate(shape, value, path, constraint));
        return value;
    }
  }

  private structure(shape: Shape, value: unknown, path: string): object {
    if (!isObject(value)) {
      throw cannotConvert(value, 'an object');
    }
    const members = shape.members ?? {};
    const unknown = Object.keys(value).find((name) => !(name in members));
    if (unknown !== undefined) {
      throw new NotImitated(`the member ${path === '' ? '' : `${path}.`}${unknown} of ${this.operation}, which its model does not have`);
    }
    for (const name of shape.required ?? []) {
      if (isAbsent(value[name])) {
        this.violations.push(`Value null at '${join(path, name)}' failed to satisfy constraint: Member must not be null`);
      }
    }
    const given = Object.entries(value).filter(([, member]) => !isAbsent(member));
    return Object.fromEntries(given.map(([name, member]) => [name, this.walk(members[name], member, join(path, name))]));
  }

  private list(shape: Shape, value: unknown, path: string): unknown[] {
    if (!Array.isArray(value)) {
      throw cannotConvert(value, 'a list');
    }
    this.constraints(shape, value).forEach((constraint) => this.violate(shape, value, path, constraint));
    return value.map((item, index) => this.walk(shape.member!, item, `${path}.${index + 1}.member`));
  }

  private map(shape: Shape, value: unknown, path: string): object {
    if (!isObject(value)) {
      throw cannotConvert(value, 'a map');
    }
    this.constraints(shape, value).forEach((constraint) => this.violate(shape, value, path, constraint));
    const [keyShape, valueShape] = [this.shapes[shape.key!], this.shapes[shape.value!]];
    for (const [key, item] of Object.entries(value)) {
      this.scalarType(keyShape, key);
      const ofKey = this.constraints(keyShape, key);
      if (ofKey.length > 0) {
        this.violate(shape, value, path, `Map keys must satisfy constraint: [${ofKey.join(', ')}]`);
      }
      if (['list', 'map', 'structure'].includes(valueShape.type)) {
        this.walk(shape.value!, item, `${path}.${key}`);
        continue;
      }
      this.scalarType(valueShape, item);
      const ofValue = this.constraints(valueShape, item);
      if (ofValue.length > 0) {
        this.violate(shape, value, path, `Map value must satisfy constraint: [${ofValue.join(', ')}]`);
      }
    }
    return { ...value };
  }

  private scalarType(shape: Shape, value: unknown): void {
    switch (shape.type) {
      case 'string':
        if (typeof value !== 'string') {
          throw cannotConvert(value, 'a String');
        }
        break;
      case 'blob':
        if (typeof value !== 'string' || Buffer.from(value, 'base64').toString('base64') !== value) {
          throw cannotConvert(value, 'a Blob');
        }
        break;
      case 'boolean':
        if (typeof value !== 'boolean') {
          throw cannotConvert(value, 'a Boolean');
        }
        break;
      case 'integer':
        if (!Number.isInteger(value) || Math.abs(value as number) > INT_MAX) {
          throw cannotConvert(value, 'an Integer');
        }
        break;
      case 'long':
        if (!Number.isInteger(value)) {
          throw cannotConvert(value, 'a Long');
        }
        break;
      case 'double':
        if (typeof value !== 'number') {
          throw cannotConvert(value, 'a Double');
        }
        break;
      default:
        if (!(value instanceof Date)) {
          throw cannotConvert(value, 'a Timestamp');
        }
    }
  }

  /** The constraints of its shape that a value breaks. */
  private constraints(shape: Shape, value: unknown): string[] {
    const broken: string[] = [];
    const { min, max } = shape;
    if (typeof value === 'number') {
      if (min !== undefined && value < min) {
        broken.push(`Member must have value greater than or equal to ${min}`);
      }
      if (max !== undefined && value > max) {
        broken.push(`Member must have value less than or equal to ${max}`);
      }
      return broken;
    }
    // Bytes travel in base64.
    const length = shape.type === 'blob' ? Buffer.from(value as string, 'base64').length : lengthOf(value);
    if (min !== undefined && length < min) {
      broken.push(`Member must have length greater than or equal to ${min}`);
    }
    if (max !== undefined && length > max) {
      broken.push(`Member must have length less than or equal to ${max}`);
    }
    if (shape.enum && !shape.enum.includes(value as string)) {
      broken.push(`Member must satisfy enum value set: [${shape.enum.join(', ')}]`);
    }
    if (shape.pattern !== undefined && !this.pattern(shape.pattern).test(value as string)) {
      broken.push(`Member must satisfy regular expression pattern: ${shape.pattern}`);
    }
    return broken;
  }

  /** AWS matches the whole value, also where a pattern has no anchors (EmbedHostDomain, StreamingUrlUserId). */
  private pattern(source: string): RegExp {
    let pattern = this.patterns.get(source);
    if (!pattern) {
      // Only where it is needed: the models escape characters that a pattern in Unicode mode may not escape.
      pattern = new RegExp(`^(?:${source})$`, source.includes('\\p{') ? 'u' : '');
      this.patterns.set(source, pattern);
    }
    return pattern;
  }

  private violate(shape: Shape, value: unknown, path: string, constraint: string): void {
    const shown = shape.sensitive ? '' : `'${render(value)}' `;
    this.violations.push(`Value ${shown}at '${path}' failed to satisfy constraint: ${constraint}`);
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

/** `VpcConfig`, `SubnetIds` → `vpcConfig.subnetIds`, as AWS writes paths. */
function join(path: string, name: string): string {
  const lowered = name[0].toLowerCase() + name.slice(1);
  return path === '' ? lowered : `${path}.${lowered}`;
}

function lengthOf(value: unknown): number {
  if (typeof value === 'string' || Array.isArray(value)) {
    return value.length;
  }
  return isObject(value) ? Object.keys(value).length : 0;
}

function render(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map(render).join(', ')}]`;
  }
  return isObject(value) ? `{${Object.entries(value).map(([key, item]) => `${key}=${render(item)}`).join(', ')}}` : String(value);
}

function cannotConvert(value: unknown, target: string): AwsError {
  const token = Array.isArray(value) ? 'START_ARRAY' : `${(value === null ? 'null' : typeof value).toUpperCase()}_VALUE`;
  return new AwsError('SerializationException', `${token} can not be converted to ${target}`);
}
