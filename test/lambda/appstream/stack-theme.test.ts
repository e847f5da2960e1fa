import { ANN, DESKS, Premises } from './premises';

const CREATED = { status: 'CREATE_COMPLETE', failures: [] };
const UPDATED = { status: 'UPDATE_COMPLETE', failures: [] };
const DELETED = { status: 'DELETE_COMPLETE', failures: [] };
const THEME = { State: 'ENABLED', ThemeTitleText: 'Office', ThemeStyling: 'LIGHT_BLUE', ThemeFooterLinks: undefined, logo: 'logo.png' };
const MARK = 'cdk-app-streaming:theme';

let premises: Premises;

async function start(options: Parameters<typeof Premises.start>[0] = {}): Promise<void> {
  premises = await Premises.start(options);
}

afterEach(() => premises.stop());

/** As somebody at the console makes one. */
const brandByHand = (stackName = DESKS) => premises.call('CreateThemeForStack', {
  StackName: stackName,
  TitleText: 'Theirs',
  ThemeStyling: 'RED',
  OrganizationLogoS3Location: { S3Bucket: 'brand', S3Key: 'other.png' },
  FaviconS3Location: { S3Bucket: 'brand', S3Key: 'favicon.ico' },
});

describe.each(['DISABLED', 'ENABLED'] as const)('where a new theme is %s', (newTheme) => {
  test.each([[true, 'ENABLED'], [false, 'DISABLED']])('one with enabled %s comes to %s, and goes', async (enabled, State) => {
    await start({ appstream: { readings: { newTheme } } });
    expect(await premises.brand({ enabled })).toMatchObject(CREATED);
    expect(await premises.theme()).toEqual({ ...THEME, State });
    expect(premises.changes()).toEqual(['TagResource', 'CreateThemeForStack', ...State === newTheme ? [] : ['UpdateThemeForStack']]);
    expect(await premises.destroy()).toMatchObject(DELETED);
    expect(await premises.theme()).toBeUndefined();
    expect(await premises.tags()).toEqual({});
  });
});

test('each part is changed, and links that are taken away go', async () => {
  await start();
  const footerLinks = [{ displayName: 'Help', url: 'https://example.com/help' }];
  await premises.brand({ footerLinks });
  expect(await premises.theme()).toEqual({ ...THEME, ThemeFooterLinks: [{ DisplayName: 'Help', FooterLinkURL: 'https://example.com/help' }] });
  expect(await premises.brand({ title: 'Desks', logo: 'other.png', enabled: false })).toMatchObject(UPDATED);
  expect(await premises.theme()).toEqual({ ...THEME, State: 'DISABLED', ThemeTitleText: 'Desks', logo: 'other.png' });
  expect(await premises.brand({ footerLinks, thenFails: true })).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE' });
  expect(await premises.theme()).toEqual({ ...THEME, State: 'DISABLED', ThemeTitleText: 'Desks', logo: 'other.png' });
});

test('a theme of somebody else is neither changed nor deleted, also by the Delete that follows', async () => {
  await start();
  await brandByHand();
  const before = await premises.theme();
  const { status, failures } = await premises.brand();
  expect(status).toBe('ROLLBACK_COMPLETE');
  expect(failures.join()).toContain('stack desks has a theme that this resource has not made: delete it, then deploy again');
  expect(premises.changes()).toEqual([]);
  await premises.destroy();
  expect(await premises.theme()).toEqual(before);
  expect(await premises.tags()).toEqual({});
});

test('a theme moves with its stack, and back again in a rollback', async () => {
  await start();
  await premises.call('CreateStack', { Name: 'tables' });
  await premises.brand();
  expect(await premises.brand({ stackName: 'tables', thenFails: true })).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE' });
  expect([await premises.theme(), await premises.theme('tables')]).toEqual([THEME, undefined]);
  expect(await premises.brand({ stackName: 'tables' })).toMatchObject(UPDATED);
  expect([await premises.theme(), await premises.theme('tables')]).toEqual([undefined, THEME]);
  expect(await premises.tags()).toEqual({});
});

test('a theme that does not come to another stack leaves the theme there, and its own', async () => {
  await start();
  await premises.call('CreateStack', { Name: 'tables' });
  await brandByHand('tables');
  const theirs = await premises.theme('tables');
  await premises.brand();
  expect(await premises.brand({ stackName: 'tables' })).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE' });
  expect([await premises.theme(), await premises.theme('tables')]).toEqual([THEME, theirs]);
});

test('a theme that comes to another stack and fails there goes from it again', async () => {
  await start({ appstream: { readings: { newTheme: 'ENABLED' } } });
  await premises.call('CreateStack', { Name: 'tables' });
  await premises.brand();
  premises.loopback.endpoint.faults.add({
    service: 'appstream', operation: 'UpdateThemeForStack', lambdaOnly: true, fault: { kind: 'error', code: 'ValidationException', message: 'Not today.', status: 400 },
  });
  expect(await premises.brand({ stackName: 'tables', enabled: false })).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE' });
  expect([await premises.theme(), await premises.theme('tables')]).toEqual([THEME, undefined]);
  expect(await premises.tags('tables')).toEqual({});
});

test('a theme that somebody has deleted is made again by the next change, and needs no deletion', async () => {
  await start();
  await premises.brand();
  await premises.call('DeleteThemeForStack', { StackName: DESKS });
  expect(await premises.brand({ title: 'Again' })).toMatchObject(UPDATED);
  expect(await premises.theme()).toEqual({ ...THEME, ThemeTitleText: 'Again' });
  await premises.call('DeleteThemeForStack', { StackName: DESKS });
  expect(await premises.destroy()).toMatchObject(DELETED);
});

test('a stack that is gone needs no deletion of its theme', async () => {
  await start();
  await premises.brand();
  await premises.call('DeleteUser', { UserName: ANN, AuthenticationType: 'USERPOOL' });
  await premises.call('DeleteStack', { Name: DESKS });
  expect(await premises.destroy()).toMatchObject(DELETED);
});

test.each([
  ['an image that is not there', () => premises.brand({ logo: 'none.png' }), 'The object none.png does not exist in the bucket brand.'],
  ['an image that AppStream may not read', async () => {
    await premises.letAppStreamRead(false);
    return premises.brand();
  }, 'WorkSpaces Applications is not allowed to perform s3:GetObject on arn:aws:s3:::brand/logo.png.'],
  ['a stack that is not there', () => premises.brand({ stackName: 'nowhere' }), 'does not exist'],
])('fails for %s, and nothing is left', async (_, deploy, reason) => {
  await start();
  const { status, failures } = await deploy();
  expect(status).toBe('ROLLBACK_COMPLETE');
  expect(failures.join()).toContain(reason);
  await premises.destroy();
  expect(await premises.theme()).toBeUndefined();
  expect(await premises.tags()).not.toHaveProperty(MARK);
});

test('the caller need not be allowed to read the images where AppStream alone reads them', async () => {
  await start({ appstream: { readings: { themeImages: 'service' } } });
  expect(await premises.brand()).toMatchObject(CREATED);
});
