import * as cdk from 'aws-cdk-lib';
import { Gallery, HOURS, MINUTE } from './gallery';
import { appstream } from '../../../src';

const CREATED = { status: 'CREATE_COMPLETE', failures: [] };
const DELETED = { status: 'DELETE_COMPLETE', failures: [] };

let gallery: Gallery;

beforeEach(async () => {
  gallery = await Gallery.start();
});

afterEach(() => gallery.stop());

describe('the latest image', () => {
  const release = (name: string, day: string) => gallery.simulator.addImage({
    Name: name, Visibility: 'PUBLIC', Arn: `arn:aws:appstream:us-east-1::image/${name}`, PublicBaseImageReleasedDate: new Date(day),
  });
  const look = async (props: appstream.LatestImageProps, options?: { thenFails: boolean }) => {
    const result = await gallery.show((stack) => {
      new cdk.CfnOutput(stack, 'Name', { value: new appstream.LatestImage(stack, 'Image', props).imageName });
    }, options);
    return { ...result, name: result.outputs.Name };
  };

  test('is the newest for its platform, family and name', async () => {
    release('AppStream-WinServer2022-01-05-2026', '2026-01-05');
    release('AppStream-Sample-02-01-2026', '2026-02-01');
    expect((await look({})).name).toBe('AppStream-Sample-02-01-2026');
    expect((await look({ namePrefix: 'AppStream-WinServer2022' })).name).toBe('AppStream-WinServer2022-01-05-2026');
    expect((await look({ platform: appstream.ImagePlatform.WINDOWS_SERVER_2019 })).name).toBe('AppStream-WinServer2019-06-17-2024');
    expect((await look({ instanceFamily: appstream.InstanceFamily.GRAPHICS_G4 })).name).toBe('AppStream-Graphics-G4DN-WinServer2022-06-17-2024');
    expect(await gallery.close()).toMatchObject(DELETED);
  });

  test('is one that can be used, and of one day always the same', async () => {
    gallery.simulator.addImage({
      Name: 'AppStream-3', Visibility: 'PUBLIC', Arn: 'arn:aws:appstream:us-east-1::image/AppStream-3', State: 'PENDING', PublicBaseImageReleasedDate: new Date('2026-03-01'),
    });
    ['AppStream-1', 'AppStream-2'].forEach((name) => release(name, '2026-02-01'));
    expect((await look({})).name).toBe('AppStream-2');
    ['AppStream-2', 'AppStream-1'].forEach((name) => release(name, '2026-02-01'));
    expect((await look({ revision: '2' })).name).toBe('AppStream-2');
  });

  test('is kept until something else is looked for, and comes back with a rollback', async () => {
    const { name: first } = await look({ revision: '1' });
    const { Arn } = release('AppStream-WinServer2022-01-05-2026', '2026-01-05');
    expect((await look({ revision: '1' })).name).toBe(first);
    expect((await look({ revision: '2' }, { thenFails: true }))).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE', outputs: { Name: first } });
    expect((await look({ revision: '2' })).name).toBe('AppStream-WinServer2022-01-05-2026');
    expect((await look({ revision: '1' })).name).toBe(first);
    gallery.simulator.removeImage(Arn!);
    expect((await look({ revision: '2' })).name).toBe(first);
  });

  test('that there is not is named', async () => {
    const { failures } = await look({ platform: appstream.ImagePlatform.RHEL8, namePrefix: 'AppStream' });
    expect(failures[0]).toContain('AppStream has no public image of RHEL8 for General Purpose instances whose name begins with "AppStream" in this Region');
  });

  test('is what a fleet starts from', async () => {
    expect(await gallery.show((stack) => {
      new appstream.Fleet(stack, 'Fleet', {
        image: appstream.Image.latest(),
        instanceType: appstream.InstanceType.STANDARD_LARGE,
        capacity: appstream.Capacity.instances(1),
        desiredState: appstream.FleetState.UNMANAGED,
      });
    })).toMatchObject(CREATED);
    expect((await gallery.call('DescribeFleets', {})).Fleets).toMatchObject([{ ImageName: 'AppStream-WinServer2022-06-17-2024' }]);
  });
});

describe('an export', () => {
  const exported = (props: Partial<appstream.ImageExportProps> = {}, options?: { thenFails: boolean }) => gallery.show((stack) => {
    const { amiId } = new appstream.ImageExport(stack, 'Export', { image: appstream.Image.fromName('mine'), ...props });
    new cdk.CfnOutput(stack, 'AmiId', { value: amiId });
  }, options);
  const begun = () => gallery.changes().filter((operation) => operation === 'CreateExportImageTask').length;

  beforeEach(() => void gallery.simulator.addImage({ Name: 'mine' }));

  test('makes an AMI once, and another one for another revision; AMIs stay', async () => {
    const { status, outputs: { AmiId: first } } = await exported({ revision: '1' });
    expect({ status, first }).toEqual({ status: 'CREATE_COMPLETE', first: expect.stringMatching(/^ami-/) });
    expect((await exported({ revision: '2' }, { thenFails: true })).outputs).toEqual({ AmiId: first });
    const { outputs: { AmiId: second } } = await exported({ revision: '2' });
    expect(second).not.toBe(first);
    expect(begun()).toBe(2);
    expect(await gallery.close()).toMatchObject(DELETED);
  });

  test('that takes longer than a deployment goes on, and the next deployment takes it up', async () => {
    gallery.simulator.script.slowStart('office', HOURS);
    const { failures } = await exported({ amiName: 'office', timeout: cdk.Duration.minutes(3) });
    expect(failures[0]).toContain('when the export of image mine to the AMI office is EXPORTING, which goes on by itself: the next deployment takes up');
    await gallery.close();
    gallery.deployment.clock.advance(HOURS - 10 * MINUTE);
    expect(await exported({ amiName: 'office' })).toMatchObject(CREATED);
    expect(begun()).toBe(1);
  });

  test('of somebody else is not taken for its own, though the AMI has the name', async () => {
    await gallery.addRole('export');
    await gallery.call('CreateExportImageTask', { ImageName: 'mine', AmiName: 'office', IamRoleArn: 'arn:aws:iam::111111111111:role/export' });
    gallery.deployment.clock.advance(HOURS);
    const { status, failures } = await exported({ amiName: 'office' });
    expect(status).toBe('ROLLBACK_COMPLETE');
    expect(failures[0]).toContain('There is an AMI with the name office already.');
  });

  test('that fails says why, and can be tried again', async () => {
    gallery.simulator.script.failingImage('office', { message: 'no permission' });
    const { failures } = await exported({ amiName: 'office' });
    expect(failures[0]).toContain('the export of image mine to the AMI office is FAILED: EXPORT_FAILED: no permission');
    await gallery.close();
    expect(await exported({ amiName: 'office' })).toMatchObject(CREATED);
  });
});
