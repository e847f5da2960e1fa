import { format } from 'node:util';

const LEVELS = { log: 'INFO', info: 'INFO', warn: 'WARN', error: 'ERROR', debug: 'DEBUG', trace: 'TRACE' };

/** Lambda's text format: time, request and level before each message, and one event for one message. */
export function patchConsole(requestId) {
  for (const [method, level] of Object.entries(LEVELS)) {
    const stream = level === 'ERROR' || level === 'WARN' || level === 'TRACE' ? process.stderr : process.stdout;
    console[method] = (...args) => {
      const message = format(...args).replace(/\n/g, '\r');
      stream.write(`${new Date().toISOString()}\t${requestId() ?? 'undefined'}\t${level}\t${message}\n`);
    };
  }
}
