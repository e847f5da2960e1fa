import { outputOf, type Scene } from '../step';

const MINUTE = 60_000;
/** In virtual minutes: a start takes ten, a stop three, and a function its time in reality. */
const PATIENCE = 60;
const BERLIN = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Berlin', weekday: 'short', hour: '2-digit', minute: '2-digit' });

/** An evening of a working day: the fleet starts, somebody stays longer than the hours, and the fleet waits. */
export async function anEvening(scene: Scene): Promise<readonly string[]> {
  const { loopback: { appstream }, before } = scene;
  leapTo(scene, 'Mon 17:59');
  const started = await fleetIs(scene, 'RUNNING');
  const { Id } = appstream.signIn(outputOf(before, 'EveningStackName'), 'anna', 'SAML');
  leapTo(scene, 'Mon 22:10');
  const waits = await fleetIs(scene, 'RUNNING');
  appstream.disconnect(Id!);
  return [started, `${waits}, since somebody is there`, await fleetIs(scene, 'STOPPED')];
}

/** To the next time of this name. */
function leapTo({ loopback: { clock } }: Scene, time: string): void {
  const now = clock.now();
  let minutes = 1;
  while (timeAt(now + minutes * MINUTE) !== time) {
    minutes += 1;
  }
  clock.advance(minutes * MINUTE);
}

/** Waits for it, and says when it was so. */
async function fleetIs({ loopback, before }: Scene, state: string): Promise<string> {
  const { clock } = loopback;
  for (let minutes = 0; minutes < PATIENCE; minutes += 1) {
    const { Fleets: [fleet] } = await loopback.call('appstream', 'DescribeFleets', { Names: [outputOf(before, 'EveningFleetName')] });
    if (fleet.State === state) {
      return `${timeAt(clock.now())}  the fleet of the evening is ${state}`;
    }
    await clock.sleep(MINUTE);
  }
  throw new Error(`the fleet of the evening is not ${state}`);
}

function timeAt(moment: number): string {
  return BERLIN.format(moment).replace(',', '');
}
