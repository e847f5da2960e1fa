import { ScaledClock } from '../../local/clock';

const HOUR = 60 * 60_000;

test('a clock that runs by itself can be moved on, and wakes whoever is due', async () => {
  const clock = new ScaledClock(1, Date.parse('2026-01-03T00:00:00Z'));
  const woken: string[] = [];
  const sleep = (name: string, ms: number, signal?: AbortSignal) => clock.sleep(ms, signal).then(() => woken.push(name));
  const patience = new AbortController();
  const [first, second] = [sleep('first', HOUR), sleep('second', 2 * HOUR)];
  const third = sleep('third', 3 * HOUR, patience.signal);
  clock.advance(1.5 * HOUR);
  await first;
  expect(woken).toEqual(['first']);
  clock.advance(HOUR);
  await second;
  expect(woken).toEqual(['first', 'second']);
  expect(new Date(clock.now()).toISOString()).toMatch(/^2026-01-03T02:3/);
  patience.abort();
  await third;
});
