import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import * as cdk from 'aws-cdk-lib';
import { CfnStack } from 'aws-cdk-lib/aws-appstream';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Deployment } from './deployment';
import { appstream } from '../../src';

const PASSWORD = 'Correct-Horse-Battery-Staple-1';

let deployment: Deployment;
let folder: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'brand-'));
  deployment = await Deployment.start();
  deployment.loopback.appstream.addImage({ Name: 'desktops', Applications: [{ Name: 'Ledger' }, { Name: 'Calculator' }] });
  await deployment.loopback.call('secretsmanager', 'CreateSecret', {
    Name: 'service-account', ClientRequestToken: 'a'.repeat(32), SecretString: JSON.stringify({ password: PASSWORD }),
  });
});

afterEach(async () => {
  rmSync(folder, { recursive: true });
  await deployment.stop();
});

const image = (name: string, content: string) => {
  writeFileSync(join(folder, name), content);
  return appstream.FileSource.fromAsset(join(folder, name));
};

interface Wish {
  readonly department?: string;
  readonly application?: string;
  readonly users?: readonly string[];
  readonly disabled?: readonly string[];
  readonly title?: string;
  readonly links?: appstream.ThemeFooterLink[];
  readonly logo?: string;
  readonly account?: string;
  readonly stackName?: string;
  readonly thenFails?: boolean;
}

/** All that there is about the people of a stack. */
const deploy = ({
  department = 'Finance', application = 'Ledger', users = ['ann', 'bob'], disabled = ['bob'], title = 'Office', links, logo = 'logo', account = 'CORP\\svc',
  stackName = 'desks', thenFails,
}: Wish = {}) => deployment.deploy((app) => {
  const scope = new cdk.Stack(app, 'Office');
  const stack = new appstream.Stack(scope, 'Desks', { stackName });
  stack.entitle('Accounting', { attributes: [appstream.EntitlementAttribute.department(department)] }).addImageApplication(application);
  stack.addUsers(users.map((name) => new appstream.User(scope, name, {
    userName: `${name}@example.com`, sendWelcomeEmail: name === 'ann', enabled: disabled.includes(name) ? false : undefined,
  })), { sendEmailNotification: true });
  const theme = stack.brand({ title, logo: image('logo.png', logo), favicon: image('favicon.ico', 'icon'), footerLinks: links });
  const directory = new appstream.DirectoryConfig(scope, 'Directory', {
    directoryName: 'corp.example.com',
    organizationalUnitDistinguishedNames: ['OU=AppStream,DC=corp,DC=example,DC=com'],
    serviceAccountName: account,
    serviceAccountPassword: secretsmanager.Secret.fromSecretNameV2(scope, 'Account', 'service-account').secretValueFromJson('password'),
  });
  const reports = new appstream.UsageReportSubscription(scope, 'Reports');
  new cdk.CfnOutput(scope, 'ReportBucket', { value: reports.bucketName });
  new cdk.CfnOutput(scope, 'RelayState', { value: stack.relayStateUrl });
  if (thenFails) {
    // A name that AppStream refuses.
    const people = scope.node.children.filter((child) => child instanceof appstream.User);
    new CfnStack(scope, 'Bad', { name: '-' }).node.addDependency(stack, theme, directory, reports, ...people);
  }
  return scope;
});

const call = (operation: string, input: object = {}) => deployment.loopback.call('appstream', operation, input);

/** What AppStream has of it. */
async function world(stackName = 'desks') {
  const orNothing = <T>(answer: Promise<T>) => answer.catch(({ code }) => code);
  const { Users } = await call('DescribeUsers', { AuthenticationType: 'USERPOOL' });
  const entitlements = await orNothing(call('DescribeEntitlements', { StackName: stackName }));
  const theme = await orNothing(call('DescribeThemeForStack', { StackName: stackName }));
  const { DirectoryConfigs } = await call('DescribeDirectoryConfigs');
  return {
    users: Users.map(({ UserName, Enabled }: { UserName: string; Enabled: boolean }) => `${UserName} ${Enabled}`).sort(),
    assigned: await orNothing(call('DescribeUserStackAssociations', { StackName: stackName })
      .then(({ UserStackAssociations = [] }) => UserStackAssociations.map(({ UserName }: { UserName: string }) => UserName).sort())),
    entitlements: entitlements.Entitlements
      ? await Promise.all(entitlements.Entitlements.map(async ({ Name, Attributes }: { Name: string; Attributes: object }) => [
        Attributes, (await call('ListEntitledApplications', { StackName: stackName, EntitlementName: Name })).EntitledApplications,
      ])) : entitlements,
    theme: theme.Theme ? { ...theme.Theme, CreatedTime: undefined } : theme,
    accounts: DirectoryConfigs.map((config: { ServiceAccountCredentials: { AccountName: string } }) => config.ServiceAccountCredentials.AccountName),
    reports: await orNothing(call('DescribeUsageReportSubscriptions').then(({ UsageReportSubscriptions }) => UsageReportSubscriptions.length)),
  };
}

const NOTHING = {
  users: [],
  assigned: [],
  entitlements: 'ResourceNotFoundException',
  theme: 'ResourceNotFoundException',
  accounts: [],
  reports: 'ResourceNotFoundException',
};

test('people and all that is theirs are made, changed, brought back by a rollback, and gone in the end', async () => {
  const created = await deploy();
  expect(created).toMatchObject({ status: 'CREATE_COMPLETE', failures: [] });
  expect(created.outputs).toEqual({
    ReportBucket: expect.stringMatching(/^appstream-logs-/),
    RelayState: `https://appstream2.${deployment.loopback.region}.aws.amazon.com/saml?stack=desks&accountId=${deployment.loopback.account}`,
  });
  const first = await world();
  expect(first).toMatchObject({
    users: ['ann@example.com true', 'bob@example.com false'],
    assigned: ['ann@example.com', 'bob@example.com'],
    entitlements: [[[{ Name: 'department', Value: 'Finance' }], [{ ApplicationIdentifier: 'Ledger' }]]],
    theme: { State: 'ENABLED', ThemeTitleText: 'Office', ThemeStyling: 'LIGHT_BLUE', ThemeOrganizationLogoURL: expect.stringMatching(/\.png$/) },
    accounts: ['CORP\\svc'],
    reports: 1,
  });
  expect([...deployment.loopback.appstream.mails()].sort()).toEqual(
    ['stack desks to ann@example.com', 'stack desks to bob@example.com', 'welcome to ann@example.com'],
  );

  const wish: Wish = {
    department: 'Sales',
    application: 'Calculator',
    users: ['ann', 'eve'],
    disabled: ['ann'],
    title: 'Desks',
    logo: 'other',
    account: 'CORP\\other',
    links: [{ displayName: 'Help', url: 'https://example.com/help' }],
  };
  expect(await deploy({ ...wish, thenFails: true })).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE' });
  expect(await world()).toEqual(first);

  expect(await deploy(wish)).toMatchObject({ status: 'UPDATE_COMPLETE', failures: [] });
  const second = await world();
  expect(second).toMatchObject({
    users: ['ann@example.com false', 'eve@example.com true'],
    assigned: ['ann@example.com', 'eve@example.com'],
    entitlements: [[[{ Name: 'department', Value: 'Sales' }], [{ ApplicationIdentifier: 'Calculator' }]]],
    theme: { ThemeTitleText: 'Desks', ThemeFooterLinks: [{ DisplayName: 'Help', FooterLinkURL: 'https://example.com/help' }] },
    accounts: ['CORP\\other'],
  });
  expect(second.theme.ThemeOrganizationLogoURL).not.toBe(first.theme.ThemeOrganizationLogoURL);

  expect(await deploy({ ...wish, stackName: 'tables' })).toMatchObject({ status: 'UPDATE_COMPLETE', failures: [] });
  expect(await world('tables')).toMatchObject({ assigned: second.assigned, entitlements: second.entitlements, theme: { ThemeTitleText: 'Desks' } });
  expect((await call('DescribeStacks')).Stacks.map(({ Name }: { Name: string }) => Name)).toEqual(['tables']);

  expect(await deployment.destroy('Office')).toMatchObject({ status: 'DELETE_COMPLETE', failures: [] });
  expect(await world()).toEqual(NOTHING);
  expect((await call('DescribeStacks')).Stacks).toEqual([]);
});
