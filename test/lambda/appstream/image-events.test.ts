import { readFileSync } from 'fs';
import { join } from 'path';
import * as cdk from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { AMI, GALLERY, Gallery } from './gallery';
import { appstream } from '../../../src';
import { eventOf } from '../engine/events';

interface Schema {
  readonly schema: string;
  readonly type: string;
  readonly id: string;
  readonly properties: Record<string, string>;
}

const SCHEMAS: Schema[] = JSON.parse(readFileSync(join(__dirname, 'fixtures', 'images.json'), 'utf8'));

let gallery: Gallery;

beforeEach(async () => {
  gallery = await Gallery.start();
  gallery.simulator.addImage({ Name: 'mine' });
  await gallery.addRole('import');
  await gallery.addRole('export');
  await gallery.call('CreateImageBuilder', { Name: 'builder', ImageName: 'AppStream-WinServer2022-06-17-2024', InstanceType: 'stream.standard.large' });
});

afterEach(() => gallery.stop());

/** Everything that makes an image, shares or finds one, with all that can be said. */
function everything(stack: cdk.Stack): void {
  const mine = appstream.Image.fromName('mine');
  const role = iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111111111111:role/import');
  new appstream.ImageCopy(stack, 'Copy', { image: mine, destinationRegion: 'eu-west-1', imageName: 'copy', description: 'for Ireland', imageTags: { a: '1' } });
  new appstream.UpdatedImage(stack, 'Updated', { image: mine, imageName: 'updated', displayName: 'Office', description: 'patched' });
  new appstream.ImportedImage(stack, 'Imported', {
    source: appstream.ImageSource.ami(AMI, role),
    imageName: 'imported',
    displayName: 'Office',
    description: 'of January',
    agentSoftwareVersion: appstream.AgentSoftwareVersion.CURRENT_LATEST,
    validationInstanceType: appstream.InstanceType.of('GeneralPurpose.m7i.large'),
    applications: [{ name: 'notepad', path: 'C:\\notepad.exe', displayName: 'Notepad' }],
    imageTags: { a: '1' },
  });
  new appstream.ImagePermissions(stack, 'Share', { image: mine, accounts: ['222222222222'], allowImageBuilder: true, allowRevocation: true });
  new appstream.ImageExport(stack, 'Export', { image: mine, amiName: 'exported', description: 'of January', amiTags: { a: '1' }, role });
  new appstream.LatestImage(stack, 'Latest');
  new appstream.ImageBuilderSoftware(stack, 'Software', {
    imageBuilder: appstream.ImageBuilder.fromImageBuilderName(stack, 'Builder', 'builder'), software: [appstream.Software.of('Office')],
  });
}

test('what constructs say of images arrives at AppStream, in text', async () => {
  expect(await gallery.show(everything)).toMatchObject({ status: 'CREATE_COMPLETE' });
  const inputs = (operation: string) => gallery.loopback.endpoint.calls.of('appstream', operation)
    .filter(({ caller }) => caller.roleArn !== undefined).map(({ input }) => input);
  const owner = { 'cdk-app-streaming:stack': GALLERY, 'cdk-app-streaming:resource': expect.any(String), 'cdk-app-streaming:made-from': expect.any(String) };
  expect(inputs('CopyImage')).toEqual([{
    SourceImageName: 'mine',
    DestinationRegion: 'eu-west-1',
    DestinationImageName: 'copy',
    DestinationImageDescription: expect.stringMatching(/^for Ireland @[0-9a-f]{12}\.[0-9a-f]{8}$/),
  }]);
  expect(inputs('CreateUpdatedImage')).toEqual([
    { existingImageName: 'mine', newImageName: 'updated', dryRun: true },
    { existingImageName: 'mine', newImageName: 'updated', newImageDisplayName: 'Office', newImageDescription: 'patched', newImageTags: owner },
  ]);
  const imported = {
    Name: 'imported',
    SourceAmiId: AMI,
    IamRoleArn: 'arn:aws:iam::111111111111:role/import',
    DisplayName: 'Office',
    Description: 'of January',
    AgentSoftwareVersion: 'CURRENT_LATEST',
    RuntimeValidationConfig: { IntendedInstanceType: 'GeneralPurpose.m7i.large' },
    AppCatalogConfig: [{ Name: 'notepad', DisplayName: 'Notepad', AbsoluteAppPath: 'C:\\notepad.exe' }],
    Tags: { ...owner, a: '1' },
  };
  expect(inputs('CreateImportedImage')).toEqual([{ ...imported, DryRun: true }, imported]);
  expect(inputs('UpdateImagePermissions')).toEqual([
    { Name: 'mine', SharedAccountId: '222222222222', ImagePermissions: { allowFleet: true, allowImageBuilder: true } },
  ]);
  expect(inputs('AssociateSoftwareToImageBuilder')).toEqual([{ ImageBuilderName: 'builder', SoftwareNames: ['Office'] }]);
  expect(inputs('CreateExportImageTask')).toEqual([{
    ImageName: 'mine', AmiName: 'exported', IamRoleArn: 'arn:aws:iam::111111111111:role/import', AmiDescription: 'of January', TagSpecifications: { ...owner, a: '1' },
  }]);
});

/** What was deployed with one release is updated and deleted with another, for ever. Add a schema here; never change one. */
test('what was deployed by any release keeps its id in an update, and is deleted', async () => {
  // With permissions for whatever the schemas name.
  await gallery.show((stack) => {
    everything(stack);
    const policies = stack.node.findAll().filter((construct): construct is iam.Policy => construct instanceof iam.Policy);
    policies[0].addStatements(new iam.PolicyStatement({ actions: ['appstream:*', 'iam:PassRole'], resources: ['*'] }));
  });
  const answers: { Status: string; Reason?: string; PhysicalResourceId?: string }[] = [];
  gallery.loopback.endpoint.registerUnsigned('/answers/', ({ body }) => {
    answers.push(JSON.parse(body.toString()));
    return { status: 200 };
  });
  for (const [index, { type, id, properties }] of SCHEMAS.entries()) {
    const parts = { ResourceType: type, LogicalResourceId: `Old${index}`, PhysicalResourceId: id };
    for (const [minute, RequestType] of (['Create', 'Update', 'Delete'] as const).entries()) {
      await gallery.loopback.call('lambda', 'Invoke', {
        FunctionName: gallery.deployment.physicalId(GALLERY, 'AWS::Lambda::Function'),
        InvocationType: 'Event',
        Payload: JSON.stringify(eventOf({
          ...parts,
          RequestType,
          RequestId: `${index}-${RequestType}`,
          ResponseURL: `${gallery.loopback.url}/answers/?X-Amz-Date=20270105T09${String(minute * 10).padStart(2, '0')}00Z`,
          ResourceProperties: properties,
          OldResourceProperties: properties,
        })),
      });
      await gallery.loopback.lambda.idle();
      await gallery.loopback.states.idle();
    }
    expect({ type, answers: answers.splice(0).map(({ Status, Reason, PhysicalResourceId }) => [Status, Reason, PhysicalResourceId]) }).toEqual({
      type,
      answers: [['SUCCESS', undefined, type.includes('Permission') ? expect.stringMatching(/^us-east-1\/mine\/222222222222\/-?\d+\/-$/) : id],
        ['SUCCESS', undefined, id], ['SUCCESS', undefined, id]],
    });
  }
  expect(Object.keys(await gallery.images()).sort()).toEqual(['imported', 'mine', 'updated']);
});
