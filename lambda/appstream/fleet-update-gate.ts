import { isDeepStrictEqual } from 'util';
import type { Fleet } from '@aws-sdk/client-appstream';
import { fleetNamed, fleets, readingOf } from './fleets';
import { bringMeanwhile, sentenceOf, type Reading, type Unfinished } from './running-state';
import { sessionsOn } from './sessions';
import { noteState, restore } from './state-before-update';
import type { FleetUpdateGateProperties } from '../../src/appstream/private/fleet-update-gate-contract';
import type { Controller, Request } from '../engine/controller';
import { leftBehind } from '../engine/left-behind';
import { digestOf } from '../engine/token';

/** How long nobody looks while users have time to leave. */
const LEAVING_INTERVAL_SECONDS = 60;
const GENERATION_LENGTH = 16;

/**
 * Before a fleet that CloudFormation is about to update: stops it if it runs and has to be stopped for that, or fails.
 *
 * Its id names the fleet and the settings that it was passed with, so that CloudFormation deletes the id of before after success, and the one
 * that came to nothing after a rollback. By then the fleet is as it will be: the Delete opens it, if nobody behind it has.
 */
export const fleetUpdateGate: Controller<FleetUpdateGateProperties> = async (request) => {
  const { wanted, before, id: held } = request;
  const id = wanted ? idOf(wanted) : held ?? idOf(before!);
  const [name] = id.split('/');
  const fleet = await fleetNamed(name);
  if (!fleet) {
    // Not made yet, or gone.
    return { kind: 'ready', id };
  }
  // Of an update that did not get past the gate nothing behind it has begun, so nothing behind it will open the fleet, and no deletion follows.
  const isUndone = leftBehind(request, idOf) !== undefined;
  const progress = !wanted || isUndone ? await restore(fleet, request) : await pass(fleet, wanted, request);
  if (progress === undefined) {
    return { kind: 'ready', id };
  }
  // The new id is answered when the gate has been passed and not before: by the id of before an update is known that is undone.
  return { ...progress, id: progress.kind === 'failed' ? held ?? id : undefined };
};

/** Names of fleets have no slash. */
function idOf(properties: FleetUpdateGateProperties): string {
  return `${properties.FleetName}/${digestOf(settingsOf(properties)).slice(0, GENERATION_LENGTH)}`;
}

function settingsOf({ Settings }: FleetUpdateGateProperties): Record<string, unknown> {
  return JSON.parse(Settings);
}

/** Sees to it that CloudFormation can update the fleet. Undefined when it can. */
async function pass(fleet: Fleet, wanted: FleetUpdateGateProperties, request: Request<FleetUpdateGateProperties>): Promise<Unfinished | undefined> {
  const { before } = request;
  // That of before as well: what was stopped, updated and started again has to be stopped for the rollback.
  const stopping = [wanted, before].find((properties) => properties?.Strategy === 'STOP_AND_RESTART');
  const changes = changesOf(fleet, wanted, before, stopping !== undefined);
  if (changes.length === 0) {
    return undefined;
  }
  return stopping ? close(fleet, stopping, request) : refuse(fleet, changes, wanted);
}

/** What CloudFormation will change of the fleet, and cannot while it runs. */
function changesOf(fleet: Fleet, wanted: FleetUpdateGateProperties, before: FleetUpdateGateProperties | undefined, stops: boolean): string[] {
  const settings = settingsOf(wanted);
  const names = Object.keys(settings);
  if (before === undefined) {
    return names.filter((name) => !agrees(settings[name], Reflect.get(fleet, name)));
  }
  if (before.FleetName !== wanted.FleetName) {
    // CloudFormation makes another fleet, or comes back to this one, and changes neither.
    return [];
  }
  const old = settingsOf(before);
  const changed = names.filter((name) => !isDeepStrictEqual(settings[name], old[name]));
  // CloudFormation sends what its template changes even if somebody has given the fleet that value already, and AppStream may refuse it
  // all the same: whoever may stop the fleet does. Whoever may not must let a rollback pass that changes nothing.
  return stops ? changed : changed.filter((name) => !agrees(settings[name], Reflect.get(fleet, name)));
}

/** Whether a fleet has a setting already. AppStream answers with more than it was given, in an order of its own, and without what is off. */
function agrees(wanted: unknown, found: unknown): boolean {
  if (Array.isArray(wanted)) {
    return Array.isArray(found) && wanted.length === found.length && wanted.every((member) => found.includes(member));
  }
  if (typeof wanted === 'object' && wanted !== null) {
    return typeof found === 'object' && found !== null && Object.entries(wanted).every(([name, member]) => agrees(member, Reflect.get(found, name)));
  }
  return String(wanted) === String(found ?? (wanted === false ? false : ''));
}

function isUp({ phase }: Reading): boolean {
  return phase === 'running' || phase === 'starting';
}

function refuse(fleet: Fleet, changes: readonly string[], { Strategy }: FleetUpdateGateProperties): Unfinished | undefined {
  const reading = readingOf(fleet);
  const sentence = `fleet ${fleet.Name} ${sentenceOf(reading)}`;
  if (isUp(reading)) {
    const advice = Strategy === 'REPLACE'
      ? 'or change another setting too, such as the description: UpdateStrategy.replace() cannot see a value behind a parameter'
      : 'or give it the updateStrategy UpdateStrategy.stopAndRestart()';
    const reason = `${sentence}, and AppStream changes ${changes.join(', ')} only while it is stopped: stop it and deploy again, `
      + `${advice}; nothing has been done to the fleet`;
    return { kind: 'failed', reason };
  }
  return reading.phase === 'stopped' ? undefined : { kind: 'pending', why: sentence };
}

/** Gives users time to leave, then stops the fleet. Undefined when it has stopped. */
async function close(fleet: Fleet, { WaitSeconds = '0' }: FleetUpdateGateProperties, request: Request<unknown>): Promise<Unfinished | undefined> {
  const reading = readingOf(fleet);
  const left = request.startedAt / 1000 + Number(WaitSeconds) - request.now / 1000;
  if (isUp(reading) && left > 0) {
    const { length } = await sessionsOn(fleet.Name!);
    if (length > 0) {
      const why = `${length} ${length === 1 ? 'session is' : 'sessions are'} left on fleet ${fleet.Name}, with time to leave`;
      return { kind: 'pending', why, waitSeconds: Math.min(Math.ceil(left), LEAVING_INTERVAL_SECONDS) };
    }
  }
  await noteState({ FleetArn: fleet.Arn!, isUp: isUp(reading) });
  return bringMeanwhile(fleets, fleet.Name!, 'STOPPED', reading, request);
}
