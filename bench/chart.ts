import type { Point } from './growth';

/** One bar of a chart. */
export interface Bar {
  readonly label: string;
  readonly value: number;
}

/** One line of a chart. */
export interface Line {
  readonly label: string;
  readonly points: readonly Point[];
}

const WIDTH = 760;
const COLORS = ['#0b6bcb', '#c2410c', '#15803d', '#7e22ce', '#a16207', '#475569'];
const TITLE_HEIGHT = 44;

/** Horizontal bars, one below the other, each with its label and its value. */
export function barChart(title: string, unit: string, bars: readonly Bar[]): string {
  const [left, right, step] = [300, 90, 30];
  const highest = Math.max(...bars.map(({ value }) => value));
  const drawn = bars.flatMap(({ label, value }, index) => {
    const y = TITLE_HEIGHT + index * step;
    const length = highest === 0 ? 0 : (value / highest) * (WIDTH - left - right);
    return [
      text(left - 8, y + 15, label, 'end'),
      `<rect x="${left}" y="${y}" width="${round(length)}" height="20" fill="${COLORS[0]}"/>`,
      text(left + length + 6, y + 15, `${round(value)} ${unit}`),
    ];
  });
  return svg(title, TITLE_HEIGHT + bars.length * step + 10, drawn);
}

/** Lines over axes that are both logarithmic, so that a slope is a growth exponent. */
export function lineChart(title: string, unit: string, lines: readonly Line[]): string {
  const [left, right, bottom, height] = [70, 240, 40, 420];
  const points = lines.flatMap((line) => line.points);
  const x = scale(points.map(([size]) => size), left, WIDTH - right);
  const y = scale(points.map(([, time]) => time), height - bottom, TITLE_HEIGHT + 10);
  const grid = [
    ...x.ticks.flatMap((tick) => [rule(x.of(tick), TITLE_HEIGHT, x.of(tick), height - bottom), text(x.of(tick), height - bottom + 18, `${tick}`, 'middle')]),
    ...y.ticks.flatMap((tick) => [rule(left, y.of(tick), WIDTH - right, y.of(tick)), text(left - 8, y.of(tick) + 4, `${tick} ${unit}`, 'end')]),
  ];
  const drawn = lines.flatMap((line, index) => {
    const color = COLORS[index % COLORS.length];
    const path = line.points.map(([size, time]) => `${round(x.of(size))},${round(y.of(time))}`);
    const legend = TITLE_HEIGHT + 14 + index * 22;
    return [
      `<polyline points="${path.join(' ')}" fill="none" stroke="${color}" stroke-width="2"/>`,
      ...path.map((point) => `<circle cx="${point.replace(',', '" cy="')}" r="3" fill="${color}"/>`),
      `<rect x="${WIDTH - right + 16}" y="${legend - 9}" width="12" height="10" fill="${color}"/>`,
      text(WIDTH - right + 34, legend, line.label),
    ];
  });
  return svg(title, height, [...grid, ...drawn]);
}

/** Where values are on a logarithmic axis, with a tick at each power of ten that is on it. */
function scale(values: readonly number[], from: number, to: number) {
  const [low, high] = [Math.log10(Math.min(...values)), Math.log10(Math.max(...values))];
  const of = (value: number) => from + ((Math.log10(value) - low) / (high - low || 1)) * (to - from);
  const first = Math.ceil(low);
  const ticks = Array.from({ length: Math.max(0, Math.floor(high) - first + 1) }, (_, index) => Number((10 ** (first + index)).toPrecision(1)));
  return { of, ticks };
}

function svg(title: string, height: number, content: readonly string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" font-size="12" fill="#1f2937">`,
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    `<text x="12" y="24" font-size="15">${escape(title)}</text>`,
    ...content,
    '</svg>',
  ].join('\n') + '\n';
}

function text(x: number, y: number, content: string, anchor = 'start'): string {
  return `<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}">${escape(content)}</text>`;
}

function rule(x1: number, y1: number, x2: number, y2: number): string {
  return `<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" stroke="#e5e7eb"/>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escape(content: string): string {
  return content.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
