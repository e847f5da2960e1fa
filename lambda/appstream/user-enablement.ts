import { DisableUserCommand, EnableUserCommand } from '@aws-sdk/client-appstream';
import { appstream } from './client';
import type { UserEnablementProperties } from '../../src/appstream/private/user-enablement-contract';
import type { Controller } from '../engine/controller';
import { absentIfNotFound } from '../engine/errors';

/**
 * Lets a user sign in, or not. Nothing is read before: the pool is listed page by page, and AppStream knows no error for a user who is so already.
 */
export const userEnablement: Controller<UserEnablementProperties> = async ({ wanted, before }) => {
  if (wanted) {
    await appstream.send(wanted.Enabled === 'true' ? new EnableUserCommand(userOf(wanted)) : new DisableUserCommand(userOf(wanted)));
    return { kind: 'ready', id: wanted.UserName };
  }
  // As the user was before: so a rollback leaves nobody out who was in.
  if (before!.Enabled === 'false') {
    await absentIfNotFound(() => appstream.send(new EnableUserCommand(userOf(before!))));
  }
  return { kind: 'ready', id: before!.UserName };
};

function userOf({ UserName }: UserEnablementProperties) {
  return { UserName, AuthenticationType: 'USERPOOL' as const };
}
