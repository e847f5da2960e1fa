import { fleetOf } from './associations';
import { fleets } from './fleets';
import { absenceOf, NOT_FOUND_PATIENCE_MS, sentenceOf, type Reading } from './running-state';

/** What keeps users from streaming from a fleet through a stack. */
export interface Obstacle {
  /** Tells one obstacle from another, so that each has its own time. */
  readonly kind: 'no fleet' | 'stopped' | 'on its way' | 'failing' | 'not associated';
  readonly sentence: string;
  /** How long it may last, and what to do about it then. What is on its way may take as long as the request. */
  readonly limit?: { readonly ms: number; readonly advice: string };
}

/** Somebody else, like a lifecycle resource of another stack, may be about to start or associate the fleet. */
const ABOUT_TO_CHANGE_PATIENCE_MS = 10 * 60_000;
/** AppStream overcomes some of the errors of a start by itself. */
const FAILING_PATIENCE_MS = 15 * 60_000;

/** What keeps users from streaming now; undefined if they can. */
export async function obstacleTo(stackName: string, fleetName: string): Promise<Obstacle | undefined> {
  const reading = await fleets.read(fleetName);
  if (reading === undefined) {
    return { kind: 'no fleet', sentence: absenceOf(fleets, fleetName), limit: { ms: NOT_FOUND_PATIENCE_MS, advice: 'correct the name or make the fleet' } };
  }
  if (reading.phase !== 'running') {
    return obstacleOf(reading, `fleet ${fleetName} ${sentenceOf(reading)}`);
  }
  return await fleetOf(stackName) === fleetName ? undefined : {
    kind: 'not associated',
    sentence: `fleet ${fleetName} is not associated with stack ${stackName}`,
    limit: { ms: ABOUT_TO_CHANGE_PATIENCE_MS, advice: 'add the fleet to the stack' },
  };
}

function obstacleOf({ phase, errors }: Reading, sentence: string): Obstacle {
  if (phase === 'stopped') {
    return { kind: 'stopped', sentence, limit: { ms: ABOUT_TO_CHANGE_PATIENCE_MS, advice: 'start the fleet, for example by its desiredState RUNNING' } };
  }
  return errors.length === 0
    ? { kind: 'on its way', sentence }
    : { kind: 'failing', sentence, limit: { ms: FAILING_PATIENCE_MS, advice: 'mend what it names' } };
}
