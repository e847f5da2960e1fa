import { MINUTE, STUDIO, aLaunchProfile, refusal, simulateNimbleStudio, stopSimulations, withLaunchProfile, withStudio } from './simulated';

afterEach(stopSimulations);

describe('a studio', () => {
  test('is made, changed and deleted in its time, and says so', async () => {
    const { client, clock } = await simulateNimbleStudio();
    const studioId = (await client.createStudio({ ...STUDIO, tags: { team: 'a' } })).studio!.studioId!;
    const seen = async () => {
      const { studio } = await client.getStudio({ studioId });
      return [studio!.state, studio!.statusCode];
    };
    expect(await seen()).toEqual(['CREATE_IN_PROGRESS', 'STUDIO_CREATE_IN_PROGRESS']);
    clock.advance(MINUTE - 1);
    expect((await seen())[0]).toBe('CREATE_IN_PROGRESS');
    clock.advance(1);
    expect(await seen()).toEqual(['READY', 'STUDIO_CREATED']);
    await client.updateStudio({ studioId, displayName: 'New' });
    expect(await seen()).toEqual(['UPDATE_IN_PROGRESS', 'STUDIO_UPDATE_IN_PROGRESS']);
    clock.advance(MINUTE);
    expect(await seen()).toEqual(['READY', 'STUDIO_UPDATED']);
    await client.deleteStudio({ studioId });
    expect(await seen()).toEqual(['DELETE_IN_PROGRESS', 'STUDIO_DELETE_IN_PROGRESS']);
    clock.advance(MINUTE);
    expect(await seen()).toEqual(['DELETED', 'STUDIO_DELETED']);
    expect((await client.listStudios({})).studios).toEqual([]);
  });

  test('is described with all that the API shows of one', async () => {
    const { client, clock } = await simulateNimbleStudio();
    const { studio } = await client.createStudio({ ...STUDIO, tags: { team: 'a' } });
    expect(studio).toEqual({
      ...STUDIO,
      studioId: expect.stringMatching(/^us-west-2-[a-z0-9]{16}$/),
      arn: `arn:aws:nimble:us-west-2:123456789012:studio/${studio!.studioId}`,
      homeRegion: 'us-west-2',
      ssoClientId: expect.any(String),
      studioUrl: 'https://pictures.nimblestudio.us-west-2.amazonaws.com',
      studioEncryptionConfiguration: { keyType: 'AWS_OWNED_KEY' },
      createdAt: new Date(clock.now()),
      updatedAt: new Date(clock.now()),
      state: 'CREATE_IN_PROGRESS',
      statusCode: 'STUDIO_CREATE_IN_PROGRESS',
      statusMessage: 'The studio is in state CREATE_IN_PROGRESS.',
      tags: { team: 'a' },
    });
  });

  test('is gone once it is deleted, in the other reading', async () => {
    const { client, clock, studioId } = await withStudio({ readings: { deleted: 'not-found' } });
    await client.deleteStudio({ studioId });
    clock.advance(MINUTE);
    await expect(client.getStudio({ studioId })).rejects.toEqual(refusal('ResourceNotFoundException', `The studio ${studioId} does not exist.`));
  });

  test('fails as the script has it, and can be deleted then', async () => {
    const { client, clock, simulator } = await simulateNimbleStudio();
    simulator.script.fail('CreateStudio', { statusCode: 'AWS_SSO_NOT_ENABLED', statusMessage: 'no Identity Center' });
    const studioId = (await client.createStudio(STUDIO)).studio!.studioId!;
    clock.advance(MINUTE);
    expect((await client.getStudio({ studioId })).studio).toMatchObject({
      state: 'CREATE_FAILED', statusCode: 'AWS_SSO_NOT_ENABLED', statusMessage: 'no Identity Center',
    });
    await expect(client.createStudioComponent({ studioId, name: 'a', type: 'CUSTOM' })).rejects.toEqual(refusal('ConflictException'));
    await client.deleteStudio({ studioId });
    clock.advance(MINUTE);
    expect((await client.getStudio({ studioId })).studio!.state).toBe('DELETED');
  });

  test('takes no other operation while one is in progress', async () => {
    const { client, studioId } = await withStudio();
    await client.updateStudio({ studioId, displayName: 'New' });
    const busy = refusal('ConflictException', 'Another operation is in progress.');
    await expect(client.updateStudio({ studioId, displayName: 'Newer' })).rejects.toEqual(busy);
    await expect(client.deleteStudio({ studioId })).rejects.toEqual(busy);
    await expect(client.createStudioComponent({ studioId, name: 'a', type: 'CUSTOM' })).rejects.toEqual(busy);
  });

  test('is one of as many as the quota allows', async () => {
    const { client, clock, studioId } = await withStudio();
    await expect(client.createStudio(STUDIO)).rejects.toEqual(expect.objectContaining({
      name: 'ServiceQuotaExceededException',
      message: 'The account has at most 1 studios in a Region.',
      $metadata: expect.objectContaining({ httpStatusCode: 402 }),
    }));
    await client.deleteStudio({ studioId });
    clock.advance(MINUTE);
    await expect(client.createStudio(STUDIO)).resolves.toBeDefined();
  });

  test.each([
    ['a name with a dash', { studioName: 'my-studio' }],
    ['a name that is too short', { studioName: 'ab' }],
    ['a name that is too long', { studioName: 'a'.repeat(65) }],
    ['a key without its ARN', { studioEncryptionConfiguration: { keyType: 'CUSTOMER_MANAGED_KEY' as const } }],
  ])('is refused: %s', async (_what, overrides) => {
    const { client } = await simulateNimbleStudio();
    await expect(client.createStudio({ ...STUDIO, ...overrides })).rejects.toEqual(refusal('ValidationException'));
  });

  test('has nothing that a repair could mend', async () => {
    const { client, studioId } = await withStudio();
    await expect(client.startStudioSSOConfigurationRepair({ studioId })).rejects.toEqual(
      refusal('ValidationException', 'The studio has a valid IAM Identity Center configuration.'));
  });
});

describe('the order of deletion', () => {
  test('a studio fails to go before its launch profiles, images and components', async () => {
    const { client, clock, studioId, launchProfileId, streamingImageId, studioComponentId } = await withLaunchProfile();
    const codeOfDeletion = async () => {
      await client.deleteStudio({ studioId });
      clock.advance(MINUTE);
      const { studio } = await client.getStudio({ studioId });
      return [studio!.state, studio!.statusCode];
    };
    expect(await codeOfDeletion()).toEqual(['DELETE_FAILED', 'STUDIO_WITH_LAUNCH_PROFILES_NOT_DELETED']);
    await client.deleteLaunchProfile({ studioId, launchProfileId });
    clock.advance(MINUTE);
    expect(await codeOfDeletion()).toEqual(['DELETE_FAILED', 'STUDIO_WITH_STREAMING_IMAGES_NOT_DELETED']);
    await client.deleteStreamingImage({ studioId, streamingImageId });
    clock.advance(MINUTE);
    expect(await codeOfDeletion()).toEqual(['DELETE_FAILED', 'STUDIO_WITH_STUDIO_COMPONENTS_NOT_DELETED']);
    await client.deleteStudioComponent({ studioId, studioComponentId });
    clock.advance(MINUTE);
    expect(await codeOfDeletion()).toEqual(['DELETED', 'STUDIO_DELETED']);
  });

  test('a studio that is not empty is refused at once, in the other reading', async () => {
    const { client, studioId } = await withLaunchProfile({}, { readings: { deleteOfFull: 'ConflictException' } });
    await expect(client.deleteStudio({ studioId })).rejects.toEqual(refusal('ConflictException', 'The studio still has launch profiles.'));
  });

  test('a launch profile fails to go before its sessions', async () => {
    const { client, clock, studioId, launchProfileId } = await withLaunchProfile();
    const { sessionId } = (await client.createStreamingSession({ studioId, launchProfileId })).session!;
    clock.advance(10 * MINUTE);
    const codeOfDeletion = async () => {
      await client.deleteLaunchProfile({ studioId, launchProfileId });
      clock.advance(MINUTE);
      const { launchProfile } = await client.getLaunchProfile({ studioId, launchProfileId });
      return [launchProfile!.state, launchProfile!.statusCode];
    };
    expect(await codeOfDeletion()).toEqual(['DELETE_FAILED', 'LAUNCH_PROFILE_WITH_STREAM_SESSIONS_NOT_DELETED']);
    await client.deleteStreamingSession({ studioId, sessionId });
    clock.advance(5 * MINUTE);
    expect(await codeOfDeletion()).toEqual(['DELETED', 'LAUNCH_PROFILE_DELETED']);
  });
});

describe('a launch profile', () => {
  test('has the defaults of the API, and says what it is made of', async () => {
    const { client, studioId, launchProfileId, streamingImageId, studioComponentId } = await withLaunchProfile();
    const details = await client.getLaunchProfileDetails({ studioId, launchProfileId });
    expect(details.launchProfile!.streamConfiguration).toEqual({
      clipboardMode: 'DISABLED',
      ec2InstanceTypes: ['g5.xlarge', 'g5.2xlarge'],
      streamingImageIds: [streamingImageId],
      maxSessionLengthInMinutes: 690,
      maxStoppedSessionLengthInMinutes: 0,
      sessionPersistenceMode: 'DEACTIVATED',
      automaticTerminationMode: 'DEACTIVATED',
      sessionBackup: { mode: 'DEACTIVATED', maxBackupsToRetain: 0 },
    });
    expect(details.streamingImages!.map((image) => image.streamingImageId)).toEqual([streamingImageId]);
    expect(details.studioComponentSummaries).toEqual([expect.objectContaining({ studioComponentId, name: 'Custom', type: 'CUSTOM' })]);
  });

  test.each([
    ['a volume without persistence', { volumeConfiguration: { size: 100 } },
      'volumeConfiguration and automaticTerminationMode are allowed only when sessionPersistenceMode is ACTIVATED.'],
    ['a stopped length without automatic termination', { sessionPersistenceMode: 'ACTIVATED' as const, maxStoppedSessionLengthInMinutes: 1 },
      'maxStoppedSessionLengthInMinutes is allowed only when sessionPersistenceMode and automaticTerminationMode are ACTIVATED.'],
    ['a stopped length of more than four days', { maxStoppedSessionLengthInMinutes: 5761 }, undefined],
    ['a session of more than thirty days', { maxSessionLengthInMinutes: 43_201 }, undefined],
  ])('is refused: %s', async (_what, stream, message) => {
    const { client, studioId, ...ids } = await withLaunchProfile();
    await expect(client.createLaunchProfile(aLaunchProfile(studioId, ids, stream))).rejects.toEqual(refusal('ValidationException', message));
  });

  test('is refused with an image of nowhere', async () => {
    const { client, studioId, studioComponentId } = await withLaunchProfile();
    await expect(client.createLaunchProfile(aLaunchProfile(studioId, { streamingImageId: 'nowhere', studioComponentId }))).rejects.toEqual(
      refusal('ResourceNotFoundException', 'The streaming image nowhere does not exist.'));
  });

  test('is changed in place', async () => {
    const { client, clock, studioId, launchProfileId } = await withLaunchProfile();
    await client.updateLaunchProfile({ studioId, launchProfileId, name: 'Painters' });
    clock.advance(MINUTE);
    expect((await client.getLaunchProfile({ studioId, launchProfileId })).launchProfile).toMatchObject({
      name: 'Painters', ec2SubnetIds: ['subnet-1'], statusCode: 'LAUNCH_PROFILE_UPDATED',
    });
  });
});

test('lists come in pages, and components by state and type', async () => {
  const { client, clock, studioId } = await withStudio({ pageSize: 2 });
  for (const name of ['a', 'b', 'c']) {
    await client.createStudioComponent({ studioId, name, type: name === 'c' ? 'LICENSE_SERVICE' : 'CUSTOM' });
  }
  const first = await client.listStudioComponents({ studioId });
  const second = await client.listStudioComponents({ studioId, nextToken: first.nextToken });
  expect([...first.studioComponents!, ...second.studioComponents!].map(({ name }) => name)).toEqual(['a', 'b', 'c']);
  expect(second.nextToken).toBeUndefined();
  expect((await client.listStudioComponents({ studioId, types: ['LICENSE_SERVICE'] })).studioComponents!.map(({ name }) => name)).toEqual(['c']);
  expect((await client.listStudioComponents({ studioId, states: ['READY'] })).studioComponents).toEqual([]);
  clock.advance(MINUTE);
  expect((await client.listStudioComponents({ studioId, states: ['READY'], maxResults: 100 })).studioComponents).toHaveLength(3);
  await expect(client.listStudioComponents({ studioId, nextToken: 'x' })).rejects.toEqual(refusal('ValidationException', 'The nextToken is not valid.'));
});

test('what is part of one studio is not found in another', async () => {
  const { client, clock, launchProfileId } = await withLaunchProfile({}, { quotas: { studios: 2 } });
  const other = (await client.createStudio(STUDIO)).studio!.studioId!;
  clock.advance(MINUTE);
  await expect(client.getLaunchProfile({ studioId: other, launchProfileId })).rejects.toEqual(
    refusal('ResourceNotFoundException', `The launch profile ${launchProfileId} does not exist.`));
});
