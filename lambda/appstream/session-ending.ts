import { DrainSessionInstanceCommand, ExpireSessionCommand, InstanceDrainStatus, SessionState, type Session } from '@aws-sdk/client-appstream';
import { appstream } from './client';
import type { Unfinished } from './running-state';
import { callForEach } from './session-batch';
import { ageOf } from './sessions';
import type { Request } from '../engine/controller';
import { absentIfNotFound } from '../engine/errors';

/** How often a session is told to end that does not. */
const MOST_ROUNDS = 10;
/** How long nobody looks while users have time to leave. */
const LEAVING_INTERVAL_SECONDS = 60;
/** As many as can be read in an event of CloudFormation. */
const MOST_NAMES = 10;

/** What is not known to share an instance has one for itself. */
function instanceOf({ InstanceId, Id }: Session): string | undefined {
  return InstanceId ?? Id;
}

/** A step of a request that has found sessions which are to end. */
export class SessionEnding {
  constructor(
    private readonly id: string,
    private readonly sessions: readonly Session[],
    private readonly request: Request<unknown>,
    private readonly begun: number,
  ) {}

  /**
   * Goes round: all sessions are told to end, those that are still there are told again. If even the oldest of them is still there after
   * many rounds, what is left cannot be ended. One id and a count are remembered, however many sessions there are.
   */
  public async expire(): Promise<Unfinished> {
    const { id, sessions, request: { memory } } = this;
    const rest = this.after(memory.tried);
    const goesOn = rest.length > 0 && memory.tried !== undefined;
    const oldest = goesOn ? memory.oldest : String(sessions[0].Id);
    const rounds = goesOn ? Number(memory.rounds) : memory.oldest === oldest ? Number(memory.rounds) + 1 : 0;
    if (rounds === MOST_ROUNDS) {
      const told = `each was told to end ${MOST_ROUNDS} times: end them by hand, then deploy again`;
      return { kind: 'failed', id, reason: `${this.left(memory.objections)}; ${told}` };
    }
    const batch = await callForEach(goesOn ? rest : sessions, this.begun, ({ Id }) =>
      absentIfNotFound(() => appstream.send(new ExpireSessionCommand({ SessionId: Id }))));
    const objections = goesOn && memory.objections ? memory.objections : batch.objections;
    return {
      kind: 'pending',
      id,
      why: this.left(objections),
      memory: { oldest, rounds, objections, ...batch.tried !== undefined && { tried: batch.tried } },
    };
  }

  /** Gives users time to leave, from the start of the request. Undefined when that is over. */
  public wait(seconds: number): Unfinished | undefined {
    const { id, request: { startedAt, now } } = this;
    const left = startedAt / 1000 + seconds - now / 1000;
    return left <= 0 ? undefined : {
      kind: 'pending', id, why: `${this.left()}, with time to leave`, waitSeconds: Math.min(Math.ceil(left), LEAVING_INTERVAL_SECONDS),
    };
  }

  public async drainInstances(): Promise<Unfinished> {
    const { id, sessions, request: { memory } } = this;
    const alone = sessions.find((session) =>
      session.State === SessionState.ACTIVE && session.InstanceDrainStatus === InstanceDrainStatus.NOT_APPLICABLE);
    if (alone) {
      const reason = `session ${alone.Id} has an instance for itself, which cannot be drained: choose another method for this fleet`;
      return { kind: 'failed', id, reason };
    }
    const draining = new Set(sessions.filter((session) => session.InstanceDrainStatus === InstanceDrainStatus.DRAINING).map(instanceOf));
    const rest = this.after(memory.tried).filter((session) => !draining.has(instanceOf(session)));
    // One session tells AppStream which instance is meant.
    const onePerInstance = rest.filter((session, index) => rest.findIndex((other) => instanceOf(other) === instanceOf(session)) === index);
    const batch = await callForEach(onePerInstance, this.begun, ({ Id }) =>
      appstream.send(new DrainSessionInstanceCommand({ SessionId: Id })));
    return {
      kind: 'pending',
      id,
      why: this.left(batch.objections),
      memory: batch.tried === undefined ? {} : { tried: batch.tried },
      waitSeconds: batch.tried === undefined ? LEAVING_INTERVAL_SECONDS : undefined,
    };
  }

  /** The sessions that a round has not come to yet. */
  private after(tried: string | number | undefined): readonly Session[] {
    return tried === undefined ? this.sessions : this.sessions.filter((session) => ageOf(session) > String(tried));
  }

  private left(objections: string | number | undefined = ''): string {
    const { length } = this.sessions;
    const names = this.sessions.slice(0, MOST_NAMES).map(({ Id }) => Id).join(', ');
    const more = length > MOST_NAMES ? ` and ${length - MOST_NAMES} more` : '';
    const said = objections === '' ? '' : `; AppStream says of ${objections}`;
    return `${length} ${length === 1 ? 'session is' : 'sessions are'} left: ${names}${more}${said}`;
  }
}
