/*
 * Loaded before anything of the function's: the process reaches the loopback and nothing else.
 * Plain JavaScript, so that a function's process starts as fast as it can.
 */
import childProcess from 'node:child_process';
import dgram from 'node:dgram';
import dns from 'node:dns';
import { writeSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import workerThreads from 'node:worker_threads';

const LOOPBACK = ['127.0.0.1', 'localhost'];
/** A pipe to the loopback: a run that tried to leave it has failed, even if the function catches the error. */
const REPORT = 3;

function refuse(what) {
  writeSync(REPORT, `${what}\n`);
  throw new Error(`${what}: a deployed function reaches nothing but the loopback`);
}

/** Names that exist nowhere (RFC 6761): whoever asks for one learns that, as of the host of a service that is gone, and leaves nothing. */
const isNowhere = (host) => typeof host === 'string' && host.endsWith('.invalid');

function destination(args) {
  // The callers inside Node have the arguments normalized already, to an array.
  const [first, second] = Array.isArray(args[0]) ? args[0] : args;
  if (typeof first === 'object') {
    return first;
  }
  return Number.isNaN(Number(first)) ? { path: first } : { port: first, host: typeof second === 'string' ? second : undefined };
}

const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...args) {
  const { path, host = 'localhost', port } = destination(args);
  if (path) {
    refuse(`a connection to the socket ${path}`);
  }
  if (!LOOPBACK.includes(host) && !isNowhere(host)) {
    refuse(`a connection to ${host}:${port}`);
  }
  return connect.apply(this, args);
};

for (const resolver of [dns, dns.promises, dns.Resolver.prototype, dns.promises.Resolver.prototype]) {
  for (const name of Object.keys(resolver).filter((candidate) => /^(lookup|resolve|reverse)/.test(candidate))) {
    const original = resolver[name];
    resolver[name] = function (host, ...rest) {
      return LOOPBACK.includes(host) ? original.call(this, host, ...rest) : refuse(`a look-up of ${host}`);
    };
  }
}

const lookup = dns.lookup;
dns.lookup = (host, ...rest) => {
  if (!isNowhere(host)) {
    return lookup(host, ...rest);
  }
  const notFound = Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), { code: 'ENOTFOUND', errno: -3008, syscall: 'getaddrinfo', hostname: host });
  return process.nextTick(rest.at(-1), notFound);
};

dgram.createSocket = () => refuse('a datagram socket');
// What they start would not have this guard.
for (const name of ['exec', 'execFile', 'execFileSync', 'execSync', 'fork', 'spawn', 'spawnSync']) {
  childProcess[name] = () => refuse(`child_process.${name}`);
}
workerThreads.Worker = class {
  constructor() {
    refuse('a worker thread');
  }
};

syncBuiltinESMExports();
