import { eventOf } from './events';
import { answerOf } from '../../../lambda/engine/answer';

const bytes = (text: string) => Buffer.byteLength(text, 'utf8');

test('a success carries the id and the attributes', () => {
  const answer = JSON.parse(answerOf(eventOf(), { status: 'SUCCESS', id: 'fleet', attributes: { Arn: 'arn' } }));
  expect(answer).toEqual({
    Status: 'SUCCESS',
    StackId: eventOf().StackId,
    RequestId: eventOf().RequestId,
    LogicalResourceId: eventOf().LogicalResourceId,
    PhysicalResourceId: 'fleet',
    Data: { Arn: 'arn' },
  });
});

test.each([
  ['plain characters', 'x'.repeat(10_000)],
  ['characters of four bytes', '😀'.repeat(3_000)],
  ['characters that JSON escapes', '"\n'.repeat(4_000)],
])('a reason of %s is shortened to what CloudFormation accepts, and to no less', (_, reason) => {
  const answer = answerOf(eventOf(), { status: 'FAILED', id: 'fleet', reason });
  expect(bytes(answer)).toBeLessThanOrEqual(4096);
  expect(bytes(answer)).toBeGreaterThan(4096 - 8);
  expect(JSON.parse(answer).Reason).toMatch(/…$/);
});

test('a reason that fits is left alone', () => {
  expect(JSON.parse(answerOf(eventOf(), { status: 'FAILED', id: 'fleet', reason: 'no' }))).toMatchObject({ Status: 'FAILED', Reason: 'no' });
});

test('fails a resource whose attributes CloudFormation would not accept', () => {
  const answer = answerOf(eventOf(), { status: 'SUCCESS', id: 'fleet', attributes: { Long: 'x'.repeat(5000) } });
  expect(JSON.parse(answer)).toMatchObject({
    Status: 'FAILED',
    PhysicalResourceId: 'fleet',
    Reason: expect.stringMatching(/^the attributes are too long for CloudFormation: the answer has \d+ bytes, 4096 are allowed$/),
  });
});
