/** How long Nimble Studio takes, in milliseconds of virtual time. All inferred: the API gives no times. */
export interface Durations {
  readonly studio: number;
  readonly launchProfile: number;
  readonly streamingImage: number;
  readonly studioComponent: number;
  readonly sessionCreate: number;
  readonly sessionStart: number;
  readonly sessionStop: number;
  readonly sessionDelete: number;
  readonly stream: number;
}

const MINUTE = 60_000;

export const DURATIONS: Durations = {
  studio: 1 * MINUTE,
  launchProfile: 1 * MINUTE,
  streamingImage: 30_000,
  studioComponent: 5_000,
  sessionCreate: 10 * MINUTE,
  sessionStart: 5 * MINUTE,
  sessionStop: 5 * MINUTE,
  sessionDelete: 5 * MINUTE,
  stream: 5_000,
};

/** What the API's documents leave open. Each default is the reading that asks more of the caller. */
export interface Readings {
  /**
   * Whether Get still answers what was deleted: "poll the resource until it transitions to a DELETED state", the API's text on
   * DeleteStreamingSession. For how long it does is not known.
   */
  readonly deleted: 'shown' | 'not-found';
  /** How an operation is refused that needs another state than the resource is in for good. In between it is always a ConflictException. */
  readonly wrongState: 'ConflictException' | 'ValidationException';
  /**
   * A studio that is not empty, a launch profile that has sessions. Status codes like STUDIO_WITH_LAUNCH_PROFILES_NOT_DELETED
   * say that the deletion begins and fails.
   */
  readonly deleteOfFull: 'delete-failed' | 'ConflictException';
  /** "If you then call StopStreamingSession, the session fails": the API's text on a maximum stopped length of zero. */
  readonly stopOfUnstoppable: 'stop-failed' | 'ValidationException';
  /** A client token that comes again with another input. */
  readonly tokenOfOtherInput: 'ValidationException' | 'ConflictException';
}

export const STRICT: Readings = {
  deleted: 'shown',
  wrongState: 'ConflictException',
  deleteOfFull: 'delete-failed',
  stopOfUnstoppable: 'stop-failed',
  tokenOfOtherInput: 'ValidationException',
};

/** How many there may be. Inferred: quotas were an account's own. */
export interface Quotas {
  readonly studios: number;
  /** In all studios. A session counts until it is DELETED. */
  readonly sessions: number;
}

export const QUOTAS: Quotas = { studios: 1, sessions: 10 };

export interface NimbleStudioOptions {
  readonly durations?: Partial<Durations>;
  /** @default STRICT */
  readonly readings?: Partial<Readings>;
  /** @default QUOTAS */
  readonly quotas?: Partial<Quotas>;
  /** The page size of the lists. Nimble Studio does not say; small, so that callers meet a second page. @default 5 */
  readonly pageSize?: number;
  /** The service has been shut down: every call is refused. @default false */
  readonly gone?: boolean;
}
