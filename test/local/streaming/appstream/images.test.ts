import { IMAGE, refusal, simulateAppStream, stopSimulations } from './simulated';

afterEach(stopSimulations);

test('public base images are there from the beginning', async () => {
  const { client } = await simulateAppStream();
  const { Images } = await client.describeImages({ Names: [IMAGE] });
  expect(Images).toEqual([expect.objectContaining({
    Name: IMAGE, Arn: `arn:aws:appstream:eu-west-1::image/${IMAGE}`, State: 'AVAILABLE', Visibility: 'PUBLIC', Platform: 'WINDOWS_SERVER_2022',
  })]);
});

test('images are found by type, name and ARN', async () => {
  const { client, simulator } = await simulateAppStream();
  const mine = simulator.addImage({ Name: 'mine' });
  const theirs = simulator.addImage({ Name: 'theirs', Visibility: 'SHARED', Arn: 'arn:aws:appstream:eu-west-1:999999999999:image/theirs' });
  const names = async (input: Parameters<typeof client.describeImages>[0]) => (await client.describeImages(input)).Images!.map(({ Name }) => Name);
  expect(await names({ Type: 'PRIVATE' })).toEqual(['mine']);
  expect(await names({ Type: 'SHARED' })).toEqual(['theirs']);
  expect(await names({ Names: ['mine'] })).toEqual(['mine']);
  expect(await names({ Arns: [theirs.Arn!, mine.Arn!] })).toEqual(['theirs', 'mine']);
});

test('an image that was removed is not found', async () => {
  const { client, simulator } = await simulateAppStream();
  const { Arn } = simulator.addImage({ Name: 'mine' });
  simulator.removeImage(Arn!);
  await expect(client.describeImages({ Names: ['mine'] })).rejects.toEqual(refusal('ResourceNotFoundException', 'The image mine does not exist.'));
});

test('images come in pages of the wanted size', async () => {
  const { client } = await simulateAppStream();
  const first = await client.describeImages({ MaxResults: 2 });
  expect(first.Images).toHaveLength(2);
  const second = await client.describeImages({ MaxResults: 2, NextToken: first.NextToken });
  expect(second.Images).toHaveLength(1);
  expect(second.NextToken).toBeUndefined();
  expect((await client.describeImages({ MaxResults: 0 })).Images).toHaveLength(3);
});

test('names and ARNs together are refused', async () => {
  const { client } = await simulateAppStream();
  await expect(client.describeImages({ Names: [IMAGE], Arns: [`arn:aws:appstream:eu-west-1::image/${IMAGE}`] })).rejects.toEqual(
    refusal('InvalidParameterCombinationException', 'Specify either Names or Arns.'),
  );
});
