import { MINUTE, EULAS, STUDIO, refusal, simulateNimbleStudio, stopSimulations, withLaunchProfile, withStudio } from './simulated';

afterEach(stopSimulations);

describe('members', () => {
  test('of a studio come and go', async () => {
    const { client, studioId } = await withStudio();
    await client.putStudioMembers({ studioId, identityStoreId: 'd-1', members: [{ principalId: 'anna', persona: 'ADMINISTRATOR' }] });
    const anna = { principalId: 'anna', persona: 'ADMINISTRATOR', identityStoreId: 'd-1' };
    expect((await client.getStudioMember({ studioId, principalId: 'anna' })).member).toEqual(anna);
    expect((await client.listStudioMembers({ studioId })).members).toEqual([anna]);
    await client.deleteStudioMember({ studioId, principalId: 'anna' });
    const gone = refusal('ResourceNotFoundException', 'The member anna does not exist.');
    await expect(client.getStudioMember({ studioId, principalId: 'anna' })).rejects.toEqual(gone);
    await expect(client.deleteStudioMember({ studioId, principalId: 'anna' })).rejects.toEqual(gone);
  });

  test('of a launch profile come and go, and see it in lists', async () => {
    const { client, studioId, launchProfileId } = await withLaunchProfile();
    const members = [{ principalId: 'anna', persona: 'USER' as const }, { principalId: 'ben', persona: 'USER' as const }];
    await client.putLaunchProfileMembers({ studioId, launchProfileId, identityStoreId: 'd-1', members });
    await client.putLaunchProfileMembers({ studioId, launchProfileId, identityStoreId: 'd-1', members: members.slice(0, 1) });
    expect((await client.listLaunchProfileMembers({ studioId, launchProfileId })).members!.map(({ principalId }) => principalId)).toEqual(['anna', 'ben']);
    expect((await client.listLaunchProfiles({ studioId, principalId: 'ben' })).launchProfiles).toHaveLength(1);
    expect((await client.updateLaunchProfileMember({ studioId, launchProfileId, principalId: 'ben', persona: 'USER' })).member!.principalId).toBe('ben');
    await client.deleteLaunchProfileMember({ studioId, launchProfileId, principalId: 'ben' });
    expect((await client.listLaunchProfiles({ studioId, principalId: 'ben' })).launchProfiles).toEqual([]);
    await expect(client.getLaunchProfileMember({ studioId, launchProfileId, principalId: 'ben' })).rejects.toEqual(refusal('ResourceNotFoundException'));
  });

  test.each([0, 21])('are put one to twenty at a time, and not %s', async (count) => {
    const { client, studioId } = await withStudio();
    const members = Array.from({ length: count }, (_, index) => ({ principalId: `p${index}`, persona: 'ADMINISTRATOR' as const }));
    await expect(client.putStudioMembers({ studioId, identityStoreId: 'd-1', members })).rejects.toEqual(refusal('ValidationException'));
  });
});

describe('EULAs', () => {
  test('are listed and accepted, once', async () => {
    const { client, studioId } = await withStudio();
    expect((await client.listEulas({})).eulas!.map(({ eulaId }) => eulaId)).toEqual(EULAS);
    expect((await client.getEula({ eulaId: EULAS[0] })).eula).toMatchObject({ eulaId: EULAS[0], name: 'Nimble Studio' });
    const { eulaAcceptances } = await client.acceptEulas({ studioId, eulaIds: EULAS });
    expect((await client.acceptEulas({ studioId, eulaIds: EULAS })).eulaAcceptances).toEqual(eulaAcceptances);
    expect((await client.listEulaAcceptances({ studioId, eulaIds: [EULAS[1]] })).eulaAcceptances).toEqual([eulaAcceptances![1]]);
    await expect(client.acceptEulas({ studioId, eulaIds: ['nowhere'] })).rejects.toEqual(
      refusal('ResourceNotFoundException', 'The EULA nowhere does not exist.'));
  });

  test('must be accepted before a session', async () => {
    const { client, clock, studioId } = await withStudio();
    const { streamingImage } = await client.createStreamingImage({ studioId, name: 'Workstation', ec2ImageId: 'ami-1' });
    const { studioComponent } = await client.createStudioComponent({ studioId, name: 'Custom', type: 'CUSTOM' });
    clock.advance(MINUTE);
    const { launchProfile } = await client.createLaunchProfile({
      studioId,
      name: 'Artists',
      ec2SubnetIds: ['subnet-1'],
      launchProfileProtocolVersions: ['2021-03-31'],
      studioComponentIds: [studioComponent!.studioComponentId!],
      streamConfiguration: { clipboardMode: 'ENABLED', ec2InstanceTypes: ['g5.xlarge'], streamingImageIds: [streamingImage!.streamingImageId!] },
    });
    clock.advance(MINUTE);
    const { launchProfileId } = launchProfile!;
    await client.acceptEulas({ studioId, eulaIds: [EULAS[0]] });
    await expect(client.createStreamingSession({ studioId, launchProfileId })).rejects.toEqual(refusal('ValidationException',
      `The studio has not accepted the EULAs ${EULAS[1]} of the streaming image ${streamingImage!.streamingImageId}.`));
    await client.acceptEulas({ studioId, eulaIds: [EULAS[1]] });
    await expect(client.createStreamingSession({ studioId, launchProfileId })).resolves.toBeDefined();
  });
});

test('tags are put, taken away and shown', async () => {
  const { client, simulator, studioId } = await withStudio();
  const resourceArn = `arn:aws:nimble:us-west-2:123456789012:studio/${studioId}`;
  await client.tagResource({ resourceArn, tags: { a: '1', b: '2' } });
  await client.untagResource({ resourceArn, tagKeys: ['a'] });
  expect((await client.listTagsForResource({ resourceArn })).tags).toEqual({ b: '2' });
  expect((await client.getStudio({ studioId })).studio!.tags).toEqual({ b: '2' });
  expect(simulator.resourceTags(resourceArn)).toEqual({ b: '2' });
  await expect(client.listTagsForResource({ resourceArn: `${resourceArn}x` })).rejects.toEqual(refusal('ResourceNotFoundException'));
});

describe('a client token', () => {
  test('makes a request that comes again the same request', async () => {
    const { client } = await simulateNimbleStudio({ quotas: { studios: 2 } });
    const first = await client.createStudio({ ...STUDIO, clientToken: 'token' });
    expect((await client.createStudio({ ...STUDIO, clientToken: 'token' })).studio).toEqual(first.studio);
    expect((await client.createStudio({ ...STUDIO, clientToken: 'other' })).studio!.studioId).not.toBe(first.studio!.studioId);
  });

  test('of a request that was refused is free', async () => {
    const { client, clock, studioId } = await withStudio();
    await expect(client.createStudio({ ...STUDIO, clientToken: 'token' })).rejects.toEqual(refusal('ServiceQuotaExceededException'));
    await client.deleteStudio({ studioId });
    clock.advance(MINUTE);
    await expect(client.createStudio({ ...STUDIO, clientToken: 'token' })).resolves.toBeDefined();
  });

  test.each(['ValidationException', 'ConflictException'] as const)('is refused with another input: %s', async (tokenOfOtherInput) => {
    const { client } = await simulateNimbleStudio({ readings: { tokenOfOtherInput } });
    await client.createStudio({ ...STUDIO, clientToken: 'token' });
    await expect(client.createStudio({ ...STUDIO, displayName: 'Other', clientToken: 'token' })).rejects.toEqual(
      refusal(tokenOfOtherInput, 'The client token was used before, with other parameters.'));
  });

  test.each(['', 't'.repeat(65)])('has 1 to 64 characters, and is not %j', async (clientToken) => {
    const { client } = await simulateNimbleStudio();
    const created = client.createStudio({ ...STUDIO, clientToken });
    // The client leaves an empty header out.
    await (clientToken === '' ? expect(created).resolves.toBeDefined() : expect(created).rejects.toEqual(refusal('ValidationException')));
  });
});

test('a service that was shut down refuses every call, whatever it asks for', async () => {
  const { client } = await simulateNimbleStudio({ gone: true });
  const gone = expect.objectContaining({
    name: 'AccessDeniedException',
    message: 'Amazon Nimble Studio is no longer available.',
    $metadata: expect.objectContaining({ httpStatusCode: 403 }),
  });
  await expect(client.listStudios({})).rejects.toEqual(gone);
  await expect(client.deleteStreamingSession({ studioId: 's', sessionId: 's' })).rejects.toEqual(gone);
});

test('a service can be shut down while it has resources', async () => {
  const { client, simulator, studioId } = await withStudio();
  simulator.gone = true;
  await expect(client.deleteStudio({ studioId })).rejects.toEqual(refusal('AccessDeniedException'));
});

test('what workstations ask for is not imitated, and fails the run', async () => {
  const { client, endpoint, studioId, launchProfileId } = await withLaunchProfile();
  await expect(client.getLaunchProfileInitialization({
    studioId, launchProfileId, launchProfileProtocolVersions: ['2021-03-31'], launchPurpose: 'A', platform: 'LINUX',
  })).rejects.toEqual(refusal('LoopbackNotImitated'));
  expect(endpoint.notImitated).toEqual(['the loopback does not imitate nimble:GetLaunchProfileInitialization']);
});
