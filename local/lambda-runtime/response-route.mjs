/*
 * On AWS the address of a custom resource's answer is https on its usual port, and handlers of aws-cdk-lib keep no more of it than
 * host and path. The loopback's is plain http on some port: https to the loopback address without a port is carried there.
 */
import http from 'node:http';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';

const { hostname, port } = new URL(process.env.AWS_ENDPOINT_URL);
const request = https.request;

https.request = function (options, ...rest) {
  return options?.hostname === hostname && !options.port
    ? http.request({ ...options, port }, ...rest)
    : request.call(this, options, ...rest);
};

syncBuiltinESMExports();
