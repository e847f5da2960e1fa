import type { DemoApp } from '../demo-app';
import { deploy, DESTROY, lambdasWorked, nothingHappened, type Seen } from '../step';
import type { Thing } from '../things/reader';

/** Editors out of S3: deployed, given another disk under their users, and given up. */
export const elasticApps: DemoApp = {
  name: 'elastic-apps',
  about: 'AppStream 2.0: two editors on a virtual hard disk, for an Elastic fleet, a department for each',
  service: 'appstream',
  steps: [
    {
      title: 'first deploy',
      action: deploy(),
      expected: 'CREATE_COMPLETE, fleet RUNNING, app block ACTIVE, theme ENABLED',
      verify: (seen) => [...lambdasWorked(seen), ...entitled(seen)],
    },
    {
      title: 'deploy without a change',
      action: deploy(),
      expected: 'CREATE_COMPLETE, fleet RUNNING, app block ACTIVE, theme ENABLED',
      verify: nothingHappened,
    },
    {
      title: 'give users the next release of the editors',
      action: deploy('-c', 'release=2'),
      expected: 'UPDATE_COMPLETE, fleet RUNNING, app block ACTIVE, theme ENABLED',
      verify: movedOver,
    },
    DESTROY,
  ],
  reserves: {
    'states:StopExecution': 'for requests that are overtaken by newer ones',
  },
};

/** Writers have the text editor, and designers both. */
function entitled({ after }: Seen): string[] {
  const text = after.things.find(({ kind, detail }) => kind === 'application' && detail?.startsWith('Text editor'))?.name;
  const is = detailsOf(after.things, 'entitlement').sort().join('; ');
  const expected = `of department Design to all applications; of department Writing to ${text}`;
  return is === expected ? [] : [`the entitlements are "${is}", where "${expected}" was expected`];
}

/** There is another app block, both applications are of it, the theme says so, and the fleet ran on. */
function movedOver(seen: Seen): string[] {
  const { before, after, calls } = seen;
  const named = (things: readonly Thing[], kind: string) => things.filter((thing) => thing.kind === kind).map(({ name }) => name).join(', ');
  const appBlock = named(after.things, 'app block');
  const left = after.things.filter(({ kind, detail }) => kind === 'application' && !detail?.endsWith(`of ${appBlock}`));
  return [
    ...appBlock === named(before.things, 'app block') ? [`the app block is still ${appBlock}`] : [],
    ...left.map(({ name, detail }) => `the application ${name} is ${detail}`),
    ...detailsOf(after.things, 'theme').filter((detail) => !detail.startsWith('"Editors 2"')).map((detail) => `the theme is ${detail}`),
    ...entitled(seen),
    ...calls.includes('StopFleet') ? ['the fleet was stopped'] : [],
  ];
}

function detailsOf(things: readonly Thing[], wanted: string): string[] {
  return things.flatMap(({ kind, detail }) => kind === wanted && detail !== undefined ? [detail] : []);
}
