import * as cdk from 'aws-cdk-lib';
import { checkCount, checkGibibytes, checkInteger, checkLength, checkMinutes, checkPattern, checkSeconds, fail } from '../../src/private/errors';

const stack = new cdk.Stack(new cdk.App(), 'Test');
const parameter = new cdk.CfnParameter(stack, 'Parameter', { type: 'Number' });

test('fails with the sentence and the path of the construct', () => {
  expect(() => fail(parameter, 'size must be 1, got 2')).toThrow(new Error('size must be 1, got 2 [at Test/Parameter]'));
});

test.each([
  ['a length below the minimum', () => checkLength(stack, 'name', '', { min: 1, max: 3 }),
    'name must have 1 to 3 characters, got 0: "" [at Test]'],
  ['a length above the maximum', () => checkLength(stack, 'name', 'abcd', { min: 1, max: 3 }),
    'name must have 1 to 3 characters, got 4: "abcd" [at Test]'],
  ['a pattern that does not match', () => checkPattern(stack, 'name', 'a"b', /^[a-z]+$/, 'be letters'),
    'name must be letters, got "a\\"b" [at Test]'],
  ['a list that is too short', () => checkCount(stack, 'names', [], { min: 1, max: 2 }),
    'names must have 1 to 2 elements, got 0 [at Test]'],
  ['a list that is too long', () => checkCount(stack, 'names', ['a', 'b', 'c'], { min: 1, max: 2 }),
    'names must have 1 to 2 elements, got 3 [at Test]'],
  ['a fraction', () => checkInteger(stack, 'count', 1.5, {}),
    'count must be a whole number, got 1.5 [at Test]'],
  ['a number below a minimum alone', () => checkInteger(stack, 'count', 1, { min: 2 }),
    'count must be a whole number of at least 2, got 1 [at Test]'],
  ['a number above a maximum alone', () => checkInteger(stack, 'count', 3, { max: 2 }),
    'count must be a whole number of at most 2, got 3 [at Test]'],
  ['a number out of a range', () => checkInteger(stack, 'count', 0, { min: 1, max: 2 }),
    'count must be a whole number from 1 to 2, got 0 [at Test]'],
  ['a duration out of range', () => checkSeconds(stack, 'timeout', cdk.Duration.minutes(2), { min: 1, max: 60 }),
    'timeout must be 1 to 60 whole seconds, got 120 [at Test]'],
  ['a fraction of a second', () => checkSeconds(stack, 'timeout', cdk.Duration.millis(1500), { min: 1, max: 60 }),
    'timeout must be 1 to 60 whole seconds, got 1.5 [at Test]'],
  ['a duration of too many minutes', () => checkMinutes(stack, 'timeout', cdk.Duration.hours(1), { min: 1, max: 59 }),
    'timeout must be 1 to 59 whole minutes, got 60 [at Test]'],
  ['a fraction of a minute', () => checkMinutes(stack, 'timeout', cdk.Duration.seconds(90), { min: 1, max: 59 }),
    'timeout must be 1 to 59 whole minutes, got 1.5 [at Test]'],
  ['a size out of range', () => checkGibibytes(stack, 'size', cdk.Size.tebibytes(1), { min: 1, max: 2 }),
    'size must be 1 to 2 whole gibibytes, got 1024 [at Test]'],
  ['a fraction of a gibibyte', () => checkGibibytes(stack, 'size', cdk.Size.mebibytes(1536), { min: 1, max: 2 }),
    'size must be 1 to 2 whole gibibytes, got 1.5 [at Test]'],
])('fails for %s', (_, check, message) => {
  expect(check).toThrow(new Error(message));
});

test.each([
  ['length', () => checkLength(stack, 'name', parameter.valueAsString, { min: 1, max: 3 })],
  ['pattern', () => checkPattern(stack, 'name', parameter.valueAsString, /^[a-z]+$/, 'be letters')],
  ['count', () => checkCount(stack, 'names', cdk.Token.asList(parameter.value), { min: 2, max: 3 })],
  ['integer', () => checkInteger(stack, 'count', parameter.valueAsNumber, { min: 1, max: 2 })],
  ['duration', () => checkSeconds(stack, 'timeout', cdk.Duration.seconds(parameter.valueAsNumber), { min: 1, max: 2 })],
  ['minutes', () => checkMinutes(stack, 'timeout', cdk.Duration.minutes(parameter.valueAsNumber), { min: 1, max: 2 })],
  ['size', () => checkGibibytes(stack, 'size', cdk.Size.gibibytes(parameter.valueAsNumber), { min: 1, max: 2 })],
])('leaves tokens alone: %s', (_, check) => {
  expect(check).not.toThrow();
});

test('leaves what is not given alone', () => {
  checkLength(stack, 'name', undefined, { min: 1, max: 3 });
  checkPattern(stack, 'name', undefined, /^[a-z]+$/, 'be letters');
  checkCount(stack, 'names', undefined, { min: 1, max: 3 });
  checkInteger(stack, 'count', undefined, { min: 1 });
  checkSeconds(stack, 'timeout', undefined, { min: 1, max: 2 });
  checkMinutes(stack, 'timeout', undefined, { min: 1, max: 2 });
  checkGibibytes(stack, 'size', undefined, { min: 1, max: 2 });
});
