/*
 * Lambda's Node.js runtimes bring the AWS SDK for JavaScript v3 in a folder of their own, behind the function's modules on NODE_PATH.
 * Here that folder is this repository's node_modules, of which nothing else is seen: a bundle that forgets a module fails as on AWS.
 */
import Module from 'node:module';

const SDK = /^@(aws-sdk|smithy)\//;
/** The runtimes' copy of the SDK has lost the client of the service that was shut down. */
const LOST = /^@aws-sdk\/client-nimble(\/|$)/;

const resolve = Module._resolveFilename;
Module._resolveFilename = function (request, parent, isMain, options) {
  try {
    return resolve.call(this, request, parent, isMain, options);
  } catch (error) {
    if (error.code !== 'MODULE_NOT_FOUND' || !SDK.test(request) || LOST.test(request)) {
      throw error;
    }
    return resolve.call(this, request, parent, isMain, { paths: [import.meta.dirname] });
  }
};
