import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import * as cdk from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks } from 'cdk-nag';
import { AppBlock, AppBlockPackaging, AppBlockProps, AppBlockScript, FileSource, FileSourceConfig } from '../../src/appstream';

let folder: string;
let stack: cdk.Stack;
let content: s3.IBucket;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'apps-'));
  writeFileSync(join(folder, 'editor.vhdx'), '1');
  writeFileSync(join(folder, 'mount.ps1'), 'mount');
  begin();
});
afterEach(() => rmSync(folder, { recursive: true }));

function begin() {
  stack = new cdk.Stack(new cdk.App(), 'Test', { env: { account: '123456789012', region: 'eu-west-1' } });
  content = s3.Bucket.fromBucketName(stack, 'Content', 'content');
}

const asset = (name: string) => FileSource.fromAsset(join(folder, name));
const inBucket = (key: string, bucket = content) => FileSource.fromBucket(bucket, key);

function custom(source = inBucket('editor.vhdx'), setupScript = AppBlockScript.powerShell(inBucket('mount.ps1'))) {
  return AppBlockPackaging.custom({ source, setupScript });
}

function properties(props: Partial<AppBlockProps> = {}) {
  new AppBlock(stack, 'Editors', { packaging: custom(), ...props });
  return Object.values(Template.fromStack(stack).findResources('AWS::AppStream::AppBlock'))[0].Properties;
}

const POWERSHELL = 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe';

describe('an app block', () => {
  test('with custom packaging', () => {
    expect(properties({ displayName: 'Editors', description: 'of texts' })).toEqual({
      Name: 'Test-Editors-274A3BE8-fbaf5f83',
      DisplayName: 'Editors',
      Description: 'of texts',
      PackagingType: 'CUSTOM',
      SourceS3Location: { S3Bucket: 'content', S3Key: 'editor.vhdx' },
      SetupScriptDetails: {
        ScriptS3Location: { S3Bucket: 'content', S3Key: 'mount.ps1' },
        ExecutablePath: POWERSHELL,
        ExecutableParameters: '-ExecutionPolicy Bypass -File "C:\\AppStream\\AppBlocks\\Test-Editors-274A3BE8-fbaf5f83\\mount.ps1"',
        TimeoutInSeconds: 120,
      },
    });
  });

  test('whose package AppStream is to make', () => {
    const packages = new s3.Bucket(stack, 'Packages');
    const postSetupScript = AppBlockScript.of(inBucket('tidy.bat'), 'C:\\AppStream\\AppBlocks\\editors\\tidy.bat');
    expect(properties({ appBlockName: 'editors', packaging: AppBlockPackaging.appStream(packages, { postSetupScript }) })).toEqual({
      Name: 'editors',
      PackagingType: 'APPSTREAM2',
      SourceS3Location: { S3Bucket: { Ref: 'Packages660AFF77' } },
      PostSetupScriptDetails: {
        ScriptS3Location: { S3Bucket: 'content', S3Key: 'tidy.bat' }, ExecutablePath: 'C:\\AppStream\\AppBlocks\\editors\\tidy.bat', TimeoutInSeconds: 120,
      },
    });
    const fromAppStream = {
      Effect: 'Allow',
      Principal: { Service: 'appstream.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceAccount': '123456789012' } },
    };
    const bucket = { 'Fn::GetAtt': ['Packages660AFF77', 'Arn'] };
    Template.fromStack(stack).hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: [
          { ...fromAppStream, Action: ['s3:ListBucket', 's3:GetBucketOwnershipControls'], Resource: bucket },
          { ...fromAppStream, Action: ['s3:GetObject', 's3:PutObject'], Resource: { 'Fn::Join': ['', [bucket, '/AppStream2/*']] } },
        ],
      },
    });
    Template.fromStack(stack).hasResource('AWS::AppStream::AppBlock', { DependsOn: ['PackagesPolicyB04265B1'] });
  });

  test('whose package AppStream has made', () => {
    expect(properties({ packaging: AppBlockPackaging.appStreamPackage(inBucket('AppStream2/editor.vhdx')) })).toEqual({
      Name: expect.stringMatching(/^Test-Editors-/),
      PackagingType: 'APPSTREAM2',
      SourceS3Location: { S3Bucket: 'content', S3Key: 'AppStream2/editor.vhdx' },
    });
  });

  test('refers to the resource by its ARN and name', () => {
    const appBlock = new AppBlock(stack, 'Editors', { packaging: custom() });
    expect(stack.resolve(appBlock.appBlockRef)).toEqual({ appBlockArn: { Ref: 'EditorsA8A03E0C' } });
    expect(stack.resolve(appBlock.appBlockName)).toEqual({ 'Fn::Select': [1, { 'Fn::Split': ['/', { 'Fn::Select': [5, { 'Fn::Split': [':', { Ref: 'EditorsA8A03E0C' }] }] }] }] });
  });

  test('that is imported', () => {
    const byName = AppBlock.fromAppBlockName(stack, 'ByName', 'editors');
    expect(JSON.stringify(stack.resolve(byName.appBlockArn))).toContain(':appstream:eu-west-1:123456789012:app-block/editors');
    const byArn = AppBlock.fromAppBlockArn(stack, 'ByArn', 'arn:aws:appstream:eu-west-2:111111111111:app-block/editors');
    expect([byArn.appBlockName, byArn.env]).toEqual(['editors', { account: '111111111111', region: 'eu-west-2' }]);
  });
});

describe('the generated name of an app block', () => {
  const nameWith = (props: () => Partial<AppBlockProps>) => {
    begin();
    return properties(props()).Name;
  };

  test.each<[string, () => Partial<AppBlockProps>]>([
    ['display name', () => ({ displayName: 'Editors' })],
    ['description', () => ({ description: 'of texts' })],
    ['source', () => ({ packaging: custom(inBucket('2.vhdx')) })],
    ['bucket', () => ({ packaging: custom(inBucket('editor.vhdx', s3.Bucket.fromBucketName(stack, 'Other', 'other'))) })],
    ['script', () => ({ packaging: custom(undefined, AppBlockScript.powerShell(inBucket('2.ps1'))) })],
    ['parameters', () => ({ packaging: custom(undefined, AppBlockScript.powerShell(inBucket('mount.ps1'), { parameters: '-Quiet' })) })],
    ['timeout', () => ({ packaging: custom(undefined, AppBlockScript.powerShell(inBucket('mount.ps1'), { timeout: cdk.Duration.minutes(1) })) })],
    ['packaging', () => ({ packaging: AppBlockPackaging.appStreamPackage(inBucket('editor.vhdx')) })],
  ])('changes with the %s', (_, props) => {
    expect(nameWith(props)).not.toBe(nameWith(() => ({})));
  });

  test('changes with the content of an asset, and not without', () => {
    const fromAssets = () => ({ packaging: custom(asset('editor.vhdx'), AppBlockScript.powerShell(asset('mount.ps1'))) });
    const name = nameWith(fromAssets);
    writeFileSync(join(folder, 'notes.txt'), 'nobody reads this');
    expect(nameWith(fromAssets)).toBe(name);
    writeFileSync(join(folder, 'editor.vhdx'), '2');
    expect(nameWith(fromAssets)).not.toBe(name);
  });
});

describe('a script', () => {
  const details = (script: AppBlockScript) => properties({ appBlockName: 'editors', packaging: custom(undefined, script) }).SetupScriptDetails;

  test('for PowerShell, with parameters', () => {
    expect(details(AppBlockScript.powerShell(inBucket('2/mount.ps1'), { parameters: '-Drive D', timeout: cdk.Duration.seconds(30) }))).toMatchObject({
      ExecutablePath: POWERSHELL,
      ExecutableParameters: '-ExecutionPolicy Bypass -File "C:\\AppStream\\AppBlocks\\editors\\mount.ps1" -Drive D',
      TimeoutInSeconds: 30,
    });
  });

  test('for bash', () => {
    expect(details(AppBlockScript.bash(inBucket('mount.sh')))).toMatchObject({
      ExecutablePath: '/bin/bash', ExecutableParameters: '"/opt/appstream/AppBlocks/editors/mount.sh"',
    });
  });

  test('fails for a key that is not known yet', () => {
    const key = new cdk.CfnParameter(stack, 'Key').valueAsString;
    expect(() => details(AppBlockScript.powerShell(inBucket(key)))).toThrow(new Error(
      'the key of a script must be known at synthesis, got a token: the script is started by its file name [at Test/Editors]'));
  });

  test.each([0, 0.5])('fails for a timeout of %d seconds', (seconds) => {
    expect(() => details(AppBlockScript.bash(inBucket('mount.sh'), { timeout: cdk.Duration.millis(seconds * 1000) }))).toThrow(new Error(
      `timeout of a script must be a whole number of at least 1, got ${seconds} [at Test/Editors]`));
  });
});

describe('a file from a bucket', () => {
  test('may be read by AppStream before the app block is there', () => {
    const bucket = new s3.Bucket(stack, 'Own');
    properties({ packaging: custom(inBucket('editor.vhdx', bucket)) });
    Template.fromStack(stack).hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: [{
          Effect: 'Allow',
          Principal: { Service: 'appstream.amazonaws.com' },
          Action: 's3:GetObject',
          Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Own30425842', 'Arn'] }, '/editor.vhdx']] },
          Condition: { StringEquals: { 'aws:SourceAccount': '123456789012' } },
        }],
      },
    });
    Template.fromStack(stack).hasResource('AWS::AppStream::AppBlock', { DependsOn: [Match.stringLikeRegexp('^OwnPolicy')] });
  });

  test('of an imported bucket warns that its policy has to be right', () => {
    properties();
    Annotations.fromStack(stack).hasWarning('/Test/Editors', 'the policy of an imported bucket cannot be changed here: '
      + 'see that it lets appstream.amazonaws.com do s3:GetObject [ack: cdk-app-streaming/appstream:bucketPolicy]');
  });

  test.each([
    ['', 'objectKey must have 1 to 1024 characters, got 0: ""'],
    ['a'.repeat(1025), `objectKey must have 1 to 1024 characters, got 1025: "${'a'.repeat(1025)}"`],
    ['/a', 'objectKey must be the key of an object, with no "/" or "s3://" in front and no "/" at its end, got "/a"'],
    ['a/', 'objectKey must be the key of an object, with no "/" or "s3://" in front and no "/" at its end, got "a/"'],
  ])('fails for the key %.10p', (key, message) => {
    expect(() => properties({ packaging: custom(inBucket(key)) })).toThrow(new Error(`${message} [at Test/Editors]`));
  });

  test('fails for a bucket with a key of one\'s own', () => {
    const secret = new s3.Bucket(stack, 'Secret', { encryption: s3.BucketEncryption.KMS });
    expect(() => properties({ packaging: custom(inBucket('editor.vhdx', secret)) })).toThrow(new Error(
      'a file must not be encrypted with a key that you manage, got a bucket with the key "Test/Secret/Key" [at Test/Editors]'));
    expect(() => new AppBlock(stack, 'Others', { packaging: AppBlockPackaging.appStream(secret) })).toThrow(new Error(
      'a package must not be encrypted with a key that you manage, got a bucket with the key "Test/Secret/Key" [at Test/Others]'));
  });

  test('fails for a bucket in another Region', () => {
    const far = s3.Bucket.fromBucketAttributes(stack, 'Far', { bucketName: 'far', region: 'eu-west-2' });
    expect(() => properties({ packaging: custom(inBucket('editor.vhdx', far)) })).toThrow(new Error(
      'a file must be in the stack\'s Region "eu-west-1", got a bucket in "eu-west-2" [at Test/Editors]'));
    expect(() => new AppBlock(stack, 'Others', { packaging: AppBlockPackaging.appStream(far) })).toThrow(new Error(
      'a package must be in the stack\'s Region "eu-west-1", got a bucket in "eu-west-2" [at Test/Others]'));
  });
});

describe('a file of this machine', () => {
  const fromAssets = () => custom(asset('editor.vhdx'), AppBlockScript.powerShell(asset('mount.ps1')));

  test('is copied under its own name into a bucket that lets AppStream in', () => {
    const { SourceS3Location } = properties({ packaging: fromAssets() });
    expect(SourceS3Location).toEqual({ S3Bucket: { Ref: 'AppStreamFilesBucket7065FEA9' }, S3Key: expect.stringMatching(/^[0-9a-f]{32}\/editor\.vhdx$/) });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('Custom::CDKBucketDeployment', {
      DestinationBucketName: { Ref: 'AppStreamFilesBucket7065FEA9' },
      DestinationBucketKeyPrefix: SourceS3Location.S3Key.split('/')[0],
      Extract: true,
      RetainOnDelete: false,
    });
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([{
          Effect: 'Allow',
          Principal: { Service: 'appstream.amazonaws.com' },
          Action: 's3:GetObject',
          Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['AppStreamFilesBucket7065FEA9', 'Arn'] }, '/*']] },
          Condition: { StringEquals: { 'aws:SourceAccount': '123456789012' } },
        }]),
      },
    });
    const { DependsOn } = Object.values(template.findResources('AWS::AppStream::AppBlock'))[0];
    expect(DependsOn).toEqual(expect.arrayContaining([expect.stringMatching(/^AppStreamFilesBucketPolicy/), expect.stringMatching(/^AppStreamFilesFile.*CustomResource/)]));
  });

  test('is there once, however often it is used, in the one bucket of the stack', () => {
    new AppBlock(stack, 'Editors', { packaging: fromAssets() });
    new AppBlock(stack, 'Others', { packaging: fromAssets() });
    Template.fromStack(stack).resourceCountIs('Custom::CDKBucketDeployment', 2);
    Template.fromStack(stack).resourceCountIs('AWS::S3::Bucket', 1);
  });

  test('has room on the disk of the function that copies it', () => {
    truncateSync(join(folder, 'editor.vhdx'), 300 * 1024 * 1024);
    properties({ packaging: fromAssets() });
    Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', { EphemeralStorage: { Size: 2048 } });
  });

  test('may have a name that is a pattern', () => {
    writeFileSync(join(folder, 'editor[1].vhdx'), '1');
    const name = () => properties({ packaging: custom(asset('editor[1].vhdx')) }).Name;
    const before = name();
    begin();
    writeFileSync(join(folder, 'editor[1].vhdx'), '2');
    expect(name()).not.toBe(before);
  });

  test('fails for what is no file', () => {
    expect(() => properties({ packaging: custom(asset('none.vhdx')) })).toThrow(new Error(
      `an asset must be a file, got ${JSON.stringify(join(folder, 'none.vhdx'))} [at Test/Editors]`));
    expect(() => new AppBlock(stack, 'Others', { packaging: custom(FileSource.fromAsset(folder)) })).toThrow(new Error(
      `an asset must be a file, got ${JSON.stringify(folder)} [at Test/Others]`));
  });

  test('fails for a file that no function has room for', () => {
    truncateSync(join(folder, 'editor.vhdx'), 4501 * 1024 * 1024);
    expect(() => properties({ packaging: fromAssets() })).toThrow(new Error(
      `an asset must have at most 4500 MiB to be copied by a function, got 4501: upload ${JSON.stringify(join(folder, 'editor.vhdx'))} yourself and use fromBucket [at Test/Editors]`));
  });

  test('cdk-nag finds nothing but what the function of aws-cdk-lib does', () => {
    const app = new cdk.App();
    cdk.Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    new AppBlock(new cdk.Stack(app, 'Test'), 'Editors', { packaging: fromAssets() });
    let findings: string[] = [];
    try {
      app.synth();
    } catch (error) {
      findings = [...String(error).matchAll(/^\s+(Test\/\S+) aws-cdk-lib/gm)].map(([, path]) => path);
    }
    expect(findings.filter((path) => !path.startsWith('Test/Custom::CDKBucketDeployment'))).toEqual([]);
  });
});

test('a source can be written by oneself', () => {
  class Somewhere extends FileSource {
    public bind(): FileSourceConfig {
      return { bucketName: 'somewhere', objectKey: 'editor.vhdx' };
    }
  }
  expect(properties({ packaging: custom(new Somewhere()) }).SourceS3Location).toEqual({ S3Bucket: 'somewhere', S3Key: 'editor.vhdx' });
});

test.each<[Partial<AppBlockProps>, string]>([
  [{ appBlockName: 'a/b' }, 'appBlockName must have 1 to 100 letters, digits, "_", "." and "-", and start with a letter or digit, got "a/b"'],
  [{ displayName: 'a'.repeat(101) }, `displayName must have 0 to 100 characters, got 101: "${'a'.repeat(101)}"`],
  [{ description: 'a'.repeat(257) }, `description must have 0 to 256 characters, got 257: "${'a'.repeat(257)}"`],
])('fails for properties like %#', (props, message) => {
  expect(() => properties(props)).toThrow(new Error(`${message} [at Test/Editors]`));
});
