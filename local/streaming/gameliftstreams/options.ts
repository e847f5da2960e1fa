/** How long GameLift Streams takes, in milliseconds of virtual time. */
export interface Durations {
  /** Inferred. */
  readonly applicationInitialize: number;
  /** Grows with the content; inferred. */
  readonly applicationProcess: number;
  /** Inferred. */
  readonly applicationDelete: number;
  /** "A few minutes": the API's text on CreateStreamGroup. */
  readonly groupActivate: number;
  /** Inferred. */
  readonly groupDelete: number;
  /** Of a location that is added to a group. Inferred. */
  readonly locationActivate: number;
  /** Inferred. */
  readonly locationRemove: number;
  /** Of an application's content to a remote location. Inferred. */
  readonly replication: number;
  /** Of an application's content in the primary location, where it was processed. Inferred. */
  readonly primaryReplication: number;
  /** Of a session on capacity that is idle. "Near-instant": the API's text on IdleCapacity. */
  readonly sessionStart: number;
  /** Of a session of a Linux or Proton runtime on capacity that has to be allocated. Inferred, within its placement timeout. */
  readonly onDemandSessionStart: number;
  /** The same for a Windows runtime. "Typically under 5 minutes": the API's text on OnDemandCapacity. */
  readonly onDemandWindowsSessionStart: number;
  /** Inferred. */
  readonly sessionTerminate: number;
  /** Inferred. */
  readonly sessionReconnect: number;
  /** Between the end of a session and the end of its export. Inferred. */
  readonly export: number;
  /** How long the service knows a ClientToken. Inferred. */
  readonly clientToken: number;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;

export const DURATIONS: Durations = {
  applicationInitialize: 5 * SECOND,
  applicationProcess: 2 * MINUTE,
  applicationDelete: 10 * SECOND,
  groupActivate: 5 * MINUTE,
  groupDelete: 2 * MINUTE,
  locationActivate: 4 * MINUTE,
  locationRemove: 1 * MINUTE,
  replication: 3 * MINUTE,
  primaryReplication: 10 * SECOND,
  sessionStart: 5 * SECOND,
  onDemandSessionStart: 60 * SECOND,
  onDemandWindowsSessionStart: 4 * MINUTE,
  sessionTerminate: 10 * SECOND,
  sessionReconnect: 2 * SECOND,
  export: 1 * MINUTE,
  clientToken: 24 * 60 * MINUTE,
};

/**
 * What GameLift Streams' documents leave open. Each default is the reading that asks more of the caller;
 * tests that rest on one run in both.
 */
export interface Readings {
  /** How an operation that declares both refuses a wrong status; one that declares no ConflictException can only answer ValidationException. */
  readonly wrongStatus: 'ConflictException' | 'ValidationException';
  /** What needs ACTIVE, in ACTIVE_WITH_ERRORS. Removing a location in ERROR is taken in any case: that status asks for it. */
  readonly activeWithErrors: 'refused' | 'accepted';
  /** An application whose bucket, folder or executable is not there: ends in ERROR, which callers have to look for, or is refused at once. */
  readonly missingContent: 'error' | 'refused';
  /** DeleteStreamGroup of a group that is still ACTIVATING. */
  readonly deleteWhileActivating: 'refused' | 'accepted';
  /** DeleteApplication and DeleteStreamGroup of what is DELETING. */
  readonly deleteWhileDeleting: 'refused' | 'accepted';
  /** DisassociateApplications of an application that is not associated. */
  readonly disassociateUnassociated: 'refused' | 'accepted';
  /** LocationConfigurations of CreateStreamGroup without the primary location, which the group gets in any case. */
  readonly withoutPrimaryLocation: 'refused' | 'accepted';
  /** UpdateStreamGroup with a location that the group does not have. Its text speaks of "the set of locations", and of AddStreamGroupLocations. */
  readonly newLocationByUpdate: 'refused' | 'accepted';
  /** A Windows application on a stream class of Linux, and the other way round. */
  readonly runtimeOfOtherPlatform: 'refused' | 'accepted';
  /** StartStreamSession in locations to which the application is not yet replicated. */
  readonly startBeforeReplication: 'refused' | 'placement-timeout';
  /** Whether ConnectionTimeoutSeconds ends a session that was started with NO_CLIENT_CONNECTION. */
  readonly connectionTimeoutWithoutClient: 'applies' | 'waits';
  /** RevokeStreamUrl of a URL that is no longer ACTIVE. */
  readonly revokeInactiveUrl: 'refused' | 'accepted';
  /** What a ClientToken finds again whose thing has ended: the thing as it is now, or a new one. */
  readonly tokenOfEnded: 'same' | 'new';
}

export const STRICT: Readings = {
  wrongStatus: 'ConflictException',
  activeWithErrors: 'refused',
  missingContent: 'error',
  deleteWhileActivating: 'refused',
  deleteWhileDeleting: 'refused',
  disassociateUnassociated: 'refused',
  withoutPrimaryLocation: 'refused',
  newLocationByUpdate: 'refused',
  runtimeOfOtherPlatform: 'refused',
  startBeforeReplication: 'refused',
  connectionTimeoutWithoutClient: 'applies',
  revokeInactiveUrl: 'refused',
  tokenOfEnded: 'same',
};

export interface GameLiftStreamsOptions {
  readonly durations?: Partial<Durations>;
  /** @default STRICT */
  readonly readings?: Partial<Readings>;
  /**
   * Where the service streams from, beside the Region itself.
   *
   * @default - https://docs.aws.amazon.com/gameliftstreams/latest/developerguide/regions-quotas-rande.html as of 2025
   */
  readonly locations?: readonly string[];
  /** How often an admin shell of a session is refused as not ready. By calls, since a caller that tries again may stand outside of virtual time. @default 1 */
  readonly adminShellRefusals?: number;
}

export const LOCATIONS = ['us-east-1', 'us-east-2', 'us-west-2', 'ap-northeast-1', 'eu-central-1', 'eu-west-1'];
