import { GALLERY, Gallery, MINUTE, type Exhibition } from './gallery';
import { appstream } from '../../../src';

const [ANN, BOB] = ['222222222222', '333333333333'];
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const CREATED = { status: 'CREATE_COMPLETE', failures: [] };
const UPDATED = { status: 'UPDATE_COMPLETE', failures: [] };
const DELETED = { status: 'DELETE_COMPLETE', failures: [] };

let gallery: Gallery;

beforeEach(async () => {
  gallery = await Gallery.start();
  gallery.simulator.addImage({ Name: 'mine' });
});

afterEach(() => gallery.stop());

const shared = (props: Partial<appstream.ImagePermissionsProps> = {}): Exhibition => (stack) =>
  void new appstream.ImagePermissions(stack, 'Share', { image: appstream.Image.fromName('mine'), accounts: [ANN], ...props });

/** Who may use the image, e.g. `222222222222 fleet`. */
async function shares(name = 'mine'): Promise<string[]> {
  const { SharedImagePermissionsList } = await gallery.call('DescribeImagePermissions', { Name: name });
  return SharedImagePermissionsList.map(({ sharedAccountId, imagePermissions: { allowFleet, allowImageBuilder } }: never) =>
    [sharedAccountId, ...allowFleet ? ['fleet'] : [], ...allowImageBuilder ? ['builder'] : []].join(' '));
}

const refusal = (account: string, uses: string) => `account ${account} may use image mine in us-east-1 for ${uses}, and AppStream does not tell whether it does: `
  + 'if it may lose that, deploy with allowRevocation first; nothing has been taken from it';

test('accounts get an image, more of it, and one more gets it', async () => {
  expect(await gallery.show(shared())).toMatchObject(CREATED);
  expect(await shares()).toEqual([`${ANN} fleet`]);
  expect(await gallery.show(shared({ accounts: [BOB, ANN], allowImageBuilder: true }))).toMatchObject(UPDATED);
  expect(await shares()).toEqual([`${ANN} fleet builder`, `${BOB} fleet builder`]);
  expect(await gallery.close()).toMatchObject(DELETED);
  expect(await shares()).toEqual([]);
});

test('a rollback takes back what was given, and gives back what there was', async () => {
  await gallery.show(shared());
  gallery.deployment.clock.advance(DAY);
  const rollback = await gallery.show(shared({ accounts: [ANN, BOB], allowImageBuilder: true }), { thenFails: true });
  expect(rollback.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(await shares()).toEqual([`${ANN} fleet`]);
});

test('a rollback takes back what was given by an update that died of it', async () => {
  await gallery.show(shared());
  gallery.deployment.clock.advance(DAY);
  const rule = { service: 'appstream', lambdaOnly: true } as const;
  const { faults } = gallery.loopback.endpoint;
  const killed = faults.add({ ...rule, operation: 'UpdateImagePermissions', fault: { kind: 'kill-caller', when: 'after' } });
  const refused = faults.add({
    ...rule, operation: 'DescribeImagePermissions', skip: 2, fault: { kind: 'error', code: 'ValidationException', message: 'Not today.', status: 400 },
  });
  expect((await gallery.show(shared({ allowImageBuilder: true }))).status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect([killed(), refused()]).toEqual([1, 1]);
  expect(await shares()).toEqual([`${ANN} fleet`]);
});

test('a rollback gives back what less was given of', async () => {
  const more = shared({ allowImageBuilder: true, allowRevocation: true });
  await gallery.show(more);
  for (const [hours, less] of [[1, shared()], [DAY / HOUR, shared({ allowRevocation: true })]] as const) {
    gallery.deployment.clock.advance(hours * HOUR);
    expect((await gallery.show(less, { thenFails: true })).status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await shares()).toEqual([`${ANN} fleet builder`]);
  }
});

test.each([
  ['shorter', 11, 'UPDATE_COMPLETE', [`${ANN} fleet`]],
  ['longer', 13, 'UPDATE_ROLLBACK_COMPLETE', [`${ANN} fleet builder`]],
])('an account may lose what it has had for %s than a deployment may last', async (_, hours, status, left) => {
  await gallery.show(shared({ allowImageBuilder: true }));
  gallery.deployment.clock.advance(hours * HOUR);
  expect(await gallery.show(shared())).toMatchObject({ status });
  expect(await shares()).toEqual(left);
});

describe('what an account has had for a while', () => {
  beforeEach(async () => {
    await gallery.show(shared({ allowImageBuilder: true, accounts: [ANN] }));
    gallery.deployment.clock.advance(DAY);
  });

  test('stays when less is wanted, and the deployment says why', async () => {
    const { status, failures } = await gallery.show(shared());
    expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(failures[0]).toContain(refusal(ANN, 'image builders'));
    expect(await shares()).toEqual([`${ANN} fleet builder`]);
  });

  test('stays when the account is taken out, or all is destroyed', async () => {
    expect((await gallery.show(shared({ accounts: [BOB], allowImageBuilder: true }))).status).toBe('UPDATE_COMPLETE');
    expect(await shares()).toEqual([`${ANN} fleet builder`, `${BOB} fleet builder`]);
    await gallery.show(shared({ accounts: [ANN], allowImageBuilder: true }));
    gallery.deployment.clock.advance(DAY);
    const { status, failures } = await gallery.close();
    expect(status).toBe('DELETE_FAILED');
    expect(failures[0]).toContain('may use image mine in us-east-1 for fleets and image builders');
  });

  test('stays when it gets another image, and it has both', async () => {
    gallery.simulator.addImage({ Name: 'next' });
    expect((await gallery.show(shared({ image: appstream.Image.fromName('next'), allowImageBuilder: true }))).status).toBe('UPDATE_COMPLETE');
    expect([await shares(), await shares('next')]).toEqual([[`${ANN} fleet builder`], [`${ANN} fleet builder`]]);
  });

  test('goes where that was said before', async () => {
    await gallery.show(shared({ allowImageBuilder: true, allowRevocation: true }));
    expect(await gallery.show(shared({ allowRevocation: true }))).toMatchObject(UPDATED);
    expect(await shares()).toEqual([`${ANN} fleet`]);
    expect(await gallery.close()).toMatchObject(DELETED);
    expect(await shares()).toEqual([]);
  });

  test('stays where somebody else has changed it since', async () => {
    await gallery.call('UpdateImagePermissions', { Name: 'mine', SharedAccountId: ANN, ImagePermissions: { allowFleet: true } });
    expect(await gallery.close()).toMatchObject(DELETED);
    expect(await shares()).toEqual([`${ANN} fleet`]);
  });
});

test('a rollback from another image gives back what there was, however often the image has changed', async () => {
  ['second', 'third'].forEach((Name) => gallery.simulator.addImage({ Name }));
  const of = (name: string) => shared({ image: appstream.Image.fromName(name), allowRevocation: true });
  await gallery.show(of('mine'));
  await gallery.show(of('second'));
  const { status, failures } = await gallery.show(of('third'), { thenFails: true });
  expect({ status, failures }).toEqual({ status: 'UPDATE_ROLLBACK_COMPLETE', failures: [expect.stringContaining('unknown'), expect.stringContaining('Bad')] });
  expect([await shares('second'), await shares('third')]).toEqual([[`${ANN} fleet`], []]);
  expect(await gallery.show(of('mine'))).toMatchObject(UPDATED);
  expect([await shares('mine'), await shares('second')]).toEqual([[`${ANN} fleet`], []]);
  expect(await gallery.close()).toMatchObject(DELETED);
  expect(await shares()).toEqual([]);
});

test('what was given is taken back of an image that no template has any more, while another one is shared', async () => {
  gallery.simulator.addImage({ Name: 'other' });
  const both: Exhibition = (stack) => ['mine', 'other'].forEach((name) =>
    new appstream.ImagePermissions(stack, name, { image: appstream.Image.fromName(name), accounts: [ANN] }));
  const one: Exhibition = (stack) => void new appstream.ImagePermissions(stack, 'mine', { image: appstream.Image.fromName('mine'), accounts: [ANN] });
  await gallery.show(both);
  expect(await gallery.show(one)).toMatchObject(UPDATED);
  expect(await shares('other')).toEqual([]);
  expect((await gallery.show(both, { thenFails: true })).status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(await shares('other')).toEqual([]);
  expect(gallery.loopback.iam.denials).toEqual([]);
});

test('what somebody else has shared stays when nobody could look what there is', async () => {
  await gallery.call('UpdateImagePermissions', { Name: 'mine', SharedAccountId: ANN, ImagePermissions: { allowFleet: true } });
  gallery.loopback.endpoint.faults.add({
    service: 'appstream', operation: 'DescribeImagePermissions', lambdaOnly: true, fault: { kind: 'error', code: 'ValidationException', message: 'Not today.', status: 400 },
  });
  expect((await gallery.show(shared())).status).toBe('ROLLBACK_COMPLETE');
  expect(await shares()).toEqual([`${ANN} fleet`]);
});

test('what somebody else has shared is not taken away by sharing less', async () => {
  await gallery.call('UpdateImagePermissions', { Name: 'mine', SharedAccountId: ANN, ImagePermissions: { allowFleet: true, allowImageBuilder: true } });
  const { status, failures } = await gallery.show(shared());
  expect(status).toBe('ROLLBACK_COMPLETE');
  expect(failures[0]).toContain(refusal(ANN, 'image builders'));
  expect(await shares()).toEqual([`${ANN} fleet builder`]);
});

describe('what an account had before', () => {
  beforeEach(() => gallery.call('UpdateImagePermissions', { Name: 'mine', SharedAccountId: ANN, ImagePermissions: { allowFleet: true } }));

  test.each([false, true])('stays after the rollback of a deployment that shares as much, or more (%s)', async (allowImageBuilder) => {
    expect((await gallery.show(shared({ allowImageBuilder }), { thenFails: true })).status).toBe('ROLLBACK_COMPLETE');
    expect(await shares()).toEqual([`${ANN} fleet`]);
  });

  test('stays after the rollback of an update, also of one to another image', async () => {
    gallery.simulator.addImage({ Name: 'other' });
    const other = (props = {}) => shared({ image: appstream.Image.fromName('other'), ...props });
    await gallery.show(shared());
    gallery.deployment.clock.advance(DAY);
    expect((await gallery.show(other(), { thenFails: true })).status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await gallery.show(shared({ accounts: [BOB] }))).toMatchObject({ status: 'UPDATE_COMPLETE' });
    expect(await shares()).toEqual([`${ANN} fleet`, `${BOB} fleet`]);
    expect(await shares('other')).toEqual([]);
  });

  test('goes where that was said', async () => {
    await gallery.show(shared({ allowRevocation: true }));
    expect(await gallery.close()).toMatchObject(DELETED);
    expect(await shares()).toEqual([]);
  });
});

test('an image that is gone is named, and what was shared of it goes with it', async () => {
  const { failures } = await gallery.show(shared({ image: appstream.Image.fromName('nowhere') }));
  expect(failures[0]).toContain('The image nowhere does not exist. (ResourceNotFoundException)');
  await gallery.close();
  await gallery.show(shared());
  gallery.simulator.removeImage('arn:aws:appstream:us-east-1:111111111111:image/mine');
  gallery.deployment.clock.advance(DAY);
  expect(await gallery.close()).toMatchObject(DELETED);
});

test('a copy is shared where it is', async () => {
  expect(await gallery.show((stack) => {
    const image = new appstream.ImageCopy(stack, 'Copy', { image: appstream.Image.fromName('mine'), destinationRegion: 'eu-west-1', imageName: 'copy' });
    new appstream.ImagePermissions(stack, 'Share', { image, accounts: [ANN] });
  })).toMatchObject(CREATED);
  expect(await gallery.list('eu-west-1')).toMatchObject([{ Name: 'copy', ImageSharedWithOthers: 'TRUE' }]);
  expect(await gallery.close()).toMatchObject(DELETED);
  expect(gallery.loopback.cloudformation.stackResources(GALLERY)).toEqual([]);
});
