import { GetStreamUrlCommand, paginateListStreamUrls, StreamUrlStatus, type GetStreamUrlOutput, type StreamUrlSummary } from '@aws-sdk/client-gameliftstreams';
import { gameliftstreams } from './client';
import { absentIfNotFound } from '../engine/errors';

/** The group in the ARN of a stream URL: arn:aws:gameliftstreams:us-west-2:111122223333:streamurl/sg-1AB2C3De4/su-1AB2C3De4. */
export function groupOf(streamUrlArn: string): string {
  return streamUrlArn.split('/')[1];
}

/** A stream URL, also of a group that is gone; undefined if there is none. */
export function readStreamUrl(arn: string): Promise<GetStreamUrlOutput | undefined> {
  return absentIfNotFound(() => gameliftstreams.send(new GetStreamUrlCommand({ Identifier: groupOf(arn), StreamUrlIdentifier: arn })));
}

/** The stream URLs of a group that can begin sessions. */
export async function activeStreamUrls(streamGroup: string): Promise<StreamUrlSummary[]> {
  const urls: StreamUrlSummary[] = [];
  const filter = { StreamGroupIdentifier: streamGroup, Status: StreamUrlStatus.ACTIVE };
  for await (const { Items = [] } of paginateListStreamUrls({ client: gameliftstreams, pageSize: 100 }, filter)) {
    urls.push(...Items);
  }
  return urls;
}
