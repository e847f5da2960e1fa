import * as cdk from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { appstream } from '../../src';

test('asks for nothing and tells where reports are', () => {
  const scope = new cdk.Stack(new cdk.App(), 'Test');
  const reports = new appstream.UsageReportSubscription(scope, 'Reports', { revision: '2' });
  const [[id, { Properties }]] = Object.entries(Template.fromStack(scope).findResources('Custom::AppStreamUsageReportSubscription'));
  expect(Properties).toMatchObject({ Revision: '2', TimeoutSeconds: '2700' });
  expect(scope.resolve([reports.bucketName, reports.schedule])).toEqual([{ 'Fn::GetAtt': [id, 'S3BucketName'] }, { 'Fn::GetAtt': [id, 'Schedule'] }]);
});

test('fails for a second one of a CloudFormation stack, and not of an app', () => {
  const app = new cdk.App();
  const [one, other] = ['One', 'Other'].map((id) => new cdk.Stack(app, id));
  new appstream.UsageReportSubscription(one, 'Reports');
  expect(() => new appstream.UsageReportSubscription(other, 'Reports')).not.toThrow();
  expect(() => new appstream.UsageReportSubscription(one, 'Again')).toThrow(new Error(
    'an account has one subscription to usage reports in a Region, got another one beside "One/Reports" [at One/Again]',
  ));
});
