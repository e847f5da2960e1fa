import { median } from '../../bench/measurement';

test.each([
  [[3], 3],
  [[100, 1, 2], 2],
  [[4, 1, 100, 2], 3],
])('the median of %j is %d', (values, expected) => {
  expect(median(values)).toBe(expected);
});
