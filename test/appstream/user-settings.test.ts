import * as cdk from 'aws-cdk-lib';
import { UserAction, UserSettings } from '../../src/appstream';

const stack = new cdk.Stack(new cdk.App(), 'Test');

function enabled(settings: UserSettings) {
  return settings._bind(stack).filter(({ permission }) => permission === 'ENABLED').map(({ action }) => action);
}

test('nothing is allowed by default but to sign in', () => {
  expect(UserSettings.locked()._bind(stack)).toEqual([
    { action: 'CLIPBOARD_COPY_FROM_LOCAL_DEVICE', permission: 'DISABLED' },
    { action: 'CLIPBOARD_COPY_TO_LOCAL_DEVICE', permission: 'DISABLED' },
    { action: 'FILE_UPLOAD', permission: 'DISABLED' },
    { action: 'FILE_DOWNLOAD', permission: 'DISABLED' },
    { action: 'PRINTING_TO_LOCAL_DEVICE', permission: 'DISABLED' },
    { action: 'DOMAIN_PASSWORD_SIGNIN', permission: 'ENABLED' },
    { action: 'DOMAIN_SMART_CARD_SIGNIN', permission: 'DISABLED' },
    { action: 'AUTO_TIME_ZONE_REDIRECTION', permission: 'DISABLED' },
  ]);
});

test('each action is allowed and denied by itself, and the whole set is rendered', () => {
  for (const action of Object.values(UserAction)) {
    const settings = UserSettings.locked().deny(UserAction.DOMAIN_PASSWORD_SIGNIN).allow(action);
    expect(enabled(settings)).toEqual([action]);
    expect(enabled(settings.deny(action))).toEqual([]);
    expect(settings._bind(stack)).toHaveLength(8);
  }
});

test('settings are never changed, only derived', () => {
  const locked = UserSettings.locked();
  locked.allow(UserAction.FILE_UPLOAD);
  locked.deny(UserAction.DOMAIN_PASSWORD_SIGNIN);
  expect(enabled(locked)).toEqual(['DOMAIN_PASSWORD_SIGNIN']);
});

test.each([1, 20_971_520])('a copy can be limited to %d characters', (maximumLength) => {
  const settings = UserSettings.locked().allow(UserAction.CLIPBOARD_COPY_TO_LOCAL_DEVICE, { maximumLength });
  expect(settings._bind(stack)).toContainEqual({ action: 'CLIPBOARD_COPY_TO_LOCAL_DEVICE', permission: 'ENABLED', maximumLength });
});

test.each([0, 20_971_521, 1.5])('fails for a copy of %d characters', (maximumLength) => {
  expect(() => UserSettings.locked().allow(UserAction.CLIPBOARD_COPY_FROM_LOCAL_DEVICE, { maximumLength })._bind(stack)).toThrow(new Error(
    'userSettings: maximumLength of CLIPBOARD_COPY_FROM_LOCAL_DEVICE must be a whole number from 1 to 20971520, ' +
    `got ${maximumLength} [at Test]`,
  ));
});

test('fails for a length of anything but a copy', () => {
  expect(() => UserSettings.locked().allow(UserAction.FILE_UPLOAD, { maximumLength: 10 })._bind(stack)).toThrow(new Error(
    'userSettings: maximumLength is for the two clipboard actions only, got "FILE_UPLOAD" [at Test]',
  ));
});
