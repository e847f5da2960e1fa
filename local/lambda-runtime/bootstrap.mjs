/*
 * What runs in the process of a deployed function: takes invocations from the Lambda Runtime API, one at a time,
 * and hands them to the function's handler.
 */
import './loopback-guard.mjs';
import './response-route.mjs';
import './runtime-modules.mjs';
import { existsSync, writeSync } from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { patchConsole } from './runtime-console.mjs';

const { AWS_LAMBDA_RUNTIME_API, LAMBDA_TASK_ROOT, _HANDLER } = process.env;
let requestId;

// The loopback holds the other end: when it is gone, however it went, so is this process.
process.stdin.on('close', () => process.exit(0)).on('end', () => process.exit(0)).resume().unref();
patchConsole(() => requestId);
process.on('uncaughtException', (error) => void crash('Uncaught Exception ', describe(error), 129));
process.on('unhandledRejection', (reason) => void crash('Unhandled Promise Rejection ', {
  errorType: 'Runtime.UnhandledPromiseRejection',
  errorMessage: String(reason),
  trace: describe(reason).trace,
}, 128));

let handler;
try {
  handler = await load();
} catch (error) {
  await crash('Uncaught Exception ', describe(error), 1);
}
for (;;) {
  await invoke(await call('GET', 'invocation/next'));
}

async function load() {
  const [path, name] = _HANDLER.split(/\.(?=[^./]*$)/);
  const file = ['.js', '.mjs', '.cjs'].map((extension) => join(LAMBDA_TASK_ROOT, path + extension)).find(existsSync);
  if (!file) {
    throw named('Runtime.ImportModuleError', `Error: Cannot find module '${path}'`);
  }
  const module = file.endsWith('.mjs') ? await import(pathToFileURL(file)) : createRequire(file)(file);
  if (typeof module[name] !== 'function') {
    throw named('Runtime.HandlerNotFound', `${_HANDLER} is undefined or not exported`);
  }
  if (module[name].length > 2) {
    throw notImitated('a handler with a callback');
  }
  return module[name];
}

async function invoke({ headers, body }) {
  requestId = headers['lambda-runtime-aws-request-id'];
  process.env._X_AMZN_TRACE_ID = headers['lambda-runtime-trace-id'];
  const id = requestId;
  let answer;
  try {
    const result = handler(JSON.parse(body), context(headers));
    if (typeof result?.then !== 'function') {
      throw notImitated('a handler that returns no promise');
    }
    answer = ['response', JSON.stringify(await result) ?? 'null'];
  } catch (error) {
    const own = typeof error === 'object' && error !== null ? { ...error, stack: error.stack } : {};
    console.error('Invoke Error ', JSON.stringify({ ...describe(error), trace: undefined, ...own }));
    answer = ['error', JSON.stringify(describe(error))];
  }
  endLogs(id);
  await call('POST', `invocation/${id}/${answer[0]}`, answer[1]);
}

function context(headers) {
  const deadline = Number(headers['lambda-runtime-deadline-ms']);
  return {
    awsRequestId: requestId,
    callbackWaitsForEmptyEventLoop: true,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    getRemainingTimeInMillis: () => deadline - Date.now(),
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
  };
}

async function crash(title, description, code) {
  console.error(title, JSON.stringify(description));
  try {
    await call('POST', requestId === undefined ? 'init/error' : `invocation/${requestId}/error`, JSON.stringify(description));
  } finally {
    process.exit(code);
  }
}

/** Tells the loopback that the streams hold all that this invocation wrote. */
function endLogs(id) {
  const mark = `\u001e${id}\n`;
  process.stdout.write(mark);
  process.stderr.write(mark);
  writeSync(3, mark);
}

function describe(error) {
  return error instanceof Error
    ? { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') }
    : { errorType: typeof error, errorMessage: String(error), trace: [] };
}

function named(name, message) {
  return Object.assign(new Error(message), { name });
}

/** Told over the pipe that fails a run: it is the loopback that lacks something, not the function. */
function notImitated(what) {
  const message = `the loopback does not imitate ${what}`;
  writeSync(3, `${message}\n`);
  return named('LoopbackNotImitated', message);
}

function call(method, path, body) {
  return new Promise((resolve, reject) => {
    const request = http.request(`http://${AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime/${path}`, { method }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => resolve({ headers: response.headers, body: Buffer.concat(chunks).toString('utf8') }));
      response.on('error', reject);
    });
    request.on('error', reject);
    request.end(body);
  });
}
