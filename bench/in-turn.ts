import { fork, type ChildProcess } from 'child_process';
import { once } from 'events';
import type { Measurement } from './measurement';

/**
 * Lets processes that stay alive measure the same in turn.
 *
 * A busy machine becomes faster and slower by the second. What is measured within the same seconds can be compared all the same.
 *
 * @param workers the arguments of each process, which answers each message with how long it took.
 * @param messages what all processes are told, one after the other.
 * @returns by message, then by process.
 */
export async function inTurn(
  workers: readonly (readonly string[])[], messages: readonly number[], environment: Record<string, string>,
): Promise<Measurement[][]> {
  const processes = workers.map((args) => begin(args, environment));
  const measurements: Measurement[][] = [];
  for (const [turn, message] of messages.entries()) {
    const answers = new Map<ChildProcess, Measurement>();
    // Nobody is always the first.
    const first = turn % processes.length;
    for (const each of [...processes.slice(first), ...processes.slice(0, first)]) {
      each.send(message);
      const [answer] = await once(each, 'message');
      answers.set(each, answer);
    }
    measurements.push(processes.map((each) => answers.get(each)!));
  }
  processes.forEach((each) => each.disconnect());
  return measurements;
}

function begin([module, ...args]: readonly string[], environment: Record<string, string>): ChildProcess {
  // Without what translates TypeScript in this process.
  const child = fork(module, args, { execArgv: [], env: { PATH: process.env.PATH, NODE_NO_WARNINGS: '1', ...environment } });
  // Otherwise who waits for an answer of it would wait for ever.
  return child.once('exit', (code) => code === 0 || child.emit('error', new Error(`${args.join(' ')}: ended with ${code}`)));
}
