import { AppStream, CreateAppBlockBuilderCommandInput, CreateAppBlockCommandInput, CreateApplicationCommandInput, CreateFleetCommandInput, CreateImageBuilderCommandInput } from '@aws-sdk/client-appstream';
import type { Cloud } from '../../../../local/cloud';
import { S3 } from '../../../../local/services/s3';
import { AppStreamSimulator } from '../../../../local/streaming/appstream';
import type { AppStreamOptions } from '../../../../local/streaming/appstream/options';
import { simulate, type Simulation } from '../simulation';

export { stopSimulations } from '../simulation';

export const IMAGE = 'AppStream-WinServer2022-06-17-2024';
export const MINUTE = 60_000;

/** With the account's S3. */
export type SimulatedAppStream = Simulation<AppStream, AppStreamSimulator> & { readonly s3: S3 };

export async function simulateAppStream(options?: AppStreamOptions): Promise<SimulatedAppStream> {
  let s3: S3 | undefined;
  const simulation = await simulate('eu-west-1', AppStream, (cloud) => {
    s3 = new S3(cloud);
    return new AppStreamSimulator({ ...cloud, call: callsOf(s3) }, options, s3);
  });
  return { ...simulation, s3: s3! };
}

const callsOf = ({ operations }: S3): Cloud['call'] => async (_service, operation, input) =>
  operations[operation](input, { caller: { accessKeyId: 'appstream' } });

/** What AppStream asks of the policy of a bucket from which it reads. */
export const READABLE = {
  Effect: 'Allow',
  Principal: { Service: 'appstream.amazonaws.com' },
  Action: 's3:GetObject',
  Resource: 'arn:aws:s3:::content/*',
  Condition: { StringEquals: { 'aws:SourceAccount': '123456789012' } },
};

/** The same of icons, which AppStream reads on behalf of nobody that a condition could name. */
export const ICON_READABLE = { ...READABLE, Resource: 'arn:aws:s3:::content/*.png', Condition: undefined };

/** A bucket of this policy with the objects of an app block and its application. */
export async function fill({ s3 }: SimulatedAppStream, statements: readonly object[] = [READABLE, ICON_READABLE]): Promise<void> {
  const call = callsOf(s3);
  await call('s3', 'CreateBucket', { Bucket: 'content' });
  for (const Key of ['app.vhdx', 'setup.ps1', 'icon.png', 'scripts.zip']) {
    await call('s3', 'PutObject', { Bucket: 'content', Key, Body: Key });
  }
  if (statements.length > 0) {
    await call('s3', 'PutBucketPolicy', { Bucket: 'content', Policy: JSON.stringify({ Version: '2012-10-17', Statement: statements }) });
  }
}

export const inBucket = (S3Key?: string) => ({ S3Bucket: 'content', S3Key });

export const aScript = { ScriptS3Location: inBucket('setup.ps1'), ExecutablePath: 'powershell.exe', TimeoutInSeconds: 60 };

export function anAppBlock(overrides: Partial<CreateAppBlockCommandInput> = {}): CreateAppBlockCommandInput {
  return { Name: 'apps', SourceS3Location: inBucket('app.vhdx'), SetupScriptDetails: aScript, ...overrides };
}

/** An app block that waits for its package. */
export function anEmptyAppBlock(overrides: Partial<CreateAppBlockCommandInput> = {}): CreateAppBlockCommandInput {
  return { Name: 'apps', PackagingType: 'APPSTREAM2', SourceS3Location: inBucket(), ...overrides };
}

export const APP_BLOCK = 'arn:aws:appstream:eu-west-1:123456789012:app-block/apps';
export const APPLICATION = 'arn:aws:appstream:eu-west-1:123456789012:application/editor';

export function anApplication(overrides: Partial<CreateApplicationCommandInput> = {}): CreateApplicationCommandInput {
  return {
    Name: 'editor',
    AppBlockArn: APP_BLOCK,
    IconS3Location: inBucket('icon.png'),
    LaunchPath: 'D:\\editor.exe',
    Platforms: ['WINDOWS_SERVER_2019'],
    InstanceFamilies: ['GENERAL_PURPOSE'],
    ...overrides,
  };
}

export function anAppBlockBuilder(overrides: Partial<CreateAppBlockBuilderCommandInput> = {}): CreateAppBlockBuilderCommandInput {
  return {
    Name: 'packer', Platform: 'WINDOWS_SERVER_2019', InstanceType: 'stream.standard.small', VpcConfig: { SubnetIds: ['subnet-1', 'subnet-2'] }, ...overrides,
  };
}

/** A fleet that AppStream takes; `undefined` takes a member away. */
export function aFleet(overrides: Partial<CreateFleetCommandInput> = {}): CreateFleetCommandInput {
  return { Name: 'office', InstanceType: 'stream.standard.large', ImageName: IMAGE, ComputeCapacity: { DesiredInstances: 2 }, ...overrides };
}

export function anElasticFleet(overrides: Partial<CreateFleetCommandInput> = {}): CreateFleetCommandInput {
  return {
    Name: 'elastic',
    FleetType: 'ELASTIC',
    InstanceType: 'stream.standard.large',
    Platform: 'WINDOWS_SERVER_2019',
    MaxConcurrentSessions: 10,
    VpcConfig: { SubnetIds: ['subnet-1', 'subnet-2'] },
    ...overrides,
  };
}

export function aBuilder(overrides: Partial<CreateImageBuilderCommandInput> = {}): CreateImageBuilderCommandInput {
  return { Name: 'builder', InstanceType: 'stream.standard.large', ImageName: IMAGE, ...overrides };
}

/** How a refusal looks to the caller. */
export function refusal(name: string, message?: string): object {
  return expect.objectContaining({ name, ...message !== undefined && { message } });
}

export async function fleetState({ client }: SimulatedAppStream, name = 'office'): Promise<string | undefined> {
  return (await client.describeFleets({ Names: [name] })).Fleets![0].State;
}

export async function builderState({ client }: SimulatedAppStream, name = 'builder'): Promise<string | undefined> {
  return (await client.describeImageBuilders({ Names: [name] })).ImageBuilders![0].State;
}
