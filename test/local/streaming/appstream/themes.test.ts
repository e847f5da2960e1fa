import { AppStream } from '@aws-sdk/client-appstream';
import { refusal, stopSimulations } from './simulated';
import { AppStreamSimulator } from '../../../../local/streaming/appstream';
import type { Readings } from '../../../../local/streaming/appstream/options';
import { simulate } from '../simulation';

afterEach(stopSimulations);

const POLICY = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'appstream.amazonaws.com' }, Action: 's3:Get*', Resource: 'arn:aws:s3:::brand/public/*' }],
};
const CONTENT = {
  keys: (bucket: string) => bucket === 'brand' ? ['public/logo.png', 'public/icon.ico', 'private.png'] : undefined,
  ownKey: () => undefined,
  resourcePolicy: () => JSON.stringify(POLICY),
};
const LOGO = { S3Bucket: 'brand', S3Key: 'public/logo.png' };
const THEME = {
  StackName: 'office',
  TitleText: 'Office',
  ThemeStyling: 'BLUE' as const,
  OrganizationLogoS3Location: LOGO,
  FaviconS3Location: { S3Bucket: 'brand', S3Key: 'public/icon.ico' },
};

async function branded(readings: Partial<Readings> = {}) {
  const simulated = await simulate('eu-west-1', AppStream, (cloud) => new AppStreamSimulator(cloud, { readings }, CONTENT));
  await simulated.client.createStack({ Name: 'office' });
  return simulated;
}

test.each(['DISABLED', 'ENABLED'] as const)('a new theme is %s, is updated and deleted', async (newTheme) => {
  const { client, clock } = await branded({ newTheme });
  const links = [{ DisplayName: 'Help', FooterLinkURL: 'https://example.com/help' }];
  await client.createThemeForStack({ ...THEME, FooterLinks: links });
  const shown = {
    StackName: 'office',
    State: newTheme,
    ThemeTitleText: 'Office',
    ThemeStyling: 'BLUE',
    ThemeFooterLinks: links,
    CreatedTime: new Date(clock.now()),
    ThemeOrganizationLogoURL: 'https://themes.appstream2.eu-west-1.amazonaws.com/brand/public/logo.png',
    ThemeFaviconURL: 'https://themes.appstream2.eu-west-1.amazonaws.com/brand/public/icon.ico',
  };
  expect((await client.describeThemeForStack({ StackName: 'office' })).Theme).toEqual(shown);
  await client.updateThemeForStack({ StackName: 'office', State: 'ENABLED', AttributesToDelete: ['FOOTER_LINKS'] });
  const { ThemeFooterLinks, ...rest } = shown;
  expect((await client.describeThemeForStack({ StackName: 'office' })).Theme).toEqual({ ...rest, State: 'ENABLED' });
  await client.deleteThemeForStack({ StackName: 'office' });
  await expect(client.describeThemeForStack({ StackName: 'office' })).rejects.toEqual(refusal('ResourceNotFoundException', 'The stack office has no theme.'));
});

test('a theme goes with its stack', async () => {
  const { client } = await branded();
  await client.createThemeForStack(THEME);
  await client.deleteStack({ Name: 'office' });
  await client.createStack({ Name: 'office' });
  await client.createThemeForStack(THEME);
  await expect(client.createThemeForStack(THEME)).rejects.toEqual(refusal('ResourceAlreadyExistsException'));
});

test.each([
  [{ StackName: 'nowhere' }, 'ResourceNotFoundException'],
  [{ OrganizationLogoS3Location: { S3Bucket: 'brand', S3Key: 'none.png' } }, 'OperationNotPermittedException'],
  [{ OrganizationLogoS3Location: { S3Bucket: 'brand' } }, 'OperationNotPermittedException'],
  [{ FaviconS3Location: { S3Bucket: 'other', S3Key: 'public/icon.ico' } }, 'OperationNotPermittedException'],
  [{ FaviconS3Location: { S3Bucket: 'brand', S3Key: 'private.png' } }, 'OperationNotPermittedException'],
])('refuses a theme with %j', async (part, code) => {
  const { client } = await branded();
  await expect(client.createThemeForStack({ ...THEME, ...part })).rejects.toEqual(refusal(code));
});

test('refuses links that are set and deleted, and an update of no theme', async () => {
  const { client } = await branded();
  await expect(client.updateThemeForStack({ StackName: 'office', State: 'ENABLED' })).rejects.toEqual(refusal('ResourceNotFoundException'));
  await client.createThemeForStack(THEME);
  await expect(client.updateThemeForStack({ StackName: 'office', FooterLinks: [], AttributesToDelete: ['FOOTER_LINKS'] })).rejects.toEqual(
    refusal('InvalidParameterCombinationException', 'FooterLinks is both set and deleted.'),
  );
});
