/** What the association of a stack and a fleet that may be replaced and its controller say to each other. Both sides import this file, so it imports nothing. */

export const FLEET_ASSOCIATION_TYPE = 'Custom::AppStreamFleetAssociation';

export interface FleetAssociationProperties {
  readonly StackName: string;
  readonly FleetName: string;
  /** How long users of a fleet have that is taken from the stack, from the start of the request. */
  readonly WaitSeconds?: string;
}
