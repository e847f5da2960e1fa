import type { World } from './world';

/** The world in a few lines. */
export function pictureOf({ fleets, builders, stacks, deployments }: World): string[] {
  const rows = [
    ...fleets.map(({ Name, State, Description, ComputeCapacityStatus, FleetErrors = [] }) => [
      'fleet', Name, State, [
        `${ComputeCapacityStatus?.Running ?? 0} of ${ComputeCapacityStatus?.Desired} instances run`,
        ...Description === undefined ? [] : [JSON.stringify(Description)],
        ...FleetErrors.map(({ ErrorCode }) => ErrorCode),
      ].join(', '),
    ]),
    ...builders.map(({ Name, State }) => ['builder', Name, State]),
    ...stacks.map(({ Name, associatedFleets }) => ['stack', Name, associatedFleets.length > 0 ? `streams ${associatedFleets.join(', ')}` : 'has no fleet']),
    ...deployments.map(({ name, status, resources }) => ['CloudFormation', name, status, `${resources.length} resources`]),
  ].map((row) => row.map((cell) => cell ?? ''));
  return rows.length === 0 ? ['AppStream and CloudFormation have nothing'] : aligned(rows);
}

/** What a deployment has led to, in one line. */
export function outcomeOf({ fleets, builders, stacks, deployments }: World): string {
  const parts = [
    ...deployments.map(({ status }) => status),
    ...statesOf({ fleets, builders }),
    ...stacks.filter(({ associatedFleets }) => !fleets.some(({ Name }) => associatedFleets.includes(Name!))).map(() => 'stack without a fleet'),
  ];
  return parts.length === 0 ? 'nothing is left' : parts.join(', ');
}

/** e.g. `fleet RUNNING`, `builder STOPPED` */
export function statesOf({ fleets, builders }: Pick<World, 'fleets' | 'builders'>): string[] {
  return [...fleets.map(({ State }) => `fleet ${State}`), ...builders.map(({ State }) => `builder ${State}`)];
}

/** What is another in one world than in the other, but for how CloudFormation calls the state of its stacks. */
export function changesBetween(before: World, after: World): string[] {
  const [was, is] = [before, after].map(({ deployments, ...rest }) =>
    new Map(leaves('world', { ...rest, deployments: deployments.map(({ status: _status, ...deployment }) => deployment) })));
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
