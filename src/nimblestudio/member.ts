/**
 * A user of the studio's identity source, AWS IAM Identity Center.
 *
 * @deprecated AWS shut Amazon Nimble Studio down on 24 October 2024
 */
export interface Member {
  /** The id of the identity store of IAM Identity Center, for example "d-1234567890". */
  readonly identityStoreId: string;

  /**
   * The id of the user in the identity store, a UUID, on older stores with the store's digits before it. Not the name of the user.
   *
   * @see https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/API_GetUserId.html
   */
  readonly principalId: string;
}
