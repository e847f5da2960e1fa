/** What `StreamGroupApplicationAssociation` and its controller say to each other. Both sides import this file, so it imports nothing. */

export const APPLICATION_ASSOCIATION_TYPE = 'Custom::GameLiftStreamsApplicationAssociation';

export interface ApplicationAssociationProperties {
  readonly StreamGroupArn: string;
  readonly ApplicationArn: string;
}
