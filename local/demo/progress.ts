import { statesOf } from './picture';
import type { Terminal } from './terminal';
import type { Clock } from '../clock';
import type { StackEvent } from '../cloudformation';
import type { Reader } from './things/reader';

const STACK = 'AWS::CloudFormation::Stack';
/** Real milliseconds. */
const INTERVAL = 200;
const LOOK_INTERVAL = 500;
/** So that the board fits a small window. */
const MAX_ROWS = 8;

/** Shows what a command does while it runs: a board on a terminal, else a line for each change that tells something. */
export class Progress {
  private readonly begun = Date.now();
  private readonly underWay = new Map<string, StackEvent>();
  private readonly timers: NodeJS.Timeout[] = [];
  private done = 0;
  private since?: number;
  private stackStatus = 'the CDK CLI is at work';
  private seen: number;

  /**
   * @param states the line that tells the states before
   * @param events those of CloudFormation; what is added to them from now on is shown
   */
  constructor(
    private readonly terminal: Terminal,
    private readonly clock: Clock,
    private readonly read: Reader,
    private states: string,
    private readonly events: readonly StackEvent[],
  ) {
    this.seen = events.length;
  }

  public start(): void {
    this.timers.push(setInterval(() => this.show(), INTERVAL), setInterval(() => void this.look(), LOOK_INTERVAL));
  }

  public stop(): void {
    this.timers.forEach(clearInterval);
    this.show();
    this.terminal.board();
  }

  private show(): void {
    this.events.slice(this.seen).forEach((event) => this.note(event));
    this.seen = this.events.length;
    if (this.terminal.interactive) {
      this.draw();
    }
  }

  private note(event: StackEvent): void {
    const { LogicalResourceId: id, ResourceType: type, ResourceStatus: status, ResourceStatusReason: reason } = event;
    this.since ??= event.at;
    if (type === STACK) {
      this.stackStatus = status;
    } else if (!status.endsWith('_IN_PROGRESS')) {
      this.underWay.delete(id);
      this.done += 1;
    } else if (this.underWay.get(id)?.ResourceStatus !== status) {
      this.underWay.set(id, event);
    }
    const failed = status.endsWith('_FAILED');
    // The network and the roles tell nothing here.
    if (failed || type === STACK || (/^(AWS::(AppStream|GameLiftStreams|NimbleStudio)|Custom)::/.test(type) && !status.endsWith('_IN_PROGRESS'))) {
      this.tell(event.at, `${status}  ${id}  ${type}`, ...failed && reason !== undefined ? [`  ${reason}`] : []);
    }
  }

  private async look(): Promise<void> {
    // A look that fails needs no word: the step itself looks again at its end, and fails.
    const states = await this.read().then((things) => statesOf(things).join(', '), () => this.states);
    if (states !== this.states) {
      this.states = states;
      this.show();
      this.tell(this.clock.now(), states || 'nothing is there');
    }
  }

  private tell(at: number, ...lines: string[]): void {
    if (!this.terminal.interactive) {
      this.terminal.print(...lines.map((line, index) => `   ${(index === 0 ? minutes(at - (this.since ?? at)) : '').padStart(8)}  ${line}`));
    }
  }

  private draw(): void {
    const { terminal, underWay } = this;
    const now = this.clock.now();
    const rows = [...underWay.values()].sort((one, other) => one.at - other.at);
    const last = this.stackStatus.endsWith('_IN_PROGRESS') ? now : this.events[this.seen - 1]?.at;
    const elapsed = `${Math.round((Date.now() - this.begun) / 1000)} s, ${minutes(this.since === undefined ? 0 : last - this.since)}`;
    terminal.board(
      `   ${terminal.style('yellow', this.stackStatus)}, ${this.done} resources done  ${terminal.style('dim', elapsed)}`,
      ...rows.slice(0, MAX_ROWS).map(({ LogicalResourceId, ResourceType, ResourceStatus, at }) =>
        `   ${minutes(now - at).padStart(8)}  ${ResourceStatus}  ${LogicalResourceId}  ${terminal.style('dim', ResourceType)}`),
      ...rows.length > MAX_ROWS ? [`             and ${rows.length - MAX_ROWS} more`] : [],
      ...this.states ? [`   ${terminal.style('bold', this.states)}`] : [],
    );
  }
}

function minutes(ms: number): string {
  return `${(ms / 60_000).toFixed(1)} min`;
}
