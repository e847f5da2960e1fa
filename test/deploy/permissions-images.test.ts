import * as cdk from 'aws-cdk-lib';
import { deploying, type Life, needsEach, overtake, type Step, usesExactly } from './exact-permissions';
import { appstream } from '../../src';

const HOLDER = 'AppStreamLifecycleEngine';
const AMI = 'ami-0123456789abcdef0';
const SHORT = 5_000;
const READS = 'who has an image that was replaced is asked under its old name, in whatever Region';

interface Wish {
  readonly tagged?: boolean;
  readonly allowImageBuilder?: boolean;
}

/** A copy in another Region. */
function copied(stack: cdk.Stack, { tagged = false }: Wish): appstream.ImageCopy {
  return new appstream.ImageCopy(stack, 'Copy', {
    image: appstream.Image.fromName('mine'), destinationRegion: 'eu-west-1', imageTags: tagged ? { a: '1' } : undefined,
  });
}

function shared(stack: cdk.Stack, { allowImageBuilder = false }: Wish, image: appstream.IImage = appstream.Image.fromName('mine')): void {
  new appstream.ImagePermissions(stack, 'Share', { image, accounts: ['222222222222'], allowImageBuilder });
}

/** Everything that makes an image or looks for one. */
function everything(stack: cdk.Stack, wish: Wish): void {
  const imageTags = wish.tagged ? { a: '1' } : undefined;
  const image = new appstream.ImportedImage(stack, 'Imported', { source: appstream.ImageSource.ami(AMI), imageTags });
  new appstream.UpdatedImage(stack, 'Updated', { image: appstream.Image.fromName('mine'), imageTags });
  new appstream.ImageExport(stack, 'Export', { image });
  new appstream.LatestImage(stack, 'Latest');
  shared(stack, wish, copied(stack, wish));
}

type Contents = (stack: cdk.Stack, wish: Wish) => unknown;

const stackOf = (contents: Contents, wish: Wish = {}) => (app: cdk.App): cdk.Stack => {
  const stack = new cdk.Stack(app, 'Gallery');
  contents(stack, wish);
  return stack;
};

const deploy = (contents: Contents, wish?: Wish) => deploying(stackOf(contents, wish));

const seed: Step = async ({ loopback }) => {
  loopback.appstream.addImage({ Name: 'mine' });
  return [];
};

/** For longer than access may be denied: somebody seems to use what is to go. */
const inUse = (times: number): Step => async ({ loopback }) => {
  loopback.endpoint.faults.add({
    service: 'appstream',
    operation: 'DeleteImage',
    lambdaOnly: true,
    times,
    fault: { kind: 'error', code: 'ResourceInUseException', message: 'The image is in use.', status: 400 },
  });
  return [];
};

const life = (contents: Contents, ...steps: Step[]): Life => ({
  holder: HOLDER,
  options: {
    appstream: { amis: [AMI], durations: { imageCopy: SHORT, imageImport: SHORT, imageUpdate: SHORT, imageExport: SHORT, imageDelete: SHORT } },
  },
  make: stackOf(contents),
  steps: [seed, deploy(contents, { tagged: true }), deploy(contents, { allowImageBuilder: true }), ...steps],
  wide: { 'appstream:DescribeImagePermissions': READS },
});

usesExactly(life(everything, deploy(everything, { tagged: true }), inUse(9), (deployment) => overtake(deployment, 'appstream')));
const BUILDER: Step = async ({ loopback, clock }) => {
  await loopback.call('appstream', 'CreateImageBuilder', {
    Name: 'builder', ImageName: 'AppStream-WinServer2022-06-17-2024', InstanceType: 'stream.standard.large',
  });
  clock.advance(60 * 60_000);
  return [];
};

function equipped(stack: cdk.Stack): void {
  const imageBuilder = appstream.ImageBuilder.fromImageBuilderName(stack, 'Builder', 'builder');
  new appstream.ImageBuilderSoftware(stack, 'Software', { imageBuilder, software: [appstream.Software.of('Office')] });
}

// What makes images is one controller: the permissions of copies stand for those of the others.
needsEach({ ...life(copied, inUse(6)), policies: [`${HOLDER}AppStreamImageCopy`] });
needsEach({ ...life(shared), policies: [`${HOLDER}AppStreamImagePermission`] });
needsEach({ ...life(equipped), steps: [BUILDER, deploy(equipped)], policies: [`${HOLDER}AppStreamImageBuilderSoftware`] });
