/** A type of a service model: the facts of botocore's shapes, members given by the name of their shape. */
export interface Shape {
  readonly type: 'structure' | 'list' | 'map' | 'string' | 'blob' | 'integer' | 'long' | 'double' | 'boolean' | 'timestamp';
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

/** What the model of a service says. */
export interface ServiceFacts {
  readonly operations: Readonly<Record<string, ModelledOperation>>;
  readonly shapes: Readonly<Record<string, Shape>>;
}
