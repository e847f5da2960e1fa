import * as cdk from 'aws-cdk-lib';
import { Deployment } from './deployment';
import { appstream } from '../../src';

const AMI = 'ami-0123456789abcdef0';
/** Nothing is learnt from a crash while nothing happens. */
const AT_ONCE = 0;

/** An AMI is imported, copied abroad and shared, and all of it is given up. Whatever `crash` arranges may happen on the way. */
async function liveThrough(crash: (deployment: Deployment) => void) {
  const deployment = await Deployment.start({
    appstream: { amis: [AMI], durations: { imageCopy: AT_ONCE, imageImport: AT_ONCE, imageDelete: 1 } },
  });
  crash(deployment);
  const { loopback } = deployment;
  const created = await deployment.deploy((app) => {
    const stack = new cdk.Stack(app, 'Gallery');
    new appstream.ImageRollout(stack, 'Rollout', { source: appstream.ImageSource.ami(AMI), copyTo: ['eu-west-1'], shareWith: ['222222222222'] });
    return stack;
  });
  const images = async () => Promise.all([loopback.appstream, loopback.appstream.inRegion('eu-west-1')].map(async ({ operations: { DescribeImages } }) => {
    const { Images } = await DescribeImages({ Type: 'PRIVATE' }, { caller: { accessKeyId: 'test' } }) as { Images: { State: string; ImageSharedWithOthers: string }[] };
    return Images.map(({ State, ImageSharedWithOthers }) => `${State} ${ImageSharedWithOthers}`);
  }));
  const there = await images();
  const destroyed = await deployment.destroy('Gallery');
  const left = await images();
  await deployment.stop();
  const calls = loopback.endpoint.calls.all().filter(({ caller, service }) => caller.roleArn !== undefined && service === 'appstream');
  return {
    world: { created: created.status, there, destroyed: destroyed.status, left },
    calls: calls.map(({ operation }) => operation),
    killed: calls.filter(({ fault }) => fault === 'kill-caller').length,
  };
}

test('images are imported, copied, shared and deleted whichever call that changes something is the last of a function', async () => {
  const undisturbed = await liveThrough(() => undefined);
  expect(undisturbed.world).toEqual({
    created: 'CREATE_COMPLETE', there: [['AVAILABLE TRUE'], ['AVAILABLE TRUE']], destroyed: 'DELETE_COMPLETE', left: [[], []],
  });

  // A death after a read is like another: nothing has happened. Of those one will do.
  const turns = undisturbed.calls.flatMap((operation, index) => index === 0 || !/^(Describe|List)/.test(operation) ? [index] : []);
  for (const call of turns) {
    const { world, killed } = await liveThrough(({ loopback }) => loopback.endpoint.faults.add({
      service: 'appstream', lambdaOnly: true, skip: call, fault: { kind: 'kill-caller', when: 'after' },
    }));
    expect({ call, world, killed }).toEqual({ call, world: undisturbed.world, killed: 1 });
  }
}, 300_000);
