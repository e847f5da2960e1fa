import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import * as cdk from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as cfn from 'aws-cdk-lib/aws-appstream';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks } from 'cdk-nag';
import { appstream } from '../../src';

let app: cdk.App;
let scope: cdk.Stack;
let folder: string;

beforeEach(() => {
  app = new cdk.App();
  scope = new cdk.Stack(app, 'Test');
  folder = mkdtempSync(join(tmpdir(), 'theme-'));
  writeFileSync(join(folder, 'logo.png'), 'logo');
});

afterEach(() => rmSync(folder, { recursive: true }));

const stored = (key = 'logo.png') => appstream.FileSource.fromBucket(s3.Bucket.fromBucketName(scope, `Bucket${scope.node.children.length}`, 'brand'), key);
const options = (more: Partial<appstream.StackThemeOptions> = {}): appstream.StackThemeOptions => ({
  title: 'Office', logo: stored(), favicon: stored('favicon.ico'), ...more,
});
const desks = () => new appstream.Stack(scope, 'Desks', { stackName: 'desks' });
const resources = (type: string) => Object.values(Template.fromStack(scope).findResources(type));
const ARN = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':appstream:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':stack/desks']] };

function theme() {
  const [{ Properties: { ServiceToken, ServiceTimeout, ...properties } }] = resources('Custom::AppStreamStackTheme');
  return properties;
}

const PLAIN = {
  StackName: { Ref: 'Desks6D9E54CE' },
  StackArn: ARN,
  TitleText: 'Office',
  ThemeStyling: 'LIGHT_BLUE',
  LogoBucket: 'brand',
  LogoKey: 'logo.png',
  FaviconBucket: 'brand',
  FaviconKey: 'favicon.ico',
  State: 'ENABLED',
  TimeoutSeconds: '2700',
};

test('with a title and images', () => {
  desks().brand(options());
  expect(theme()).toEqual(PLAIN);
});

test('with all properties', () => {
  desks().brand(options({
    styling: appstream.ThemeStyling.PINK, footerLinks: [{ displayName: 'Help', url: 'https://example.com/help' }], enabled: false,
  }));
  expect(theme()).toEqual({
    ...PLAIN, ThemeStyling: 'PINK', State: 'DISABLED', FooterLinks: '[{"DisplayName":"Help","FooterLinkURL":"https://example.com/help"}]',
  });
});

test('no links are as good as none', () => {
  desks().brand(options({ footerLinks: [] }));
  expect(theme()).toEqual(PLAIN);
});

test('the engine may do this to the stack and its images alone', () => {
  desks().brand(options());
  const s3Arn = (key: string) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:s3:::brand/${key}`]] });
  Template.fromStack(scope).hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: {
      Statement: [
        {
          Effect: 'Allow',
          Action: [
            'appstream:CreateThemeForStack', 'appstream:DeleteThemeForStack', 'appstream:DescribeThemeForStack', 'appstream:TagResource',
            'appstream:UntagResource', 'appstream:UpdateThemeForStack',
          ],
          Resource: ARN,
        },
        { Effect: 'Allow', Action: 'appstream:ListTagsForResource', Resource: '*' },
        { Effect: 'Allow', Action: 's3:GetObject', Resource: [s3Arn('favicon.ico'), s3Arn('logo.png')] },
      ],
    },
  });
});

test('each stack has a policy of its own, which goes when the theme has gone', () => {
  const policies = () => Object.keys(Template.fromStack(scope).findResources('AWS::IAM::Policy')).filter((id) => id.includes('StackTheme'));
  desks().brand(options());
  new appstream.Stack(scope, 'Tables').brand(options());
  expect(policies()).toHaveLength(2);
});

test('a bucket of the app lets AppStream read the image, before there is a theme', () => {
  const bucket = new s3.Bucket(scope, 'Brand');
  desks().brand(options({ logo: appstream.FileSource.fromBucket(bucket, 'img/logo.png') }));
  const template = Template.fromStack(scope);
  template.hasResourceProperties('AWS::S3::BucketPolicy', {
    PolicyDocument: {
      Statement: [{
        Effect: 'Allow',
        Principal: { Service: 'appstream.amazonaws.com' },
        Action: 's3:GetObject',
        Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Brand154304D0', 'Arn'] }, '/img/logo.png']] },
        Condition: Match.absent(),
      }],
    },
  });
  template.hasResource('Custom::AppStreamStackTheme', { DependsOn: Match.arrayWith(['BrandPolicy5A5C3ABD', 'Desks6D9E54CE']) });
});

test('warns of an imported bucket, which has to let AppStream read', () => {
  desks().brand(options());
  Annotations.fromStack(scope).hasWarning('/Test/Desks/Theme', Match.stringLikeRegexp('see that it lets appstream.amazonaws.com do s3:GetObject'));
});

test('a file is copied into the bucket of the stack, to a key that changes with it, before there is a theme', () => {
  const asset = appstream.FileSource.fromAsset(join(folder, 'logo.png'));
  desks().brand(options({ logo: asset, favicon: asset }));
  const { LogoBucket, LogoKey, FaviconKey } = theme();
  expect(resources('AWS::S3::Bucket')).toHaveLength(1);
  expect(LogoBucket).toEqual({ Ref: expect.stringMatching(/^AppStreamFilesBucket/) });
  expect(LogoKey).toMatch(/^pictures\/[0-9a-f]{32}\/logo\.png$/);
  expect(FaviconKey).toBe(LogoKey);
  Template.fromStack(scope).hasResourceProperties('AWS::S3::BucketPolicy', {
    PolicyDocument: {
      Statement: Match.arrayWith([{
        Effect: 'Allow',
        Principal: { Service: 'appstream.amazonaws.com' },
        Action: 's3:GetObject',
        Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': [LogoBucket.Ref, 'Arn'] }, '/pictures/*']] },
      }]),
    },
  });
  for (const what of ['FilesPicture', 'FilesBucketPolicy']) {
    Template.fromStack(scope).hasResource('Custom::AppStreamStackTheme', { DependsOn: Match.arrayWith([Match.stringLikeRegexp(what)]) });
  }
});

test('an L1 has a theme too', () => {
  new appstream.StackTheme(scope, 'Theme', { ...options(), stack: new cfn.CfnStack(scope, 'L1', { name: 'l1' }) });
  expect(theme()).toMatchObject({ StackName: { Ref: 'L1' } });
});

test('cdk-nag finds nothing in a theme, a user and usage reports', () => {
  cdk.Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  const bucket = new s3.Bucket(scope, 'Brand', { enforceSSL: true, serverAccessLogsPrefix: 'logs/' });
  desks().brand(options({
    logo: appstream.FileSource.fromBucket(bucket, 'logo.png'), favicon: appstream.FileSource.fromBucket(bucket, 'favicon.ico'),
  }));
  new appstream.User(scope, 'Ann', { userName: 'ann@example.com', enabled: false });
  new appstream.UsageReportSubscription(scope, 'Reports');
  expect(() => app.synth()).not.toThrow();
});

describe('fails', () => {
  const TEXT = 'must have letters from A to Z, digits, blanks and "-", "@", ".", "/", "#", "&", "+", "_" only';
  test.each<[string, Partial<appstream.StackThemeOptions>, string]>([
    ['for an empty title', { title: '' }, 'title must have 1 to 300 characters, got 0: ""'],
    ['for a long title', { title: 'a'.repeat(301) }, `title must have 1 to 300 characters, got 301: "${'a'.repeat(301)}"`],
    ['for a title with other characters', { title: 'Office!' }, `title ${TEXT}, got "Office!"`],
    ['for a link with other characters', { footerLinks: [{ displayName: 'Help?', url: 'https://example.com' }] },
      `footerLinks: displayName ${TEXT}, got "Help?"`],
    ['for a link that leads nowhere', { footerLinks: [{ displayName: 'Help', url: '' }] }, 'footerLinks: url must have 1 to 1000 characters, got 0: ""'],
  ])('%s', (_, more, message) => {
    expect(() => desks().brand(options(more))).toThrow(new Error(`${message} [at Test/Desks/Theme]`));
  });

  test('for an object without a key', () => {
    expect(() => desks().brand(options({ logo: stored('') }))).toThrow(new Error(
      'objectKey must have 1 to 1024 characters, got 0: "" [at Test/Desks/Theme]',
    ));
  });

  test('for a folder', () => {
    expect(() => desks().brand(options({ favicon: appstream.FileSource.fromAsset(folder) }))).toThrow(new Error(
      `an asset must be a file, got ${JSON.stringify(folder)} [at Test/Desks/Theme]`,
    ));
  });

  test('for a bucket of another Region', () => {
    const here = new cdk.Stack(app, 'Here', { env: { region: 'eu-west-1' } });
    const bucket = s3.Bucket.fromBucketAttributes(here, 'Bucket', { bucketName: 'brand', region: 'us-east-1' });
    expect(() => new appstream.Stack(here, 'Desks').brand(options({ logo: appstream.FileSource.fromBucket(bucket, 'logo.png') }))).toThrow(new Error(
      'a file must be in the stack\'s Region "eu-west-1", got a bucket in "us-east-1" [at Here/Desks/Theme]',
    ));
  });

  test('for a second theme', () => {
    const stack = desks();
    stack.brand(options());
    expect(() => stack.brand(options({ title: 'Again' }))).toThrow(new Error(
      'a stack has one theme, got another one with the title "Again" [at Test/Desks]',
    ));
  });
});

test('limits can be reached', () => {
  const text = `${'a'.repeat(280)} -@./#&+_0Z`;
  expect(() => desks().brand(options({ title: text, footerLinks: [{ displayName: text, url: 'a'.repeat(1000) }], logo: stored('a'.repeat(1024)) }))).not.toThrow();
});
