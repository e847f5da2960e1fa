import * as cdk from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { AwsSolutionsChecks } from 'cdk-nag';
import { gameliftstreams, LifecycleSettings } from '../../src';

const GROUP_ARN = 'arn:aws:gameliftstreams:us-west-2:111111111111:streamgroup/sg-1';

let app: cdk.App;
let stack: cdk.Stack;

beforeEach(() => {
  app = new cdk.App();
  stack = new cdk.Stack(app, 'Stack', { env: { account: '111111111111', region: 'us-west-2' } });
});

const shellOf = (arn = GROUP_ARN) => new gameliftstreams.AdminShell(stack, 'Shell', {
  streamGroup: gameliftstreams.StreamGroup.fromStreamGroupArn(stack, 'Group', arn),
});

test('is a function of one stream group behind a URL that asks who calls', () => {
  const shell = shellOf();
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::Lambda::Function', {
    Handler: 'index.adminShell', Timeout: 75, Environment: { Variables: { STREAM_GROUP_ARN: GROUP_ARN } },
  });
  template.hasResourceProperties('AWS::Lambda::Url', { AuthType: 'AWS_IAM', TargetFunctionArn: { 'Fn::GetAtt': ['ShellFunctionC6982C17', 'Arn'] } });
  expect(stack.resolve([shell.url, shell.functionName])).toEqual([
    { 'Fn::GetAtt': ['ShellFunctionFunctionUrl4F8B8DE5', 'FunctionUrl'] }, { Ref: 'ShellFunctionC6982C17' },
  ]);
});

test('may open shells in its group and write its log, and nothing else', () => {
  shellOf();
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::IAM::Role', {
    ManagedPolicyArns: Match.absent(),
    Policies: [{
      PolicyName: 'AdminShell',
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: { 'Fn::GetAtt': ['ShellLog1BB4B7AF', 'Arn'] } },
          { Effect: 'Allow', Action: ['gameliftstreams:GetStreamSession', 'gameliftstreams:CreateStreamSessionAdminShell'], Resource: GROUP_ARN },
        ],
      },
    }],
  });
  template.resourceCountIs('AWS::IAM::Policy', 0);
  template.resourceCountIs('AWS::Lambda::Permission', 0);
});

test('lets those in that it is told to, by the URL only', () => {
  shellOf().grants.adminShell(new iam.Role(stack, 'Admin', { assumedBy: new iam.AccountRootPrincipal() }));
  const Resource = { 'Fn::GetAtt': ['ShellFunctionC6982C17', 'Arn'] };
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: {
      Statement: [
        { Effect: 'Allow', Action: 'lambda:InvokeFunctionUrl', Resource, Condition: { StringEquals: { 'lambda:FunctionUrlAuthType': 'AWS_IAM' } } },
        { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource, Condition: { Bool: { 'lambda:InvokedViaFunctionUrl': true } } },
      ],
    },
    Roles: [{ Ref: 'AdminC75D2A91' }],
  });
});

test('runs as the settings say', () => {
  const encryptionKey = new kms.Key(stack, 'Key');
  LifecycleSettings.apply(stack, { encryptionKey, logRetention: logs.RetentionDays.ONE_YEAR, tracing: true });
  shellOf();
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::Lambda::Function', {
    TracingConfig: { Mode: 'Active' }, KmsKeyArn: stack.resolve(encryptionKey.keyArn),
  });
  template.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 365, KmsKeyId: stack.resolve(encryptionKey.keyArn) });
});

test('fails for a stream group of another Region', () => {
  expect(() => shellOf(GROUP_ARN.replace('us-west-2', 'us-east-2'))).toThrow(
    'an admin shell works in the Region of its stack, "us-west-2", got a resource of "us-east-2" [at Stack/Shell]',
  );
});

test('cdk-nag finds nothing', () => {
  cdk.Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  shellOf();
  expect(() => app.synth()).not.toThrow();
});
