import { AppStreamClient } from '@aws-sdk/client-appstream';

/**
 * One try only. The SDK would repeat the wrong errors: LimitExceededException, a quota, and not ConcurrentModificationException,
 * which passes. And the engine's next step is the better retry, since it reads the world first.
 */
export const appstream = new AppStreamClient({
  maxAttempts: 1,
  // A function in a VPC without a way to AppStream would hang until it is ended, and could not say why.
  requestHandler: { connectionTimeout: 5_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
});
