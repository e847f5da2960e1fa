import * as cdk from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { AwsSolutionsChecks } from 'cdk-nag';
import { appstream } from '../../src';

const {
  AgentSoftwareVersion, Image, ImageCopy, ImageExport, ImagePermissions, ImagePlatform, ImageRollout, ImageSource, ImportedImage, InstanceFamily,
  LatestImage, UpdatedImage,
} = appstream;
const AMI = 'ami-0123456789abcdef0';
const mine = Image.fromName('mine');
const source = ImageSource.ami(AMI);
const M7I = appstream.InstanceType.generalPurpose(ec2.InstanceType.of(ec2.InstanceClass.M7I, ec2.InstanceSize.LARGE));

let stack: cdk.Stack;

beforeEach(() => {
  stack = new cdk.Stack(new cdk.App(), 'Test', { env: { account: '111111111111', region: 'us-east-1' } });
});

/** The properties of the only resource of a type, without what is the same for all. */
function propertiesOf(type: string): Record<string, unknown> {
  const [{ Properties }] = Object.values(Template.fromStack(stack).findResources(type));
  const { ServiceToken, ServiceTimeout, TimeoutSeconds, ...properties } = Properties;
  return properties;
}

/** What the policy of a kind allows: an action on resources. */
function allowed(kind: string): string[] {
  const policies = Template.fromStack(stack).findResources('AWS::IAM::Policy');
  const [, { Properties }] = Object.entries(policies).find(([id]) => id.startsWith(`AppStreamLifecycleEngine${kind}`))!;
  const list = (value: unknown) => [value].flat();
  const text = (resource: unknown) => typeof resource === 'string'
    ? resource
    : JSON.stringify(stack.resolve(resource)).replace(/.*:appstream:|"\]\]\}$/g, '');
  return Properties.PolicyDocument.Statement.flatMap(({ Action, Resource, Condition }: Record<string, unknown>) =>
    list(Action).map((action) => [action, ...list(Resource).map(text), ...Condition ? [JSON.stringify(Condition)] : []].join(' '))).sort();
}

const READS = ['DescribeFleets', 'DescribeImages', 'ListTagsForResource'].map((action) => `appstream:${action} *`);
const OURS = '{"StringEquals":{"aws:ResourceTag/cdk-app-streaming:stack":{"Ref":"AWS::StackName"}}}';

describe('with all properties', () => {
  const common = { imageName: 'office', imageTags: { a: '1' }, timeout: cdk.Duration.minutes(5) };

  test('a copy', () => {
    new ImageCopy(stack, 'Copy', { ...common, image: mine, destinationRegion: 'eu-west-1', description: 'for Ireland' });
    expect(propertiesOf('Custom::AppStreamImageCopy')).toEqual({
      ImageName: 'office', Tags: '{"a":"1"}', SourceImageName: 'mine', DestinationRegion: 'eu-west-1', Description: 'for Ireland',
    });
    Template.fromStack(stack).hasResource('Custom::AppStreamImageCopy', { DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' });
    expect(allowed('AppStreamImageCopy')).toEqual([
      'appstream:CopyImage us-east-1:111111111111:image/mine',
      `appstream:DeleteImage *:111111111111:image/* ${OURS}`,
      'appstream:DescribeImagePermissions *:111111111111:image/*',
      ...READS,
      'appstream:TagResource eu-west-1:111111111111:image/office',
      'appstream:UntagResource eu-west-1:111111111111:image/office',
    ].sort());
  });

  test('an updated image', () => {
    new UpdatedImage(stack, 'Updated', {
      ...common, image: mine, displayName: 'Office', description: 'patched', revision: '2', removalPolicy: cdk.RemovalPolicy.RETAIN,
    });
    expect(propertiesOf('Custom::AppStreamUpdatedImage')).toEqual({
      ImageName: 'office', Tags: '{"a":"1"}', SourceImageName: 'mine', DisplayName: 'Office', Description: 'patched', Revision: '2',
    });
    Template.fromStack(stack).hasResource('Custom::AppStreamUpdatedImage', { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    const [from, to] = ['mine', 'office'].map((name) => `us-east-1:111111111111:image/${name}`);
    expect(allowed('AppStreamUpdatedImage').filter((line) => line.includes('Create'))).toEqual([`appstream:CreateUpdatedImage ${from} ${to}`]);
  });

  test('an imported image', () => {
    new ImportedImage(stack, 'Imported', {
      ...common,
      source,
      displayName: 'Office',
      description: 'of January (new)',
      agentSoftwareVersion: AgentSoftwareVersion.ALWAYS_LATEST,
      validationInstanceType: M7I,
      applications: [{
        name: 'notepad',
        displayName: 'Notepad',
        path: 'C:\\notepad.exe',
        iconPath: 'C:\\icon.png',
        manifestPath: 'C:\\files.txt',
        workingDirectory: 'C:\\',
        launchParameters: '/a',
      }],
    });
    const { ApplicationCatalog, RoleArn, ...properties } = propertiesOf('Custom::AppStreamImportedImage');
    expect(properties).toEqual({
      ImageName: 'office',
      Tags: '{"a":"1"}',
      SourceAmiId: AMI,
      DisplayName: 'Office',
      Description: 'of January (new)',
      AgentSoftwareVersion: 'ALWAYS_LATEST',
      ValidationInstanceType: 'GeneralPurpose.m7i.large',
    });
    expect(JSON.parse(String(ApplicationCatalog))).toEqual([{
      Name: 'notepad',
      DisplayName: 'Notepad',
      AbsoluteAppPath: 'C:\\notepad.exe',
      AbsoluteIconPath: 'C:\\icon.png',
      AbsoluteManifestPath: 'C:\\files.txt',
      WorkingDirectory: 'C:\\',
      LaunchParameters: '/a',
    }]);
    expect(RoleArn).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^ImportedRole/), 'Arn'] });
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([Match.objectLike({
          Action: 'iam:PassRole', Resource: RoleArn, Condition: { StringEquals: { 'iam:PassedToService': 'appstream.amazonaws.com' } },
        })]),
      },
    });
  });

  test('an export', () => {
    const role = iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111111111111:role/export');
    new ImageExport(stack, 'Export', { image: mine, amiName: 'office', description: 'of January', amiTags: { a: '1' }, role, revision: '2' });
    expect(propertiesOf('Custom::AppStreamImageExport')).toEqual({
      ImageName: 'mine', AmiName: 'office', RoleArn: role.roleArn, Description: 'of January', Tags: '{"a":"1"}', Revision: '2',
    });
    expect(allowed('AppStreamImageExport').filter((line) => line.startsWith('appstream'))).toEqual(
      ['appstream:CreateExportImageTask *', 'appstream:ListExportImageTasks *']);
  });

  test('permissions', () => {
    new ImagePermissions(stack, 'Share', { image: mine, accounts: ['222222222222'], allowFleet: false, allowImageBuilder: true, allowRevocation: true });
    expect(propertiesOf('Custom::AppStreamImagePermission')).toEqual({
      ImageName: 'mine', Region: 'us-east-1', AccountId: '222222222222', AllowFleet: 'false', AllowImageBuilder: 'true', AllowRevocation: 'true',
    });
  });

  test('a rollout: its copies are like its image, and all of them are shared', () => {
    new ImageRollout(stack, 'Rollout', {
      ...common, source, description: 'of January', removalPolicy: cdk.RemovalPolicy.RETAIN, copyTo: ['eu-west-1'], shareWith: ['222222222222'], allowRevocation: true,
    });
    expect(propertiesOf('Custom::AppStreamImportedImage')).toMatchObject({ ImageName: 'office', Tags: '{"a":"1"}', SourceAmiId: AMI, Description: 'of January' });
    expect(propertiesOf('Custom::AppStreamImageCopy')).toEqual({
      ImageName: 'office', Tags: '{"a":"1"}', SourceImageName: { 'Fn::GetAtt': [expect.stringMatching(/^RolloutImage/), 'ImageName'] }, DestinationRegion: 'eu-west-1',
    });
    const template = Template.fromStack(stack);
    for (const type of ['Custom::AppStreamImportedImage', 'Custom::AppStreamImageCopy']) {
      template.hasResource(type, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain', Properties: { TimeoutSeconds: '300' } });
    }
    const shares = Object.values(template.findResources('Custom::AppStreamImagePermission')).map(({ Properties }) => Properties);
    expect(shares).toEqual(['us-east-1', 'eu-west-1'].map((Region) => expect.objectContaining({
      Region, AccountId: '222222222222', AllowFleet: 'true', AllowImageBuilder: 'false', AllowRevocation: 'true',
    })));
  });

  test('software on an image builder', () => {
    const imageBuilder = appstream.ImageBuilder.fromImageBuilderName(stack, 'Builder', 'builder');
    new appstream.ImageBuilderSoftware(stack, 'Software', { imageBuilder, software: [appstream.Software.of('Office')], revision: '2' });
    expect(propertiesOf('Custom::AppStreamImageBuilderSoftware')).toEqual({
      ImageBuilderName: 'builder', ImageBuilderArn: expect.anything(), Software: '["Office"]', Revision: '2',
    });
    expect(allowed('AppStreamImageBuilderSoftware')).toEqual([
      'AssociateSoftwareToImageBuilder us-east-1:111111111111:image-builder/builder',
      'DescribeImageBuilders *',
      'DescribeSoftwareAssociations us-east-1:111111111111:image-builder/builder',
      'DisassociateSoftwareFromImageBuilder us-east-1:111111111111:image-builder/builder',
      'StartSoftwareDeploymentToImageBuilder us-east-1:111111111111:image-builder/builder',
    ].map((line) => `appstream:${line}`));
  });

  test('the latest image', () => {
    new LatestImage(stack, 'Latest', { platform: ImagePlatform.UBUNTU_PRO_2404, instanceFamily: InstanceFamily.GRAPHICS_G5, namePrefix: 'AppStream-', revision: '2' });
    expect(propertiesOf('Custom::AppStreamLatestImage')).toEqual({
      Platform: 'UBUNTU_PRO_2404', InstanceFamily: 'Graphics G5', NamePrefix: 'AppStream-', Revision: '2',
    });
    expect(allowed('AppStreamLatestImage')).toEqual(['appstream:DescribeImages *']);
  });
});

test('with none but what must be', () => {
  const image = new ImportedImage(stack, 'Imported', { source: ImageSource.workspacesImage('wsi-0123456789') });
  new ImageCopy(stack, 'Copy', { image, destinationRegion: 'eu-west-1' });
  new ImagePermissions(stack, 'Share', { image, accounts: ['222222222222'] });
  expect(propertiesOf('Custom::AppStreamImportedImage')).toEqual({ NamePrefix: 'Test-Imported-24776030', WorkspaceImageId: 'wsi-0123456789' });
  const imageName = { 'Fn::GetAtt': [expect.stringMatching(/^Imported/), 'ImageName'] };
  expect(propertiesOf('Custom::AppStreamImageCopy')).toEqual({ NamePrefix: expect.any(String), SourceImageName: imageName, DestinationRegion: 'eu-west-1' });
  expect(propertiesOf('Custom::AppStreamImagePermission')).toMatchObject({ ImageName: imageName, AllowFleet: 'true', AllowImageBuilder: 'false', AllowRevocation: 'false' });
  expect(allowed('AppStreamImageCopy')).toContain('appstream:CopyImage us-east-1:111111111111:image/Test-Imported-24776030-????????');
});

describe('a fleet and an image builder', () => {
  const show = (image: appstream.IImage) => {
    new appstream.Fleet(stack, 'Fleet', { image, instanceType: M7I, capacity: appstream.Capacity.instances(1) });
    new appstream.ImageBuilder(stack, 'Builder', { image, instanceType: M7I, desiredState: appstream.ImageBuilderState.UNMANAGED });
    const template = Template.fromStack(stack);
    return ['AWS::AppStream::Fleet', 'AWS::AppStream::ImageBuilder'].map((type) => Object.values(template.findResources(type))[0]);
  };

  test.each([
    ['an imported image', () => new ImportedImage(stack, 'Image', { source })],
    ['an updated image', () => new UpdatedImage(stack, 'Image', { image: mine })],
    ['a copy in the same Region', () => new ImageCopy(stack, 'Image', { image: mine, destinationRegion: 'us-east-1' })],
    ['the latest image', () => new LatestImage(stack, 'Image')],
  ])('start from %s, by a reference that they wait for', (_, image) => {
    for (const { Properties } of show(image())) {
      expect(Properties).toMatchObject({ ImageArn: { 'Fn::GetAtt': [expect.stringMatching(/^Image/), 'ImageArn'] } });
      expect(Properties.ImageName).toBeUndefined();
    }
  });

  test('each look for the latest image themselves when they are told to', () => {
    show(Image.latest());
    Template.fromStack(stack).resourceCountIs('Custom::AppStreamLatestImage', 2);
  });

  test('wait for all of a rollout', () => {
    const image = new ImageRollout(stack, 'Rollout', { source, shareWith: ['222222222222'], copyTo: ['eu-west-1'] });
    const [{ DependsOn }] = show(image);
    expect(DependsOn.map((id: string) => id.replace(/[0-9A-F]{8}(Default)?$/, '')).sort()).toEqual([
      'RolloutCopyeuwest1', 'RolloutCopyeuwest1Permissions222222222222', 'RolloutImagePermissions222222222222',
    ]);
  });

  test.each(['fleet', 'builder'])('fail with a copy of another Region (%s)', (kind) => {
    const image = new ImageCopy(stack, 'Copy', { image: mine, destinationRegion: 'eu-west-1' });
    const scope = new cdk.Stack(stack.node.root as cdk.App, kind, { env: { account: '111111111111', region: 'us-east-1' } });
    expect(() => image.bind(scope)).toThrow(new Error(
      `a fleet or an image builder works in the Region of its stack, "us-east-1", got a resource of "eu-west-1" [at ${kind}]`));
  });
});

test('what comes with the library gives cdk-nag nothing to find', () => {
  const app = stack.node.root as cdk.App;
  cdk.Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  new ImageRollout(stack, 'Rollout', { source, shareWith: ['222222222222'], copyTo: ['eu-west-1'] });
  new UpdatedImage(stack, 'Updated', { image: mine });
  new ImageExport(stack, 'Export', { image: mine });
  new LatestImage(stack, 'Latest');
  new appstream.ImageBuilderSoftware(stack, 'Software', {
    imageBuilder: appstream.ImageBuilder.fromImageBuilderName(stack, 'Builder', 'builder'), software: [appstream.Software.of('Office')],
  });
  app.synth();
});

const tags = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, 'v']));
const application = { name: 'notepad', path: 'C:\\notepad.exe' };

describe('refusals', () => {
  const imported = (props: Partial<appstream.ImportedImageProps>) => () => new ImportedImage(stack, 'I', { source, ...props });
  const copied = (props: Partial<appstream.ImageCopyProps>) => () => new ImageCopy(stack, 'I', { image: mine, destinationRegion: 'eu-west-1', ...props });
  const exported = (props: Partial<appstream.ImageExportProps>) => () => new ImageExport(stack, 'I', { image: mine, ...props });
  const rolledOut = (...copyTo: string[]) => () => new ImageRollout(stack, 'I', { source, copyTo });
  const shared = (props: Partial<appstream.ImagePermissionsProps>) => () => new ImagePermissions(stack, 'I', { image: mine, accounts: ['222222222222'], ...props });
  const NAMES = 'have 1 to 100 letters, digits, "_", "." and "-", and start with a letter or digit';
  const WORDS = 'have only letters, digits, blanks, "_", ".", "-" and parentheses';

  test.each<[string, () => unknown, string]>([
    ['a name', imported({ imageName: '-x' }), `imageName must ${NAMES}, got "-x"`],
    ['too many tags', imported({ imageTags: tags(48) }), 'imageTags must have at most 47 tags, got 48'],
    ['a tag of AWS', copied({ imageTags: { 'aws:x': '' } }), 'the key of a tag in imageTags must not begin with "aws:" or "cdk-app-streaming:", got "aws:x"'],
    ['a tag of the library', exported({ amiTags: { 'cdk-app-streaming:x': '' } }), 'the key of a tag in amiTags must not begin with "aws:" or "cdk-app-streaming:", got "cdk-app-streaming:x"'],
    ['a timeout', imported({ timeout: cdk.Duration.minutes(54) }), 'timeout must be 60 to 3180 whole seconds, got 3240'],
    ['what is no AMI', imported({ source: ImageSource.ami('i-1') }), 'source must be the id of an AMI like "ami-0123456789abcdef0", got "i-1"'],
    ['what is no image of WorkSpaces', imported({ source: ImageSource.workspacesImage('x') }), 'source must be the id of an image of WorkSpaces like "wsi-0123456789", got "x"'],
    ['a display name', imported({ displayName: 'a@b' }), `displayName must ${WORDS}, got "a@b"`],
    ['a description', imported({ description: 'a, b' }), `description must ${WORDS}, got "a, b"`],
    ['no applications', imported({ applications: [] }), 'applications must have 1 to 50 elements, got 0'],
    ['an application twice', imported({ applications: [application, application] }), 'applications must have names of their own, got "notepad" twice'],
    ['the name of an application', imported({ applications: [{ ...application, name: 'a b' }] }), `applications: name must ${NAMES}, got "a b"`],
    ['the display name of an application', imported({ applications: [{ ...application, displayName: '(a)' }] }),
      'applications: displayName must have 1 to 100 letters, digits, blanks, "_", "." and "-", and start with a letter or digit, got "(a)"'],
    ['what an application is started with', imported({ applications: [{ ...application, launchParameters: '' }] }),
      'applications: launchParameters must have 1 to 1024 characters, got 0: ""'],
    ['a Region', copied({ destinationRegion: 'Ireland' }), 'destinationRegion must be the name of a Region like "eu-west-1", got "Ireland"'],
    ['a long description', copied({ description: 'x'.repeat(234) }), `description must have 1 to 233 characters, got 234: "${'x'.repeat(234)}"`],
    ['a public image', copied({ image: Image.fromArn('arn:aws:appstream:us-east-1::image/base') }),
      'image must be one that this account owns in this Region, got "arn:aws:appstream:us-east-1::image/base"'],
    ['an image of another account', exported({ image: Image.fromArn('arn:aws:appstream:us-east-1:222222222222:image/x') }),
      'image must be one that this account owns in this Region, got "arn:aws:appstream:us-east-1:222222222222:image/x"'],
    ['the latest public image', shared({ image: Image.latest() }), 'image must be one that this account owns, got the latest public one of AWS'],
    ['an AMI name', exported({ amiName: 'a b' }), 'amiName must have 3 to 128 letters, digits, "(", ")", ".", "-", "/" and "_", got "a b"'],
    ['no account', shared({ accounts: [] }), 'accounts must have at least one element, got none'],
    ['what is no account', shared({ accounts: ['2222'] }), 'accounts must be ids of 12 digits that are known at synthesis, got "2222"'],
    ['an account twice', shared({ accounts: ['222222222222', '222222222222'] }), 'accounts must be named once, got "222222222222" twice'],
    ['nothing that is permitted', shared({ allowFleet: false }), 'an image is shared for fleets, for image builders or both, got allowFleet and allowImageBuilder false'],
    ['a Region twice', rolledOut('eu-west-1', 'eu-west-1'), 'copyTo must name each Region once, got "eu-west-1" twice'],
    ['the Region of the image itself', rolledOut('us-east-1'), 'copyTo must name other Regions than that of the stack, got "us-east-1"'],
    ['a Region that is not known', rolledOut(cdk.Fn.ref('Region')), 'copyTo must be known at synthesis, got a token'],
    ['no software', () => new appstream.ImageBuilderSoftware(stack, 'I', {
      imageBuilder: appstream.ImageBuilder.fromImageBuilderName(stack, 'Builder', 'builder'), software: [],
    }), 'software must have 1 to 50 elements, got 0'],
    ['a prefix', () => new LatestImage(stack, 'I', { namePrefix: ' x' }),
      'namePrefix must be what the name of an image begins with: letters, digits, "_", "." and "-", the first a letter or digit, got " x"'],
  ])('fails for %s', (_, make, sentence) => {
    expect(make).toThrow(new Error(`${sentence} [at Test/I]`));
  });

  test('fails for a copy of a copy that is elsewhere', () => {
    const image = new ImageCopy(stack, 'Copy', { image: mine, destinationRegion: 'eu-west-1' });
    expect(() => new ImageExport(stack, 'I', { image })).toThrow(new Error('image must be in the Region of the stack, "us-east-1", got one of "eu-west-1" [at Test/I]'));
  });

  test.each([
    [imported({ imageName: 'x'.repeat(100), imageTags: tags(47) })],
    [copied({ description: 'x'.repeat(233), destinationRegion: cdk.Token.asString({ Ref: 'Region' }) })],
    [imported({ source: ImageSource.ami(cdk.Token.asString({ Ref: 'Ami' })), description: cdk.Token.asString({ Ref: 'Description' }) })],
  ])('does not fail at the limit, or for what is known only at deployment', (make) => {
    make();
  });
});
