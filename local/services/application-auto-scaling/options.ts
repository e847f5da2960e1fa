/** What Application Auto Scaling's documents leave open. The default is the reading that asks more of the caller. */
export interface Readings {
  /**
   * What a scheduled action does to the capacity of a fleet that does not run. Its new limits hold in any case. Of RegisterScalableTarget it is
   * documented that it leaves such a resource alone.
   */
  readonly scheduleOfStopped: 'left' | 'changed';
}

export const STRICT: Readings = { scheduleOfStopped: 'left' };

export interface ApplicationAutoScalingOptions {
  /** @default STRICT */
  readonly readings?: Partial<Readings>;
}
