import { imageRollout } from '../../../../local/demo/apps/image-rollout';
import type { Seen } from '../../../../local/demo/step';
import { whatWasSeen } from '../a-step';
import { aFleet, aWorld } from '../a-world';

const step = (title: string) => imageRollout.steps.find((each) => each.title === title)!;
const withImage = (name: string, ofFleet = name) => aWorld({
  things: [aFleet({ ImageArn: `arn:aws:appstream:us-east-1:111111111111:image/${ofFleet}` }), { kind: 'image', name, state: 'AVAILABLE', facts: {} }],
});

describe('a rollout', () => {
  const { verify } = step('roll out the next AMI');
  const seen = whatWasSeen({ calls: ['CreateImportedImage', 'CreateImportedImage'], before: withImage('old'), after: withImage('new') });

  test.each<[string, Partial<Seen>, string[]]>([
    ['that replaces the image is what is wanted', {}, []],
    ['without a dry run is not', { calls: ['CreateImportedImage'] }, ['the AMI was not tried and then imported: CreateImportedImage']],
    ['that leaves the old image is not', { after: withImage('old') }, ['old is still there']],
    ['that leaves a fleet its image is not', { after: withImage('new', 'old') }, ['desktops has another image']],
    ['that stops a fleet is not', { calls: [...seen.calls, 'StopFleet'] }, ['a fleet was stopped']],
  ])('%s', (_what, change, problems) => {
    expect(verify({ ...seen, ...change })).toEqual(problems);
  });
});

test('a failure has to name the AMI, and to leave everything as it was', () => {
  const { verify } = step('roll out an AMI that is not there');
  const seen = whatWasSeen({ run: { exitCode: 1, output: 'The AMI ami-0a0a0a0a0a0a0a0a3 does not exist.' }, before: aWorld(), after: aWorld() });
  expect(verify(seen)).toEqual([]);
  expect(verify({ ...seen, run: { exitCode: 1, output: 'no' } })).toEqual(['the CLI does not name the AMI']);
});
