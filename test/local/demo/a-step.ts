import { aWorld } from './a-world';
import type { Seen, Step } from '../../../local/demo/steps';

export function aStep(step: Partial<Step> = {}): Step {
  return { title: 'first deploy', command: ['deploy'], expected: 'CREATE_COMPLETE, fleet RUNNING, builder STOPPED', verify: () => [], ...step };
}

export function whatWasSeen(seen: Partial<Seen> = {}): Seen {
  return {
    run: { exitCode: 0, output: '' },
    before: aWorld(),
    after: aWorld(),
    events: [],
    lambdaInvocations: 3,
    appstreamCalls: 12,
    realSeconds: 9.06,
    virtualMinutes: 12.51,
    ...seen,
  };
}
