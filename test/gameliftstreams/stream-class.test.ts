import * as cdk from 'aws-cdk-lib';
import { StreamClass } from '../../src/gameliftstreams';

const stack = new cdk.Stack(new cdk.App(), 'Test');
const constants = Object.entries(StreamClass).filter((entry): entry is [string, StreamClass] => entry[1] instanceof StreamClass);

test('each constant is called like its class', () => {
  for (const [constant, streamClass] of constants) {
    expect(constant.toLowerCase()).toBe(streamClass.name);
    expect(streamClass._bind(stack)).toBe(streamClass.name);
  }
});

test('the classes that the service has, and how many sessions share a machine', () => {
  expect(Object.fromEntries(constants.map(([, { name, tenancy }]) => [name, tenancy]))).toEqual({
    gen4n_high: 2,
    gen4n_ultra: 1,
    gen4n_win2022: 1,
    gen5n_high: 2,
    gen5n_ultra: 1,
    gen5n_win2022: 1,
    gen6n_small: 12,
    gen6n_medium: 4,
    gen6n_high: 2,
    gen6n_ultra: 1,
    gen6n_ultra_win2022: 1,
    gen6n_pro: 1,
    gen6n_pro_win2022: 1,
    gen6n_small_win2022: 1,
    gen6n_medium_win2022: 1,
    gen6e_pro: 1,
    gen6e_pro_win2022: 1,
  });
});

test('a class without a constant', () => {
  expect(StreamClass.of('gen7n_high', 2)._bind(stack)).toBe('gen7n_high');
});

test('a token is taken as it is', () => {
  const parameter = new cdk.CfnParameter(stack, 'Parameter');
  expect(StreamClass.of(parameter.valueAsString, 1)._bind(stack)).toBe(parameter.valueAsString);
});

test.each(['', 'gen6n', 'GEN6N_HIGH', 'high', 'gen6n_high '])('fails for the class %p', (name) => {
  expect(() => StreamClass.of(name, 1)._bind(stack)).toThrow(new Error(
    `streamClass must be the name of a stream class like "gen6n_high", got ${JSON.stringify(name)} [at Test]`,
  ));
});

test.each([0, 1.5])('fails for the tenancy %p', (tenancy) => {
  expect(() => StreamClass.of('gen7n_high', tenancy)._bind(stack)).toThrow(new Error(
    `streamClass: tenancy must be a whole number of at least 1, got ${tenancy} [at Test]`,
  ));
});
