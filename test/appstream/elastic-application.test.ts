import * as cdk from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { AppBlock, Application, ApplicationProps, ElasticPlatform, FileSource, ApplicationInstanceFamily } from '../../src/appstream';

let stack: cdk.Stack;
beforeEach(begin);

function begin() {
  stack = new cdk.Stack(new cdk.App(), 'Test', { env: { account: '123456789012', region: 'eu-west-1' } });
}

function properties(props: Partial<ApplicationProps> = {}) {
  new Application(stack, 'Editor', {
    appBlock: AppBlock.fromAppBlockArn(stack, 'AppBlock', 'arn:aws:appstream:eu-west-1:123456789012:app-block/editors'),
    launchPath: 'D:\\editor.exe',
    icon: FileSource.fromBucket(s3.Bucket.fromBucketName(stack, 'Content', 'content'), 'editor.png'),
    platforms: [ElasticPlatform.WINDOWS_SERVER_2019],
    ...props,
  });
  return Object.values(Template.fromStack(stack).findResources('AWS::AppStream::Application'))[0].Properties;
}

const nameWith = (props: Partial<ApplicationProps> = {}) => {
  begin();
  return properties(props).Name;
};

test('with the required properties alone', () => {
  expect(properties()).toEqual({
    Name: 'Test-Editor-D060DA64-b05a632c',
    AppBlockArn: 'arn:aws:appstream:eu-west-1:123456789012:app-block/editors',
    LaunchPath: 'D:\\editor.exe',
    IconS3Location: { S3Bucket: 'content', S3Key: 'editor.png' },
    Platforms: ['WINDOWS_SERVER_2019'],
    InstanceFamilies: ['GENERAL_PURPOSE'],
    AttributesToDelete: ['LAUNCH_PARAMETERS', 'WORKING_DIRECTORY'],
  });
});

test('its icon may be read by AppStream on whosever behalf, or people would not see it', () => {
  const bucket = new s3.Bucket(stack, 'Own');
  properties({ icon: FileSource.fromBucket(bucket, 'editor.png') });
  Template.fromStack(stack).hasResourceProperties('AWS::S3::BucketPolicy', {
    PolicyDocument: {
      Statement: [{
        Effect: 'Allow',
        Principal: { Service: 'appstream.amazonaws.com' },
        Action: 's3:GetObject',
        Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Own30425842', 'Arn'] }, '/editor.png']] },
        Condition: Match.absent(),
      }],
    },
  });
});

test('with all properties', () => {
  expect(properties({
    applicationName: 'editor',
    displayName: 'Editor',
    description: 'of texts',
    workingDirectory: 'D:\\',
    launchParameters: '--quiet',
    platforms: [ElasticPlatform.AMAZON_LINUX2, ElasticPlatform.UBUNTU_PRO_2404, ElasticPlatform.of('OTHER')],
    instanceFamilies: [ApplicationInstanceFamily.GRAPHICS_G4, ApplicationInstanceFamily.of('OTHER')],
  })).toEqual({
    Name: 'editor',
    AppBlockArn: 'arn:aws:appstream:eu-west-1:123456789012:app-block/editors',
    LaunchPath: 'D:\\editor.exe',
    IconS3Location: { S3Bucket: 'content', S3Key: 'editor.png' },
    Platforms: ['AMAZON_LINUX2', 'UBUNTU_PRO_2404', 'OTHER'],
    InstanceFamilies: ['GRAPHICS_G4', 'OTHER'],
    DisplayName: 'Editor',
    Description: 'of texts',
    WorkingDirectory: 'D:\\',
    LaunchParameters: '--quiet',
  });
});

test('the generated name changes with what replaces the application, and with nothing else', () => {
  const name = nameWith();
  expect(nameWith({ platforms: [ElasticPlatform.AMAZON_LINUX2] })).not.toBe(name);
  expect(nameWith({ instanceFamilies: [ApplicationInstanceFamily.GRAPHICS_G4] })).not.toBe(name);
  expect(nameWith({ launchPath: 'D:\\other.exe', displayName: 'Other' })).toBe(name);
});

test('refers to the resource by its ARN and name', () => {
  properties();
  const application = stack.node.findChild('Editor') as Application;
  expect(stack.resolve(application.applicationRef)).toEqual({ applicationArn: { Ref: 'Editor62EBB48A' } });
  expect(JSON.stringify(stack.resolve(application.applicationName))).toContain('{"Ref":"Editor62EBB48A"}');
});

test('that is imported', () => {
  expect(JSON.stringify(stack.resolve(Application.fromApplicationName(stack, 'ByName', 'editor').applicationArn)))
    .toContain(':appstream:eu-west-1:123456789012:application/editor');
  const byArn = Application.fromApplicationArn(stack, 'ByArn', 'arn:aws:appstream:eu-west-2:111111111111:application/editor');
  expect([byArn.applicationName, byArn.env]).toEqual(['editor', { account: '111111111111', region: 'eu-west-2' }]);
});

test.each<[Partial<ApplicationProps>, string]>([
  [{ applicationName: 'a/b' }, 'applicationName must have 1 to 100 letters, digits, "_", "." and "-", and start with a letter or digit, got "a/b"'],
  [{ displayName: 'a'.repeat(101) }, `displayName must have 0 to 100 characters, got 101: "${'a'.repeat(101)}"`],
  [{ launchPath: '' }, 'launchPath must be the path of a program, got ""'],
  [{ platforms: [] }, 'platforms must have 1 to 4 elements, got 0'],
  [{ instanceFamilies: [] }, 'instanceFamilies must have at least one element, got none'],
])('fails for properties like %#', (props, message) => {
  expect(() => properties(props)).toThrow(new Error(`${message} [at Test/Editor]`));
});
