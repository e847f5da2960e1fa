import * as cdk from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { aStack, arn, importedStudio } from './world';
import { StreamingImage, StreamingImageProps } from '../../src/nimblestudio';

let stack: cdk.Stack;
let required: StreamingImageProps;
beforeEach(() => {
  stack = aStack();
  required = { studio: importedStudio(stack), machineImage: machineImage('ami-0123456789abcdef0') };
});

function machineImage(imageId: string): ec2.IMachineImage {
  return { getImage: () => ({ imageId, osType: ec2.OperatingSystemType.LINUX, userData: ec2.UserData.forLinux() }) };
}

test('with the required properties alone', () => {
  new StreamingImage(stack, 'Image', required);

  expect(Template.fromStack(stack).toJSON().Resources).toEqual({
    Image9D742C96: {
      Type: 'AWS::NimbleStudio::StreamingImage',
      Properties: { StudioId: 'us-west-2-studio', Ec2ImageId: 'ami-0123456789abcdef0', Name: 'Test-Image-1EAB812B' },
    },
  });
});

test('with all properties', () => {
  new StreamingImage(stack, 'Image', { ...required, streamingImageName: 'Blender', description: 'for modelling' });

  expect(Template.fromStack(stack).toJSON().Resources).toEqual({
    Image9D742C96: {
      Type: 'AWS::NimbleStudio::StreamingImage',
      Properties: { StudioId: 'us-west-2-studio', Ec2ImageId: 'ami-0123456789abcdef0', Name: 'Blender', Description: 'for modelling' },
    },
  });
});

test('an AMI that is known at deployment only is taken as it is', () => {
  new StreamingImage(stack, 'Image', { ...required, machineImage: ec2.MachineImage.fromSsmParameter('/ami') });
  Template.fromStack(stack).hasResourceProperties('AWS::NimbleStudio::StreamingImage', {
    Ec2ImageId: { Ref: Match.stringLikeRegexp('^SsmParameterValue') },
  });
});

test('attributes refer to the resource', () => {
  const image = new StreamingImage(stack, 'Image', required);
  const attribute = (name: string) => ({ 'Fn::GetAtt': ['Image9D742C96', name] });
  expect(stack.resolve({
    id: image.streamingImageId,
    arn: image.streamingImageArn,
    owner: image.streamingImageOwner,
    platform: image.streamingImagePlatform,
    eulaIds: image.streamingImageEulaIds,
  })).toEqual({
    id: attribute('StreamingImageId'),
    arn: arn('streaming-image', attribute('StreamingImageId')),
    owner: attribute('Owner'),
    platform: attribute('Platform'),
    eulaIds: attribute('EulaIds'),
  });
});

test('an image is imported by its id', () => {
  const image = StreamingImage.fromStreamingImageId(stack, 'Image', 'image-id');
  expect(image.streamingImageId).toBe('image-id');
  expect(stack.resolve(image.streamingImageArn)).toEqual(arn('streaming-image', 'image-id'));
});

test.each<Partial<StreamingImageProps>>([
  { streamingImageName: '', description: '' },
  { streamingImageName: 'n'.repeat(64), description: 'd'.repeat(256) },
])('limits can be reached: %j', (props) => {
  expect(() => new StreamingImage(stack, 'Image', { ...required, ...props })).not.toThrow();
});

test.each<[Partial<StreamingImageProps>, string]>([
  [{ streamingImageName: 'n'.repeat(65) }, `streamingImageName must have 0 to 64 characters, got 65: "${'n'.repeat(65)}"`],
  [{ description: 'd'.repeat(257) }, `description must have 0 to 256 characters, got 257: "${'d'.repeat(257)}"`],
  [{ machineImage: machineImage('image-1') }, 'machineImage must have an id like "ami-0123456789abcdef0", got "image-1"'],
])('fails for %j', (props, message) => {
  expect(() => new StreamingImage(stack, 'Image', { ...required, ...props })).toThrow(new Error(`${message} [at Test/Image]`));
});
