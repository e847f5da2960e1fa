import { readFileSync } from 'fs';
import { dirname, join } from 'path';
import { zip } from './zip-archive';
import { Loopback } from '../../../../local/loopback';
import { policy, trust } from '../test-cloud';

const HANDLER = readFileSync(join(
  dirname(require.resolve('aws-cdk-lib/package.json')), 'custom-resource-handlers/dist/aws-s3-deployment/bucket-deployment-handler/index.py',
), 'utf8');
const SOURCE = { SourceBucketNames: ['source'], SourceObjectKeys: ['site.zip'] };
const TARGET = { ...SOURCE, DestinationBucketName: 'target' };
const READ = ['s3:GetObject*', 's3:GetBucket*', 's3:List*'];
const WRITE = ['s3:PutObject', 's3:DeleteObject*'];

let loopback: Loopback;

beforeEach(async () => {
  loopback = await Loopback.start();
  await Promise.all(['source', 'target'].map((Bucket) => loopback.call('s3', 'CreateBucket', { Bucket })));
  await put('source', 'site.zip', zip({ 'index.html': '<p>{{name}}</p>', 'img/logo.svg': 'logo' }));
  await put('source', 'layer.zip', zip({ 'awscli/aws': 'the command line' }));
  await put('source', 'handler.zip', zip({ 'index.py': HANDLER }));
});

afterEach(() => loopback.stop());

const put = (Bucket: string, Key: string, Body: Buffer | string) => loopback.call('s3', 'PutObject', { Bucket, Key, Body });
const text = async (Key: string) => (await loopback.call('s3', 'GetObject', { Bucket: 'target', Key })).Body.toString();
const target = () => [...loopback.s3.keys('target')!].sort();

/** A stack with aws-cdk-lib's function and one deployment, if there are properties for it. */
const deploy = (properties?: object, { code = 'handler.zip', layers = [{ Ref: 'Layer' }] as object[], actions = [...READ, ...WRITE] } = {}) =>
  loopback.cloudformation.deploy('stack', {
    Resources: {
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: trust('lambda.amazonaws.com'),
          ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'],
        },
      },
      Policy: {
        Type: 'AWS::IAM::Policy',
        Properties: {
          PolicyName: 'Own',
          Roles: [{ Ref: 'Role' }],
          PolicyDocument: policy({
            Effect: 'Allow', Action: actions, Resource: ['source', 'target'].flatMap((name) => [`arn:aws:s3:::${name}`, `arn:aws:s3:::${name}/*`]),
          }),
        },
      },
      Layer: { Type: 'AWS::Lambda::LayerVersion', Properties: { Content: { S3Bucket: 'source', S3Key: 'layer.zip' } } },
      Function: {
        Type: 'AWS::Lambda::Function',
        DependsOn: 'Policy',
        Properties: {
          Code: { S3Bucket: 'source', S3Key: code },
          Handler: 'index.handler',
          Layers: layers,
          MemorySize: 512,
          Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
          Runtime: 'python3.13',
          Timeout: 60,
        },
      },
      ...properties && {
        Deployment: { Type: 'Custom::CDKBucketDeployment', Properties: { ServiceToken: { 'Fn::GetAtt': ['Function', 'Arn'] }, ...properties } },
      },
    },
  });

const done = (status: string) => ({ status: `${status}_COMPLETE`, failures: [] });

describe('a deployment', () => {
  test('unpacks its sources below the prefix, and takes away what else is there', async () => {
    await Promise.all(['site/old.html', 'site2/index.html', 'other.txt'].map((key) => put('target', key, 'x')));
    expect(await deploy({ ...TARGET, DestinationBucketKeyPrefix: 'site' })).toMatchObject(done('CREATE'));
    expect(target()).toEqual(['other.txt', 'site/img/logo.svg', 'site/index.html', 'site2/index.html']);
    expect(await text('site/index.html')).toBe('<p>{{name}}</p>');
  });

  test('leaves what else is there without Prune', async () => {
    await put('target', 'site/old.html', 'x');
    expect(await deploy({ ...TARGET, DestinationBucketKeyPrefix: 'site', Prune: false })).toMatchObject(done('CREATE'));
    expect(target()).toEqual(['site/img/logo.svg', 'site/index.html', 'site/old.html']);
  });

  test('takes a prefix of "/" for none', async () => {
    expect(await deploy({ ...TARGET, DestinationBucketKeyPrefix: '/' })).toMatchObject(done('CREATE'));
    expect(target()).toEqual(['img/logo.svg', 'index.html']);
  });

  test('writes the values of markers into the files of their source', async () => {
    await put('source', 'more.zip', zip({ 'more.html': '{{name}}', 'index.html': 'later {{name}}' }));
    const both = { ...TARGET, SourceBucketNames: ['source', 'source'], SourceObjectKeys: ['site.zip', 'more.zip'] };
    expect(await deploy({ ...both, SourceMarkers: [{}, { '{{name}}': 'Zoë' }] })).toMatchObject(done('CREATE'));
    expect([await text('more.html'), await text('index.html')]).toEqual(['Zoë', 'later Zoë']);
  });

  test('copies archives as they are without Extract', async () => {
    expect(await deploy({ ...TARGET, Extract: false })).toMatchObject(done('CREATE'));
    expect(target()).toEqual(['site.zip']);
  });

  test('follows a new destination and leaves nothing at the old one, unless it is to be retained', async () => {
    for (const [RetainOnDelete, left] of [[false, []], [true, ['a/img/logo.svg', 'a/index.html']]] as const) {
      await deploy({ ...TARGET, RetainOnDelete, DestinationBucketKeyPrefix: 'a' });
      expect(await deploy({ ...TARGET, RetainOnDelete, DestinationBucketKeyPrefix: 'b' })).toMatchObject(done('UPDATE'));
      expect(target()).toEqual([...left, 'b/img/logo.svg', 'b/index.html']);
      await deploy({ ...TARGET, RetainOnDelete: false, DestinationBucketKeyPrefix: 'b' });
      await loopback.cloudformation.destroy('stack');
    }
  });

  test('retains what it put there when it is deleted, unless it is told otherwise', async () => {
    await deploy({ ...TARGET });
    await loopback.cloudformation.destroy('stack');
    expect(target()).toEqual(['img/logo.svg', 'index.html']);
    await deploy({ ...TARGET, RetainOnDelete: false });
    await loopback.cloudformation.destroy('stack');
    expect(target()).toEqual([]);
  });

  test('leaves what a tag of the bucket says another one owns', async () => {
    await deploy({ ...TARGET, RetainOnDelete: false, DestinationBucketKeyPrefix: 'site' });
    await loopback.call('s3', 'PutBucketTagging', { Bucket: 'target', Tagging: { TagSet: [{ Key: 'aws-cdk:cr-owned:site:12345678', Value: 'true' }] } });
    expect(await loopback.cloudformation.destroy('stack')).toMatchObject(done('DELETE'));
    expect(target()).toEqual(['site/img/logo.svg', 'site/index.html']);
  });

  test('fails when its role may not write', async () => {
    expect(await deploy(TARGET, { actions: READ })).toMatchObject({
      status: 'ROLLBACK_COMPLETE',
      failures: expect.arrayContaining([expect.stringContaining(
        'Command \'[\'/opt/awscli/aws\', \'s3\', \'sync\', \'--delete\', \'.\', \'s3://target/\']\' returned non-zero exit status 1.',
      )]),
    });
    expect([...new Set(loopback.iam.denials.map(({ action, resource }) => `${action} ${resource}`))]).toEqual(['s3:PutObject arn:aws:s3:::target/index.html']);
  });

  test('fails without its source', async () => {
    expect(await deploy({ ...TARGET, SourceObjectKeys: ['none.zip'] })).toMatchObject({
      status: 'ROLLBACK_COMPLETE', failures: expect.arrayContaining([expect.stringContaining("'s3', 'cp', 's3://source/none.zip'")]),
    });
  });

  test.each([['DistributionId', 'E123'], ['SystemMetadata', { 'cache-control': 'no-store' }], ['Exclude', ['*.map']], ['SignContent', true]])(
    'fails loudly with %s', async (name, value) => {
      const message = `the loopback does not imitate ${name} of Custom::CDKBucketDeployment`;
      expect(await deploy({ ...TARGET, [name]: value })).toMatchObject({
        // The Delete that follows fails in the same way.
        status: 'ROLLBACK_FAILED', failures: expect.arrayContaining([expect.stringContaining(message)]),
      });
      expect(loopback.faults()).toContain(message);
    },
  );
});

test.each([
  ['whose source is another', { code: 'other.zip' }, /the Lambda runtime python3\.13 but for the BucketDeployment of the aws-cdk-lib that is known here/],
  ['without its layer', { layers: [] }, /a BucketDeployment without a layer that holds awscli\/aws/],
])('fails loudly to make a function in Python %s', async (_what, settings, fault) => {
  await put('source', 'other.zip', zip({ 'index.py': `${HANDLER}\n` }));
  expect(await deploy(undefined, settings)).toMatchObject({ status: 'ROLLBACK_COMPLETE' });
  expect(loopback.faults()).toEqual(expect.arrayContaining([expect.stringMatching(fault)]));
});
