/** What a controller remembers from one step to the next. Small: it travels in the state of the execution. */
export type Memory = Readonly<Record<string, string | number>>;

/** Values for `Fn::GetAtt`. Never a secret: CloudFormation shows them to everybody who may read the stack. */
export type Attributes = Readonly<Record<string, string>>;

/** Which lifecycle resource it is, among those of all stacks. */
export interface Owner {
  readonly stackId: string;
  readonly logicalId: string;
}

/** What a controller is told. */
export interface Request<Properties> {
  readonly owner: Owner;
  /** What CloudFormation wants; absent when the resource is to go. */
  readonly wanted?: Properties;
  /** What was wanted before: the old properties of an update, the last ones of a resource that is to go. */
  readonly before?: Properties;
  /** The id that was answered earlier; absent for a new resource, and for one whose answer never arrived. */
  readonly id?: string;
  /** The same, whatever this request has come to since: the id that CloudFormation has. */
  readonly heldId?: string;
  readonly memory: Memory;
  /** When the request began and when this step began, in milliseconds. The state machine's clock, not the function's. */
  readonly startedAt: number;
  readonly now: number;
}

/** What a controller answers after it took the next step. */
export type Progress =
  /** Not there yet: ask again, by default after the engine's usual interval. */
  | { readonly kind: 'pending'; readonly why: string; readonly id?: string; readonly memory?: Memory; readonly waitSeconds?: number }
  | { readonly kind: 'ready'; readonly id: string; readonly attributes?: Attributes }
  /** It will never be there. The reason is shown in the stack's events. */
  | { readonly kind: 'failed'; readonly reason: string; readonly id?: string };

/**
 * Brings one kind of resource to where CloudFormation wants it.
 *
 * Called again and again: each time it reads the world afresh, takes the one next step, and says how far it is.
 * So a lost answer, a crash between two calls or a second event is repaired by the next step.
 * Errors of the service may be thrown as they are: the engine knows which of them pass.
 */
export type Controller<Properties> = (request: Request<Properties>) => Promise<Progress>;
