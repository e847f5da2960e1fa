/** How long AppStream takes, in milliseconds of virtual time. */
export interface Durations {
  /** AppStream does not say; 5 to 20 minutes are common (inferred). */
  readonly fleetStart: number;
  /** Inferred. */
  readonly fleetStop: number;
  /** 5 to 10 minutes: https://github.com/awslabs/service-workbench-on-aws/pull/541 */
  readonly builderStart: number;
  /** When an agent version is asked for. Inferred. */
  readonly builderAgentUpdate: number;
  /** Inferred. */
  readonly builderStop: number;
  /** Inferred. */
  readonly builderDelete: number;
  /** "Equivalent to an Elastic fleet instance", says the API's text on StartAppBlockBuilder, and no more. Inferred. */
  readonly appBlockBuilderStart: number;
  /** Inferred. */
  readonly appBlockBuilderStop: number;
  /** Inferred. */
  readonly softwareDeployment: number;
  /** Inferred. */
  readonly imageCopy: number;
  /** Inferred. */
  readonly imageUpdate: number;
  /** Inferred. */
  readonly imageImport: number;
  /** When a runtime validation is asked for. Inferred. */
  readonly imageValidation: number;
  /** Inferred. */
  readonly imageDelete: number;
  /** Inferred. */
  readonly imageExport: number;
  /** Users of an Always-On fleet are let in at once: the API's text on FleetType. */
  readonly sessionStart: number;
  /** One to two minutes: the API's text on FleetType. */
  readonly onDemandSessionStart: number;
}

const MINUTE = 60_000;

export const DURATIONS: Durations = {
  fleetStart: 10 * MINUTE,
  fleetStop: 3 * MINUTE,
  builderStart: 8 * MINUTE,
  builderAgentUpdate: 4 * MINUTE,
  builderStop: 2 * MINUTE,
  builderDelete: 1 * MINUTE,
  appBlockBuilderStart: 5 * MINUTE,
  appBlockBuilderStop: 2 * MINUTE,
  softwareDeployment: 5 * MINUTE,
  imageCopy: 20 * MINUTE,
  imageUpdate: 30 * MINUTE,
  imageImport: 30 * MINUTE,
  imageValidation: 10 * MINUTE,
  imageDelete: 1 * MINUTE,
  imageExport: 20 * MINUTE,
  sessionStart: 5_000,
  onDemandSessionStart: 90_000,
};

/** How many there may be in a Region: https://docs.aws.amazon.com/appstream2/latest/developerguide/limits.html */
export interface Quotas {
  /** Private images, in whatever state: what counts is inferred. */
  readonly images: number;
  /** Copies into the Region that are under way. */
  readonly concurrentCopies: number;
  /** Managed updates that are under way. */
  readonly concurrentUpdates: number;
  /** Accounts that an image is shared with. */
  readonly sharedAccounts: number;
}

export const QUOTAS: Quotas = { images: 10, concurrentCopies: 2, concurrentUpdates: 5, sharedAccounts: 100 };

/**
 * What AppStream's documents leave open. Each default is the reading that asks more of the caller;
 * tests that rest on one run in both.
 */
export interface Readings {
  /** StartFleet while the fleet is STARTING or RUNNING. */
  readonly startWhenStarted: 'refused' | 'accepted';
  /** How StartFleet is refused while the fleet is STOPPING. */
  readonly startWhileStopping: 'OperationNotPermittedException' | 'ConcurrentModificationException';
  /** StopFleet while the fleet is STOPPING or STOPPED. It declares no error for a wrong state but ConcurrentModificationException. */
  readonly stopWhenStopped: 'refused' | 'accepted';
  /** StopFleet while the fleet is STARTING: never, only when the start is stuck with FleetErrors, or always. */
  readonly stopWhileStarting: 'refused' | 'accepted-once-stuck' | 'accepted';
  /** UpdateFleet of a running fleet that names an attribute which needs STOPPED, with the value that it has already. */
  readonly sameValueWhileRunning: 'refused' | 'accepted';
  /** MaxSessionsPerInstance is not in the list of what a running fleet accepts, yet Terraform's tests change it without a stop. */
  readonly maxSessionsPerInstanceWhileRunning: 'refused' | 'accepted';
  /** A fleet with DesiredInstances of zero. */
  readonly zeroInstances: 'refused' | 'accepted';
  /** The guide says that a builder must be stopped to be deleted; Terraform deletes running ones. */
  readonly deleteRunningImageBuilder: 'refused' | 'accepted';
  /** How DeleteImage is refused for an image that is shared. That it is refused: https://docs.aws.amazon.com/appstream2/latest/developerguide/administer-images.html */
  readonly deleteSharedImage: 'ResourceInUseException' | 'OperationNotPermittedException';
  /** DeleteImage of an image that is still being made. */
  readonly deleteUnfinishedImage: 'refused' | 'accepted';
  /** CreateUpdatedImage of an image for which there are no updates. */
  readonly updateUpToDateImage: 'refused' | 'accepted';
  /** How StartImageBuilder is refused in another state than STOPPED. It declares no OperationNotPermittedException. */
  readonly startImageBuilderRefusal: 'ResourceNotAvailableException' | 'ConcurrentModificationException';
  /** An object of S3 that AppStream cannot read, or a bucket that it may not put packages into: when it is named, or only when it is used. */
  readonly unreadableObject: 'refused' | 'accepted';
  /** An application of an app block that has no package yet. */
  readonly applicationOfInactiveAppBlock: 'refused' | 'accepted';
  /** DeleteFleet of an Elastic fleet that has applications. */
  readonly deleteFleetWithApplications: 'refused' | 'accepted';
  /** Whether a builder that is not STOPPED can be associated with an app block, or separated from one. */
  readonly appBlockOfRunningBuilder: 'fixed' | 'free';
  /** How a second fleet for the same stack is refused. */
  readonly secondFleet: 'OperationNotPermittedException' | 'LimitExceededException';
  /** AssociateFleet, and its like for applications, app blocks and entitlements, of two that are associated already. */
  readonly associateAgain: 'refused' | 'accepted';
  /** DisassociateFleet while sessions are active. */
  readonly disassociateWithSessions: 'refused' | 'accepted';
  /** DisassociateFleet of two that are not associated. */
  readonly disassociateAgain: 'refused' | 'accepted';
  /**
   * ListAssociated… and DescribeSessions with names that do not exist. They declare no ResourceNotFoundException; the first two declare nothing,
   * so that they may answer with it all the same, the last with the one error that it declares.
   */
  readonly listOfUnknown: 'refused' | 'empty';
  /** ExpireSession of an unknown or expired session; it declares no errors. */
  readonly expireUnknownSession: 'refused' | 'accepted';
  /** How DrainSessionInstance is refused for a session that has expired. It declares both. */
  readonly drainExpiredSession: 'ResourceNotFoundException' | 'OperationNotPermittedException';
  /** DrainSessionInstance of a single-session fleet: "only applies to multi-session fleets", says the API's text, and no more. */
  readonly drainSingleSession: 'refused' | 'without-effect';
  /** DrainSessionInstance of an instance that drains already. */
  readonly drainAgain: 'refused' | 'accepted';
  /** Whether DescribeSessions still lists sessions that have expired. */
  readonly expiredSessions: 'listed' | 'left-out';
  /** DeleteEntitlement while applications are associated with it. */
  readonly deleteEntitlementWithApplications: 'refused' | 'accepted';
  /** AssociateApplicationToEntitlement of an application that no image and no Elastic fleet has. */
  readonly unknownApplication: 'refused' | 'accepted';
  /** DeleteStack while it has entitlements, or users of the pool. */
  readonly deleteStackWithUsers: 'refused' | 'accepted';
  /** The state of a theme that was just made; only UpdateThemeForStack takes one. */
  readonly newTheme: 'DISABLED' | 'ENABLED';
  /** Whether the caller, too, needs the permission to read a theme's images, which AppStream reads by the bucket's policy. */
  readonly themeImages: 'caller-and-service' | 'service';
  /** CreateUsageReportSubscription when there is one: there is one at most, and LimitExceededException is the only error that fits. */
  readonly secondUsageReports: 'refused' | 'accepted';
  /** DescribeUsageReportSubscriptions when there is none. It declares ResourceNotFoundException. */
  readonly noUsageReports: 'refused' | 'empty';
}

export const STRICT: Readings = {
  startWhenStarted: 'refused',
  startWhileStopping: 'OperationNotPermittedException',
  stopWhenStopped: 'refused',
  stopWhileStarting: 'refused',
  sameValueWhileRunning: 'refused',
  maxSessionsPerInstanceWhileRunning: 'refused',
  zeroInstances: 'refused',
  deleteRunningImageBuilder: 'refused',
  deleteSharedImage: 'ResourceInUseException',
  deleteUnfinishedImage: 'refused',
  updateUpToDateImage: 'refused',
  startImageBuilderRefusal: 'ResourceNotAvailableException',
  unreadableObject: 'refused',
  applicationOfInactiveAppBlock: 'refused',
  deleteFleetWithApplications: 'refused',
  appBlockOfRunningBuilder: 'fixed',
  secondFleet: 'OperationNotPermittedException',
  associateAgain: 'refused',
  disassociateWithSessions: 'refused',
  disassociateAgain: 'refused',
  listOfUnknown: 'refused',
  expireUnknownSession: 'refused',
  drainExpiredSession: 'ResourceNotFoundException',
  drainSingleSession: 'refused',
  drainAgain: 'refused',
  expiredSessions: 'listed',
  deleteEntitlementWithApplications: 'refused',
  unknownApplication: 'refused',
  deleteStackWithUsers: 'refused',
  newTheme: 'DISABLED',
  themeImages: 'caller-and-service',
  secondUsageReports: 'refused',
  noUsageReports: 'refused',
};

export interface AppStreamOptions {
  readonly durations?: Partial<Durations>;
  /** @default STRICT */
  readonly readings?: Partial<Readings>;
  /** The page size of the lists that take none. AppStream does not say; small, so that callers meet a second page. @default 5 */
  readonly pageSize?: number;
  /** @default QUOTAS */
  readonly quotas?: Partial<Quotas>;
  /** The ids of the AMIs of EC2 that the account may read. @default none */
  readonly amis?: readonly string[];
  /** The Active Directory domains for which the account has a directory config. @default none */
  readonly directories?: readonly string[];
}
