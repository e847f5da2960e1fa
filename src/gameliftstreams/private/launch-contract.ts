/**
 * How a session is launched, whether by itself or by a stream URL. Constructs and controllers say it to each other as JSON,
 * with the names of the API. Both sides import this file, so it imports nothing.
 */
export interface Launch {
  readonly Description: string;
  readonly Locations: string[];
  readonly SessionLengthSeconds?: number;
  readonly AdditionalLaunchArgs?: string[];
  readonly AdditionalEnvironmentVariables?: Record<string, string>;
  readonly RoleArn?: string;
  readonly DisplayConfiguration?: { readonly Resolution: { readonly Width: number; readonly Height: number } };
}

/** What a description may have of the service's 80 characters: controllers write behind it whose the thing is. */
export const MAX_DESCRIPTION_LENGTH = 57;
