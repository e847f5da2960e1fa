import { type DeployedFunction, logGroupOf } from './deployed-function';
import type { Cloud } from '../../cloud';
import type { Credentials } from '../iam/credentials';

/**
 * The whole environment of a function's process, made from nothing: no variable of whoever runs the loopback
 * (a profile, a proxy, another endpoint, options for Node) gets in.
 */
export function environmentOf(cloud: Cloud, deployed: DeployedFunction, credentials: Credentials, logStream: string): Record<string, string> {
  const { configuration, name, code } = deployed;
  return {
    ...configuration.Environment?.Variables,
    _HANDLER: configuration.Handler,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_DEFAULT_REGION: cloud.region,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_ENDPOINT_URL: cloud.url,
    AWS_EXECUTION_ENV: `AWS_Lambda_${configuration.Runtime}`,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(configuration.MemorySize),
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: logGroupOf(deployed),
    AWS_LAMBDA_LOG_STREAM_NAME: logStream,
    AWS_REGION: cloud.region,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    // Without HOME, SDKs look for the files of the account that runs the process.
    AWS_CONFIG_FILE: '/var/task/no-config',
    AWS_SHARED_CREDENTIALS_FILE: '/var/task/no-credentials',
    LAMBDA_TASK_ROOT: code.directory,
    LANG: 'en_US.UTF-8',
    PATH: '/usr/local/bin:/usr/bin:/bin',
    TZ: ':UTC',
  };
}
