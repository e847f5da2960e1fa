import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import * as cdk from 'aws-cdk-lib';
import { Deployment, type Template } from './deployment';
import { gameliftstreams } from '../../src';

const CREATED = { status: 'CREATE_COMPLETE', failures: [] };
const UPDATED = { status: 'UPDATE_COMPLETE', failures: [] };
const DELETED = { status: 'DELETE_COMPLETE', failures: [] };

let deployment: Deployment;
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'game-'));
  mkdirSync(join(folder, 'data'));
  write('data/level one.dat', 'level');
});

afterEach(async () => {
  rmSync(folder, { recursive: true });
  await deployment.stop();
});

const start = async (seed = 1) => {
  deployment = await Deployment.start({ cloudformation: { seed } });
};

const write = (name: string, text: string) => writeFileSync(join(folder, name), text);

/** Deploys the game of this version. */
const deploy = (version: string, executablePath = 'game.exe', change?: (template: Template) => void) => deployment.deploy((app) => {
  write('game.exe', version);
  const stack = new cdk.Stack(app, 'Playtest');
  new gameliftstreams.Application(stack, 'Game', {
    source: gameliftstreams.ApplicationSource.fromAsset(folder),
    executablePath,
    runtimeEnvironment: gameliftstreams.RuntimeEnvironment.PROTON_20260204,
  });
  return stack;
}, change);

const call = (service: string, operation: string, input: object) => deployment.loopback.call(service, operation, input);
const bucket = () => deployment.physicalId('Playtest', 'AWS::S3::Bucket');
const application = () => call('gameliftstreams', 'GetApplication', {
  Identifier: deployment.physicalId('Playtest', 'AWS::GameLiftStreams::Application'),
});

/** The folder of the application's content, and what is in it. */
async function content() {
  const { ApplicationSourceUri } = await application();
  const [, prefix] = ApplicationSourceUri.split(`s3://${bucket()}/`);
  return { prefix, files: deployment.loopback.s3.keys(bucket())!.map((key) => key.slice(prefix.length)).sort() };
}

test.each([1, 2, 3, 4, 5])('a folder is in its bucket before the application is created, and nothing is left of it (seed %d)', async (seed) => {
  await start(seed);
  expect(await deploy('1')).toMatchObject(CREATED);
  expect(await application()).toMatchObject({ Status: 'READY' });
  expect((await content()).files).toEqual(['/data/level one.dat', '/game.exe']);
  const name = bucket();
  expect(await deployment.destroy('Playtest')).toMatchObject(DELETED);
  expect(deployment.loopback.s3.keys(name)).toBeUndefined();
  expect(deployment.loopback.gameliftstreams.remains()).toEqual([]);
});

test('changed content goes to a new folder, from which a new application is made', async () => {
  await start();
  await deploy('1');
  const [before, { Arn }] = [await content(), await application()];
  expect(await deploy('2')).toMatchObject(UPDATED);
  const after = await content();
  expect(after.prefix).not.toBe(before.prefix);
  // What the old application was made of is gone: all that is there is in the new folder.
  expect(after.files).toEqual(['/data/level one.dat', '/game.exe']);
  expect((await call('s3', 'GetObject', { Bucket: bucket(), Key: `${after.prefix}/game.exe` })).Body.toString()).toBe('2');
  expect((await application()).Arn).not.toBe(Arn);
  expect(deployment.loopback.gameliftstreams.remains()).toHaveLength(1);
});

test('after an update that fails, the content of the application is there as before', async () => {
  await start();
  await deploy('1');
  const before = await content();
  deployment.loopback.gameliftstreams.script.failingApplication('Playtest/Game', 'internalError');
  expect(await deploy('2')).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE' });
  expect(await content()).toEqual(before);
});

test('an application that does not wait for its content fails', async () => {
  await start();
  const result = await deploy('1', 'game.exe', ({ Resources }) => {
    Object.assign(Object.values(Resources).find(({ Type }) => Type === 'AWS::GameLiftStreams::Application')!, { DependsOn: [] });
  });
  expect(result).toMatchObject({ status: 'ROLLBACK_COMPLETE', failures: expect.arrayContaining([expect.stringContaining('is in ERROR status: accessDenied')]) });
});
