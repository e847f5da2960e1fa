import { readFileSync } from 'fs';
import { join } from 'path';
import * as cdk from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { CfnAppBlockBuilder, CfnFleet, CfnFleetProps, CfnImageBuilder, CfnStack } from 'aws-cdk-lib/aws-appstream';
import { AwsSolutionsChecks } from 'cdk-nag';
import { Construct } from 'constructs';
import {
  AppStreamChecks, Capacity, Fleet, FindingSeverity, Image, ImageBuilder, ImageBuilderState, InstanceType, SecurityBaseline, Stack, UserAction,
  UserSettings,
} from '../../src/appstream';

let app: cdk.App;
let stack: cdk.Stack;
beforeEach(() => {
  app = new cdk.App();
  stack = new cdk.Stack(app, 'Test');
});

const ID = 'cdk-app-streaming/appstream:';
const INSTANCE = { image: Image.fromName('image'), instanceType: InstanceType.STANDARD_SMALL };
const FLEET = { ...INSTANCE, capacity: Capacity.instances(1) };

/** An L1 against which there is nothing to say. */
const SOUND: CfnFleetProps = {
  name: 'fleet',
  instanceType: 'stream.standard.small',
  maxUserDurationInSeconds: 36_000,
  disconnectTimeoutInSeconds: 300,
  idleDisconnectTimeoutInSeconds: 600,
  disableImdsv1: true,
  iamRoleArn: 'arn:aws:iam::123456789012:role/fleet',
};
const LOCKED: CfnStack.UserSettingProperty[] = [
  UserAction.CLIPBOARD_COPY_FROM_LOCAL_DEVICE, UserAction.CLIPBOARD_COPY_TO_LOCAL_DEVICE,
  UserAction.FILE_UPLOAD, UserAction.FILE_DOWNLOAD, UserAction.PRINTING_TO_LOCAL_DEVICE,
].map((action) => ({ action, permission: 'DISABLED' }));

/** What the aspect says of the whole stack. */
function warnings(): unknown[] {
  cdk.Aspects.of(app).add(new AppStreamChecks());
  return Annotations.fromStack(stack).findWarning('*', Match.anyValue()).map(({ entry }) => entry.data);
}

const LONG = 'MaxUserDurationInSeconds must be 600 to 36000, got 36001: what has got into a session has no longer than that '
  + '(CIS AWS End User Compute Services Benchmark v1.2.0, 5.3)';
const OPEN = 'EnableDefaultInternetAccess must be false, got true: instances reach the internet by public addresses of their own and not '
  + 'through the VPC, where it can be controlled (CIS AWS End User Compute Services Benchmark v1.2.0, 5.6)';
const OLD_METADATA = (got: string) => `DisableIMDSV1 must be true, got ${got}: version 1 of the instance metadata service gives the `
  + 'credentials of the role to whoever makes an application fetch a URL (CIS AWS Foundations Benchmark v3.0.0, 5.6)';
const NO_ROLE = 'IamRoleArn must be the ARN of a role, got none: applications that find no role need keys on the image, which do not expire '
  + '(CIS AWS Foundations Benchmark v3.0.0, 1.18)';
const NONE = 'none, which leaves it to AppStream';

test('there is nothing to say of what the library makes with nothing given', () => {
  new Stack(stack, 'Stack').addFleet(new Fleet(stack, 'Fleet', FLEET));
  new ImageBuilder(stack, 'Builder', { ...INSTANCE, desiredState: ImageBuilderState.UNMANAGED });
  expect(warnings()).toEqual([]);
});

test('fleets have the baseline unless told otherwise', () => {
  new Fleet(stack, 'Fleet', FLEET);
  Template.fromStack(stack).hasResourceProperties('AWS::AppStream::Fleet', {
    MaxUserDurationInSeconds: SecurityBaseline.MAX_USER_DURATION.toSeconds(),
    DisconnectTimeoutInSeconds: SecurityBaseline.DISCONNECT_TIMEOUT.toSeconds(),
    IdleDisconnectTimeoutInSeconds: SecurityBaseline.IDLE_DISCONNECT_TIMEOUT.toSeconds(),
  });
});

describe('fleets', () => {
  test.each<[string, Partial<CfnFleetProps>]>([
    ['at the limits', {}],
    ['far below them', { maxUserDurationInSeconds: 600, disconnectTimeoutInSeconds: 60, idleDisconnectTimeoutInSeconds: 60 }],
    ['without default internet access', { enableDefaultInternetAccess: false }],
    ['of type Elastic', { fleetType: 'ELASTIC' }],
  ])('there is nothing to say of an L1 %s', (_, props) => {
    new CfnFleet(stack, 'Fleet', { ...SOUND, ...props });
    expect(warnings()).toEqual([]);
  });

  test.each<[string, Partial<CfnFleetProps>, string]>([
    ['maxUserDuration', { maxUserDurationInSeconds: 36_001 }, LONG],
    ['maxUserDuration', { fleetType: 'ELASTIC', maxUserDurationInSeconds: 36_001 }, LONG],
    ['maxUserDuration', { maxUserDurationInSeconds: undefined }, LONG.replace('36001', NONE)],
    ['disconnectTimeout', { disconnectTimeoutInSeconds: 301 },
      'DisconnectTimeoutInSeconds must be 60 to 300, got 301: until then a session that its user has left can be taken up again '
      + '(CIS AWS End User Compute Services Benchmark v1.2.0, 5.4)'],
    ['idleDisconnectTimeout', { idleDisconnectTimeoutInSeconds: 601 },
      'IdleDisconnectTimeoutInSeconds must be 60 to 600, got 601: until then the session of somebody who has walked away is open to whoever '
      + 'comes by, and 0 is for ever (CIS AWS End User Compute Services Benchmark v1.2.0, 5.5)'],
    ['idleDisconnectTimeout', { idleDisconnectTimeoutInSeconds: 0 },
      'IdleDisconnectTimeoutInSeconds must be 60 to 600, got 0: until then the session of somebody who has walked away is open to whoever '
      + 'comes by, and 0 is for ever (CIS AWS End User Compute Services Benchmark v1.2.0, 5.5)'],
    ['defaultInternetAccess', { enableDefaultInternetAccess: true }, OPEN],
    ['instanceMetadata', { disableImdsv1: false }, OLD_METADATA('false')],
    ['instanceMetadata', { disableImdsv1: undefined }, OLD_METADATA(NONE)],
    ['instanceRole', { iamRoleArn: undefined }, NO_ROLE],
  ])('%s finds L1s with %j', (name, props, sentence) => {
    new CfnFleet(stack, 'Fleet', { ...SOUND, ...props });
    expect(warnings()).toEqual([`${sentence} [ack: ${ID}${name}]`]);
  });

  test('of the library are found as well, where they were asked for more', () => {
    new Fleet(stack, 'Fleet', {
      ...FLEET,
      maxUserDuration: cdk.Duration.hours(16),
      disconnectTimeout: cdk.Duration.minutes(15),
      idleDisconnectTimeout: cdk.Duration.seconds(0),
      disableImdsv1: false,
      enableDefaultInternetAccess: true,
    });
    expect(warnings()).toEqual([
      expect.stringContaining('MaxUserDurationInSeconds must be 600 to 36000, got 57600:'),
      expect.stringContaining('DisconnectTimeoutInSeconds must be 60 to 300, got 900:'),
      expect.stringContaining('IdleDisconnectTimeoutInSeconds must be 60 to 600, got 0:'),
      expect.stringContaining('EnableDefaultInternetAccess must be false, got true:'),
      expect.stringContaining('DisableIMDSV1 must be true, got false:'),
    ]);
  });

  test('with what only the deployment knows are not found', () => {
    const number = new cdk.CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber;
    const isOpen = cdk.Fn.conditionIf('Open', true, false);
    new CfnFleet(stack, 'Fleet', {
      name: 'fleet',
      instanceType: 'stream.standard.small',
      maxUserDurationInSeconds: number,
      disconnectTimeoutInSeconds: number,
      idleDisconnectTimeoutInSeconds: number,
      enableDefaultInternetAccess: isOpen,
      disableImdsv1: isOpen,
      iamRoleArn: cdk.Fn.importValue('role'),
    });
    expect(warnings()).toEqual([]);
  });

  test('with what is known as soon as the app is synthesized are found', () => {
    new CfnFleet(stack, 'Fleet', { ...SOUND, maxUserDurationInSeconds: cdk.Lazy.number({ produce: () => 36_001 }) });
    expect(warnings()).toEqual([`${LONG} [ack: ${ID}maxUserDuration]`]);
  });
});

describe.each<[string, (props: Pick<CfnFleetProps, 'disableImdsv1' | 'enableDefaultInternetAccess' | 'iamRoleArn'>) => Construct]>([
  ['image builders', (props) => new CfnImageBuilder(stack, 'Builder', { name: 'builder', instanceType: 'stream.standard.small', ...props })],
  ['app block builders', (props) => new CfnAppBlockBuilder(stack, 'Builder', {
    name: 'builder', instanceType: 'stream.standard.small', platform: 'WINDOWS_SERVER_2019', vpcConfig: { subnetIds: ['subnet-1'] }, ...props,
  })],
])('%s', (_, make) => {
  test('that are sound are not found', () => {
    make({ disableImdsv1: true, iamRoleArn: SOUND.iamRoleArn });
    expect(warnings()).toEqual([]);
  });

  test('with nothing given, and with default internet access, are found', () => {
    make({ enableDefaultInternetAccess: true });
    expect(warnings()).toEqual([
      `${OPEN} [ack: ${ID}defaultInternetAccess]`,
      `${OLD_METADATA(NONE)} [ack: ${ID}instanceMetadata]`,
      `${NO_ROLE} [ack: ${ID}instanceRole]`,
    ]);
  });
});

describe('stacks', () => {
  const enabled = (action: UserAction, got: string) => `UserSettings must have ${action} "DISABLED", got ${got}: data gets in and out of sessions `
    + 'by it (AppStream enables what is not forbidden, https://docs.aws.amazon.com/appstream2/latest/APIReference/API_UserSetting.html) '
    + `[ack: ${ID}userSettings[${action}]]`;

  test.each<[string, CfnStack['userSettings']]>([
    ['that forbid what moves data', LOCKED],
    ['that come from a parameter', cdk.Fn.getAtt('Other', 'Settings')],
    ['that have an action from a parameter', [{ action: cdk.Fn.importValue('action'), permission: 'DISABLED' }]],
    ['that have a permission from a parameter', LOCKED.map(({ action }) => ({ action, permission: cdk.Fn.importValue('permission') }))],
  ])('with user settings %s are not found', (_, userSettings) => {
    new CfnStack(stack, 'Stack', { userSettings });
    expect(warnings()).toEqual([]);
  });

  test('with no user settings are found, action by action', () => {
    new CfnStack(stack, 'Stack', {});
    expect(warnings()).toEqual(LOCKED.map(({ action }) => enabled(action as UserAction, NONE)));
  });

  test('that allow something are found', () => {
    new CfnStack(stack, 'L1', { userSettings: [...LOCKED.slice(1), { action: LOCKED[0].action, permission: 'ENABLED' }] });
    new Stack(stack, 'L2', { userSettings: UserSettings.locked().allow(UserAction.PRINTING_TO_LOCAL_DEVICE) });
    expect(warnings()).toEqual([
      enabled(UserAction.CLIPBOARD_COPY_FROM_LOCAL_DEVICE, '"ENABLED"'),
      enabled(UserAction.PRINTING_TO_LOCAL_DEVICE, '"ENABLED"'),
    ]);
  });
});

describe('as an aspect', () => {
  test.each<[string, (scope: Construct, id: string) => void]>([
    ['a warning', (scope, id) => cdk.Annotations.of(scope).acknowledgeWarning(id)],
    ['a finding', (scope, id) => cdk.Validations.of(scope).acknowledge({ id, reason: 'visitors print' })],
  ])('what is acknowledged as %s is not found, and nothing else is', (_, acknowledge) => {
    const settings = UserSettings.locked().allow(UserAction.PRINTING_TO_LOCAL_DEVICE).allow(UserAction.FILE_UPLOAD);
    acknowledge(new Stack(stack, 'Acknowledged', { userSettings: settings }), `${ID}userSettings[PRINTING_TO_LOCAL_DEVICE]`);
    new CfnFleet(stack, 'Fleet', { ...SOUND, maxUserDurationInSeconds: 36_001 });
    expect(warnings()).toEqual([expect.stringContaining('MaxUserDurationInSeconds'), expect.stringContaining('FILE_UPLOAD')]);
  });

  test('findings can be errors, which can be acknowledged too', () => {
    for (const id of ['Fleet', 'Acknowledged']) {
      new CfnFleet(stack, id, { ...SOUND, maxUserDurationInSeconds: 36_001 });
    }
    cdk.Validations.of(stack.node.findChild('Acknowledged')).acknowledge({ id: `${ID}maxUserDuration`, reason: 'long shifts' });
    cdk.Aspects.of(app).add(new AppStreamChecks({ severity: FindingSeverity.ERROR }));

    expect(Annotations.fromStack(stack).findError('*', Match.anyValue()).map(({ id, entry }) => [id, entry.data])).toEqual([
      ['/Test/Fleet', `${LONG} (Annotation::${ID}maxUserDuration)`],
    ]);
  });
});

describe('as a rule pack', () => {
  /** The report that the CDK writes beside the templates. */
  const report = () => JSON.parse(readFileSync(join(app.outdir, 'validation-report.json'), 'utf8')).pluginReports
    .find(({ pluginName }: { readonly pluginName: string }) => pluginName === 'AppStreamChecks');
  const synthesize = () => {
    jest.spyOn(console, 'error').mockReturnValue();
    return app.synth();
  };

  test('warnings are reported', () => {
    cdk.Validations.of(app).addPlugins(new AppStreamChecks());
    new CfnFleet(stack, 'Fleet', { ...SOUND, maxUserDurationInSeconds: 36_001 });

    synthesize();
    expect(report()).toMatchObject({
      conclusion: 'success',
      violations: [{ ruleName: `${ID}maxUserDuration`, description: LONG, severity: 'warning', violatingConstructs: [{ constructPath: 'Test/Fleet' }] }],
    });
  });

  test('fails for errors', () => {
    cdk.Validations.of(app).addPlugins(new AppStreamChecks({ severity: FindingSeverity.ERROR }));
    new CfnFleet(stack, 'Fleet', { ...SOUND, maxUserDurationInSeconds: 36_001 });

    expect(synthesize).toThrow(LONG);
  });

  test('keeps to the stacks of the stage that it is registered with', () => {
    for (const id of ['Alpha', 'Beta']) {
      new CfnFleet(new cdk.Stack(new cdk.Stage(app, id), 'Stack'), 'Fleet', { ...SOUND, maxUserDurationInSeconds: 36_001 });
    }
    cdk.Validations.of(app.node.findChild('Beta')).addPlugins(new AppStreamChecks());

    synthesize();
    expect(report().violations.map(({ violatingConstructs }: { readonly violatingConstructs: unknown }) => violatingConstructs)).toEqual([
      [expect.objectContaining({ constructPath: 'Beta/Stack/Fleet' })],
    ]);
  });

  test('works beside those of cdk-nag, with the same acknowledgements and the same audit trail', () => {
    cdk.Validations.of(app).addPlugins(
      new AwsSolutionsChecks(app, { writeSuppressionsToCloudFormation: true }),
      new AppStreamChecks({ severity: FindingSeverity.ERROR }),
    );
    const fleet = new Fleet(stack, 'Fleet', { ...FLEET, maxUserDuration: cdk.Duration.hours(12) });
    cdk.Validations.of(fleet).acknowledge({ id: `${ID}maxUserDuration`, reason: 'long shifts' });
    const open = new CfnStack(stack, 'Open', { userSettings: LOCKED.slice(1) });
    cdk.Validations.of(open).acknowledge({
      id: `AppStreamChecks::${ID}userSettings[CLIPBOARD_COPY_FROM_LOCAL_DEVICE]`, reason: 'by the name of the pack',
    });

    const { template } = synthesize().getStackByName('Test');
    expect(report()).toMatchObject({ conclusion: 'success', violations: [] });
    expect(template.Resources.Fleet30813DF3.Metadata).toEqual({
      cdk_nag: { rules_to_suppress: [{ id: `${ID}maxUserDuration`, reason: 'long shifts' }] },
    });
  });
});
