/** What `EulaAcceptance` and its controller say to each other. Both sides import this file, so it imports nothing. */

export const EULA_ACCEPTANCE_TYPE = 'Custom::NimbleStudioEulaAcceptance';

export interface EulaAcceptanceProperties {
  readonly StudioId: string;
  /** With commas between them; a list may come from an attribute that has no element. */
  readonly EulaIds: string;
  readonly EndpointUrl?: string;
}
