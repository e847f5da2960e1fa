import * as cdk from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { CfnApplication } from 'aws-cdk-lib/aws-gameliftstreams';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { Application, ApplicationProps, ApplicationSource, LogOutput, RuntimeEnvironment } from '../../src/gameliftstreams';

let stack: cdk.Stack;
let bucket: s3.IBucket;
beforeEach(() => {
  stack = new cdk.Stack(new cdk.App(), 'Test');
  bucket = s3.Bucket.fromBucketName(stack, 'Games', 'games');
});

function minimal(): ApplicationProps {
  return {
    source: ApplicationSource.fromBucket(bucket, 'chess/1.0'),
    executablePath: 'chess.exe',
    runtimeEnvironment: RuntimeEnvironment.PROTON_20260204,
  };
}

function applications() {
  return Template.fromStack(stack).findResources('AWS::GameLiftStreams::Application');
}

function properties() {
  return Object.values(applications())[0].Properties;
}

test('with the required properties alone', () => {
  new Application(stack, 'Chess', minimal());

  expect(Template.fromStack(stack).toJSON().Resources).toEqual({
    Chess07ABB0D4: {
      Type: 'AWS::GameLiftStreams::Application',
      Properties: {
        ApplicationSourceUri: 's3://games/chess/1.0',
        ExecutablePath: 'chess.exe',
        RuntimeEnvironment: { Type: 'PROTON', Version: '20260204' },
        Description: 'Test/Chess',
        Tags: { 'cdk-app-streaming:stack': { Ref: 'AWS::StackName' } },
      },
    },
  });
});

test('with all properties', () => {
  const logs = new s3.Bucket(stack, 'Logs');
  new Application(stack, 'Chess', {
    source: ApplicationSource.fromBucket(bucket),
    executablePath: 'bin/start.sh',
    runtimeEnvironment: RuntimeEnvironment.UBUNTU_22_04_LTS,
    description: 'Chess the game',
    logOutput: LogOutput.toBucket(logs, { prefix: 'streams/chess', paths: ['logs', 'bin/error.log'] }),
  });

  expect(applications()).toEqual({
    Chess07ABB0D4: {
      Type: 'AWS::GameLiftStreams::Application',
      Properties: {
        ApplicationSourceUri: 's3://games',
        ExecutablePath: 'bin/start.sh',
        RuntimeEnvironment: { Type: 'UBUNTU', Version: '22_04_LTS' },
        Description: 'Chess the game',
        ApplicationLogOutputUri: { 'Fn::Join': ['', ['s3://', { Ref: 'Logs6819BB44' }, '/streams/chess']] },
        ApplicationLogPaths: ['logs', 'bin/error.log'],
        Tags: { 'cdk-app-streaming:stack': { Ref: 'AWS::StackName' } },
      },
      DependsOn: ['LogsPolicy90DB40C9'],
    },
  });
});

test('takes the tags of its scope, beside the one that permissions find it by', () => {
  cdk.Tags.of(new Application(stack, 'Chess', minimal())).add('version', '1.0');
  expect(properties().Tags).toEqual({ 'cdk-app-streaming:stack': { Ref: 'AWS::StackName' }, 'version': '1.0' });
});

test('refers to the resource by its ARN and id', () => {
  const application = new Application(stack, 'Chess', minimal());
  expect(stack.resolve(application.applicationRef)).toEqual({ applicationArn: { 'Fn::GetAtt': ['Chess07ABB0D4', 'Arn'] } });
  expect(stack.resolve(application.applicationId)).toEqual({ 'Fn::GetAtt': ['Chess07ABB0D4', 'Id'] });
});

test('can be used where the L1 can', () => {
  expect(stack.resolve(CfnApplication.arnForApplication(new Application(stack, 'Chess', minimal())))).toBeDefined();
});

describe('the description', () => {
  test.each([
    ['other characters', ['Spiel, Größe & Co.'], 'Test/Spiel- Gr--e - Co.'],
    ['a long path', ['a'.repeat(60), 'b'.repeat(40)], `${'a'.repeat(39)}/${'b'.repeat(40)}`],
    ['a blank where it is cut', ['a', `${'b'.repeat(10)} ${'c'.repeat(79)}`], 'c'.repeat(79)],
  ])('is the path of the construct, made to fit: %s', (_, ids, description) => {
    const scope = ids.slice(0, -1).reduce<Construct>((parent, id) => new Construct(parent, id), stack);
    new Application(scope, ids[ids.length - 1], minimal());
    expect(properties().Description).toBe(description);
    expect(description).toMatch(/^[a-zA-Z0-9\-_.!+@/][a-zA-Z0-9\-_.!+@/ ]{0,79}$/);
  });
});

describe('the logs', () => {
  test('may be written by GameLift Streams on behalf of this account, below the prefix alone', () => {
    const logs = new s3.Bucket(stack, 'Logs');
    new Application(stack, 'Chess', { ...minimal(), logOutput: LogOutput.toBucket(logs, { prefix: 'chess/' }) });

    expect(properties().ApplicationLogOutputUri).toEqual({ 'Fn::Join': ['', ['s3://', { Ref: 'Logs6819BB44' }, '/chess']] });
    Template.fromStack(stack).hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: [{
          Effect: 'Allow',
          Principal: { Service: 'gameliftstreams.amazonaws.com' },
          Action: 's3:PutObject',
          Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Logs6819BB44', 'Arn'] }, '/chess/*']] },
          Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
        }],
      },
    });
    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
  });

  test('go to the top of the bucket without a prefix', () => {
    new Application(stack, 'Chess', { ...minimal(), logOutput: LogOutput.toBucket(new s3.Bucket(stack, 'Logs')) });

    expect(properties()).toMatchObject({ ApplicationLogOutputUri: { 'Fn::Join': ['', ['s3://', { Ref: 'Logs6819BB44' }]] } });
    expect(properties().ApplicationLogPaths).toBeUndefined();
  });

  test('warn of an imported bucket, whose policy cannot be changed', () => {
    new Application(stack, 'Chess', { ...minimal(), logOutput: LogOutput.toBucket(bucket, { paths: ['logs'] }) });

    expect(applications().Chess07ABB0D4.DependsOn).toBeUndefined();
    Annotations.fromStack(stack).hasWarning('/Test/Chess',
      'the policy of an imported bucket cannot be changed here: see that it lets gameliftstreams.amazonaws.com put objects, or no logs are kept ' +
      '[ack: cdk-app-streaming/gameliftstreams:logBucketPolicy]');
  });
});

describe('an imported application', () => {
  test('by id', () => {
    const imported = Application.fromApplicationId(stack, 'Imported', 'a-9ZY8X7Wv6');
    expect(imported.applicationId).toBe('a-9ZY8X7Wv6');
    expect(stack.resolve(imported.applicationArn)).toEqual({
      'Fn::Join': ['', [
        'arn:', { Ref: 'AWS::Partition' }, ':gameliftstreams:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':application/a-9ZY8X7Wv6',
      ]],
    });
  });

  test('by ARN, with its environment', () => {
    const arn = 'arn:aws:gameliftstreams:us-west-2:123456789012:application/a-9ZY8X7Wv6';
    const imported = Application.fromApplicationArn(stack, 'Imported', arn);
    expect(imported.applicationId).toBe('a-9ZY8X7Wv6');
    expect(imported.applicationRef).toEqual({ applicationArn: arn });
    expect(imported.env).toEqual({ account: '123456789012', region: 'us-west-2' });
  });
});

test.each<[string, Partial<ApplicationProps>]>([
  ['description', { description: 'a'.repeat(80) }],
  ['characters of a description', { description: '-_.!+@/ aZ09' }],
  ['executable', { executablePath: 'a'.repeat(1020) + '.exe' }],
  ['executable in a folder', { executablePath: 'bin/..hidden/chess.v..2.BAT' }],
  ['command file', { executablePath: 'start.cmd', runtimeEnvironment: RuntimeEnvironment.WINDOWS_2022 }],
  ['Linux executable', { executablePath: 'a', runtimeEnvironment: RuntimeEnvironment.UBUNTU_22_04_LTS }],
])('limits can be reached: %s', (_, props) => {
  expect(() => new Application(stack, 'Chess', { ...minimal(), ...props })).not.toThrow();
});

test.each<[string, number]>([['logs', 10], ['a'.repeat(1024), 1]])('limits can be reached: log path %.10s, %p times', (path, count) => {
  const logOutput = LogOutput.toBucket(new s3.Bucket(stack, 'Logs'), { prefix: 'a'.repeat(900), paths: Array(count).fill(path) });
  expect(() => new Application(stack, 'Chess', { ...minimal(), logOutput })).not.toThrow();
});

const DESCRIPTION = 'description must have only letters, digits, blanks, "-", "_", ".", "!", "+", "@" and "/", and not start with a blank';
const INSIDE = 'executablePath must be relative to the source and stay inside';
test.each<[Partial<ApplicationProps>, string]>([
  [{ description: '' }, 'description must have 1 to 80 characters, got 0: ""'],
  [{ description: 'a'.repeat(81) }, `description must have 1 to 80 characters, got 81: "${'a'.repeat(81)}"`],
  [{ description: 'Chess, the game' }, `${DESCRIPTION}, got "Chess, the game"`],
  [{ description: ' Chess' }, `${DESCRIPTION}, got " Chess"`],
  [{ executablePath: '' }, 'executablePath must have 1 to 1024 characters, got 0: ""'],
  [{ executablePath: 'a'.repeat(1021) + '.exe' }, `executablePath must have 1 to 1024 characters, got 1025: "${'a'.repeat(1021)}.exe"`],
  [{ executablePath: '/chess.exe' }, `${INSIDE}, got "/chess.exe"`],
  [{ executablePath: 'C:\\chess.exe' }, `${INSIDE}, got "C:\\\\chess.exe"`],
  [{ executablePath: 's3://games/chess.exe' }, `${INSIDE}, got "s3://games/chess.exe"`],
  [{ executablePath: '../chess.exe' }, `${INSIDE}, got "../chess.exe"`],
  [{ executablePath: 'bin/../../chess.exe' }, `${INSIDE}, got "bin/../../chess.exe"`],
  [{ executablePath: 'chess.sh' }, 'executablePath must end in ".exe", ".cmd" or ".bat" on PROTON, got "chess.sh"'],
  [{ executablePath: 'chess', runtimeEnvironment: RuntimeEnvironment.WINDOWS_2022 }, 'executablePath must end in ".exe", ".cmd" or ".bat" on WINDOWS, got "chess"'],
])('fails for %j', (props, message) => {
  expect(() => new Application(stack, 'Chess', { ...minimal(), ...props })).toThrow(new Error(`${message} [at Test/Chess]`));
});

const PREFIX = 'logOutput: prefix must have names of letters, digits, ".", "_" and "-" with single "/" between them';
test.each([
  [{ prefix: '' }, 'logOutput: prefix must have 1 to 900 characters, got 0: ""'],
  [{ prefix: 'a'.repeat(901) }, `logOutput: prefix must have 1 to 900 characters, got 901: "${'a'.repeat(901)}"`],
  [{ prefix: '/chess' }, `${PREFIX}, got "/chess"`],
  [{ prefix: 'chess//logs' }, `${PREFIX}, got "chess//logs"`],
  [{ prefix: 'my logs' }, `${PREFIX}, got "my logs"`],
  [{ paths: Array(11).fill('a') }, 'logOutput: paths must have 0 to 10 elements, got 11'],
  [{ paths: [''] }, 'logOutput: path must have 1 to 1024 characters, got 0: ""'],
  [{ paths: ['a'.repeat(1025)] }, `logOutput: path must have 1 to 1024 characters, got 1025: "${'a'.repeat(1025)}"`],
])('fails for logs with %j', (options, message) => {
  const logOutput = LogOutput.toBucket(new s3.Bucket(stack, 'Logs'), options);
  expect(() => new Application(stack, 'Chess', { ...minimal(), logOutput })).toThrow(new Error(`${message} [at Test/Chess]`));
});

test('fails for logs in another Region', () => {
  const west = new cdk.Stack(new cdk.App(), 'Test', { env: { region: 'us-west-2' } });
  const logs = s3.Bucket.fromBucketAttributes(west, 'Logs', { bucketName: 'logs', region: 'us-east-2' });
  expect(() => new Application(west, 'Chess', { ...minimal(), logOutput: LogOutput.toBucket(logs) })).toThrow(new Error(
    'logOutput must be in the application\'s Region "us-west-2", got a bucket in "us-east-2" [at Test/Chess]',
  ));
});

test('tokens are taken as they are', () => {
  const text = new cdk.CfnParameter(stack, 'Text').valueAsString;
  const list = new cdk.CfnParameter(stack, 'List', { type: 'CommaDelimitedList' }).valueAsList;
  expect(() => new Application(stack, 'Chess', {
    source: ApplicationSource.fromBucket(bucket, text),
    executablePath: text,
    runtimeEnvironment: RuntimeEnvironment.WINDOWS_2022,
    description: text,
    logOutput: LogOutput.toBucket(new s3.Bucket(stack, 'Logs'), { prefix: text, paths: list }),
  })).not.toThrow();
});
