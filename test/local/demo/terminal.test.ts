import { Terminal } from '../../../local/demo/terminal';

function terminal(environment: NodeJS.ProcessEnv = {}, isTTY = true) {
  let written = '';
  const made = new Terminal({ isTTY, columns: 12, write: (text) => (written += text) }, environment);
  return { made, written: () => written };
}

test.each([
  ['a pipe', {}, false],
  ['CI', { CI: 'true' }, true],
  ['NO_COLOR', { NO_COLOR: '1' }, true],
  ['a terminal that knows no cursor', { TERM: 'dumb' }, true],
])('with %s there are lines alone, without a style', (_what, environment, isTTY) => {
  const { made, written } = terminal(environment, isTTY);
  made.board('a board');
  made.print(made.style('red', 'a line'));
  expect(written()).toBe('a line\n');
});

test('a board is drawn over the one before, and gives way to lines', () => {
  const { made, written } = terminal();
  made.board('one', 'two');
  made.board('three');
  made.print('a line');
  expect(written()).toBe('one\ntwo\n\u001b[2A\u001b[0Jthree\n\u001b[1A\u001b[0Ja line\n');
});

test('a line of the board never wraps, and keeps its style', () => {
  const { made, written } = terminal();
  made.board(`${made.style('bold', 'fourteen signs')} more`);
  expect(written()).toBe('\u001b[1mfourteen si\u001b[22m\n');
});
