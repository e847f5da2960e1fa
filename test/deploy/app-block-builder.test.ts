import * as cdk from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Deployment } from './deployment';
import { appstream } from '../../src';

let deployment: Deployment;
afterEach(() => deployment.stop());

const { RUNNING, STOPPED } = appstream.AppBlockBuilderState;

/** An app block whose package is made on a builder, and an application once it is there. */
function packing(app: cdk.App, { description, desiredState = RUNNING, isPacked = false }: Wish): cdk.Stack {
  const stack = new cdk.Stack(app, 'Packing');
  const packages = new s3.Bucket(stack, 'Packages', { bucketName: 'packages', enforceSSL: true });
  const appBlock = new appstream.AppBlock(stack, 'Editors', { packaging: appstream.AppBlockPackaging.appStream(packages), description });
  new appstream.AppBlockBuilder(stack, 'Builder', {
    appBlock,
    instanceType: appstream.InstanceType.STANDARD_SMALL,
    vpc: ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a', 'b'], privateSubnetIds: ['subnet-1', 'subnet-2'] }),
    securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1')],
    desiredState,
  });
  if (isPacked) {
    // With what AppStream has put there.
    const icon = appstream.FileSource.fromBucket(packages, 'AppStream2/icon.png');
    new appstream.Application(stack, 'Editor', { appBlock, launchPath: 'C:\\editor.exe', icon, platforms: [appstream.ElasticPlatform.WINDOWS_SERVER_2019] });
  }
  return stack;
}

interface Wish {
  readonly description?: string;
  readonly desiredState?: appstream.AppBlockBuilderState;
  readonly isPacked?: boolean;
}

const deploy = (wish: Wish = {}) => deployment.deploy((app) => packing(app, wish));
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the test knows the shape of the output
const call = (operation: string, input: object = {}): Promise<any> => deployment.loopback.call('appstream', operation, input);

async function builder() {
  const { AppBlockBuilders } = await call('DescribeAppBlockBuilders');
  const { AppBlockBuilderAppBlockAssociations = [] } = await call('DescribeAppBlockBuilderAppBlockAssociations');
  const { AppBlocks } = await call('DescribeAppBlocks');
  return {
    builders: AppBlockBuilders.map(({ State }: { State: string }) => State),
    name: AppBlockBuilders[0]?.Name,
    packs: AppBlockBuilderAppBlockAssociations.map(({ AppBlockArn }: { AppBlockArn: string }) => AppBlockArn),
    appBlocks: AppBlocks.map(({ Arn }: { Arn: string }) => Arn),
  };
}

test.each(['strict', 'starts'] as const)('a running builder goes with its app block, is stopped and deleted (CloudFormation: %s)', async (appBlockBuilderHandler) => {
  deployment = await Deployment.start({ cloudformation: { appBlockBuilderHandler } });
  expect(await deploy()).toMatchObject({ status: 'CREATE_COMPLETE', failures: [] });
  const first = await builder();
  expect(first).toMatchObject({ builders: ['RUNNING'], packs: first.appBlocks });

  expect(await deploy({ description: 'Editors' })).toMatchObject({ status: 'UPDATE_COMPLETE', failures: [] });
  const second = await builder();
  expect(second).toMatchObject({ builders: ['RUNNING'], packs: second.appBlocks });
  expect([second.name, second.appBlocks]).not.toEqual([first.name, first.appBlocks]);

  // Only a package makes an app block ready for applications.
  await deployment.loopback.call('s3', 'PutObject', { Bucket: 'packages', Key: 'AppStream2/icon.png', Body: 'icon' });
  expect(await deploy({ description: 'Editors', isPacked: true })).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE' });
  await deployment.loopback.appstream.finishPackage(second.name);
  expect(await deploy({ description: 'Editors', isPacked: true, desiredState: STOPPED })).toMatchObject({ status: 'UPDATE_COMPLETE', failures: [] });
  expect(await builder()).toEqual({ ...second, builders: ['STOPPED'] });

  expect(await deployment.destroy('Packing')).toMatchObject({ status: 'DELETE_COMPLETE', failures: [] });
  expect(await builder()).toEqual({ builders: [], name: undefined, packs: [], appBlocks: [] });
  // The packages stay.
  expect(deployment.loopback.s3.keys('packages')).toHaveLength(2);
});
