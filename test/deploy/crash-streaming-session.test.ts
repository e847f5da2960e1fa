import { nimblestudio } from '../../src';
import { RenderStudio } from '../lambda/nimblestudio/render-studio';

const { READY, STOPPED } = nimblestudio.StreamingSessionState;

/** Short, so that the engine asks once and not thirty times. */
const DURATIONS = { sessionCreate: 15_000, sessionStart: 15_000, sessionStop: 15_000, sessionDelete: 15_000 };

/** Makes a session, replaces it by a stopped one, starts that and deletes it. Whatever `crash` arranges may happen on the way. */
async function liveThrough(crash: (studio: RenderStudio) => void): Promise<{ world: object; calls: number; killed: number }> {
  const studio = await RenderStudio.start({ nimblestudio: { durations: DURATIONS } });
  const { calls } = studio.loopback.endpoint;
  crash(studio);
  const statuses: string[] = [];
  for (const wish of [{}, { ownedBy: 'ada', desiredState: STOPPED }, { ownedBy: 'ada', desiredState: READY }]) {
    statuses.push((await studio.deploy(wish)).status, ...(await studio.sessions()).map(({ state }) => String(state)));
  }
  statuses.push((await studio.destroy()).status);
  const left = (await studio.sessions()).length;
  await studio.stop();
  return {
    world: { statuses, left },
    calls: calls.of('nimble').filter(({ caller }) => caller.roleArn !== undefined).length,
    killed: calls.of('nimble').filter(({ fault }) => fault === 'kill-caller').length,
  };
}

const AS_IT_SHOULD_BE = {
  statuses: ['CREATE_COMPLETE', 'READY', 'UPDATE_COMPLETE', 'STOPPED', 'UPDATE_COMPLETE', 'READY', 'DELETE_COMPLETE'],
  left: 0,
};

const killAfter = (skip: number) => ({ loopback }: RenderStudio) =>
  void loopback.endpoint.faults.add({ service: 'nimble', lambdaOnly: true, skip, fault: { kind: 'kill-caller', when: 'after' } });

test('a session is made, replaced, started and deleted whichever call to Nimble Studio is the last of its function', async () => {
  const undisturbed = await liveThrough(() => undefined);
  expect(undisturbed.world).toEqual(AS_IT_SHOULD_BE);

  for (let call = 0; call < undisturbed.calls; call += 1) {
    const { world, killed } = await liveThrough(killAfter(call));
    expect({ call, world, killed }).toEqual({ call, world: AS_IT_SHOULD_BE, killed: 1 });
  }
}, 300_000);
