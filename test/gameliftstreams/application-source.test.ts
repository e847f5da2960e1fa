import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import * as cdk from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks } from 'cdk-nag';
import { Application, ApplicationSource, ApplicationSourceConfig, AssetApplicationSourceOptions, RuntimeEnvironment } from '../../src/gameliftstreams';

let game: string;
let stack: cdk.Stack;
beforeEach(() => {
  game = mkdtempSync(join(tmpdir(), 'game-'));
  writeFileSync(join(game, 'chess.exe'), 'MZ');
  stack = new cdk.Stack(new cdk.App(), 'Test');
});
afterEach(() => rmSync(game, { recursive: true }));

function chess(source: ApplicationSource, scope = stack, executablePath = 'chess.exe') {
  return new Application(scope, 'Chess', { source, executablePath, runtimeEnvironment: RuntimeEnvironment.WINDOWS_2022 });
}

function application() {
  return Template.fromStack(stack).toJSON().Resources.Chess07ABB0D4;
}

describe('from a bucket', () => {
  test.each([[undefined, 's3://games'], ['chess', 's3://games/chess'], ['a'.repeat(900), `s3://games/${'a'.repeat(900)}`]])('with the prefix %.10s', (prefix, uri) => {
    chess(ApplicationSource.fromBucket(s3.Bucket.fromBucketName(stack, 'Games', 'games'), prefix));
    expect(application().Properties.ApplicationSourceUri).toBe(uri);
  });

  test('that is an L1', () => {
    chess(ApplicationSource.fromBucket(new s3.CfnBucket(stack, 'Games'), 'chess'));
    expect(application().Properties.ApplicationSourceUri).toEqual({ 'Fn::Join': ['', ['s3://', { Ref: 'Games' }, '/chess']] });
  });

  test.each([
    ['', 'source: prefix must have 1 to 900 characters, got 0: ""'],
    ['a'.repeat(901), `source: prefix must have 1 to 900 characters, got 901: "${'a'.repeat(901)}"`],
    ['/chess', 'source: prefix must have no "/" or "s3://" in front, got "/chess"'],
    ['s3://games/chess', 'source: prefix must have no "/" or "s3://" in front, got "s3://games/chess"'],
  ])('fails for the prefix %.10p', (prefix, message) => {
    const source = ApplicationSource.fromBucket(s3.Bucket.fromBucketName(stack, 'Games', 'games'), prefix);
    expect(() => chess(source)).toThrow(new Error(`${message} [at Test/Chess]`));
  });

  test('fails for a bucket in another Region', () => {
    const west = new cdk.Stack(new cdk.App(), 'Test', { env: { region: 'us-west-2' } });
    const bucket = s3.Bucket.fromBucketAttributes(west, 'Games', { bucketName: 'games', region: 'us-east-2' });
    expect(() => chess(ApplicationSource.fromBucket(bucket), west)).toThrow(new Error(
      'source must be in the application\'s Region "us-west-2", got a bucket in "us-east-2" [at Test/Chess]',
    ));
  });
});

describe('from an asset', () => {
  function uriOf(options?: AssetApplicationSourceOptions) {
    stack = new cdk.Stack(new cdk.App(), 'Test');
    chess(ApplicationSource.fromAsset(game, options));
    return application().Properties.ApplicationSourceUri;
  }

  test('the content is in a bucket of its own before the application is created', () => {
    chess(ApplicationSource.fromAsset(game));

    expect(application().DependsOn).toEqual(['ChessDeploymentAwsCliLayer538EE991', 'ChessDeploymentCustomResourceB1FE2476']);
    expect(application().Properties.ApplicationSourceUri).toEqual({
      'Fn::Join': ['', ['s3://', { Ref: 'ChessBucket82BAB1A5' }, expect.stringMatching(/^\/Test-Chess-EEB41177\/[0-9a-f]{32}$/)]],
    });
    Template.fromStack(stack).hasResourceProperties('Custom::CDKBucketDeployment', {
      DestinationBucketName: { Ref: 'ChessBucket82BAB1A5' },
      DestinationBucketKeyPrefix: Match.stringLikeRegexp('^Test-Chess-EEB41177/[0-9a-f]{32}$'),
      RetainOnDelete: false,
    });
  });

  test('the bucket is private, encrypted, and deleted with what is in it', () => {
    chess(ApplicationSource.fromAsset(game));

    Template.fromStack(stack).hasResource('AWS::S3::Bucket', {
      DeletionPolicy: 'Delete',
      Properties: {
        PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
        BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] },
      },
    });
    Template.fromStack(stack).resourceCountIs('Custom::S3AutoDeleteObjects', 1);
  });

  test('the bucket can be brought', () => {
    chess(ApplicationSource.fromAsset(game, { bucket: s3.Bucket.fromBucketName(stack, 'Games', 'games') }));

    Template.fromStack(stack).resourceCountIs('AWS::S3::Bucket', 0);
    expect(application().Properties.ApplicationSourceUri).toMatch(/^s3:\/\/games\/Test-Chess-EEB41177\/[0-9a-f]{32}$/);
  });

  test('the application changes with the content, and not without', () => {
    const uri = uriOf();
    expect(uriOf()).toEqual(uri);

    writeFileSync(join(game, 'chess.exe'), 'MZ, and better');
    expect(uriOf()).not.toEqual(uri);
  });

  test('some files can be left out', () => {
    const uri = uriOf({ exclude: ['*.pdb'] });
    writeFileSync(join(game, 'chess.pdb'), 'symbols');
    expect(uriOf({ exclude: ['*.pdb'] })).toEqual(uri);
  });

  test('the function that unpacks it can have more disk and memory', () => {
    chess(ApplicationSource.fromAsset(game, { ephemeralStorageSize: cdk.Size.gibibytes(10), memoryLimit: 2048 }));
    Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', { EphemeralStorage: { Size: 10_240 }, MemorySize: 2048 });
  });

  test.each(['bin/go.exe', 'bin\\go.exe'])('has the executable %p', (executablePath) => {
    mkdirSync(join(game, 'bin'));
    writeFileSync(join(game, 'bin', 'go.exe'), 'MZ');
    expect(() => chess(ApplicationSource.fromAsset(game), stack, executablePath)).not.toThrow();
  });

  test('fails for an executable that is not there', () => {
    expect(() => chess(ApplicationSource.fromAsset(game), stack, 'bin/chess.exe')).toThrow(new Error(
      `executablePath must be a file of the source, got "bin/chess.exe", which is not in ${JSON.stringify(game)} [at Test/Chess]`,
    ));
  });

  test('nobody looks into a .zip file', () => {
    const archive = join(game, 'chess.zip');
    writeFileSync(archive, 'PK');
    expect(() => chess(ApplicationSource.fromAsset(archive), stack, 'bin/chess.exe')).not.toThrow();
  });

  test('fails for a file that is no archive', () => {
    const file = join(game, 'chess.exe');
    expect(() => chess(ApplicationSource.fromAsset(file))).toThrow(new Error(
      `source must be a folder or a .zip file, got ${JSON.stringify(file)} [at Test/Chess]`,
    ));
  });

  test('fails for a bucket in another Region', () => {
    const west = new cdk.Stack(new cdk.App(), 'Test', { env: { region: 'us-west-2' } });
    const bucket = s3.Bucket.fromBucketAttributes(west, 'Games', { bucketName: 'games', region: 'us-east-2' });
    expect(() => chess(ApplicationSource.fromAsset(game, { bucket }), west)).toThrow(new Error(
      'source must be in the application\'s Region "us-west-2", got a bucket in "us-east-2" [at Test/Chess]',
    ));
  });

  test('cdk-nag finds nothing but what the function of aws-cdk-lib does', () => {
    const app = new cdk.App();
    cdk.Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    chess(ApplicationSource.fromAsset(game), new cdk.Stack(app, 'Test'));

    expect(findings(app).filter((path) => !path.startsWith('Test/Custom::CDKBucketDeployment'))).toEqual([]);
  });
});

test('a source can be written by oneself', () => {
  class Somewhere extends ApplicationSource {
    public bind(): ApplicationSourceConfig {
      return { applicationSourceUri: 's3://somewhere' };
    }
  }
  chess(new Somewhere());
  expect(application()).toMatchObject({ Properties: { ApplicationSourceUri: 's3://somewhere' } });
});

/** The paths of the resources that are complained about. */
function findings(app: cdk.App): string[] {
  try {
    app.synth();
    return [];
  } catch (error) {
    return [...String(error).matchAll(/^\s+(Test\/\S+) aws-cdk-lib/gm)].map(([, path]) => path);
  }
}
