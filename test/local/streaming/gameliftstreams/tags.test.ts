import { aGroup, anApplication, refusal, simulateGameLiftStreams, stopSimulations } from './simulated';

afterEach(stopSimulations);

test('applications and stream groups have tags', async () => {
  const { client, simulator } = await simulateGameLiftStreams();
  const { Arn: app } = await client.createApplication(anApplication({ Tags: { owner: 'anna' } }));
  const { Arn: group } = await client.createStreamGroup(aGroup());
  expect((await client.listTagsForResource({ ResourceArn: app })).Tags).toEqual({ owner: 'anna' });
  expect((await client.listTagsForResource({ ResourceArn: group })).Tags).toBeUndefined();
  await client.tagResource({ ResourceArn: group, Tags: { stage: 'test', owner: 'bert' } });
  await client.untagResource({ ResourceArn: group, TagKeys: ['stage'] });
  expect((await client.listTagsForResource({ ResourceArn: group })).Tags).toEqual({ owner: 'bert' });
  expect(simulator.resourceTags(group!)).toEqual({ owner: 'bert' });
});

test('a resource has at most fifty', async () => {
  const { client } = await simulateGameLiftStreams();
  const Tags = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`key${index}`, '']));
  const { Arn } = await client.createApplication(anApplication({ Tags }));
  await expect(client.tagResource({ ResourceArn: Arn, Tags: { another: '' } })).rejects.toEqual(refusal('ValidationException'));
});

test('what is not there, or takes none, is refused', async () => {
  const { client } = await simulateGameLiftStreams();
  const ResourceArn = 'arn:aws:gameliftstreams:us-west-2:123456789012:streamgroup/sg-1';
  await expect(client.listTagsForResource({ ResourceArn })).rejects.toEqual(refusal('ValidationException', `The resource ${ResourceArn} does not exist.`));
});
