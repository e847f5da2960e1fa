import type { Figure, Section } from './figure';

/** The sections as one table of text, for the terminal. */
export function textTable(sections: readonly Section[]): string {
  const lines = sections.flatMap(({ title, figures }) => [[title, '', ''], ...figures.map(cells)]);
  const [first, second] = [0, 1].map((column) => Math.max(...lines.map((line) => line[column].length)));
  return lines.map(([what, figure, goal]) => `${what.padEnd(first)}  ${figure.padStart(second)}  ${goal}`.trimEnd()).join('\n');
}

/** The sections as a page of Markdown, with their charts beside it. */
export function markdownPage(sections: readonly Section[], machine: string): string {
  return [
    '# Benchmarks',
    `Written by \`npm run bench\`, measured in one run on ${machine}.`,
    ...sections.flatMap(({ title, notes, figures, charts }) => [
      `## ${title}`,
      ...notes,
      ['| what | figure | goal |', '|---|---:|---|', ...figures.map((figure) => `| ${cells(figure).join(' | ')} |`)].join('\n'),
      ...Object.keys(charts).map((file) => `![${title}](${file})`),
    ]),
  ].join('\n\n') + '\n';
}

function cells({ what, figure, goal }: Figure): string[] {
  return [what, figure, goal ? `${goal.text}: ${goal.isReached ? 'reached' : 'NOT reached'}` : ''];
}
