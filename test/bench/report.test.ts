import { atMost, type Section } from '../../bench/figure';
import { markdownPage, textTable } from '../../bench/report';

const SECTION: Section = {
  title: 'Sizes',
  notes: ['In KiB.'],
  figures: [
    { what: 'small', figure: '1', goal: atMost(1, 2) },
    { what: 'large', figure: '30', goal: atMost(30, 2) },
    { what: 'theirs', figure: '4' },
  ],
  charts: { 'sizes.svg': '<svg/>' },
};

test('the table says which goals were reached and which were not', () => {
  expect(textTable([SECTION]).split('\n')).toEqual([
    'Sizes',
    'small    1  ≤ 2: reached',
    'large   30  ≤ 2: NOT reached',
    'theirs   4',
  ]);
});

test('the page has the same figures, with notes and charts', () => {
  expect(markdownPage([SECTION], 'this machine').split('\n\n')).toEqual([
    '# Benchmarks',
    'Written by `npm run bench`, measured in one run on this machine.',
    '## Sizes',
    'In KiB.',
    '| what | figure | goal |\n|---|---:|---|\n| small | 1 | ≤ 2: reached |\n| large | 30 | ≤ 2: NOT reached |\n| theirs | 4 |  |',
    '![Sizes](sizes.svg)\n',
  ]);
});

test.each([[2, true], [2.01, false]])('a limit of 2 with %s is reached: %s', (value, isReached) => {
  expect(atMost(value, 2).isReached).toBe(isReached);
});
