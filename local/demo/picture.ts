import type { Thing } from './things/reader';
import type { World } from './world';

/** The world in a few lines. */
export function pictureOf({ things, deployments }: World): string[] {
  const rows = [
    ...things.map(({ kind, name, state = '', detail = '' }) => [kind, name, state, detail]),
    ...deployments.map(({ name, status, resources }) => ['CloudFormation', name, status, `${resources.length} resources`]),
  ];
  return rows.length === 0 ? ['the account has nothing'] : aligned(rows);
}

/** What a step has led to, in one line. */
export function outcomeOf({ things, deployments }: World): string {
  const parts = [...deployments.map(({ status }) => status), ...statesOf(things)];
  if (parts.length > 0) {
    return parts.join(', ');
  }
  return things.length === 0 ? 'nothing is left' : things.map(({ kind, name }) => `${kind} ${name}`).join(', ');
}

/** e.g. `fleet RUNNING`, `builder STOPPED` */
export function statesOf(things: readonly Thing[]): string[] {
  return things.flatMap(({ kind, state }) => state === undefined ? [] : [`${kind} ${state}`]);
}

/** What is another in one world than in the other, but for how CloudFormation calls the state of its stacks. */
export function changesBetween(before: World, after: World): string[] {
  const [was, is] = [before, after].map(({ things, deployments }) => new Map(leaves('world', {
    ...Object.fromEntries(things.map((thing) => [`${thing.kind} ${thing.name}`, thing.facts])),
    deployments: deployments.map(({ status: _status, ...deployment }) => deployment),
  })));
  return [...new Set([...was.keys(), ...is.keys()])]
    .filter((path) => was.get(path) !== is.get(path))
    .map((path) => `${path} was ${was.get(path) ?? 'absent'} and is ${is.get(path) ?? 'absent'}`);
}

function leaves(path: string, value: unknown): (readonly [path: string, leaf: string])[] {
  if (typeof value !== 'object' || value === null || value instanceof Date) {
    return value === undefined ? [] : [[path, JSON.stringify(value)]];
  }
  const entries = Object.entries(value);
  return entries.length === 0 ? [[path, JSON.stringify(value)]] : entries.flatMap(([name, member]) => leaves(`${path}.${name}`, member));
}

/** Cells under each other. */
export function aligned(rows: readonly (readonly string[])[]): string[] {
  const width = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(width(column))).join('  ').trimEnd());
}
