import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import * as cdk from 'aws-cdk-lib';
import { CfnFleet } from 'aws-cdk-lib/aws-appstream';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Deployment } from './deployment';
import { appstream } from '../../src';

let deployment: Deployment;
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'apps-'));
  mkdirSync(join(folder, 'scripts'));
  write('editor.vhdx', '1');
  write('mount.ps1', 'mount');
  write('editor.png', 'picture');
  write('scripts/config.json', JSON.stringify({ SessionStart: { executables: [{ context: 'user', filename: 'C:\\AppStream\\SessionScripts\\hello.ps1' }], waitingTime: 30 } }));
});

afterEach(async () => {
  rmSync(folder, { recursive: true });
  await deployment.stop();
});

const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
const file = (name: string) => appstream.FileSource.fromAsset(join(folder, name));

interface Wish {
  readonly content: string;
  readonly displayName?: string;
  readonly thenFails?: boolean;
  readonly description?: string;
}

function apps(app: cdk.App, { content, displayName, thenFails, description = 'Editors' }: Wish): cdk.Stack {
  write('editor.vhdx', content);
  const stack = new cdk.Stack(app, 'Apps');
  const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 0, restrictDefaultSecurityGroup: false });
  const editors = new appstream.AppBlock(stack, 'Editors', {
    packaging: appstream.AppBlockPackaging.custom({
      source: file('editor.vhdx'), setupScript: appstream.AppBlockScript.powerShell(file('mount.ps1')),
    }),
  });
  const editor = new appstream.Application(stack, 'Editor', {
    appBlock: editors,
    launchPath: 'D:\\editor.exe',
    icon: file('editor.png'),
    platforms: [appstream.ElasticPlatform.WINDOWS_SERVER_2019],
    displayName,
    launchParameters: displayName && '--quiet',
  });
  const fleet = new appstream.ElasticFleet(stack, 'Fleet', {
    platform: appstream.ElasticPlatform.WINDOWS_SERVER_2019,
    instanceType: appstream.InstanceType.STANDARD_MEDIUM,
    maxConcurrentSessions: 5,
    vpc,
    enableDefaultInternetAccess: true,
    sessionScripts: appstream.SessionScripts.fromAsset(join(folder, 'scripts')),
    description,
    desiredState: appstream.FleetState.RUNNING,
    updateStrategy: appstream.UpdateStrategy.stopAndRestart(),
  });
  fleet.addApplication(editor);
  new appstream.Stack(stack, 'Stack', { stackName: 'apps' }).addFleet(fleet);
  if (thenFails) {
    new CfnFleet(stack, 'Bad', { name: 'bad', instanceType: 'stream.standard.small', imageName: 'unknown' }).node.addDependency(editor, fleet);
  }
  return stack;
}

const deploy = (wish: Wish) => deployment.deploy((app) => apps(app, wish));
const call = (operation: string, input: object = {}) => deployment.loopback.call('appstream', operation, input);

/** What AppStream has, and what it finds in S3. */
async function state() {
  const { AppBlocks } = await call('DescribeAppBlocks');
  const [{ Applications }, { Fleets }] = await Promise.all([call('DescribeApplications'), call('DescribeFleets')]);
  const { S3Bucket, S3Key } = AppBlocks[0].SourceS3Location;
  const { Body } = await deployment.loopback.call('s3', 'GetObject', { Bucket: S3Bucket, Key: S3Key });
  const appBlocks = AppBlocks.map(({ Arn }: { Arn: string }) => Arn);
  return { appBlocks, application: Applications[0], fleet: Fleets[0], content: Body.toString(), S3Bucket };
}

const callsOf = (...operations: string[]) => deployment.loopback.endpoint.calls.of('appstream').filter(({ operation }) => operations.includes(operation)).length;

test.each([2, 3])('in every order that its dependencies allow, an Elastic app is made and leaves nothing behind (seed %d)', async (seed) => {
  deployment = await Deployment.start({ cloudformation: { seed } });
  expect(await deploy({ content: '1' })).toMatchObject({ status: 'CREATE_COMPLETE', failures: [] });
  expect(await deployment.destroy('Apps')).toMatchObject({ status: 'DELETE_COMPLETE', failures: [] });
});

test('an Elastic app is made, gets other content, survives a failure, and leaves nothing behind', async () => {
  deployment = await Deployment.start();
  expect(await deploy({ content: '1' })).toMatchObject({ status: 'CREATE_COMPLETE', failures: [] });
  const first = await state();
  expect(first).toMatchObject({ content: '1', application: { AppBlockArn: first.appBlocks[0] }, fleet: { State: 'RUNNING' } });
  const { SetupScriptDetails } = (await call('DescribeAppBlocks')).AppBlocks[0];
  // The script is where it says, under the name of this very app block.
  expect(SetupScriptDetails.ExecutableParameters).toBe(`-ExecutionPolicy Bypass -File "C:\\AppStream\\AppBlocks\\${first.appBlocks[0].split('/')[1]}\\mount.ps1"`);
  expect(SetupScriptDetails.ScriptS3Location.S3Key).toMatch(/^[0-9a-f]{32}\/mount\.ps1$/);
  expect((await call('DescribeApplicationFleetAssociations', { FleetName: first.fleet.Name })).ApplicationFleetAssociations).toHaveLength(1);

  expect(await deploy({ content: '1' })).toMatchObject({ changed: false });

  expect(await deploy({ content: '2', displayName: 'Editor' })).toMatchObject({ status: 'UPDATE_COMPLETE', failures: [] });
  const second = await state();
  expect(second.appBlocks).not.toEqual(first.appBlocks);
  expect(second).toMatchObject({ content: '2', application: { AppBlockArn: second.appBlocks[0], LaunchParameters: '--quiet' }, fleet: { State: 'RUNNING' } });
  // That of before has gone, and nobody's session was ended for it.
  expect(deployment.loopback.s3.keys(second.S3Bucket)).toHaveLength(4);
  expect(callsOf('StopFleet')).toBe(0);

  expect(await deploy({ content: '3', thenFails: true, description: 'other' })).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE' });
  expect(await state()).toEqual(second);
  expect(deployment.loopback.s3.keys(second.S3Bucket)).toHaveLength(4);

  // What is no longer given is gone.
  expect(await deploy({ content: '2' })).toMatchObject({ status: 'UPDATE_COMPLETE' });
  expect((await state()).application.LaunchParameters).toBeUndefined();

  expect(await deployment.destroy('Apps')).toMatchObject({ status: 'DELETE_COMPLETE', failures: [] });
  expect(await Promise.all([call('DescribeAppBlocks'), call('DescribeApplications'), call('DescribeFleets')])).toEqual([{ AppBlocks: [] }, { Applications: [] }, { Fleets: [] }]);
  expect(deployment.loopback.s3.keys(second.S3Bucket)).toBeUndefined();
});
