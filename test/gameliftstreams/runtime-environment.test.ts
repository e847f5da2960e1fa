import * as cdk from 'aws-cdk-lib';
import { RuntimeEnvironment, RuntimeEnvironmentType } from '../../src/gameliftstreams';

const stack = new cdk.Stack(new cdk.App(), 'Test');
const constants = Object.entries(RuntimeEnvironment)
  .filter((entry): entry is [string, RuntimeEnvironment] => entry[1] instanceof RuntimeEnvironment);

test('each constant is called like its type and version', () => {
  expect(constants).toHaveLength(6);
  for (const [constant, { type, version }] of constants) {
    expect(constant).toBe(`${type}_${version}`);
  }
});

test('the runtimes that the service has', () => {
  expect(constants.map(([, runtime]) => runtime._bind(stack))).toEqual([
    { type: 'WINDOWS', version: '2022' },
    { type: 'UBUNTU', version: '22_04_LTS' },
    { type: 'PROTON', version: '20260204' },
    { type: 'PROTON', version: '20250516' },
    { type: 'PROTON', version: '20241007' },
    { type: 'PROTON', version: '20230704' },
  ]);
});

test.each(['1', 'a'.repeat(256)])('the version %p is taken as it is', (version) => {
  expect(RuntimeEnvironment.of(RuntimeEnvironmentType.UBUNTU, version)._bind(stack)).toEqual({ type: 'UBUNTU', version });
});

test.each(['', 'a'.repeat(257)])('fails for the version %p', (version) => {
  expect(() => RuntimeEnvironment.of(RuntimeEnvironmentType.UBUNTU, version)._bind(stack)).toThrow(new Error(
    `runtimeEnvironment: version must have 1 to 256 characters, got ${version.length}: "${version}" [at Test]`,
  ));
});
