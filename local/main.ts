/** `npm run local`: the loopback as a server, until it is told to end. */
import { parseArgs } from 'util';
import { ScaledClock } from './clock';
import { interruption } from './interruption';
import { environmentOf, Loopback } from './loopback';

const HELP = `Starts the loopback AWS on 127.0.0.1 and prints the environment to export: for the CDK CLI, the aws command line and SDKs.

  npm run local -- [--port N] [--scale N]

  --port N    the port (default: a free one)
  --scale N   how much faster time passes than on the wall (default: 120, so that a fleet that starts for ten minutes takes five seconds)
  --help      shows this

Everything is forgotten when it ends. It ends on Ctrl-C, with exit code 1 if it was asked for anything that it does not imitate.`;

/** Real milliseconds between two looks for faults. */
const FAULT_INTERVAL = 500;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { port: { type: 'string' }, scale: { type: 'string', default: '120' }, help: { type: 'boolean', default: false } },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const port = numberOf('port', values.port ?? '0', { min: 0, max: 65535 });
  const scale = numberOf('scale', values.scale, { min: 1, max: 1000 });
  const interrupted = interruption();
  const loopback = await Loopback.start({ port, clock: new ScaledClock(scale) });
  // A profile would win over the keys, and a token belongs to others.
  console.log(`unset AWS_PROFILE AWS_SESSION_TOKEN; export ${Object.entries(environmentOf(loopback.url)).map((pair) => pair.join('=')).join(' ')}`);

  const reported = new Set<string>();
  const report = () => loopback.faults().filter((fault) => !reported.has(fault)).forEach((fault) => {
    reported.add(fault);
    console.error(`loopback fault: ${fault}`);
  });
  // At once, while whoever asked still knows for what.
  const reports = setInterval(report, FAULT_INTERVAL);
  await new Promise((resolve) => interrupted.aborted ? resolve(undefined) : interrupted.addEventListener('abort', resolve, { once: true }));
  clearInterval(reports);
  await loopback.stop();
  report();
  return reported.size > 0 ? 1 : 0;
}

function numberOf(name: string, text: string, { min, max }: { min: number; max: number }): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= min && value <= max)) {
    throw new Error(`--${name} must be a number from ${min} to ${max}, not ${JSON.stringify(text)}`);
  }
  return value;
}

main().then((code) => process.exit(code), (error: Error) => {
  console.error(error.message);
  process.exit(1);
});
