import { fromEnv } from '@aws-sdk/credential-provider-env';

/** Stands in for the SDK's chain of credential sources in the bundles: a Lambda function has its credentials in its environment. */
export const defaultProvider = () => fromEnv();
