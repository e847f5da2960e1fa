import { GatedOffice, type End } from './gated-office';
import { appstream } from '../../src';

const strategy = appstream.UpdateStrategy.stopAndRestart();

/** Makes a fleet, changes it while it runs, and changes it in vain. Whatever `crash` arranges may happen in the two changes. */
async function liveThrough(crash: (desk: GatedOffice) => void): Promise<{ ends: End[]; calls: number; killed: number }> {
  const desk = await GatedOffice.start({ appstream: { durations: { fleetStart: 15_000, fleetStop: 15_000 } } });
  const ours = () => desk.loopback.endpoint.calls.of('appstream').filter(({ caller }) => caller.roleArn !== undefined);
  await desk.deploy({ description: 'old', strategy });
  const before = ours().length;
  crash(desk);
  const ends = [
    await desk.end(await desk.deploy({ description: 'new', strategy })),
    await desk.end(await desk.deploy({ description: 'newer', image: 'missing', strategy })),
  ];
  await desk.stop();
  return { ends, calls: ours().length - before, killed: ours().filter(({ fault }) => fault === 'kill-caller').length };
}

const AS_IT_SHOULD_BE: End[] = [
  { status: 'UPDATE_COMPLETE', state: 'RUNNING', description: 'new', noted: false, associations: ['office'] },
  { status: 'UPDATE_ROLLBACK_COMPLETE', state: 'RUNNING', description: 'new', noted: false, associations: ['office'] },
];

test('a fleet is updated, and rolled back, whichever call to AppStream is the last of its function', async () => {
  const undisturbed = await liveThrough(() => undefined);
  expect(undisturbed.ends).toEqual(AS_IT_SHOULD_BE);

  for (let skip = 0; skip < undisturbed.calls; skip += 1) {
    const { ends, killed } = await liveThrough(({ loopback }) =>
      void loopback.endpoint.faults.add({ service: 'appstream', lambdaOnly: true, skip, fault: { kind: 'kill-caller', when: 'after' } }));
    expect({ skip, ends, killed }).toEqual({ skip, ends: AS_IT_SHOULD_BE, killed: 1 });
  }
}, 300_000);
