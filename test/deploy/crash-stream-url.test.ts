import type { LoopbackOptions } from '../../local/loopback';
import { SharedGame } from '../lambda/gameliftstreams/shared-game';

const OPTIONS: LoopbackOptions = {
  gameliftstreams: { durations: { applicationProcess: 10_000, groupActivate: 20_000, replication: 10_000, groupDelete: 10_000 } },
};
const SERVICES = ['gameliftstreams', 'secretsmanager'];

/** A URL is made, replaced, not replaced because another resource fails, and revoked. Whatever `crash` arranges may happen on the way. */
async function liveThrough(crash: (game: SharedGame) => void) {
  const game = await SharedGame.start(OPTIONS);
  crash(game);
  const created = await game.deploy();
  const updated = await game.deploy({ revision: '2' });
  const rolledBack = await game.deploy({ revision: '3', fails: true });
  const [live, { StreamUrl }] = [await game.live(), await game.secret()];
  const destroyed = await game.destroy();
  const left = game.simulator.remains();
  await game.stop();
  const calls = game.loopback.endpoint.calls.all()
    .filter(({ caller, service }) => caller.roleArn !== undefined && SERVICES.includes(service));
  return {
    world: {
      statuses: [created, updated, rolledBack, destroyed].map(({ status }) => status),
      live: live.length === 1 && live[0] === StreamUrl,
      left,
    },
    calls: calls.map(({ service, operation }) => ({ service, operation })),
    killed: calls.filter(({ fault }) => fault === 'kill-caller').length,
  };
}

test('a stream URL is made, replaced, kept and revoked whichever call of its controller is the last of a function', async () => {
  const undisturbed = await liveThrough(() => undefined);
  expect(undisturbed.world).toEqual({ statuses: ['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE', 'DELETE_COMPLETE'], live: true, left: [] });

  for (const [index, { service }] of undisturbed.calls.entries()) {
    const skip = undisturbed.calls.slice(0, index).filter((call) => call.service === service).length;
    const { world, killed } = await liveThrough(({ loopback }) => loopback.endpoint.faults.add({
      service, lambdaOnly: true, skip, fault: { kind: 'kill-caller', when: 'after' },
    }));
    expect({ index, world, killed }).toEqual({ index, world: undisturbed.world, killed: 1 });
  }
}, 300_000);
