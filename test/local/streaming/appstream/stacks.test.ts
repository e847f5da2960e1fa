import type { CreateStackCommandInput, UpdateStackCommandInput } from '@aws-sdk/client-appstream';
import { aFleet, refusal, simulateAppStream, stopSimulations } from './simulated';

afterEach(stopSimulations);

const AGENT = {
  Settings: [{ AgentAction: 'COMPUTER_VISION' as const, Permission: 'ENABLED' as const }],
  ScreenResolution: 'W_1280xH_720' as const,
  ScreenImageFormat: 'PNG' as const,
};

describe('a stack', () => {
  test('is described with all that the API shows of one', async () => {
    const { client, clock } = await simulateAppStream();
    const given = {
      DisplayName: 'Office',
      Description: 'for everybody',
      RedirectURL: 'https://example.com/bye',
      FeedbackURL: 'https://example.com/feedback',
      AccessEndpoints: [{ EndpointType: 'STREAMING' as const, VpceId: 'vpce-1' }],
      EmbedHostDomains: ['portal.example.com'],
      StreamingExperienceSettings: { PreferredProtocol: 'UDP' as const },
      ContentRedirection: { HostToClient: { Enabled: true, AllowedUrls: ['https://example.com/*'] } },
      AgentAccessConfig: AGENT,
    };
    await client.createStack({
      ...given,
      Name: 'office',
      ApplicationSettings: { Enabled: true, SettingsGroup: 'group' },
      StorageConnectors: [{ ConnectorType: 'HOMEFOLDERS' }, { ConnectorType: 'ONE_DRIVE', Domains: ['example.com'] }],
      UserSettings: [{ Action: 'FILE_UPLOAD', Permission: 'DISABLED' }],
    });
    expect((await client.describeStacks({ Names: ['office'] })).Stacks).toEqual([{
      ...given,
      Name: 'office',
      Arn: 'arn:aws:appstream:eu-west-1:123456789012:stack/office',
      CreatedTime: new Date(clock.now()),
      ApplicationSettings: { Enabled: true, SettingsGroup: 'group', S3BucketName: 'appstream-app-settings-eu-west-1-123456789012-0a1b2c3d' },
      StorageConnectors: [
        { ConnectorType: 'HOMEFOLDERS', ResourceIdentifier: 'arn:aws:s3:::appstream2-36fb080bb8-eu-west-1-123456789012' },
        { ConnectorType: 'ONE_DRIVE', Domains: ['example.com'] },
      ],
      UserSettings: expect.arrayContaining([
        { Action: 'FILE_UPLOAD', Permission: 'DISABLED' },
        { Action: 'FILE_DOWNLOAD', Permission: 'ENABLED' },
      ]),
      StackErrors: [],
    }]);
  });

  test('is created once', async () => {
    const { client } = await simulateAppStream();
    await client.createStack({ Name: 'office' });
    await expect(client.createStack({ Name: 'office' })).rejects.toEqual(
      refusal('ResourceAlreadyExistsException', 'The stack office already exists.'),
    );
  });

  test('cannot be deleted while it has a fleet', async () => {
    const { client } = await simulateAppStream();
    await client.createStack({ Name: 'office' });
    await client.createFleet(aFleet());
    await client.associateFleet({ StackName: 'office', FleetName: 'office' });
    await expect(client.deleteStack({ Name: 'office' })).rejects.toEqual(
      refusal(
        'ResourceInUseException',
        'Cannot delete stack office. This stack has fleets associated with it. Only stacks with no fleets associated with it can be deleted.',
      ),
    );
    await client.disassociateFleet({ StackName: 'office', FleetName: 'office' });
    await client.deleteStack({ Name: 'office' });
    await expect(client.describeStacks({ Names: ['office'] })).rejects.toEqual(
      refusal('ResourceNotFoundException', 'The stack office does not exist.'),
    );
  });

  test.each(['updateStack', 'deleteStack'] as const)('that does not exist: %s', async (operation) => {
    const { client } = await simulateAppStream();
    await expect(client[operation]({ Name: 'nowhere' })).rejects.toEqual(refusal('ResourceNotFoundException', 'The stack nowhere does not exist.'));
  });

  test('comes in pages with others', async () => {
    const { client } = await simulateAppStream({ pageSize: 1 });
    await client.createStack({ Name: 'a' });
    await client.createStack({ Name: 'b' });
    const { Stacks, NextToken } = await client.describeStacks({});
    expect(Stacks!.map(({ Name }) => Name)).toEqual(['a']);
    expect((await client.describeStacks({ NextToken })).Stacks!.map(({ Name }) => Name)).toEqual(['b']);
  });
});

describe('UpdateStack', () => {
  test('changes what it is given, and nothing else', async () => {
    const { client } = await simulateAppStream();
    const before = (await client.createStack({ Name: 'office', DisplayName: 'Office', UserSettings: [{ Action: 'FILE_UPLOAD', Permission: 'DISABLED' }] })).Stack!;
    await client.updateStack({ Name: 'office', Description: 'after' });
    expect((await client.describeStacks({})).Stacks![0]).toEqual({ ...before, Description: 'after' });
  });

  test('switches application settings off', async () => {
    const { client } = await simulateAppStream();
    await client.createStack({ Name: 'office', ApplicationSettings: { Enabled: true, SettingsGroup: 'group' } });
    expect((await client.updateStack({ Name: 'office', ApplicationSettings: { Enabled: false } })).Stack!.ApplicationSettings).toEqual({ Enabled: false });
  });

  test.each<[NonNullable<UpdateStackCommandInput['AttributesToDelete']>[number], string]>([
    ['STORAGE_CONNECTORS', 'StorageConnectors'],
    ['REDIRECT_URL', 'RedirectURL'],
    ['FEEDBACK_URL', 'FeedbackURL'],
    ['EMBED_HOST_DOMAINS', 'EmbedHostDomains'],
    ['ACCESS_ENDPOINTS', 'AccessEndpoints'],
    ['STREAMING_EXPERIENCE_SETTINGS', 'StreamingExperienceSettings'],
    ['CONTENT_REDIRECTION', 'ContentRedirection'],
    ['AGENT_ACCESS_CONFIG', 'AgentAccessConfig'],
  ])('deletes %s', async (attribute, member) => {
    const { client } = await simulateAppStream();
    await client.createStack({
      Name: 'office',
      StorageConnectors: [{ ConnectorType: 'HOMEFOLDERS' }],
      RedirectURL: 'https://example.com/',
      FeedbackURL: 'https://example.com/',
      EmbedHostDomains: ['example.com'],
      AccessEndpoints: [{ EndpointType: 'STREAMING' }],
      StreamingExperienceSettings: { PreferredProtocol: 'TCP' },
      ContentRedirection: { HostToClient: { Enabled: false } },
      AgentAccessConfig: AGENT,
    });
    expect((await client.updateStack({ Name: 'office', AttributesToDelete: [attribute] })).Stack).not.toHaveProperty(member);
  });

  test('deletes one connector, and the settings of the users', async () => {
    const { client } = await simulateAppStream();
    await client.createStack({
      Name: 'office',
      StorageConnectors: [{ ConnectorType: 'HOMEFOLDERS' }, { ConnectorType: 'ONE_DRIVE', Domains: ['example.com'] }],
      UserSettings: [{ Action: 'FILE_UPLOAD', Permission: 'DISABLED' }],
    });
    const { Stack } = await client.updateStack({ Name: 'office', AttributesToDelete: ['STORAGE_CONNECTOR_HOMEFOLDERS', 'USER_SETTINGS'] });
    expect(Stack!.StorageConnectors!.map(({ ConnectorType }) => ConnectorType)).toEqual(['ONE_DRIVE']);
    expect(Stack!.UserSettings).toContainEqual({ Action: 'FILE_UPLOAD', Permission: 'ENABLED' });
  });

  test('fails when it sets and deletes the same', async () => {
    const { client } = await simulateAppStream();
    await client.createStack({ Name: 'office' });
    await expect(client.updateStack({ Name: 'office', RedirectURL: 'https://example.com/', AttributesToDelete: ['REDIRECT_URL'] })).rejects.toEqual(
      refusal('InvalidParameterCombinationException', 'RedirectURL is both set and deleted.'),
    );
  });

  test('changes a part of the access of agents, but cannot begin with one', async () => {
    const { client } = await simulateAppStream();
    await client.createStack({ Name: 'without' });
    await expect(client.updateStack({ Name: 'without', AgentAccessConfig: { ScreenImageFormat: 'JPEG' } })).rejects.toEqual(
      refusal('InvalidParameterCombinationException', 'AgentAccessConfig requires Settings, ScreenResolution and ScreenImageFormat.'),
    );
    await client.createStack({ Name: 'with', AgentAccessConfig: AGENT });
    const { Stack } = await client.updateStack({ Name: 'with', AgentAccessConfig: { ScreenImageFormat: 'JPEG' } });
    expect(Stack!.AgentAccessConfig).toEqual({ ...AGENT, ScreenImageFormat: 'JPEG' });
  });
});

describe('settings of a stack', () => {
  const withSetting = (...UserSettings: NonNullable<CreateStackCommandInput['UserSettings']>): CreateStackCommandInput => ({ Name: 'office', UserSettings });
  const withConnector = (...StorageConnectors: NonNullable<CreateStackCommandInput['StorageConnectors']>): CreateStackCommandInput =>
    ({ Name: 'office', StorageConnectors });
  const withAgents = (config: Partial<NonNullable<CreateStackCommandInput['AgentAccessConfig']>>): CreateStackCommandInput =>
    ({ Name: 'office', AgentAccessConfig: { ...AGENT, ...config } });

  test.each<[string, CreateStackCommandInput]>([
    ['the shortest clipboard', withSetting({ Action: 'CLIPBOARD_COPY_TO_LOCAL_DEVICE', Permission: 'ENABLED', MaximumLength: 1 })],
    ['the longest clipboard', withSetting({ Action: 'CLIPBOARD_COPY_FROM_LOCAL_DEVICE', Permission: 'ENABLED', MaximumLength: 20_971_520 })],
    ['domains that require consent',
      withConnector({ ConnectorType: 'ONE_DRIVE', Domains: ['example.com'], DomainsRequireAdminConsent: ['example.com'] })],
    ['screenshots with a bucket', withAgents({ ScreenshotsUploadEnabled: true, S3BucketArn: 'arn:aws:s3:::shots' })],
  ])('accepted: %s', async (_what, input) => {
    const { client } = await simulateAppStream();
    await client.createStack(input);
    await client.updateStack(input);
  });

  test.each<[string, CreateStackCommandInput, string, string]>([
    ['a clipboard too short', withSetting({ Action: 'CLIPBOARD_COPY_TO_LOCAL_DEVICE', Permission: 'ENABLED', MaximumLength: 0 }),
      'InvalidParameterValueException', 'The value 0 of MaximumLength is not valid. Specify a value between 1 and 20971520.'],
    ['a clipboard too long', withSetting({ Action: 'CLIPBOARD_COPY_TO_LOCAL_DEVICE', Permission: 'ENABLED', MaximumLength: 20_971_521 }),
      'InvalidParameterValueException', 'The value 20971521 of MaximumLength is not valid. Specify a value between 1 and 20971520.'],
    ['a length of something else', withSetting({ Action: 'FILE_UPLOAD', Permission: 'ENABLED', MaximumLength: 1 }),
      'InvalidParameterCombinationException', 'MaximumLength cannot be specified for FILE_UPLOAD.'],
    ['a length of what is disabled', withSetting({ Action: 'CLIPBOARD_COPY_TO_LOCAL_DEVICE', Permission: 'DISABLED', MaximumLength: 1 }),
      'InvalidParameterCombinationException', 'MaximumLength cannot be specified when the permission is DISABLED.'],
    ['an action twice', withSetting({ Action: 'FILE_UPLOAD', Permission: 'ENABLED' }, { Action: 'FILE_UPLOAD', Permission: 'DISABLED' }),
      'InvalidParameterCombinationException', 'UserSettings has an entry twice.'],
    ['a connector twice', withConnector({ ConnectorType: 'HOMEFOLDERS' }, { ConnectorType: 'HOMEFOLDERS' }),
      'InvalidParameterCombinationException', 'StorageConnectors has an entry twice.'],
    ['domains of home folders', withConnector({ ConnectorType: 'HOMEFOLDERS', Domains: ['example.com'] }),
      'InvalidParameterCombinationException', 'Domains cannot be specified for HOMEFOLDERS.'],
    ['a drive without domains', withConnector({ ConnectorType: 'GOOGLE_DRIVE' }),
      'InvalidParameterCombinationException', 'Domains is required for GOOGLE_DRIVE.'],
    ['consent for another drive',
      withConnector({ ConnectorType: 'GOOGLE_DRIVE', Domains: ['example.com'], DomainsRequireAdminConsent: ['example.com'] }),
      'InvalidParameterCombinationException', 'DomainsRequireAdminConsent can only be specified for ONE_DRIVE.'],
    ['screenshots without a bucket', withAgents({ ScreenshotsUploadEnabled: true }),
      'InvalidParameterCombinationException', 'S3BucketArn is required when ScreenshotsUploadEnabled is true.'],
    ['agents that act without seeing', withAgents({ Settings: [{ AgentAction: 'COMPUTER_INPUT', Permission: 'ENABLED' }] }),
      'InvalidParameterCombinationException', 'COMPUTER_INPUT requires COMPUTER_VISION.'],
    ['a host with a path', { Name: 'office', EmbedHostDomains: ['example.com/path'] },
      'ValidationException', expect.stringContaining("Value 'example.com/path' at 'embedHostDomains.1.member' failed to satisfy constraint")],
  ])('refused: %s', async (_what, input, code, message) => {
    const { client } = await simulateAppStream();
    await expect(client.createStack(input)).rejects.toEqual(refusal(code, message));
    await client.createStack({ Name: 'office' });
    await expect(client.updateStack(input)).rejects.toEqual(refusal(code, message));
  });
});
