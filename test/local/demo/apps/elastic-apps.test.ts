import { elasticApps } from '../../../../local/demo/apps/elastic-apps';
import type { World } from '../../../../local/demo/world';
import { whatWasSeen } from '../a-step';
import { aWorld } from '../a-world';

/** With an app block of a name, and an application of one. */
function editors(appBlock: string, of = appBlock): World {
  return aWorld({
    things: [
      { kind: 'app block', name: appBlock, state: 'ACTIVE', facts: {} },
      { kind: 'application', name: 'editor', detail: `Editor, of ${of}`, facts: {} },
    ],
  });
}

describe('another release', () => {
  const { verify } = elasticApps.steps.find(({ title }) => title.startsWith('give users'))!;

  test.each<[string, World, string[], string[]]>([
    ['to which the applications have gone is what is wanted', editors('editors-2'), [], []],
    ['that is none is not', editors('editors-1'), [], ['the app block is still editors-1']],
    ['to which an application has not gone is not', editors('editors-2', 'editors-1'), [], ['the application editor is Editor, of editors-1']],
    ['for which the fleet was stopped is not', editors('editors-2'), ['StopFleet'], ['the fleet was stopped']],
  ])('%s', (_what, after, calls, problems) => {
    expect(verify(whatWasSeen({ before: editors('editors-1'), after, calls }))).toEqual(problems);
  });
});
