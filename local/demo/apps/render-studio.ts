import type { DemoApp } from '../demo-app';
import { changesBetween } from '../picture';
import { deploy, DESTROY, lambdasWorked, type Seen } from '../step';

const FAILURE = { statusCode: 'INTERNAL_ERROR', statusMessage: 'The workstation could not be made' };

/** A studio's workstation: made, stopped, replaced in vain, started, and given up. */
export const renderStudio: DemoApp = {
  name: 'render-studio',
  about: 'Nimble Studio, as it was: a workstation for a film',
  service: 'nimble',
  steps: [
    {
      title: 'first deploy',
      action: deploy(),
      expected: 'CREATE_COMPLETE, studio READY, session READY',
      verify: lambdasWorked,
    },
    {
      title: 'stop for the night',
      action: deploy('-c', 'night=true'),
      expected: 'UPDATE_COMPLETE, studio READY, session STOPPED',
      verify: (seen) => [...lambdasWorked(seen), ...sameSession(seen)],
    },
    {
      title: 'another film wants another workstation, which fails',
      action: deploy('-c', 'night=true', '-c', 'film=Lighthouse'),
      expected: 'UPDATE_ROLLBACK_COMPLETE, studio READY, session STOPPED',
      exitCode: 1,
      prepare: (loopback) => loopback.nimblestudio.script.fail('CreateStreamingSession', FAILURE),
      verify: (seen) => [
        ...lambdasWorked(seen),
        ...changesBetween(seen.before, seen.after),
        ...seen.run.output.includes(FAILURE.statusMessage) ? [] : [`the CLI does not show ${JSON.stringify(FAILURE.statusMessage)}`],
      ],
    },
    {
      title: 'start it in the morning',
      action: deploy(),
      expected: 'UPDATE_COMPLETE, studio READY, session READY',
      verify: (seen) => [...lambdasWorked(seen), ...sameSession(seen)],
    },
    DESTROY,
  ],
  reserves: { 'states:StopExecution': 'for requests that are overtaken by newer ones' },
};

function sameSession({ before, after }: Seen): string[] {
  const [was, is] = [before, after].map(({ things }) => things.filter(({ kind }) => kind === 'session').map(({ name }) => name).join(', '));
  return was === is ? [] : [`the session was ${was} and is ${is}`, ...changesBetween(before, after)];
}
