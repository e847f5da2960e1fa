import { type Json, read, type Scope } from './reference-path';
import { StateError } from './state-error';
import { NotImitated } from '../../wire/aws-error';

const functions: Readonly<Record<string, (...args: Json[]) => Json>> = {
  'States.Format': (template: string, ...args) => template.replace(/\{\}/g, () => text(args.shift())),
  'States.JsonToString': (value) => JSON.stringify(value),
  'States.MathAdd': (one: number, other: number) => one + other,
  'States.StringToJson': (value: string) => JSON.parse(value),
};

/** The value of an expression: a path, or an intrinsic function of paths, literals and other functions. */
export function evaluate(expression: string, scope: Scope): Json {
  const parser = new Parser(expression, scope);
  const value = parser.value();
  parser.end();
  return value;
}

class Parser {
  private at = 0;

  constructor(private readonly source: string, private readonly scope: Scope) {}

  public value(): Json {
    const path = this.take(/\$[^,()\s]*/y);
    if (path !== undefined) {
      return read(path, this.scope, 'States.ParameterPathFailure');
    }
    const quoted = this.take(/'(?:[^'\\]|\\.)*'/y);
    if (quoted !== undefined) {
      return quoted.slice(1, -1).replace(/\\(.)/g, '$1');
    }
    const literal = this.take(/-?\d+(\.\d+)?|true|false|null/y);
    return literal === undefined ? this.call() : JSON.parse(literal);
  }

  public end(): void {
    if (this.at < this.source.length) {
      this.refuse();
    }
  }

  private call(): Json {
    const name = this.take(/States\.\w+/y);
    if (name === undefined || !functions[name] || this.take(/\(/y) === undefined) {
      return this.refuse();
    }
    const args: Json[] = [];
    while (this.take(/\)/y) === undefined) {
      if (args.length > 0 && this.take(/,/y) === undefined) {
        this.refuse();
      }
      args.push(this.value());
    }
    try {
      return functions[name](...args);
    } catch (error) {
      throw new StateError('States.IntrinsicFailure', `${this.source}: ${String(error)}`);
    }
  }

  private take(pattern: RegExp): string | undefined {
    const space = /\s*/y;
    space.lastIndex = this.at;
    space.exec(this.source);
    pattern.lastIndex = space.lastIndex;
    const match = pattern.exec(this.source)?.[0];
    if (match !== undefined) {
      this.at = pattern.lastIndex;
    }
    return match;
  }

  private refuse(): never {
    throw new NotImitated(`the expression ${this.source}`);
  }
}

function text(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
