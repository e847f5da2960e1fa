import * as cdk from 'aws-cdk-lib';
import * as cfn from 'aws-cdk-lib/aws-appstream';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { appstream } from '../../src';

const { Capacity, Fleet, FleetLifecycle, FleetState, Image, InstanceType, RunningHours, Stack, StackTheme, User, UserEnablement } = appstream;

let scope: cdk.Stack;

beforeEach(() => {
  scope = new cdk.Stack(new cdk.App(), 'Test');
});

const fleet = (desiredState?: appstream.FleetState) => new Fleet(scope, 'Fleet', {
  image: Image.fromName('image'), instanceType: InstanceType.STANDARD_SMALL, capacity: Capacity.instances(1), desiredState,
});
const hours = [RunningHours.weekly({ from: '09:00', to: '17:00', timeZone: cdk.TimeZone.ETC_UTC })];
const hold = (of: cfn.IFleetRef, id = 'Held') => new FleetLifecycle(scope, id, { fleet: of, desiredState: FleetState.STOPPED });

function themed(): appstream.StackThemeOptions {
  const bucket = s3.Bucket.fromBucketName(scope, 'Brand', 'brand');
  return { title: 'Desks', logo: appstream.FileSource.fromBucket(bucket, 'logo.png'), favicon: appstream.FileSource.fromBucket(bucket, 'favicon.ico') };
}

// Each would undo what the other has done, in every deployment.
test.each<[string, () => unknown, string]>([
  ['a fleet that is held already', () => hold(fleet(FleetState.RUNNING)),
    'the state of "Test/Fleet" is decided by one construct, got another beside "Test/Fleet/Lifecycle" [at Test/Held]'],
  ['the L1 of a fleet that is held already', () => hold(fleet(FleetState.RUNNING).node.defaultChild as cfn.CfnFleet),
    'the state of "Test/Fleet/Resource" is decided by one construct, got another beside "Test/Fleet/Lifecycle" [at Test/Held]'],
  ['a fleet with running hours', () => {
    const own = fleet();
    own.runDuring({ hours });
    hold(own);
  }, 'the state of "Test/Fleet" is decided by one construct, got another beside "Test/Fleet/Lifecycle" [at Test/Held]'],
  ['a fleet that gets running hours afterwards', () => {
    const own = fleet();
    hold(own);
    own.runDuring({ hours });
  }, 'the state of "Test/Fleet" is decided by one construct, got another beside "Test/Held" [at Test/Fleet/Lifecycle]'],
  ['an imported fleet', () => {
    const imported = Fleet.fromFleetName(scope, 'Imported', 'office');
    hold(imported);
    hold(imported, 'Again');
  }, 'the state of "Test/Imported" is decided by one construct, got another beside "Test/Held" [at Test/Again]'],
  ['a user', () => {
    const user = new User(scope, 'Ann', { userName: 'ann@example.com', enabled: true });
    new UserEnablement(scope, 'Disabled', { user, enabled: false });
  }, 'the enablement of "Test/Ann" is decided by one construct, got another beside "Test/Ann/Enablement" [at Test/Disabled]'],
  ['the theme of a stack', () => {
    const stack = new Stack(scope, 'Desks');
    const theme = themed();
    stack.brand(theme);
    new StackTheme(scope, 'Theme', { stack, ...theme });
  }, 'the theme of "Test/Desks" is decided by one construct, got another beside "Test/Desks/Theme" [at Test/Theme]'],
])('fails for a second word about %s', (_, make, sentence) => {
  expect(make).toThrow(new Error(sentence));
});
