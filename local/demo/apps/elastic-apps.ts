import type { DemoApp } from '../demo-app';
import { cdk, deploy, lambdasWorked, nothingHappened, type Seen } from '../step';
import type { Thing } from '../things/reader';

/** Editors out of S3: deployed, given another disk under their users, and given up. */
export const elasticApps: DemoApp = {
  name: 'elastic-apps',
  about: 'AppStream 2.0: two editors on a virtual hard disk, for an Elastic fleet',
  service: 'appstream',
  steps: [
    {
      title: 'first deploy',
      action: deploy(),
      expected: 'CREATE_COMPLETE, fleet RUNNING, app block ACTIVE',
      verify: lambdasWorked,
    },
    {
      title: 'deploy without a change',
      action: deploy(),
      expected: 'CREATE_COMPLETE, fleet RUNNING, app block ACTIVE',
      verify: nothingHappened,
    },
    {
      title: 'give users the next release of the editors',
      action: deploy('-c', 'release=2'),
      expected: 'UPDATE_COMPLETE, fleet RUNNING, app block ACTIVE',
      verify: movedOver,
    },
    {
      title: 'destroy',
      action: cdk('destroy', '--force'),
      expected: 'nothing is left',
      verify: lambdasWorked,
    },
  ],
  reserves: {
    'states:StopExecution': 'for requests that are overtaken by newer ones',
    'appstream:ListTagsForResource': 'for a change of what only a stopped fleet lets be changed',
  },
};

/** There is another app block, both applications are of it, and the fleet ran on. */
function movedOver({ before, after, calls }: Seen): string[] {
  const named = (things: readonly Thing[], kind: string) => things.filter((thing) => thing.kind === kind).map(({ name }) => name).join(', ');
  const appBlock = named(after.things, 'app block');
  const left = after.things.filter(({ kind, detail }) => kind === 'application' && !detail?.endsWith(`of ${appBlock}`));
  return [
    ...appBlock === named(before.things, 'app block') ? [`the app block is still ${appBlock}`] : [],
    ...left.map(({ name, detail }) => `the application ${name} is ${detail}`),
    ...calls.includes('StopFleet') ? ['the fleet was stopped'] : [],
  ];
}
