import { sentenceOf, serviceErrorOf, UNTIL_DEADLINE } from '../../../lambda/engine/errors';

const TRANSIENT = { ConcurrentModificationException: UNTIL_DEADLINE, InvalidRoleException: 120 };

function thrown(name: string, httpStatusCode?: number, code?: string): Error {
  return Object.assign(new Error('something\n  happened'), { name, code, $metadata: httpStatusCode === undefined ? undefined : { httpStatusCode } });
}

test.each([
  ['a throttled request', thrown('ThrottlingException', 400), UNTIL_DEADLINE],
  ['a service that is down', thrown('SomethingException', 503), UNTIL_DEADLINE],
  ['an error that the service\'s table knows', thrown('InvalidRoleException', 400), 120],
  ['a missing permission', thrown('AccessDeniedException', 400), 60],
  ['a broken connection', thrown('Error', undefined, 'ECONNRESET'), UNTIL_DEADLINE],
  ['a request that took too long', thrown('TimeoutError'), UNTIL_DEADLINE],
  ['anything else that a service says', thrown('ValidationException', 400), 0],
])('%s has its patience', (_, error, patience) => {
  expect(serviceErrorOf(error, TRANSIENT)?.patience).toBe(patience);
});

test.each([
  ['a fault of our own', new TypeError('undefined is not a function')],
  ['something that is no error', 'text'],
])('%s is nothing that a service said', (_, error) => {
  expect(serviceErrorOf(error, TRANSIENT)).toBeUndefined();
});

test('a reason is one line in the service\'s own words', () => {
  expect(sentenceOf(serviceErrorOf(thrown('ValidationException', 400), TRANSIENT)!)).toBe('something happened (ValidationException)');
});

test('a missing permission comes with advice', () => {
  expect(sentenceOf(serviceErrorOf(thrown('AccessDeniedException', 400), TRANSIENT)!)).toBe(
    'something happened (AccessDeniedException); where it stays so, look for a permissions boundary or a service control policy that denies it',
  );
});
