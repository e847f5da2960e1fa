/** A size and how long it took. */
export type Point = readonly [size: number, time: number];

/** The exponent with which time grows from one size to another: 1 when twice the size takes twice the time. */
export function growthExponent([fromSize, fromTime]: Point, [toSize, toTime]: Point): number {
  return Math.log(toTime / fromTime) / Math.log(toSize / fromSize);
}
