/** What `LaunchProfileMembers` and `StudioMembers` and their controllers say to each other. Both sides import this file, so it imports nothing. */

export const LAUNCH_PROFILE_MEMBERS_TYPE = 'Custom::NimbleStudioLaunchProfileMembers';

export const STUDIO_MEMBERS_TYPE = 'Custom::NimbleStudioStudioMembers';

/** A member, as `Members` holds it. */
export interface WireMember {
  readonly identityStoreId: string;
  readonly principalId: string;
}

export interface StudioMembersProperties {
  readonly StudioId: string;
  /** JSON of a list of `WireMember`. */
  readonly Members: string;
  readonly EndpointUrl?: string;
}

export interface LaunchProfileMembersProperties extends StudioMembersProperties {
  readonly LaunchProfileId: string;
}
