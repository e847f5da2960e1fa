import { ANN, Premises } from './premises';
import { appstream } from '../../../src';

let premises: Premises;

beforeEach(async () => {
  premises = await Premises.start();
});

afterEach(() => premises.stop());

/** The properties of the newest request, as they arrived from CloudFormation. */
async function received(): Promise<Record<string, unknown>> {
  const [newest] = [...premises.loopback.states.executions].reverse();
  const { input } = await premises.loopback.call('states', 'DescribeExecution', { executionArn: newest.options.arn });
  const { ServiceToken, ServiceTimeout, ...properties } = JSON.parse(input).event.ResourceProperties;
  return properties;
}

const inputs = (operation: string) => premises.loopback.endpoint.calls.of('appstream', operation).map(({ input }) => input);

test('what StackTheme says arrives at AppStream', async () => {
  await premises.brand({
    title: 'Desks & more', styling: appstream.ThemeStyling.RED, footerLinks: [{ displayName: 'Help', url: 'https://example.com/help' }], enabled: true,
  });
  const { loopback: { region, account } } = premises;
  expect(await received()).toEqual({
    StackName: 'desks',
    StackArn: `arn:aws:appstream:${region}:${account}:stack/desks`,
    TitleText: 'Desks & more',
    ThemeStyling: 'RED',
    LogoBucket: 'brand',
    LogoKey: 'logo.png',
    FaviconBucket: 'brand',
    FaviconKey: 'favicon.ico',
    FooterLinks: '[{"DisplayName":"Help","FooterLinkURL":"https://example.com/help"}]',
    State: 'ENABLED',
    TimeoutSeconds: '2700',
  });
  const theme = {
    StackName: 'desks',
    TitleText: 'Desks & more',
    ThemeStyling: 'RED',
    OrganizationLogoS3Location: { S3Bucket: 'brand', S3Key: 'logo.png' },
    FaviconS3Location: { S3Bucket: 'brand', S3Key: 'favicon.ico' },
    FooterLinks: [{ DisplayName: 'Help', FooterLinkURL: 'https://example.com/help' }],
  };
  expect(inputs('CreateThemeForStack')).toEqual([theme]);
  expect(inputs('UpdateThemeForStack')).toEqual([{ ...theme, State: 'ENABLED' }]);
  await premises.brand();
  expect(inputs('UpdateThemeForStack')[1]).toEqual({
    ...theme, FooterLinks: undefined, TitleText: 'Office', ThemeStyling: 'LIGHT_BLUE', State: 'ENABLED', AttributesToDelete: ['FOOTER_LINKS'],
  });
});

test('what UserEnablement says arrives at AppStream', async () => {
  const users = () => premises.loopback.endpoint.calls.of('appstream').filter(({ operation }) => /^(Enable|Disable)User$/.test(operation))
    .map(({ operation }) => operation);
  await premises.enable(false);
  expect(await received()).toEqual({ UserName: ANN, Enabled: 'false', TimeoutSeconds: '2700' });
  await premises.enable(true);
  expect(await received()).toEqual({ UserName: ANN, Enabled: 'true', TimeoutSeconds: '2700' });
  expect(users()).toEqual(['DisableUser', 'EnableUser']);
});

test('what UsageReportSubscription says arrives at the function', async () => {
  await premises.subscribe({ revision: '7' });
  expect(await received()).toEqual({ Revision: '7', TimeoutSeconds: '2700' });
  expect(inputs('CreateUsageReportSubscription')).toHaveLength(1);
});
