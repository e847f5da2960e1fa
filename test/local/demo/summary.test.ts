import { aStep, whatWasSeen } from './a-step';
import { NOTHING } from './a-world';
import { summaryOf } from '../../../local/demo/summary';

test('the summary has a row for each step, and their sum', () => {
  expect(summaryOf([
    { step: aStep(), seen: whatWasSeen(), problems: [] },
    { step: aStep({ title: 'destroy', expected: 'nothing is left' }), seen: whatWasSeen({ after: NOTHING, virtualMinutes: 3 }), problems: [] },
  ])).toEqual([
    '   step          expected                                         seen      real    virtual   Lambda  service',
    '✓  first deploy  CREATE_COMPLETE, fleet RUNNING, builder STOPPED  the same   9.1 s  12.5 min       3       12',
    '✓  destroy       nothing is left                                  the same   9.1 s   3.0 min       3       12',
    '   all of it                                                                18.1 s  15.5 min       6       24',
  ]);
});

test('a step that went wrong shows what was seen instead', () => {
  const [, row] = summaryOf([{ step: aStep({ expected: 'nothing is left' }), seen: whatWasSeen(), problems: ['it is not'] }]);
  expect(row).toMatch(/^✗ {2}first deploy {2}nothing is left {2}CREATE_COMPLETE, fleet RUNNING, builder STOPPED /);
});
