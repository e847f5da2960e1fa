import { type ChildProcess, spawn } from 'child_process';
import { join } from 'path';
import type { Readable } from 'stream';
import type { DeployedFunction } from './deployed-function';
import { failure, type Outcome } from './invocation';
import type { LogWriter } from './log-writer';
import type { RuntimeEvent, RuntimePeer } from './runtime-api';
import type { Caller } from '../../wire/service';

/** Where the process gets its work and who it is. */
export interface SandboxOptions {
  readonly runtimeApi: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly caller: Caller;
  readonly logs: LogWriter;
  /** Told when the process tried to leave the loopback, or needs what that does not imitate. */
  readonly onReport: (what: string) => void;
}

interface Running {
  readonly requestId: string;
  readonly event: RuntimeEvent;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: unknown) => void;
  /** The streams of the process from which all lines of the invocation have come through. */
  readonly flushed: Set<Readable>;
  outcome?: Outcome;
  delivered?: number;
  timer?: NodeJS.Timeout;
}

const BOOTSTRAP = join(__dirname, '..', '..', 'lambda-runtime', 'bootstrap.mjs');
/** Lambda's limit for the answer of a synchronous invocation, in bytes. */
const ANSWER_LIMIT = 6_291_556;
/** What Lambda gives a process to load the function's code, in real milliseconds. */
const INIT_LIMIT = 10_000;

/** One process of a function: takes one invocation at a time, and stays warm for the next. */
export class Sandbox implements RuntimePeer {
  public readonly caller: Caller;
  /** Real time at which it became idle. */
  public idleSince = Date.now();
  public readonly ended: Promise<void>;
  private readonly child: ChildProcess;
  private running?: Running;
  private waiting?: (event: RuntimeEvent) => void;
  private exit?: string;
  private crash?: Outcome;
  private readonly streams: Readable[];

  constructor(readonly deployed: DeployedFunction, private readonly options: SandboxOptions) {
    this.caller = options.caller;
    const heap = `--max-old-space-size=${deployed.configuration.MemorySize}`;
    this.child = spawn(process.execPath, [heap, BOOTSTRAP], {
      cwd: deployed.code.directory,
      env: { ...options.environment, AWS_LAMBDA_RUNTIME_API: options.runtimeApi },
      // The process ends with its standard input, so it cannot outlive the loopback. The fourth is for reports.
      stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
    });
    const [, stdout, stderr, reports] = this.child.stdio as Readable[];
    const logLine = (line: string) => options.logs.add(line);
    this.streams = [stdout, stderr, reports];
    this.streams.forEach((stream) => eachLine(stream, (line) => this.line(stream, line, stream === reports ? options.onReport : logLine)));
    this.ended = new Promise((resolve) => {
      this.child.once('error', (error) => this.close(error.message));
      this.child.once('close', (code, signal) => {
        this.close(signal ? `signal: ${signal === 'SIGKILL' ? 'killed' : signal}` : `exit status ${code}`);
        resolve(this.options.logs.flush());
      });
    });
  }

  public get busy(): boolean {
    return this.running !== undefined;
  }

  public get dead(): boolean {
    return this.exit !== undefined;
  }

  public invoke(requestId: string, event: RuntimeEvent): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      this.running = { requestId, event, resolve, reject, flushed: new Set() };
      if (this.dead) {
        this.close(this.exit!);
      } else if (this.waiting) {
        this.deliver();
      } else {
        this.limit(INIT_LIMIT + this.deployed.configuration.Timeout * 1000);
      }
    });
  }

  public kill(): void {
    this.child.kill('SIGKILL');
  }

  public next(): Promise<RuntimeEvent> {
    return new Promise((resolve) => {
      this.waiting = resolve;
      if (this.running && this.running.delivered === undefined) {
        this.deliver();
      }
    });
  }

  public answer(requestId: string, kind: 'response' | 'error', payload: string): void {
    if (this.running?.requestId === requestId) {
      this.running.outcome ??= kind === 'error' ? { functionError: 'Unhandled', payload } : sized(requestId, payload);
      this.settle();
    }
  }

  public initError(payload: string): void {
    this.crash = { functionError: 'Unhandled', payload };
  }

  private deliver(): void {
    const running = this.running!;
    const { Timeout } = this.deployed.configuration;
    running.delivered = Date.now();
    this.limit(Timeout * 1000);
    this.options.logs.add(`START RequestId: ${running.requestId} Version: $LATEST`);
    this.waiting!({
      ...running.event,
      headers: { ...running.event.headers, 'lambda-runtime-deadline-ms': String(running.delivered + Timeout * 1000) },
    });
    this.waiting = undefined;
  }

  /**
   * A function's time-out is real time, even where the clock of the loopback runs faster:
   * its code runs no faster than on AWS, and would be killed for it.
   */
  private limit(ms: number): void {
    const running = this.running!;
    clearTimeout(running.timer);
    running.timer = setTimeout(() => {
      const seconds = this.deployed.configuration.Timeout.toFixed(2);
      running.outcome = failure(running.requestId, 'Sandbox.Timedout', `Task timed out after ${seconds} seconds`);
      this.options.logs.add(`${running.requestId} Task timed out after ${seconds} seconds`);
      this.kill();
    }, ms);
  }

  private line(stream: Readable, line: string, take: (text: string) => void): void {
    const [text, ended] = line.split('\u001e');
    if (text !== '') {
      take(text);
    }
    if (ended !== undefined && ended === this.running?.requestId) {
      this.running.flushed.add(stream);
      this.settle();
    }
  }

  /** The invocation is over once its answer and all its lines are here, or once the process is gone. */
  private settle(): void {
    const { running } = this;
    const complete = this.dead || (running?.outcome && running.flushed.size === this.streams.length);
    if (!running || !complete) {
      return;
    }
    clearTimeout(running.timer);
    this.running = undefined;
    this.idleSince = Date.now();
    const outcome = running.outcome ?? this.crash ?? failure(running.requestId, 'Runtime.ExitError', `Runtime exited with error: ${this.exit}`);
    this.report(running);
    this.options.logs.flush().then(() => running.resolve(outcome), running.reject);
  }

  private report({ requestId, delivered = Date.now() }: Running): void {
    const ms = Date.now() - delivered;
    this.options.logs.add(`END RequestId: ${requestId}`);
    this.options.logs.add(`REPORT RequestId: ${requestId}\tDuration: ${ms}.00 ms\tBilled Duration: ${ms} ms\tMemory Size: ${this.deployed.configuration.MemorySize} MB`);
  }

  private close(reason: string): void {
    this.exit ??= reason;
    this.settle();
  }
}

/** Only line feeds end a line: Lambda's console puts carriage returns into messages of more than one. */
function eachLine(stream: Readable, handle: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const lines = `${rest}${chunk}`.split('\n');
    rest = lines.pop()!;
    lines.forEach(handle);
  });
  stream.on('end', () => rest && handle(rest));
}

function sized(requestId: string, payload: string): Outcome {
  const bytes = Buffer.byteLength(payload);
  return bytes > ANSWER_LIMIT
    ? failure(requestId, 'Function.ResponseSizeTooLarge', `Response payload size (${bytes} bytes) exceeded maximum allowed payload size (${ANSWER_LIMIT} bytes).`)
    : { payload };
}
