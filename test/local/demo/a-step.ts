import { aWorld } from './a-world';
import { cdk, type Seen, type Step } from '../../../local/demo/step';

export function aStep(step: Partial<Step> = {}): Step {
  return { title: 'first deploy', action: cdk('deploy'), expected: 'CREATE_COMPLETE, fleet RUNNING, builder STOPPED', verify: () => [], ...step };
}

export function whatWasSeen(seen: Partial<Seen> = {}): Seen {
  return {
    run: { exitCode: 0, output: '' },
    before: aWorld(),
    after: aWorld(),
    events: [],
    lambdaInvocations: 3,
    calls: new Array(12).fill('DescribeFleets'),
    realSeconds: 9.06,
    virtualMinutes: 12.51,
    ...seen,
  };
}
