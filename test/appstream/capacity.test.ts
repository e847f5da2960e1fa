import * as cdk from 'aws-cdk-lib';
import { Capacity } from '../../src/appstream';

const stack = new cdk.Stack(new cdk.App(), 'Test');

test.each([
  ['instances', Capacity.instances(0), { computeCapacity: { desiredInstances: 0 }, maxSessionsPerInstance: undefined }],
  ['sessions', Capacity.sessions(10, { sessionsPerInstance: 2 }), { computeCapacity: { desiredSessions: 10 }, maxSessionsPerInstance: 2 }],
])('a number of %s', (_, capacity, config) => {
  expect(capacity._bind(stack)).toEqual(config);
});

test('a token is taken as it is', () => {
  const desiredInstances = new cdk.CfnParameter(stack, 'Parameter', { type: 'Number' }).valueAsNumber;
  expect(Capacity.instances(desiredInstances)._bind(stack).computeCapacity).toEqual({ desiredInstances });
});

test.each([
  [Capacity.instances(-1), 'desiredInstances must be a whole number of at least 0, got -1 [at Test]'],
  [Capacity.instances(0.5), 'desiredInstances must be a whole number of at least 0, got 0.5 [at Test]'],
  [Capacity.sessions(-1, { sessionsPerInstance: 2 }), 'desiredSessions must be a whole number of at least 0, got -1 [at Test]'],
  [Capacity.sessions(5, { sessionsPerInstance: 1 }), 'sessionsPerInstance must be a whole number of at least 2, got 1 [at Test]'],
])('fails for %j', (capacity, message) => {
  expect(() => capacity._bind(stack)).toThrow(new Error(message));
});
