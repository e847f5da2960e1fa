import type { CreateImageBuilderCommandInput } from '@aws-sdk/client-appstream';
import { aBuilder, MINUTE, refusal, simulateAppStream, stopSimulations } from './simulated';

afterEach(stopSimulations);

const builder = { ImageBuilderName: 'builder' };
const AssociatedResource = 'arn:aws:appstream:eu-west-1:123456789012:image-builder/builder';

async function withBuilder(overrides: Partial<CreateImageBuilderCommandInput> = {}) {
  const { client, clock, simulator } = await simulateAppStream();
  await client.createImageBuilder(aBuilder(overrides));
  const statuses = async () => (await client.describeSoftwareAssociations({ AssociatedResource })).SoftwareAssociations!
    .map(({ SoftwareName, Status }) => `${SoftwareName} ${Status}`);
  return { client, clock, simulator, statuses };
}

test('software is staged, installed by a deployment, staged again and removed by another', async () => {
  const { client, clock, statuses } = await withBuilder();
  clock.advance(8 * MINUTE);
  await client.associateSoftwareToImageBuilder({ ...builder, SoftwareNames: ['Office', 'Visio'] });
  await client.disassociateSoftwareFromImageBuilder({ ...builder, SoftwareNames: ['Visio'] });
  expect(await statuses()).toEqual(['Office STAGED_FOR_INSTALLATION']);
  await client.startSoftwareDeploymentToImageBuilder(builder);
  expect(await statuses()).toEqual(['Office PENDING_INSTALLATION']);
  clock.advance(5 * MINUTE);
  expect(await statuses()).toEqual(['Office INSTALLED']);
  await client.disassociateSoftwareFromImageBuilder({ ...builder, SoftwareNames: ['Office'] });
  expect(await statuses()).toEqual(['Office STAGED_FOR_UNINSTALLATION']);
  await client.startSoftwareDeploymentToImageBuilder(builder);
  clock.advance(5 * MINUTE);
  expect(await statuses()).toEqual([]);
});

test('an installation that fails says so, and is tried again when that is asked for', async () => {
  const { client, clock, simulator, statuses } = await withBuilder();
  clock.advance(8 * MINUTE);
  simulator.script.failingImage('Office', { message: 'no' });
  await client.associateSoftwareToImageBuilder({ ...builder, SoftwareNames: ['Office'] });
  await client.startSoftwareDeploymentToImageBuilder(builder);
  clock.advance(5 * MINUTE);
  expect(await statuses()).toEqual(['Office FAILED_TO_INSTALL']);
  await client.startSoftwareDeploymentToImageBuilder(builder);
  expect(await statuses()).toEqual(['Office FAILED_TO_INSTALL']);
  await client.startSoftwareDeploymentToImageBuilder({ ...builder, RetryFailedDeployments: true });
  clock.advance(5 * MINUTE);
  expect(await statuses()).toEqual(['Office INSTALLED']);
});

test('software that a builder is made with is there when it runs', async () => {
  const { client, clock, statuses } = await withBuilder({ SoftwaresToInstall: ['Office'] });
  expect(await statuses()).toEqual(['Office PENDING_INSTALLATION']);
  clock.advance(8 * MINUTE);
  expect(await statuses()).toEqual(['Office INSTALLED']);
  await expect(client.associateSoftwareToImageBuilder({ ...builder, SoftwareNames: ['Office'] })).rejects.toEqual(refusal('OperationNotPermittedException'));
});

test('software that is being installed does not leave', async () => {
  const { client, clock } = await withBuilder();
  clock.advance(8 * MINUTE);
  await client.associateSoftwareToImageBuilder({ ...builder, SoftwareNames: ['Office'] });
  await client.startSoftwareDeploymentToImageBuilder(builder);
  await expect(client.disassociateSoftwareFromImageBuilder({ ...builder, SoftwareNames: ['Office'] })).rejects.toEqual(
    refusal('OperationNotPermittedException', 'The software Office is PENDING_INSTALLATION.'));
});

test('what cannot be is refused', async () => {
  const { client, clock } = await withBuilder();
  const office = { ...builder, SoftwareNames: ['Office'] };
  await expect(client.associateSoftwareToImageBuilder(office)).rejects.toEqual(
    refusal('OperationNotPermittedException', 'The image builder builder is not running.'));
  clock.advance(8 * MINUTE);
  await expect(client.disassociateSoftwareFromImageBuilder(office)).rejects.toEqual(refusal('ResourceNotFoundException'));
  await client.associateSoftwareToImageBuilder(office);
  await expect(client.associateSoftwareToImageBuilder(office)).rejects.toEqual(refusal('OperationNotPermittedException'));
  await expect(client.describeSoftwareAssociations({ AssociatedResource: `${AssociatedResource}-2` })).rejects.toEqual(refusal('ResourceNotFoundException'));
});
