import { XMLParser } from 'fast-xml-parser';
import { barChart, lineChart } from '../../bench/chart';

interface Drawing {
  readonly svg: {
    readonly text: readonly { readonly '#text': string | number }[];
    readonly rect: readonly { readonly '@width': string }[];
    readonly polyline?: readonly { readonly '@points': string }[];
  };
}

const read = (svg: string): Drawing => new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '@' }).parse(svg) as Drawing;

test('bars are as long as their values, with label, value and unit', () => {
  const { svg } = read(barChart('Bars', 'ms', [{ label: 'one', value: 10 }, { label: 'half', value: 5 }]));
  const [, longest, half] = svg.rect.map((rect) => Number(rect['@width']));
  expect(half).toBeCloseTo(longest / 2);
  expect(svg.text).toMatchObject(['Bars', 'one', '10 ms', 'half', '5 ms'].map((content) => ({ '#text': content })));
});

test('labels are escaped', () => {
  expect(barChart('a < b & c', '', [{ label: 'l', value: 1 }])).toContain('a &lt; b &amp; c');
});

test('bars of nothing have no length', () => {
  expect(read(barChart('Bars', '', [{ label: 'none', value: 0 }])).svg.rect[1]['@width']).toBe('0');
});

test('what grows in proportion is a straight line, with a tick at each power of ten', () => {
  const { svg } = read(lineChart('Lines', 'ms', [
    { label: 'linear', points: [[1, 2], [10, 20], [100, 200]] },
    { label: 'flat', points: [[1, 2], [10, 2], [100, 2]] },
  ]));
  const [linear, flat] = svg.polyline!.map((line) => line['@points'].split(' ').map((point) => point.split(',').map(Number)));
  expect(linear[1][0] - linear[0][0]).toBeCloseTo(linear[2][0] - linear[1][0], 0);
  expect(linear[1][1] - linear[0][1]).toBeCloseTo(linear[2][1] - linear[1][1], 0);
  expect(new Set(flat.map(([, y]) => y)).size).toBe(1);
  expect(svg.text.map((each) => each['#text'])).toEqual(expect.arrayContaining([1, 10, 100, '10 ms', '100 ms']));
});
