import * as cdk from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { appstream } from '../../src';

const { AgentAction, ContentRedirection } = appstream;

let scope: cdk.Stack;

beforeEach(() => {
  scope = new cdk.Stack(new cdk.App(), 'Test');
});

const properties = () => Object.values(Template.fromStack(scope).findResources('AWS::AppStream::Stack'))[0].Properties;
const make = (props: appstream.StackProps) => new appstream.Stack(scope, 'Desks', props);

describe('agent access', () => {
  test('sends every action, those that are not named as disabled', () => {
    make({ agentAccess: { actions: [AgentAction.FORWARD_MCP_TOOLS] } });
    expect(properties().AgentAccessConfig).toEqual({
      Settings: [
        { AgentAction: 'COMPUTER_VISION', Permission: 'DISABLED' },
        { AgentAction: 'COMPUTER_INPUT', Permission: 'DISABLED' },
        { AgentAction: 'FORWARD_MCP_TOOLS', Permission: 'ENABLED' },
      ],
      ScreenResolution: 'W_1280xH_720',
      ScreenImageFormat: 'PNG',
      ScreenshotsUploadEnabled: false,
    });
  });

  test('with all properties', () => {
    make({
      agentAccess: {
        actions: [AgentAction.COMPUTER_INPUT, AgentAction.COMPUTER_VISION],
        screenImageFormat: appstream.AgentScreenImageFormat.JPEG,
        userControlMode: appstream.AgentUserControlMode.VIEW_STOP,
        screenshotBucket: s3.Bucket.fromBucketName(scope, 'Bucket', 'screenshots'),
      },
    });
    expect(properties().AgentAccessConfig).toEqual({
      Settings: [
        { AgentAction: 'COMPUTER_VISION', Permission: 'ENABLED' },
        { AgentAction: 'COMPUTER_INPUT', Permission: 'ENABLED' },
        { AgentAction: 'FORWARD_MCP_TOOLS', Permission: 'DISABLED' },
      ],
      ScreenResolution: 'W_1280xH_720',
      ScreenImageFormat: 'JPEG',
      UserControlMode: 'VIEW_STOP',
      ScreenshotsUploadEnabled: true,
      S3BucketArn: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::screenshots']] },
    });
  });
});

describe('content redirection', () => {
  test.each<[appstream.ContentRedirection, object]>([
    [ContentRedirection.hostToClient(), { Enabled: true }],
    [ContentRedirection.hostToClient({ allowedUrls: ['https://*.example.com/*'], deniedUrls: ['*'] }),
      { Enabled: true, AllowedUrls: ['https://*.example.com/*'], DeniedUrls: ['*'] }],
    [ContentRedirection.disabled(), { Enabled: false }],
  ])('%#', (contentRedirection, HostToClient) => {
    make({ contentRedirection });
    expect(properties().ContentRedirection).toEqual({ HostToClient });
  });

  test('limits can be reached', () => {
    expect(() => make({ contentRedirection: ContentRedirection.hostToClient({ allowedUrls: Array(100).fill(`https://${'a'.repeat(2040)}`) }) })).not.toThrow();
  });
});

describe('fails', () => {
  const PATTERN = 'must be "*", or begin with "http://" or "https://" and have no blank, "," or ";"';
  test.each<[string, appstream.StackProps, string]>([
    ['for agents that may do nothing', { agentAccess: { actions: [] } },
      'agentAccess: actions must have at least one element, got none; without agentAccess agents may do nothing'],
    ['for agents that click without seeing', { agentAccess: { actions: [AgentAction.COMPUTER_INPUT] } },
      'agentAccess: COMPUTER_INPUT takes COMPUTER_VISION as well, got ["COMPUTER_INPUT"]'],
    ['for many patterns', { contentRedirection: ContentRedirection.hostToClient({ deniedUrls: Array(101).fill('*') }) },
      'contentRedirection: deniedUrls must have 0 to 100 elements, got 101'],
    ['for a pattern without a scheme', { contentRedirection: ContentRedirection.hostToClient({ allowedUrls: ['example.com'] }) },
      `contentRedirection: pattern of allowedUrls ${PATTERN}, got "example.com"`],
    ['for a pattern with a comma', { contentRedirection: ContentRedirection.hostToClient({ allowedUrls: ['https://a,b'] }) },
      `contentRedirection: pattern of allowedUrls ${PATTERN}, got "https://a,b"`],
    ['for a long pattern', { contentRedirection: ContentRedirection.hostToClient({ allowedUrls: [`https://${'a'.repeat(2041)}`] }) },
      `contentRedirection: pattern of allowedUrls must have 1 to 2048 characters, got 2049: "https://${'a'.repeat(2041)}"`],
  ])('%s', (_, props, message) => {
    expect(() => make(props)).toThrow(new Error(`${message} [at Test/Desks]`));
  });
});

describe('the relay state', () => {
  test.each([
    ['eu-west-1', 'https://appstream2.eu-west-1.aws.amazon.com/saml?stack=desks&accountId=111111111111'],
    ['us-gov-west-1', 'https://appstream2.us-gov-west-1.amazonaws-us-gov.com/saml?stack=desks&accountId=111111111111'],
  ])('in %s', (region, url) => {
    const there = new cdk.Stack(new cdk.App(), 'Test', { env: { account: '111111111111', region } });
    expect(appstream.Stack.fromStackName(there, 'Desks', 'desks').relayStateUrl).toBe(url);
  });

  test('where the Region is not known, from a mapping', () => {
    const url = make({}).relayStateUrl;
    expect(scope.resolve(url)).toEqual({
      'Fn::Join': ['', [
        { 'Fn::FindInMap': ['AppStreamRelayStates', { Ref: 'AWS::Region' }, 'RelayState'] }, '?stack=', { Ref: 'Desks6D9E54CE' },
        '&accountId=', { Ref: 'AWS::AccountId' },
      ]],
    });
    expect(new appstream.Stack(scope, 'Tables').relayStateUrl).toBeDefined();
    const { Mappings: { AppStreamRelayStates } } = Template.fromStack(scope).toJSON();
    expect(AppStreamRelayStates['us-east-1']).toEqual({ RelayState: 'https://appstream2.us-east-1.aws.amazon.com/saml' });
    expect(Object.keys(AppStreamRelayStates)).toHaveLength(20);
  });

  test('fails in a Region without AppStream', () => {
    const there = new cdk.Stack(new cdk.App(), 'Test', { env: { region: 'cn-north-1' } });
    expect(() => new appstream.Stack(there, 'Desks').relayStateUrl).toThrow(/^a relay state needs a Region that has AppStream, one of ap-northeast-1, .*, us-gov-west-1, got "cn-north-1" \[at Test\/Desks\]$/);
  });
});

test('grants.stream: this stack, as whom the assertion names', () => {
  const provider = iam.SamlProvider.fromSamlProviderArn(scope, 'Provider', 'arn:aws:iam::111111111111:saml-provider/idp');
  const role = new iam.Role(scope, 'Users', { assumedBy: new iam.SamlConsolePrincipal(provider).withSessionTags() });
  make({}).grants.stream(role).assertSuccess();
  Template.fromStack(scope).hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: {
      Statement: [{
        Effect: 'Allow',
        Action: 'appstream:Stream',
        Resource: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':appstream:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':stack/', { Ref: 'Desks6D9E54CE' }]] },
        Condition: { StringEquals: { 'appstream:userId': '${saml:sub}' } },
      }],
    },
  });
});
