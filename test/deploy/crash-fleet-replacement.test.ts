import { GatedOffice, type End, type Wish } from './gated-office';
import { appstream } from '../../src';

const before: Wish = { fleetName: undefined, strategy: appstream.UpdateStrategy.failIfRunning() };
const replaced: Wish = { fleetName: undefined, strategy: appstream.UpdateStrategy.replace() };

/** What the function does to others; the rest it only reads. */
const EFFECTS = ['DisassociateFleet', 'ExpireSession', 'AssociateFleet'];

interface Outcome {
  readonly ends: readonly End[];
  readonly effects: readonly string[];
  readonly killed: number;
}

/** A stack in use gets a fleet that is replaced, and another one in vain. Whatever `crash` arranges may happen meanwhile. */
async function liveThrough(crash: (desk: GatedOffice) => void): Promise<Outcome> {
  const desk = await GatedOffice.start({ appstream: { durations: { fleetStart: 15_000, fleetStop: 15_000 } } });
  const ours = () => desk.loopback.endpoint.calls.of('appstream').filter(({ caller }) => caller.roleArn !== undefined);
  await desk.deploy({ description: 'old', ...before });
  await desk.call('CreateStack', { Name: 'last' });
  desk.come();
  crash(desk);
  const ends = [
    // Behind the association: what has displaced another fleet gives it back.
    await desk.end(await desk.deploy({ description: 'new', ...replaced, last: 'behind the association' })),
    await desk.end(await desk.deploy({ description: 'new', ...replaced })),
  ];
  await desk.stop();
  return {
    ends,
    effects: ours().map(({ operation }) => operation).filter((operation) => EFFECTS.includes(operation)),
    killed: ours().filter(({ fault }) => fault === 'kill-caller').length,
  };
}

const AS_IT_SHOULD_BE: End[] = [
  { status: 'UPDATE_ROLLBACK_COMPLETE', state: 'RUNNING', description: 'old', noted: false, associations: ['office'] },
  { status: 'UPDATE_COMPLETE', state: 'RUNNING', description: 'new', noted: false, associations: ['office'] },
];

test('a stack has the fleet that it is to have, whichever call that changes anything is the last of its function', async () => {
  const undisturbed = await liveThrough(() => undefined);
  expect(undisturbed).toMatchObject({ ends: AS_IT_SHOULD_BE, effects: expect.arrayContaining(EFFECTS) });

  for (const operation of EFFECTS) {
    for (let skip = 0; skip < undisturbed.effects.filter((effect) => effect === operation).length; skip += 1) {
      const { ends, killed } = await liveThrough(({ loopback }) =>
        void loopback.endpoint.faults.add({ service: 'appstream', operation, lambdaOnly: true, skip, fault: { kind: 'kill-caller', when: 'after' } }));
      expect({ operation, skip, ends, killed }).toEqual({ operation, skip, ends: AS_IT_SHOULD_BE, killed: 1 });
    }
  }
}, 300_000);
