import { readFileSync } from 'fs';
import { AwsError } from './aws-error';
import type { CallContext, Handler } from './service';
import type { ModelledOperation, ServiceFacts, Shape } from './service-model';
import { Validation } from './validation';

/** What every service may answer although no model names it. */
const UNMODELLED = ['ValidationException', 'SerializationException', 'InvalidParameterValueException', 'LoopbackNotImitated'];

/** The model of one service: what its operations take, answer and refuse with. */
export class ServiceModel implements ServiceFacts {
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
    return shape === undefined ? {} : new Validation(this.shapes, operation).input(shape, input ?? {});
  }

  /** A copy of an output, without what is undefined. Throws if it is not as the model has it: a fault of the simulator, not of its caller. */
  public answer(operation: string, output: object): object {
    const shape = this.operations[operation].output;
    return shape === undefined ? {} : new Validation(this.shapes, operation).output(shape, output);
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

  /** An input as a log may hold it: without what the model calls sensitive, and without what it does not know. */
  public loggable(operation: string, input: unknown): unknown {
    return this.masked(this.operations[operation]?.input ?? '', input);
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

  private masked(shapeName: string, value: unknown): unknown {
    const shape: Shape | undefined = this.shapes[shapeName];
    if (!shape || shape.sensitive) {
      return '***';
    }
    if (Array.isArray(value)) {
      return value.map((item) => this.masked(shape.member ?? '', item));
    }
    if (shape.type === 'structure' && typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, this.masked(shape.members?.[name] ?? '', member)]));
    }
    return value;
  }
}
