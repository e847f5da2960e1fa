import { growthExponent } from '../../bench/growth';

test.each([
  [1, 1000, 100],
  [2, 10_000, 100],
  [0, 100, 100],
])('the exponent is %s when ten times the size takes %s ms after %s ms', (exponent, to, from) => {
  expect(growthExponent([10, from], [100, to])).toBeCloseTo(exponent);
});
