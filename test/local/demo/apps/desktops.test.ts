import { desktops } from '../../../../local/demo/apps/desktops';
import type { Seen } from '../../../../local/demo/step';
import { whatWasSeen } from '../a-step';
import { aFleet, aWorld } from '../a-world';

const step = (title: string) => desktops.steps.find((each) => each.title === title)!;
const another = aWorld({ deployments: aWorld().deployments.map((deployment) => ({ ...deployment, outputs: { FleetName: 'another' } })) });

describe('a replacement', () => {
  const { verify } = step('change what only a stopped fleet lets be changed');
  const calls = ['DisassociateFleet', 'ExpireSession', 'DisassociateFleet', 'AssociateFleet', 'DescribeFleets', 'StopFleet'];
  const seen = whatWasSeen({ after: another, calls });

  test.each<[string, Partial<Seen>, string[]]>([
    ['by another fleet, whose user is out first, is what is wanted', {}, []],
    ['by the same fleet is not', { after: aWorld() }, ['the fleet is the same']],
    ['that stops the fleet under its user is not', { calls: ['AssociateFleet', 'StopFleet', 'ExpireSession'] },
      ['the fleets were not swapped as they should be: AssociateFleet, StopFleet, ExpireSession']],
    ['that swaps nothing is not', { calls: ['DescribeFleets'] }, ['the fleets were not swapped as they should be: ']],
  ])('%s', (_what, other, problems) => {
    expect(verify({ ...seen, ...other })).toEqual(problems);
  });
});

describe('a failure', () => {
  const { verify } = step('change the training room while it is open');
  const said = 'AppStream changes Description only while it is stopped: stop it and deploy again';
  const seen = whatWasSeen({ run: { exitCode: 1, output: `it failed: ${said}` } });

  test.each<[string, Partial<Seen>, string[]]>([
    ['with the sentence, that touches nothing, is what is wanted', {}, []],
    ['without the sentence is not', { run: { exitCode: 1, output: 'it failed' } }, [`the CLI does not say "${said}"`]],
    ['that touches the fleet is not', { after: aWorld({ things: [aFleet({ Description: 'Other' }), ...aWorld().things.slice(1)] }) },
      ['world.fleet desktops.Description was "Desktops" and is "Other"']],
  ])('%s', (_what, other, problems) => {
    expect(verify({ ...seen, ...other })).toEqual(problems);
  });
});
