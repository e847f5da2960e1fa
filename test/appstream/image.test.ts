import * as cdk from 'aws-cdk-lib';
import { Image } from '../../src/appstream';

const stack = new cdk.Stack(new cdk.App(), 'Test');
const parameter = new cdk.CfnParameter(stack, 'Parameter');

test.each([
  ['by name', Image.fromName('AppStream-WinServer2022-06-17-2024'), { imageName: 'AppStream-WinServer2022-06-17-2024' }],
  ['by a name that is a token', Image.fromName(parameter.valueAsString), { imageName: parameter.valueAsString }],
  ['by the ARN of a private or shared image', Image.fromArn('arn:aws:appstream:eu-west-1:123456789012:image/office'),
    { imageArn: 'arn:aws:appstream:eu-west-1:123456789012:image/office' }],
  ['by the ARN of a public image', Image.fromArn('arn:aws-us-gov:appstream:us-gov-west-1::image/Base_1.0'),
    { imageArn: 'arn:aws-us-gov:appstream:us-gov-west-1::image/Base_1.0' }],
  ['by an ARN that is a token', Image.fromArn(parameter.valueAsString), { imageArn: parameter.valueAsString }],
])('an image is given %s', (_, image, config) => {
  expect(image.bind(stack)).toEqual(config);
});

test.each(['', '-image', 'my image', 'arn:aws:appstream:eu-west-1:123456789012:image/office'])('fails for the image name %p', (name) => {
  expect(() => Image.fromName(name).bind(stack)).toThrow(new Error(
    'image must be an image name that starts with a letter or digit and has only letters, digits, "_", "." and "-" (an ARN goes to Image.fromArn), ' +
    `got ${JSON.stringify(name)} [at Test]`,
  ));
});

test.each(['office', 'arn:aws:appstream:eu-west-1:123456789012:fleet/office', 'xarn:aws:appstream:eu-west-1:123456789012:image/office'])(
  'fails for the image ARN %p', (arn) => {
    expect(() => Image.fromArn(arn).bind(stack)).toThrow(new Error(
      'image must be the ARN of an AppStream image like "arn:aws:appstream:<region>:<account>:image/<name>", ' +
      `got ${JSON.stringify(arn)} [at Test]`,
    ));
  });
