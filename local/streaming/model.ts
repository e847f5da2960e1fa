import { readFileSync } from 'fs';
import { Validation } from './validation';
import { AwsError } from '../wire/aws-error';
import type { CallContext, Handler } from '../wire/service';

/** A type of a service model: the facts of botocore's shapes, members given by the name of their shape. */
export interface Shape {
  readonly type: 'structure' | 'list' | 'map' | 'string' | 'integer' | 'long' | 'boolean' | 'timestamp';
  readonly required?: readonly string[];
  readonly members?: Readonly<Record<string, string>>;
  readonly member?: string;
  readonly key?: string;
  readonly value?: string;
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly sensitive?: boolean;
  readonly exception?: boolean;
  /** The HTTP status of an exception. */
  readonly status?: number;
  /** Of an input: the members that do not travel in the body. */
  readonly bindings?: Readonly<Record<string, Binding>>;
  /** @default - seconds since the epoch */
  readonly timestampFormat?: 'iso8601';
}

/** Where a member of a request travels. */
export interface Binding {
  readonly in: 'uri' | 'querystring' | 'header';
  /** @default - the member's name */
  readonly name?: string;
}

export interface ModelledOperation {
  /** Of services that speak REST: how a request finds its operation, and the status of the answer (200 unless given). */
  readonly http?: { readonly method: string; readonly path: string; readonly status?: number };
  readonly input?: string;
  readonly output?: string;
  readonly errors: readonly string[];
}

/** What every service may answer although no model names it. */
const UNMODELLED = ['ValidationException', 'SerializationException', 'InvalidParameterValueException', 'LoopbackNotImitated'];

/** The model of one streaming service: what its operations take, answer and refuse with. */
export class ServiceModel {
  /** Reads a slim model from a file of this repository. */
  public static load(path: string): ServiceModel {
    const { operations, shapes } = JSON.parse(readFileSync(path, 'utf8'));
    return new ServiceModel(operations, shapes);
  }

  private constructor(readonly operations: Readonly<Record<string, ModelledOperation>>, readonly shapes: Readonly<Record<string, Shape>>) {}

  /**
   * Checks an input as the service does, and returns a copy of it without its nulls (which mean "not given").
   *
   * A member that the model does not have is refused loudly as not imitated. AWS would ignore it; here it is either
   * a mistake of the caller or a model that has fallen behind, and both should be seen.
   */
  public accept(operation: string, input: unknown): object {
    const shape = this.operations[operation].input;
    return shape === undefined ? {} : new Validation(this, operation).input(shape, input ?? {});
  }

  /** A copy of an output, without what is undefined. Throws if it is not as the model has it: a fault of the simulator, not of its caller. */
  public answer(operation: string, output: object): object {
    const shape = this.operations[operation].output;
    return shape === undefined ? {} : new Validation(this, operation).output(shape, output);
  }

  /** Holds handlers to the model, from both sides. What goes in and out are copies: nobody changes what is stored but by an operation. */
  public guard(handlers: Readonly<Record<string, Handler>>): Record<string, Handler> {
    const guarded = (name: string, handler: Handler): Handler => (input: unknown, context: CallContext) => {
      const accepted = this.accept(name, input);
      try {
        return this.answer(name, handler(accepted, context) as object);
      } catch (error) {
        if (error instanceof AwsError) {
          this.checkError(name, error.code);
        }
        throw error;
      }
    };
    return Object.fromEntries(Object.entries(handlers).map(([name, handler]) => [name, guarded(name, handler)]));
  }

  /** An error with the status that the model gives it. */
  public error(code: string, message: string): AwsError {
    return new AwsError(code, message, this.shapes[code]?.status ?? 400);
  }

  /** Throws if an operation answers with an error that it does not declare. Operations that declare none may answer with any. */
  public checkError(operation: string, code: string): void {
    const { errors } = this.operations[operation];
    if (errors.length > 0 && !errors.includes(code) && !UNMODELLED.includes(code)) {
      throw new Error(`the simulator answered ${operation} with ${code}, which the service does not declare`);
    }
  }
}
