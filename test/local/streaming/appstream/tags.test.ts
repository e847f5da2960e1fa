import { aBuilder, aFleet, refusal, simulateAppStream, stopSimulations } from './simulated';

afterEach(stopSimulations);

const arn = (resource: string) => `arn:aws:appstream:eu-west-1:123456789012:${resource}`;

test('resources have the tags that they were created with', async () => {
  const { client, simulator } = await simulateAppStream();
  await client.createFleet(aFleet({ Tags: { a: '1' } }));
  await client.createStack({ Name: 'office', Tags: { b: '2' } });
  await client.createImageBuilder(aBuilder({ Tags: { c: '3' } }));
  expect((await client.listTagsForResource({ ResourceArn: arn('fleet/office') })).Tags).toEqual({ a: '1' });
  expect((await client.listTagsForResource({ ResourceArn: arn('stack/office') })).Tags).toEqual({ b: '2' });
  expect((await client.listTagsForResource({ ResourceArn: arn('image-builder/builder') })).Tags).toEqual({ c: '3' });
  expect(simulator.resourceTags(arn('fleet/office'))).toEqual({ a: '1' });
  expect(simulator.resourceTags(arn('fleet/nowhere'))).toEqual({});
});

test('tags are added, overwritten and removed', async () => {
  const { client } = await simulateAppStream();
  const ResourceArn = arn('stack/office');
  await client.createStack({ Name: 'office', Tags: { a: '1', b: '2' } });
  await client.tagResource({ ResourceArn, Tags: { b: '3', c: '4' } });
  expect((await client.listTagsForResource({ ResourceArn })).Tags).toEqual({ a: '1', b: '3', c: '4' });
  await client.untagResource({ ResourceArn, TagKeys: ['a', 'nowhere'] });
  expect((await client.listTagsForResource({ ResourceArn })).Tags).toEqual({ b: '3', c: '4' });
});

test('a resource may have no tags', async () => {
  const { client } = await simulateAppStream();
  await client.createStack({ Name: 'office' });
  expect((await client.listTagsForResource({ ResourceArn: arn('stack/office') })).Tags).toBeUndefined();
});

test('a resource has at most fifty tags', async () => {
  const { client } = await simulateAppStream();
  const ResourceArn = arn('stack/office');
  const tags = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`k${index}`, 'v']));
  await client.createStack({ Name: 'office', Tags: tags });
  await client.tagResource({ ResourceArn, Tags: { k0: 'other' } });
  await expect(client.tagResource({ ResourceArn, Tags: { more: 'v' } })).rejects.toEqual(
    refusal('LimitExceededException', 'A resource has at most 50 tags.'),
  );
});

test('what does not exist has no tags', async () => {
  const { client } = await simulateAppStream();
  await client.createStack({ Name: 'office' });
  await client.deleteStack({ Name: 'office' });
  const ResourceArn = arn('stack/office');
  const missing = refusal('ResourceNotFoundException', `The resource ${ResourceArn} does not exist.`);
  await expect(client.listTagsForResource({ ResourceArn })).rejects.toEqual(missing);
  await expect(client.tagResource({ ResourceArn, Tags: { a: '1' } })).rejects.toEqual(missing);
  await expect(client.untagResource({ ResourceArn, TagKeys: ['a'] })).rejects.toEqual(missing);
});
