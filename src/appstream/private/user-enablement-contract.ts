/** What `UserEnablement` and its controller say to each other. Both sides import this file, so it imports nothing. */

export const USER_ENABLEMENT_TYPE = 'Custom::AppStreamUserEnablement';

export interface UserEnablementProperties {
  readonly UserName: string;
  readonly Enabled: 'true' | 'false';
}
