import { type Exhibition, Gallery, MINUTE } from './gallery';
import { appstream } from '../../../src';

const { OFFICE_2024_LTSC_STANDARD_64_BIT: OFFICE, PROJECT_2024_STANDARD_64_BIT: PROJECT } = appstream.Software;
const DONE = { failures: [] };
const ARN = 'arn:aws:appstream:us-east-1:111111111111:image-builder/builder';

let gallery: Gallery;

beforeEach(() => begin(MINUTE));

async function begin(softwareDeployment: number): Promise<void> {
  gallery = await Gallery.start({ durations: { softwareDeployment } });
  await gallery.call('CreateImageBuilder', { Name: 'builder', ImageName: 'AppStream-WinServer2022-06-17-2024', InstanceType: 'stream.standard.large' });
}

afterEach(() => gallery.stop());

const equipped = (...software: appstream.Software[]): Exhibition => (stack) => void new appstream.ImageBuilderSoftware(stack, 'Software', {
  imageBuilder: appstream.ImageBuilder.fromImageBuilderName(stack, 'Builder', 'builder'), software,
});

async function installed(): Promise<Record<string, string>> {
  const { SoftwareAssociations } = await gallery.call('DescribeSoftwareAssociations', { AssociatedResource: ARN });
  return Object.fromEntries(SoftwareAssociations.map(({ SoftwareName, Status }: Record<string, string>) => [SoftwareName, Status]));
}

test('is installed, exchanged and removed on a builder that runs, also on one that is about to', async () => {
  expect(await gallery.show(equipped(OFFICE))).toMatchObject(DONE);
  expect(await installed()).toEqual({ [OFFICE.name]: 'INSTALLED' });
  expect(await gallery.show(equipped(PROJECT))).toMatchObject(DONE);
  expect(await installed()).toEqual({ [PROJECT.name]: 'INSTALLED' });
  expect(gallery.changes()).toEqual([
    'AssociateSoftwareToImageBuilder', 'StartSoftwareDeploymentToImageBuilder',
    'AssociateSoftwareToImageBuilder', 'DisassociateSoftwareFromImageBuilder', 'StartSoftwareDeploymentToImageBuilder',
  ]);
  expect(await gallery.close()).toMatchObject(DONE);
  expect(await installed()).toEqual({});
  expect(gallery.loopback.iam.denials).toEqual([]);
});

test('that cannot be installed is named, taken back, and tried again by the next deployment', async () => {
  await gallery.show(equipped(OFFICE));
  gallery.simulator.script.failingImage(PROJECT.name, { message: 'no' });
  const { status, failures } = await gallery.show(equipped(OFFICE, PROJECT));
  expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(failures[0]).toContain(`on image builder builder: ${PROJECT.name} FAILED_TO_INSTALL: The installer failed`);
  expect(await installed()).toEqual({ [OFFICE.name]: 'INSTALLED' });
  expect(await gallery.show(equipped(OFFICE, PROJECT))).toMatchObject(DONE);
  expect(await installed()).toEqual({ [OFFICE.name]: 'INSTALLED', [PROJECT.name]: 'INSTALLED' });
});

test('leaves only when it is installed, however long that takes', async () => {
  await gallery.stop();
  await begin(20 * MINUTE);
  await gallery.show(equipped(OFFICE));
  const SoftwareNames = [OFFICE.name];
  for (const operation of ['DisassociateSoftwareFromImageBuilder', 'AssociateSoftwareToImageBuilder', 'StartSoftwareDeploymentToImageBuilder']) {
    await gallery.call(operation, { ImageBuilderName: 'builder', ...operation.startsWith('Start') ? {} : { SoftwareNames } });
  }
  expect(await installed()).toEqual({ [OFFICE.name]: 'PENDING_INSTALLATION' });
  expect(await gallery.close()).toMatchObject(DONE);
  expect(await installed()).toEqual({});
});

test('needs a builder that runs, and stays on one that does not', async () => {
  await gallery.show(equipped(OFFICE));
  await gallery.call('StopImageBuilder', { Name: 'builder' });
  gallery.deployment.clock.advance(2 * MINUTE);
  const { status, failures } = await gallery.show(equipped(OFFICE, PROJECT));
  expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(failures[0]).toContain('image builder builder is STOPPED, and only one that runs takes software: start it, then deploy again');
  expect(await gallery.close()).toMatchObject(DONE);
  expect(await installed()).toEqual({ [OFFICE.name]: 'INSTALLED' });
});

test('is removed from one builder while another keeps its own', async () => {
  await gallery.call('CreateImageBuilder', { Name: 'other', ImageName: 'AppStream-WinServer2022-06-17-2024', InstanceType: 'stream.standard.large' });
  const on = (...names: string[]): Exhibition => (stack) => names.forEach((name) => new appstream.ImageBuilderSoftware(stack, `${name}Software`, {
    imageBuilder: appstream.ImageBuilder.fromImageBuilderName(stack, name, name), software: [OFFICE],
  }));
  await gallery.show(on('builder', 'other'));
  expect(await gallery.show(on('other'))).toMatchObject(DONE);
  expect(await installed()).toEqual({});
  expect(gallery.loopback.iam.denials).toEqual([]);
});

test('waits two minutes for a builder that not every reader may see yet, and names it then', async () => {
  const begun = gallery.deployment.clock.now();
  const { status, failures } = await gallery.show((stack) => void new appstream.ImageBuilderSoftware(stack, 'Software', {
    imageBuilder: appstream.ImageBuilder.fromImageBuilderName(stack, 'Builder', 'nowhere'), software: [OFFICE],
  }));
  expect(status).toBe('ROLLBACK_COMPLETE');
  expect(failures[0]).toContain('there is no image builder nowhere in this account and Region');
  expect(gallery.deployment.clock.now() - begun).toBeGreaterThanOrEqual(2 * MINUTE);
});
