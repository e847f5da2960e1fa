import { eventOf } from './events';
import { answeredId, executionName, isBefore, issuedOf, lastId } from '../../../lambda/engine/request';

test('a new resource has no answered id', () => {
  expect(answeredId(eventOf({ RequestType: 'Create' }))).toBeUndefined();
});

test('an update has the id that was answered', () => {
  expect(answeredId(eventOf({ RequestType: 'Update', PhysicalResourceId: 'my-fleet' }))).toBe('my-fleet');
});

test('an id that CloudFormation made up is none', () => {
  const event = eventOf({ RequestType: 'Delete', PhysicalResourceId: 'office-FleetLifecycle1A2B3C4D-1XKPV3Q0EXAMPLE' });
  expect(answeredId(event)).toBeUndefined();
});

test('an id that we made up, because a Create failed before there was one, is none', () => {
  const PhysicalResourceId = lastId(eventOf({ RequestType: 'Create' }));
  expect(answeredId(eventOf({ RequestType: 'Delete', PhysicalResourceId }))).toBeUndefined();
});

test('the id of last resort is the same for each try of a Create, and the given one afterwards', () => {
  expect(lastId(eventOf({ RequestId: 'one' }))).toBe(lastId(eventOf({ RequestId: 'two' })));
  expect(lastId(eventOf({ RequestType: 'Delete', PhysicalResourceId: 'office-L-1' }))).toBe('office-L-1');
});

test('two deliveries of a request have one execution name', () => {
  expect(executionName(eventOf())).toEqual(executionName(eventOf()));
});

test.each([
  ['another type', { RequestType: 'Delete' as const }],
  ['another id', { RequestId: 'another' }],
  ['a reused id with a new address', { ResponseURL: 'http://127.0.0.1:1/answer?X-Amz-Date=20260105T080000Z&X-Amz-Signature=another' }],
  ['another resource', { LogicalResourceId: 'Another' }],
])('a request with %s has another execution name', (_, parts) => {
  expect(executionName(eventOf(parts)).name).not.toBe(executionName(eventOf()).name);
});

test('an execution name is one that Step Functions takes, however long the logical id', () => {
  const { name } = executionName(eventOf({ LogicalResourceId: 'A'.repeat(255) }));
  expect(name).toMatch(/^[A-Za-z0-9_-]{1,80}$/);
});

test('long logical ids that begin alike are told apart', () => {
  const [one, two] = ['1', '2'].map((end) => executionName(eventOf({ LogicalResourceId: 'A'.repeat(250) + end })).resource);
  expect(one).not.toBe(two);
});

test('an execution name tells when the request was made', () => {
  const { name, resource } = executionName(eventOf());
  expect(issuedOf(name, resource)).toBe('20260105T080000Z');
  expect(issuedOf(name, executionName(eventOf({ LogicalResourceId: 'Another' })).resource)).toBeUndefined();
});

test('requests without a date are neither before nor after others', () => {
  const undated = executionName(eventOf({ ResponseURL: 'http://127.0.0.1:1/answer' }));
  expect(issuedOf(undated.name, undated.resource)).toBe('');
  expect(isBefore(undated, { issued: '20260105T080000Z' })).toBe(false);
  expect(isBefore({ issued: '20260105T080000Z' }, undated)).toBe(false);
});

test('the date of an address with a signature of version 2 is two hours before its end', () => {
  expect(executionName(eventOf({ ResponseURL: 'http://127.0.0.1:1/answer?Expires=1767607200' })).issued).toBe('20260105T080000Z');
});

test('requests with dates are ordered', () => {
  expect(isBefore({ issued: '20260105T080000Z' }, { issued: '20260105T080001Z' })).toBe(true);
  expect(isBefore({ issued: '20260105T080000Z' }, { issued: '20260105T080000Z' })).toBe(false);
});
