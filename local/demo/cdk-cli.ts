import { spawn } from 'child_process';
import { join } from 'path';
import { environmentOf } from '../loopback';

const ROOT = join(__dirname, '..', '..');

export interface CdkCliOptions {
  /** The folder below `examples/`. */
  readonly app: string;
  /** The loopback's. */
  readonly url: string;
  /** Where everything goes that the CLI and the app write. Must exist. */
  readonly directory: string;
  /** Is given the output as it comes. */
  readonly onOutput: (text: string) => void;
  /** Ends what runs. */
  readonly signal: AbortSignal;
}

export interface CdkRun {
  readonly exitCode: number;
  readonly output: string;
}

/** Real milliseconds that a killed CLI has for its last words. */
const GRACE = 2_000;

/** The CDK CLI as npm installed it, in the folder of an example. */
export class CdkCli {
  /** aws-cdk-lib's validation of templates takes longer than all else of a command: an app's first has it. */
  private validated = false;

  constructor(private readonly options: CdkCliOptions) {}

  /** Runs a command to its end. Rejects only when it is ended by the signal. */
  public run(command: readonly string[]): Promise<CdkRun> {
    const { app, signal, directory, onOutput } = this.options;
    signal.throwIfAborted();
    const cli = join(ROOT, 'node_modules', 'aws-cdk', 'bin', 'cdk');
    const child = spawn(process.execPath, [cli, ...command, '--output', join(directory, 'cdk.out')], {
      cwd: join(ROOT, 'examples', app),
      env: { ...this.environment(), CDK_VALIDATION: String(!this.validated) },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A process group of its own: it is ended with the app that it runs, and not behind our back by the terminal.
      detached: true,
    });
    this.validated = true;
    let output = '';
    [child.stdout, child.stderr].forEach((stream) => stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      onOutput(text);
    }));
    const kill = (name: NodeJS.Signals) => {
      try {
        process.kill(-child.pid!, name);
      } catch {
        // It has ended by itself.
      }
    };
    return new Promise((resolve, reject) => {
      let killing: NodeJS.Timeout | undefined;
      const end = () => {
        kill('SIGTERM');
        killing = setTimeout(() => kill('SIGKILL'), GRACE);
      };
      signal.addEventListener('abort', end, { once: true });
      child.once('error', reject);
      child.once('close', (code) => {
        signal.removeEventListener('abort', end);
        clearTimeout(killing);
        if (signal.aborted) {
          reject(new Error(String(signal.reason)));
        } else {
          resolve({ exitCode: code ?? 1, output });
        }
      });
    });
  }

  /** Made from nothing, so that no profile, proxy or other endpoint of whoever runs the demo gets in. */
  private environment(): NodeJS.ProcessEnv {
    const { url, directory } = this.options;
    return {
      ...environmentOf(url),
      PATH: process.env.PATH,
      HOME: directory,
      // The CLI looks for its cache at the home of the user and not at HOME.
      CDK_HOME: directory,
      TMPDIR: directory,
      AWS_CONFIG_FILE: join(directory, 'no-config'),
      AWS_SHARED_CREDENTIALS_FILE: join(directory, 'no-credentials'),
      CI: '1',
    };
  }
}
