import * as cdk from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { everyGeneration, nameOfGeneration, uniqueName } from '../../src/private/names';

const APPSTREAM_NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,99}$/;

function construct(...ids: string[]): Construct {
  return ids.reduce<Construct>((scope, id) => new Construct(scope, id), new cdk.Stack(new cdk.App(), 'Test'));
}

test.each([
  ['a plain path', construct('Fleet')],
  ['a path with other characters', construct('_Ünï côde', '--', '.Fleet')],
  ['a path beyond the longest name', construct('a'.repeat(120), 'b'.repeat(120))],
])('names fit AppStream: %s', (_, scope) => {
  expect(uniqueName(scope)).toMatch(APPSTREAM_NAME);
  expect(nameOfGeneration(scope, { a: 1 })).toMatch(APPSTREAM_NAME);
});

test('names are the same at every synthesis', () => {
  expect(nameOfGeneration(construct('Fleet'), { a: 1 })).toBe('Test-Fleet-72ECBEB0-015abd7f');
  expect(uniqueName(construct('Fleet'))).toBe('Test-Fleet-72ECBEB0');
});

test('a name changes with a property, and not with the order of properties or with one that is not given', () => {
  const scope = construct('Fleet');
  const name = nameOfGeneration(scope, { a: 1, b: { c: [1, 2], d: 3 } });

  expect(nameOfGeneration(scope, { b: { d: 3, c: [1, 2], e: undefined }, a: 1 })).toBe(name);
  expect(nameOfGeneration(scope, { a: 1, b: { c: [2, 1], d: 3 } })).not.toBe(name);
});

test('a name changes with what a token refers to, and not with the number of the token', () => {
  const scope = construct('Fleet');
  const [one, other] = ['One', 'Other'].map((id) => new cdk.CfnParameter(scope, id));
  const name = nameOfGeneration(scope, { a: one.valueAsString });

  expect(nameOfGeneration(scope, { a: cdk.Lazy.string({ produce: () => one.valueAsString }) })).toBe(name);
  expect(nameOfGeneration(scope, { a: other.valueAsString })).not.toBe(name);
});

test('a pattern covers the names of all generations and no other construct', () => {
  const scope = construct('Fleet');
  const pattern = everyGeneration(nameOfGeneration(scope, { a: 1 }));

  expect(pattern).toBe('Test-Fleet-72ECBEB0-????????');
  expect(everyGeneration(nameOfGeneration(scope, { a: 2 }))).toBe(pattern);
});
