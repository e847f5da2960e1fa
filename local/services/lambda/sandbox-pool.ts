import { randomBytes } from 'crypto';
import { type DeployedFunction, logGroupOf } from './deployed-function';
import { environmentOf } from './environment';
import type { Outcome } from './invocation';
import { LogWriter } from './log-writer';
import { RuntimeApi, type RuntimeEvent } from './runtime-api';
import { Sandbox } from './sandbox';
import type { Cloud } from '../../cloud';
import { AwsError } from '../../wire/aws-error';
import type { Caller } from '../../wire/service';
import type { Logs } from '../cloudwatch-logs/logs';
import type { Iam } from '../iam/iam';

export interface SandboxPoolOptions {
  /** How many processes there may be at a time; invocations beyond wait. */
  readonly maxProcesses: number;
  /** Whether invocations still go to this version of the function. */
  readonly isCurrent: (deployed: DeployedFunction) => boolean;
  readonly onReport: (what: string) => void;
}

/** Real milliseconds after which a process without work ends. */
const IDLE_LIMIT = 60_000;
/**
 * Real milliseconds that an invocation waits for a busy process of its function before another starts: about what a start takes.
 * The first step of an execution comes while the invocation that began it is about to end.
 */
const BUSY_LIMIT = 200;

/** The processes of all functions: warm ones are used again, and few are kept. */
export class SandboxPool {
  private readonly runtimeApi = new RuntimeApi();
  private readonly sandboxes = new Set<Sandbox>();
  private readonly idle = new Set<Sandbox>();
  private readonly waiting: (() => void)[] = [];
  private starting = 0;
  private stopped = false;
  private readonly reaper = setInterval(() => this.reap(), IDLE_LIMIT / 4).unref();

  constructor(
    private readonly cloud: Cloud,
    private readonly iam: Iam,
    private readonly logs: Logs,
    private readonly options: SandboxPoolOptions,
  ) {}

  public async run(deployed: DeployedFunction, requestId: string, event: RuntimeEvent): Promise<Outcome> {
    const sandbox = await this.acquire(deployed);
    try {
      return await sandbox.invoke(requestId, event);
    } finally {
      this.release(sandbox);
    }
  }

  public find(matches: (sandbox: Sandbox) => boolean): Sandbox[] {
    return [...this.sandboxes].filter(matches);
  }

  /** Ends the processes of a version that gets no more invocations; what runs may finish. */
  public retire(deployed: DeployedFunction): void {
    [...this.idle].filter((sandbox) => sandbox.deployed === deployed).forEach((sandbox) => this.end(sandbox));
  }

  public async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.reaper);
    const ended = [...this.sandboxes].map((sandbox) => this.end(sandbox));
    this.wake();
    await Promise.all(ended);
    await this.runtimeApi.stop();
  }

  private async acquire(deployed: DeployedFunction): Promise<Sandbox> {
    const impatient = Date.now() + BUSY_LIMIT;
    for (;;) {
      this.checkStopped();
      const own = [...this.sandboxes].filter((sandbox) => sandbox.deployed === deployed && !sandbox.dead);
      const warm = own.find((sandbox) => this.idle.has(sandbox));
      if (warm) {
        this.idle.delete(warm);
        return warm;
      }
      const patience = impatient - Date.now();
      if (own.length > 0 && patience > 0) {
        await this.change(patience);
        continue;
      }
      if (this.sandboxes.size + this.starting < this.options.maxProcesses) {
        return this.start(deployed);
      }
      const [longestIdle] = [...this.idle].sort((one, other) => one.idleSince - other.idleSince);
      if (longestIdle) {
        await this.end(longestIdle);
      } else {
        await this.change();
      }
    }
  }

  private async start(deployed: DeployedFunction): Promise<Sandbox> {
    this.starting += 1;
    try {
      const credentials = this.credentials(deployed);
      const caller: Caller = { accessKeyId: credentials.accessKeyId, sessionToken: credentials.sessionToken, roleArn: deployed.configuration.Role };
      await this.decryptEnvironment(deployed, caller);
      this.checkStopped();
      const id = randomBytes(16).toString('hex');
      const day = new Date(this.cloud.clock.now()).toISOString().slice(0, 10).replace(/-/g, '/');
      const logs = new LogWriter(this.cloud, this.iam, this.logs, caller, logGroupOf(deployed), `${day}/[$LATEST]${id}`);
      const environment = environmentOf(this.cloud, deployed, credentials, logs.stream);
      const runtimeApi = await this.runtimeApi.address(id);
      this.checkStopped();
      const sandbox = new Sandbox(deployed, { environment, runtimeApi, caller, logs, onReport: this.options.onReport });
      this.runtimeApi.register(id, sandbox);
      this.sandboxes.add(sandbox);
      void sandbox.ended.then(() => {
        this.runtimeApi.unregister(id);
        this.forget(sandbox);
      });
      return sandbox;
    } finally {
      this.starting -= 1;
      this.wake();
    }
  }

  private checkStopped(): void {
    if (this.stopped) {
      throw new AwsError('ServiceException', 'the loopback has stopped');
    }
  }

  private credentials({ name, configuration }: DeployedFunction) {
    try {
      return this.iam.issueCredentials(configuration.Role, { service: 'lambda.amazonaws.com', session: name });
    } catch {
      throw new AwsError('AccessDeniedException', 'The role defined for the function cannot be assumed by Lambda.', 403);
    }
  }

  private async decryptEnvironment({ configuration }: DeployedFunction, caller: Caller): Promise<void> {
    const { KMSKeyArn, Environment } = configuration;
    if (!KMSKeyArn || Object.keys(Environment?.Variables ?? {}).length === 0) {
      return;
    }
    try {
      await this.iam.require(caller, 'kms:Decrypt', [KMSKeyArn]);
    } catch (error) {
      throw error instanceof AwsError && error.code === 'AccessDeniedException'
        ? new AwsError('KMSAccessDeniedException', `Lambda was unable to decrypt the environment variables because KMS access was denied. ${error.message}`, 502)
        : error;
    }
  }

  private release(sandbox: Sandbox): void {
    if (sandbox.dead || this.stopped || !this.options.isCurrent(sandbox.deployed)) {
      void this.end(sandbox);
    } else {
      this.idle.add(sandbox);
      this.wake();
    }
  }

  private end(sandbox: Sandbox): Promise<void> {
    this.idle.delete(sandbox);
    sandbox.kill();
    return sandbox.ended;
  }

  private forget(sandbox: Sandbox): void {
    this.sandboxes.delete(sandbox);
    this.idle.delete(sandbox);
    this.wake();
  }

  /** Resolves when a process is ready or gone, or when the time is over. */
  private change(limit?: number): Promise<void> {
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      if (limit !== undefined) {
        setTimeout(resolve, limit);
      }
    });
  }

  private wake(): void {
    // All of them look again: the place that came free may not be for the first.
    this.waiting.splice(0).forEach((resolve) => resolve());
  }

  private reap(): void {
    [...this.idle].filter(({ idleSince }) => Date.now() - idleSince > IDLE_LIMIT).forEach((sandbox) => this.end(sandbox));
  }
}
