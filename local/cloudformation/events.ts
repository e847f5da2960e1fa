import type { Random } from './random';
import type { Clock } from '../clock';

/** One event of a stack, as DescribeStackEvents answers it; and when it was in virtual time. */
export interface StackEvent {
  readonly StackId: string;
  readonly EventId: string;
  readonly StackName: string;
  readonly OperationId: string;
  readonly LogicalResourceId: string;
  readonly PhysicalResourceId?: string;
  readonly ResourceType: string;
  /** By the clock on the wall: clients ask for what happened since they began, and compare it with their own. */
  readonly Timestamp: Date;
  readonly ResourceStatus: string;
  readonly ResourceStatusReason?: string;
  /** Milliseconds since the epoch, in virtual time. */
  readonly at: number;
}

/** What an event tells beside the stack it belongs to. */
export interface Happening {
  readonly logicalId: string;
  readonly physicalId?: string;
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
}

/** The events of all stacks, each later than the one before. */
export class StackEvents {
  private readonly events: StackEvent[] = [];
  private readonly listeners: ((event: StackEvent) => void)[] = [];
  private last = 0;

  constructor(private readonly clock: Clock, private readonly random: Random) {}

  public add(stack: { readonly id: string; readonly name: string; readonly operationId: string }, happening: Happening): void {
    this.last = Math.max(Date.now(), this.last + 1);
    const event: StackEvent = {
      StackId: stack.id,
      EventId: this.random.uuid(),
      StackName: stack.name,
      OperationId: stack.operationId,
      LogicalResourceId: happening.logicalId,
      PhysicalResourceId: happening.physicalId,
      ResourceType: happening.type,
      Timestamp: new Date(this.last),
      ResourceStatus: happening.status,
      ResourceStatusReason: happening.reason,
      at: this.clock.now(),
    };
    this.events.push(event);
    this.listeners.forEach((listener) => listener(event));
  }

  /** The events of a stack, the oldest first. */
  public of(stackId: string): readonly StackEvent[] {
    return this.events.filter((event) => event.StackId === stackId);
  }

  public onEvent(listener: (event: StackEvent) => void): void {
    this.listeners.push(listener);
  }
}
