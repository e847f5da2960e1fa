import { execFileSync } from 'child_process';

/** How long something took, in milliseconds. */
export interface Measurement {
  /** Of the processor, in all threads: what else the machine does counts little. */
  readonly cpu: number;
  readonly wall: number;
}

/** The shorter of two, each by itself. */
export function best(a: Measurement, b: Measurement): Measurement {
  return { cpu: Math.min(a.cpu, b.cpu), wall: Math.min(a.wall, b.wall) };
}

/** What is in the middle: half of them are less, half of them more. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.slice(Math.ceil(sorted.length / 2) - 1, Math.floor(sorted.length / 2) + 1);
  return middle.reduce((a, b) => a + b) / middle.length;
}

/** Runs Node.js in a new process, without what this one has in its environment, and reads the JSON that it prints. */
export function inNewProcess<T>(args: readonly string[], environment: Record<string, string> = {}): T {
  return JSON.parse(execFileSync(process.execPath, args, { env: { PATH: process.env.PATH, NODE_NO_WARNINGS: '1', ...environment }, encoding: 'utf8' })) as T;
}

/** As text for people. */
export function milliseconds({ cpu, wall }: Measurement): string {
  return `${rounded(cpu)} ms (wall ${rounded(wall)} ms)`;
}

function rounded(value: number): string {
  return value < 10 ? value.toFixed(1) : value.toFixed(0);
}
