/**
 * How the clients of the streaming services are set.
 *
 * One try only: the engine's next step is the better retry, since it reads the world first. And what the SDK holds for worth
 * repeating is not what the services mean: AppStream's LimitExceededException, a quota, is repeated, and its
 * ConcurrentModificationException, which passes, is not.
 */
export const CLIENT_SETTINGS = {
  maxAttempts: 1,
  // A function in a VPC without a way to the service would hang until it is ended, and could not say why.
  requestHandler: { connectionTimeout: 5_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
};
