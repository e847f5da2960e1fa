import type { Reserves } from './checks';
import type { Step } from './step';
import type { Service } from './world';
import type { LoopbackOptions } from '../loopback';

/** An app of `examples/` on its way through deployments, as its owner sees them. */
export interface DemoApp {
  /** Of its folder. */
  readonly name: string;
  /** What it is, in a few words. */
  readonly about: string;
  readonly service: Service;
  readonly loopback?: Pick<LoopbackOptions, 'appstream' | 'gameliftstreams' | 'nimblestudio'>;
  readonly steps: readonly Step[];
  readonly reserves: Reserves;
}
