import { ListAssociatedFleetsCommand } from '@aws-sdk/client-appstream';
import { appstream } from './client';
import { absentIfNotFound } from '../engine/errors';

/** The fleet of a stack, which has one at a time. Of a stack that is not there, too, AppStream may say that it has none. */
export async function fleetOf(StackName: string): Promise<string | undefined> {
  let NextToken: string | undefined;
  do {
    const command = new ListAssociatedFleetsCommand({ StackName, NextToken });
    const page = await absentIfNotFound(() => appstream.send(command));
    if (page?.Names?.length) {
      return page.Names[0];
    }
    NextToken = page?.NextToken;
  } while (NextToken !== undefined);
  return undefined;
}
