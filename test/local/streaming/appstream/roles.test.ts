import { AppStream } from '@aws-sdk/client-appstream';
import { aBuilder, aFleet, anAppBlockBuilder, refusal, stopSimulations } from './simulated';
import { Iam } from '../../../../local/services/iam/iam';
import { AppStreamSimulator } from '../../../../local/streaming/appstream';
import { simulate } from '../simulation';

afterEach(stopSimulations);

const AMI = 'ami-0123456789abcdef0';
const ACCOUNT = '123456789012';
const ROLE = `arn:aws:iam::${ACCOUNT}:role/Worker`;

/** An account with one role, which this service may assume, and whose policy allows this. */
async function withRole({ service = 'appstream.amazonaws.com', ...trust }: { service?: string; Condition?: object }, ...allowed: { Action: string | string[]; Resource: string }[]): Promise<AppStream> {
  let iam: Iam | undefined;
  const { client, simulator } = await simulate('eu-west-1', AppStream, (cloud) => {
    iam = new Iam(cloud);
    return new AppStreamSimulator(cloud, { amis: [AMI] }, undefined, iam);
  });
  const { operations } = iam!;
  const context = { caller: { accessKeyId: 'AKIAOPERATOR' } };
  const trusting = { Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole', ...trust };
  await operations.CreateRole({ RoleName: 'Worker', AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [trusting] } }, context);
  const Statement = allowed.map((each) => ({ Effect: 'Allow', ...each }));
  await operations.PutRolePolicy({ RoleName: 'Worker', PolicyName: 'Work', PolicyDocument: { Version: '2012-10-17', Statement } }, context);
  simulator.addImage({ Name: 'mine' });
  return client;
}

const USES: [string, (client: AppStream, IamRoleArn: string) => Promise<unknown>][] = [
  ['a fleet', (client, IamRoleArn) => client.createFleet(aFleet({ IamRoleArn }))],
  ['an image builder', (client, IamRoleArn) => client.createImageBuilder(aBuilder({ IamRoleArn }))],
  ['an app block builder', (client, IamRoleArn) => client.createAppBlockBuilder(anAppBlockBuilder({ IamRoleArn }))],
  ['an import', (client, IamRoleArn) => client.createImportedImage({ Name: 'imported', SourceAmiId: AMI, IamRoleArn })],
  ['an export', (client, IamRoleArn) => client.createExportImageTask({ ImageName: 'mine', AmiName: 'exported', IamRoleArn })],
];

const EVERYTHING = { Action: 'ec2:*', Resource: '*' };
const OWN = { StringEquals: { 'aws:SourceAccount': ACCOUNT } };

describe.each(USES)('%s', (_, use) => {
  test('takes a role that trusts AppStream', async () => {
    await expect(use(await withRole({}, EVERYTHING), ROLE)).resolves.toBeDefined();
  });

  test.each([
    ['that trusts another service', ROLE],
    ['that is not there', `arn:aws:iam::${ACCOUNT}:role/Nobody`],
    ['of another account', 'arn:aws:iam::222222222222:role/Worker'],
  ])('fails with a role %s', async (__, arn) => {
    const client = await withRole({ service: 'lambda.amazonaws.com' }, EVERYTHING);
    await expect(use(client, arn)).rejects.toEqual(refusal('InvalidRoleException',
      `The operation encountered an error because your IAM role '${arn}' is invalid: `
      + `User: appstream.amazonaws.com is not authorized to perform: sts:AssumeRole on resource: ${arn}`));
  });
});

test.each([
  ['an import', USES[3][1], ['ec2:DescribeImages'], 'ec2:ModifyImageAttribute'],
  ['an export', USES[4][1], ['ec2:DescribeImages'], 'ec2:CopyImage'],
  ['an export', USES[4][1], ['ec2:DescribeImages', 'ec2:CopyImage'], 'ec2:CreateTags'],
])('%s fails with a role that may not do all that it is for', async (_, use, allowed, lacking) => {
  const client = await withRole({}, { Action: allowed, Resource: '*' }, { Action: lacking, Resource: 'arn:aws:ec2:us-east-1::image/*' });
  await expect(use(client, ROLE)).rejects.toEqual(expect.objectContaining({
    name: 'InvalidRoleException', message: expect.stringMatching(`: ${lacking} is not allowed on arn:aws:ec2:eu-west-1::image/ami-[0-9a-f]{17}$`),
  }));
});

test.each([
  ['fleets of the account', OWN, true],
  ['this fleet', { ArnLike: { 'aws:SourceArn': 'arn:aws:appstream:eu-west-1:123456789012:fleet/office' } }, true],
  ['another fleet', { ArnLike: { 'aws:SourceArn': 'arn:aws:appstream:eu-west-1:123456789012:fleet/other' } }, false],
  ['another account', { StringEquals: { 'aws:SourceAccount': '222222222222' } }, false],
])('a role that trusts AppStream on behalf of %s', async (_, Condition, isTaken) => {
  const client = await withRole({ Condition }, EVERYTHING);
  expect(await USES[0][1](client, ROLE).then(() => true, () => false)).toBe(isTaken);
});

test.each(USES.slice(3))('%s fails with a role that trusts AppStream on behalf of the account only', async (_, use) => {
  await expect(use(await withRole({ Condition: OWN }, EVERYTHING), ROLE)).rejects.toEqual(refusal('InvalidRoleException'));
});
