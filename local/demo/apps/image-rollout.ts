import type { DemoApp } from '../demo-app';
import { changesBetween } from '../picture';
import { deploy, DESTROY, lambdasWorked, type Seen } from '../step';

const MINUTE = 60_000;
const [FIRST, SECOND, MISSING] = ['ami-0a0a0a0a0a0a0a0a1', 'ami-0a0a0a0a0a0a0a0a2', 'ami-0a0a0a0a0a0a0a0a3'];
const ROLLED_OUT = 'fleet RUNNING, fleet RUNNING, image AVAILABLE, image AVAILABLE';

/** An image on its way to two fleets, another Region and another account; the next one; one that there is not. */
export const imageRollout: DemoApp = {
  name: 'image-rollout',
  about: 'AppStream 2.0: an AMI on its way to the fleets',
  service: 'appstream',
  loopback: { appstream: { amis: [FIRST, SECOND], durations: { imageImport: 10 * MINUTE, imageCopy: 5 * MINUTE, fleetStart: 5 * MINUTE } } },
  steps: [
    {
      title: 'first deploy',
      action: deploy(),
      expected: `CREATE_COMPLETE, ${ROLLED_OUT}`,
      verify: (seen) => [...lambdasWorked(seen), ...tried(seen)],
    },
    {
      title: 'roll out the next AMI',
      action: deploy('--parameters', `Ami=${SECOND}`),
      expected: `UPDATE_COMPLETE, ${ROLLED_OUT}`,
      verify: (seen) => [...lambdasWorked(seen), ...tried(seen), ...replaced(seen)],
    },
    {
      title: 'roll out an AMI that is not there',
      action: deploy('--parameters', `Ami=${MISSING}`),
      expected: `UPDATE_ROLLBACK_COMPLETE, ${ROLLED_OUT}`,
      exitCode: 1,
      verify: (seen) => [
        ...seen.run.output.includes(`The AMI ${MISSING} does not exist`) ? [] : ['the CLI does not name the AMI'],
        ...changesBetween(seen.before, seen.after),
      ],
    },
    DESTROY,
  ],
  reserves: {
    'states:StopExecution': 'for requests that are overtaken by newer ones',
    'appstream:TagResource': 'an imported image has its tags from the beginning; for those that change',
    'appstream:UntagResource': 'for tags that an image has no longer',
    'ec2:DescribeImages': 'for AppStream, which reads the AMI out of sight',
    'ec2:ModifyImageAttribute': 'for AppStream, which reads the AMI out of sight',
  },
};

/** What is wrong with an AMI shows in a dry run first. */
function tried({ calls }: Seen): string[] {
  const imports = calls.filter((call) => call === 'CreateImportedImage').length;
  return imports === 2 ? [] : [`the AMI was not tried and then imported: ${calls.join(', ')}`];
}

/** New images have taken the place of the old ones, on the fleets as well, and no fleet was stopped for them. */
function replaced({ calls, before, after }: Seen): string[] {
  const images = ({ things }: Seen['before']) => things.filter(({ kind }) => kind === 'image').map(({ name }) => name);
  const fleets = after.things.filter(({ kind }) => kind === 'fleet');
  return [
    ...images(after).filter((name) => images(before).includes(name)).map((name) => `${name} is still there`),
    ...fleets.filter(({ facts }) => !images(after).some((name) => hasImage(facts, name))).map(({ name }) => `${name} has another image`),
    ...calls.includes('StopFleet') ? ['a fleet was stopped'] : [],
  ];
}

function hasImage(facts: object, name: string): boolean {
  return 'ImageArn' in facts && String(facts.ImageArn).endsWith(`:image/${name}`);
}
