import { DescribeFleetsCommand } from '@aws-sdk/client-appstream';
import { appstreamIn } from './client';
import { type ImagePlace, sharesOf } from './images';

/**
 * Who keeps an image from being deleted: fleets of this account, and accounts that it is shared with, whose fleets nobody but they can see.
 * Undefined when nobody does.
 */
export async function usersOf(place: ImagePlace, arn: string): Promise<string | undefined> {
  const fleets = await fleetsWith(place.region, arn);
  const accounts = (await sharesOf(place)).map(({ sharedAccountId }) => sharedAccountId);
  const parts = [
    ...fleets.length > 0 ? [`used by ${listed('fleet', fleets)}`] : [],
    ...accounts.length > 0 ? [`shared with ${listed('account', accounts)}`] : [],
  ];
  return parts.length > 0 ? parts.join(' and ') : undefined;
}

async function fleetsWith(region: string | undefined, imageArn: string): Promise<string[]> {
  const names: string[] = [];
  let NextToken: string | undefined;
  do {
    const page = await appstreamIn(region).send(new DescribeFleetsCommand({ NextToken }));
    names.push(...(page.Fleets ?? []).filter(({ ImageArn }) => ImageArn === imageArn).map(({ Name }) => String(Name)));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return names;
}

/** More would not fit into a reason. */
const MOST_NAMES = 10;

function listed(noun: string, names: readonly (string | undefined)[]): string {
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : '';
  return `${noun}${names.length === 1 ? '' : 's'} ${names.slice(0, MOST_NAMES).join(', ')}${more}`;
}
