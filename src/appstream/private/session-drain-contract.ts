/** What `SessionDrain` and its controller say to each other. Both sides import this file, so it imports nothing. */

export const SESSION_DRAIN_TYPE = 'Custom::AppStreamSessionDrain';

export interface SessionDrainProperties {
  readonly StackName: string;
  readonly FleetName: string;
  /** Whose sessions; everybody's if there is none. */
  readonly UserId?: string;
  readonly Method: 'EXPIRE' | 'WAIT_THEN_EXPIRE' | 'DRAIN_INSTANCES';
  /** How long users have, from the start of the request. Only with WAIT_THEN_EXPIRE. */
  readonly WaitSeconds?: string;
  /** A new value ends the sessions. */
  readonly Trigger?: string;
}
