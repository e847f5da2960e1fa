import * as cdk from 'aws-cdk-lib';
import { GatedOffice, type End, type Wish } from './gated-office';
import type { FleetReadings } from '../../local/cloudformation/resource-types/appstream-fleet';
import type { Readings } from '../../local/streaming/appstream/options';
import type { FaultRule } from '../../local/wire/faults';
import { appstream } from '../../src';

const { FleetState, UpdateStrategy } = appstream;

let desk: GatedOffice;

afterEach(() => desk.stop());

const refused = { service: 'appstream', lambdaOnly: true, fault: { kind: 'error', code: 'ValidationException', message: 'Not today.', status: 400 } } as const;

interface Failure {
  readonly wish?: Wish;
  readonly fault?: FaultRule;
}

/** Where a deployment fails that gets past the gate. */
const BEHIND_THE_GATE: Readonly<Record<string, Failure>> = {
  // A running fleet could take another image, but not one that does not exist.
  'in the fleet': { wish: { image: 'missing' } },
  // A stack of that name is there already.
  'behind the fleet': { wish: { last: 'behind the fleet' } },
  'behind the reopening of the fleet': { wish: { last: 'behind its reopening' } },
};

const FAILURES: Readonly<Record<string, Failure>> = {
  'nowhere': {},
  'in the gate, before the fleet is stopped': { fault: { ...refused, operation: 'StopFleet' } },
  'in the gate, while the fleet stops': { fault: { ...refused, operation: 'DescribeFleets', skip: 1 } },
  ...BEHIND_THE_GATE,
};
const PLACES = Object.keys(FAILURES);
const PLACES_WITHOUT_STOP = ['nowhere', ...Object.keys(BEHIND_THE_GATE)];

/** Where a deployment fails that makes a new fleet. */
const REPLACEMENT_FAILURES: Readonly<Record<string, Failure>> = {
  'nowhere': {},
  'in the gate': { fault: { ...refused, operation: 'DescribeFleets' } },
  'in the new fleet': { wish: { image: 'missing' } },
  'in the start of the new fleet': { fault: { ...refused, lambdaOnly: false, operation: 'StartFleet' } },
  'behind the new fleet': { wish: { last: 'behind the fleet' } },
  'in the association, before the old fleet is let go of': { fault: { ...refused, operation: 'DisassociateFleet' } },
  'in the association, when the old fleet has been let go of': { fault: { ...refused, operation: 'AssociateFleet' } },
  'behind the association': { wish: { last: 'behind the association' } },
};

const SUCCESS: End = { status: 'UPDATE_COMPLETE', state: 'RUNNING', description: 'new', noted: false, associations: ['office'] };
const ROLLED_BACK: End = { status: 'UPDATE_ROLLBACK_COMPLETE', state: 'RUNNING', description: 'old', noted: false, associations: ['office'] };

/** Deploys, then changes the description and something else; a fleet that is replaced has a user meanwhile. */
async function changed(before: Wish, after: Wish, place: string, failures = FAILURES): Promise<End> {
  await desk.deploy({ description: 'old', ...before });
  await desk.call('CreateStack', { Name: 'last' });
  if (failures !== FAILURES) {
    desk.come();
  }
  const { fault, wish } = failures[place];
  if (fault) {
    desk.loopback.endpoint.faults.add(fault);
  }
  return desk.end(await desk.deploy({ description: 'new', ...after, ...wish }));
}

describe.each(['strict', 'stops-and-starts'] as const)('where the handler of CloudFormation is %s', (fleetUpdate) => {
  beforeEach(async () => {
    desk = await GatedOffice.start({ cloudformation: { fleetUpdate } });
  });

  const strategy = UpdateStrategy.stopAndRestart();

  describe.each<[string, Wish]>([
    ['a fleet that CloudFormation has started', {}],
    ['a fleet that is held running', { desiredState: FleetState.RUNNING }],
  ])('%s and that may be stopped', (_, wish) => {
    test.each(PLACES)('runs again after a deployment that fails %s', async (place) => {
      const end = await changed({ ...wish, strategy }, { ...wish, strategy }, place);
      expect(end).toEqual(place === 'nowhere' ? SUCCESS : ROLLED_BACK);
    });

    test.each(PLACES)('runs again after the deployment that says so, which fails %s', async (place) => {
      const failIfRunning = UpdateStrategy.failIfRunning();
      const end = await changed({ ...wish, strategy: failIfRunning }, { ...wish, strategy }, place);
      expect(end).toEqual(place === 'nowhere' ? SUCCESS : ROLLED_BACK);
    });
  });

  test.each(PLACES_WITHOUT_STOP)('a fleet that is stopped is not started by a deployment that fails %s', async (place) => {
    const wish = { desiredState: FleetState.UNMANAGED, strategy };
    expect(await changed(wish, wish, place)).toEqual({ ...place === 'nowhere' ? SUCCESS : ROLLED_BACK, state: 'STOPPED' });
    expect(desk.changes('StopFleet')).toEqual([]);
  });

  test.each(PLACES)('a fleet that is closed and changed at once is where it was after a deployment that fails %s', async (place) => {
    const end = await changed({ desiredState: FleetState.RUNNING, strategy }, { desiredState: FleetState.STOPPED, strategy }, place);
    expect(end).toEqual(place === 'nowhere' ? { ...SUCCESS, state: 'STOPPED' } : ROLLED_BACK);
  });

  test.each(PLACES_WITHOUT_STOP)('a fleet that is opened and changed at once is where it was after a deployment that fails %s', async (place) => {
    const end = await changed({ desiredState: FleetState.STOPPED, strategy }, { desiredState: FleetState.RUNNING, strategy }, place);
    expect(end).toEqual(place === 'nowhere' ? SUCCESS : { ...ROLLED_BACK, state: 'STOPPED' });
  });

  test.each(['nowhere', ...PLACES.filter((place) => place.startsWith('in the '))])(
    'a fleet that was there before its gate runs again after a deployment that fails %s', async (place) => {
      expect(await changed({}, { strategy }, place)).toEqual(place === 'nowhere' ? SUCCESS : ROLLED_BACK);
    },
  );

  test.each(PLACES_WITHOUT_STOP)('a running fleet that may not be stopped is not touched by a deployment that would fail %s', async (place) => {
    const wish = { desiredState: FleetState.RUNNING };
    expect(await changed(wish, wish, place)).toEqual(ROLLED_BACK);
    expect(desk.changes('StopFleet')).toEqual([]);
  });
});

const replace = { strategy: UpdateStrategy.replace({ waitForSessions: cdk.Duration.minutes(2) }), fleetName: undefined };
const ASSOCIATION = ['in the association, when the old fleet has been let go of', 'behind the association'];

/** What AppStream does about users when a fleet is taken from its stack, and of one that has been taken already. */
const INSISTS: Partial<Readings> = { disassociateWithSessions: 'refused', disassociateAgain: 'accepted' };
const LETS_GO: Partial<Readings> = { disassociateWithSessions: 'accepted', disassociateAgain: 'refused' };

describe.each<[FleetReadings['fleetUpdate'], Partial<Readings>, Partial<Readings>]>([
  ['strict', INSISTS, LETS_GO],
  ['stops-and-starts', LETS_GO, INSISTS],
])('where the handler of CloudFormation is %s', (fleetUpdate, ofHeld, ofStarted) => {
  describe.each<[string, Wish, Partial<Readings>, string[]]>([
    ['that is held running', { desiredState: FleetState.RUNNING }, ofHeld, Object.keys(REPLACEMENT_FAILURES)],
    // Nothing but CloudFormation starts it.
    ['that CloudFormation has started', {}, ofStarted, Object.keys(REPLACEMENT_FAILURES).filter((place) => place !== 'in the start of the new fleet')],
  ])('a fleet in use %s and that is replaced', (_, wish, readings, places) => {
    test.each(places)('is there and runs after a deployment that fails %s', async (place) => {
      desk = await GatedOffice.start({ appstream: { readings }, cloudformation: { fleetUpdate, fleetDeletion: 'strict' } });
      const end = await changed({ ...wish, ...replace }, { ...wish, ...replace }, place, REPLACEMENT_FAILURES);
      expect(end).toEqual(place === 'nowhere' ? SUCCESS : ROLLED_BACK);
    });
  });
});

describe.each<[string, Wish, Partial<Readings>, string[]]>([
  ['had no strategy', { strategy: undefined }, INSISTS, ['nowhere', 'behind the association']],
  ['might not be stopped', { strategy: UpdateStrategy.failIfRunning(), desiredState: FleetState.RUNNING }, LETS_GO, ['nowhere', ...ASSOCIATION]],
  ['was stopped, under a fixed name', { strategy: UpdateStrategy.stopAndRestart(), fleetName: 'office' }, INSISTS, ['nowhere', ...ASSOCIATION]],
])('a fleet in use that %s', (_, wish, readings, places) => {
  test.each(places)('is there and runs after the deployment that replaces it for the first time, which fails %s', async (place) => {
    desk = await GatedOffice.start({ appstream: { readings }, cloudformation: { fleetDeletion: 'stops' } });
    const end = await changed({ ...replace, ...wish }, { ...wish, ...replace }, place, REPLACEMENT_FAILURES);
    expect(end).toEqual(place === 'nowhere' ? SUCCESS : ROLLED_BACK);
  });
});
