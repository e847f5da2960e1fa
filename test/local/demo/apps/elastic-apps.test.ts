import { elasticApps } from '../../../../local/demo/apps/elastic-apps';
import type { World } from '../../../../local/demo/world';
import { whatWasSeen } from '../a-step';
import { aWorld } from '../a-world';

interface Editors {
  /** The app block that the application is of. */
  readonly of?: string;
  readonly title?: string;
  readonly writersHave?: string;
}

/** With an app block of a name, an application of one, and what people see of it. */
function editors(appBlock: string, { of = appBlock, title = 'Editors 2', writersHave = 'editor' }: Editors = {}): World {
  return aWorld({
    things: [
      { kind: 'app block', name: appBlock, state: 'ACTIVE', facts: {} },
      { kind: 'application', name: 'editor', detail: `Text editor, of ${of}`, facts: {} },
      { kind: 'entitlement', name: 'writers', detail: `of department Writing to ${writersHave}`, facts: {} },
      { kind: 'entitlement', name: 'designers', detail: 'of department Design to all applications', facts: {} },
      { kind: 'theme', name: 'stack', state: 'ENABLED', detail: `"${title}", BLUE`, facts: {} },
    ],
  });
}

test('writers that have another editor are a problem from the first', () => {
  const seen = whatWasSeen({ after: editors('editors-1', { writersHave: 'other' }), lambdaInvocations: 1, calls: ['StartFleet'] });
  expect(elasticApps.steps[0].verify(seen)).toEqual([
    'the entitlements are "of department Design to all applications; of department Writing to other", '
    + 'where "of department Design to all applications; of department Writing to editor" was expected',
  ]);
});

describe('another release', () => {
  const { verify } = elasticApps.steps.find(({ title }) => title.startsWith('give users'))!;

  test.each<[string, World, string[], string[]]>([
    ['to which the applications have gone is what is wanted', editors('editors-2'), [], []],
    ['that is none is not', editors('editors-1'), [], ['the app block is still editors-1']],
    ['to which an application has not gone is not', editors('editors-2', { of: 'editors-1' }), [], ['the application editor is Text editor, of editors-1']],
    ['that the theme does not tell is not', editors('editors-2', { title: 'Editors 1' }), [], ['the theme is "Editors 1", BLUE']],
    ['for which the fleet was stopped is not', editors('editors-2'), ['StopFleet'], ['the fleet was stopped']],
  ])('%s', (_what, after, calls, problems) => {
    expect(verify(whatWasSeen({ before: editors('editors-1'), after, calls }))).toEqual(problems);
  });
});
