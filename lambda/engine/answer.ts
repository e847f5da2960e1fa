import * as http from 'http';
import * as https from 'https';
import type { Outcome } from './loop';
import type { Event } from './request';

/** CloudFormation refuses a longer answer. */
const MAX_ANSWER_BYTES = 4096;

/** The answer to CloudFormation, never longer than it accepts. */
export function answerOf(event: Event, outcome: Outcome): string {
  const { StackId, RequestId, LogicalResourceId } = event;
  const common = { StackId, RequestId, LogicalResourceId, PhysicalResourceId: outcome.id };
  if (outcome.status === 'FAILED') {
    const room = MAX_ANSWER_BYTES - bytesOf(JSON.stringify({ ...common, Status: 'FAILED', Reason: '' }));
    return JSON.stringify({ ...common, Status: 'FAILED', Reason: shorten(outcome.reason, room) });
  }
  const answer = JSON.stringify({ ...common, Status: 'SUCCESS', Data: outcome.attributes });
  if (bytesOf(answer) > MAX_ANSWER_BYTES) {
    const reason = `the attributes are too long for CloudFormation: the answer has ${bytesOf(answer)} bytes, ${MAX_ANSWER_BYTES} are allowed`;
    return answerOf(event, { status: 'FAILED', id: outcome.id, reason });
  }
  return answer;
}

/** Delivers the answer. Throws unless it arrived, so that the state machine delivers it again. */
export async function deliver(event: Event, answer: string): Promise<void> {
  const body = Buffer.from(answer);
  const { statusCode = 0, statusMessage } = await put(event.ResponseURL, body);
  if (statusCode < 200 || statusCode > 299) {
    throw new Error(`CloudFormation's answer address said ${statusCode} ${statusMessage}`);
  }
}

/** Not by `fetch`: to load it takes longer than all else that a cold function does for an answer. Without a content type: the URL is signed so. */
function put(address: string, body: Buffer): Promise<http.IncomingMessage> {
  const { request } = address.startsWith('https:') ? https : http;
  return new Promise((resolve, reject) => {
    request(address, { method: 'PUT', headers: { 'content-length': body.length }, signal: AbortSignal.timeout(10_000) }, (response) => {
      response.resume();
      resolve(response);
    }).once('error', reject).end(body);
  });
}

/** As much of the text as fits into `room` bytes of JSON. */
function shorten(text: string, room: number): string {
  const fits = (candidate: string) => bytesOf(JSON.stringify(candidate)) - 2 <= room;
  if (fits(text)) {
    return text;
  }
  const points = Array.from(text);
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(`${points.slice(0, middle).join('')}…`)) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return `${points.slice(0, low).join('')}…`;
}

function bytesOf(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}
