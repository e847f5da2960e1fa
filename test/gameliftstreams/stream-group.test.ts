import * as cdk from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { CfnApplication, CfnStreamGroup } from 'aws-cdk-lib/aws-gameliftstreams';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { AwsSolutionsChecks } from 'cdk-nag';
import { Application, ApplicationSource, Location, LocationOptions, RuntimeEnvironment, StreamClass, StreamGroup, StreamGroupProps } from '../../src/gameliftstreams';

let stack: cdk.Stack;
beforeEach(() => {
  stack = new cdk.Stack(new cdk.App(), 'Test', { env: { account: '123456789012', region: 'us-west-2' } });
});

const MINIMAL: StreamGroupProps = {
  streamClass: StreamClass.GEN6N_ULTRA,
  locations: [Location.primary({ maximumCapacity: 1 })],
};

function group(props: Partial<StreamGroupProps> = {}, scope = stack) {
  return new StreamGroup(scope, 'Group', { ...MINIMAL, ...props });
}

function application(runtimeEnvironment = RuntimeEnvironment.UBUNTU_22_04_LTS) {
  return new Application(stack, 'Chess', {
    source: ApplicationSource.fromBucket(s3.Bucket.fromBucketName(stack, 'Games', 'games')), executablePath: 'chess.exe', runtimeEnvironment,
  });
}

function streamGroups(of = stack) {
  return Template.fromStack(of).findResources('AWS::GameLiftStreams::StreamGroup');
}

function properties(of = stack) {
  return Object.values(streamGroups(of))[0].Properties;
}

test('with the required properties alone', () => {
  group();

  expect(Template.fromStack(stack).toJSON().Resources).toEqual({
    GroupC77FDACD: {
      Type: 'AWS::GameLiftStreams::StreamGroup',
      Properties: {
        StreamClass: 'gen6n_ultra',
        LocationConfigurations: [{ LocationName: 'us-west-2', AlwaysOnCapacity: 0, TargetIdleCapacity: 0, MaximumCapacity: 1 }],
        Description: 'Test/Group',
        Tags: { 'cdk-app-streaming:stack': { Ref: 'AWS::StackName' } },
      },
    },
  });
  Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
});

test('with all properties', () => {
  group({
    streamClass: StreamClass.GEN6N_SMALL,
    locations: [
      Location.primary({
        maximumCapacity: 24,
        vpcTransitConfiguration: {
          vpc: ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a'] }),
          ipv4CidrBlocks: ['10.0.0.0/16', '192.168.255.0/24'],
        },
      }),
      Location.of('eu-west-2', { maximumCapacity: 48, targetIdleCapacity: 24, alwaysOnCapacity: 12 }),
    ],
    defaultApplication: application(),
    description: 'Playtest',
    generation: '2026w47',
  });

  expect(streamGroups()).toEqual({
    GroupC77FDACD2026w47: {
      Type: 'AWS::GameLiftStreams::StreamGroup',
      Properties: {
        StreamClass: 'gen6n_small',
        LocationConfigurations: [
          {
            LocationName: 'us-west-2',
            AlwaysOnCapacity: 0,
            TargetIdleCapacity: 0,
            MaximumCapacity: 24,
            VpcTransitConfiguration: { VpcId: 'vpc-1', Ipv4CidrBlocks: ['10.0.0.0/16', '192.168.255.0/24'] },
          },
          { LocationName: 'eu-west-2', AlwaysOnCapacity: 12, TargetIdleCapacity: 24, MaximumCapacity: 48 },
        ],
        DefaultApplication: { Arn: { 'Fn::GetAtt': ['Chess07ABB0D4', 'Arn'] } },
        Description: 'Playtest',
        Tags: { 'cdk-app-streaming:stack': { Ref: 'AWS::StackName' } },
      },
    },
  });
});

test('takes the tags of its scope, beside the one that permissions find it by', () => {
  cdk.Tags.of(group()).add('team', 'chess');
  expect(properties().Tags).toEqual({ 'cdk-app-streaming:stack': { Ref: 'AWS::StackName' }, 'team': 'chess' });
});

test('refers to the resource by its ARN and id, in every generation', () => {
  const streamGroup = group({ generation: '2' });
  expect(stack.resolve(streamGroup.streamGroupRef)).toEqual({ streamGroupArn: { 'Fn::GetAtt': ['GroupC77FDACD2', 'Arn'] } });
  expect(stack.resolve(streamGroup.streamGroupId)).toEqual({ 'Fn::GetAtt': ['GroupC77FDACD2', 'Id'] });
});

test('can be used where the L1 can', () => {
  expect(stack.resolve(CfnStreamGroup.arnForStreamGroup(group()))).toBeDefined();
});

describe('the default application', () => {
  test('can be an L1', () => {
    const l1 = new CfnApplication(stack, 'L1', {
      applicationSourceUri: 's3://games', description: 'L1', executablePath: 'a', runtimeEnvironment: { type: 'UBUNTU', version: '22_04_LTS' },
    });
    group({ defaultApplication: l1 });
    expect(properties().DefaultApplication).toEqual({ Arn: { Ref: 'L1' } });
  });

  test('can be imported', () => {
    const arn = 'arn:aws:gameliftstreams:us-west-2:123456789012:application/a-9ZY8X7Wv6';
    group({ defaultApplication: Application.fromApplicationArn(stack, 'Imported', arn) });
    expect(properties().DefaultApplication).toEqual({ Arn: arn });
  });

  test.each([
    [RuntimeEnvironment.WINDOWS_2022, StreamClass.GEN6N_PRO_WIN2022],
    [RuntimeEnvironment.WINDOWS_2022, StreamClass.of('gen7n_win2025', 1)],
    [RuntimeEnvironment.PROTON_20250516, StreamClass.GEN5N_ULTRA],
    [RuntimeEnvironment.UBUNTU_22_04_LTS, StreamClass.GEN6N_ULTRA],
  ])('fits the stream class: %j on %j', (runtimeEnvironment, streamClass) => {
    expect(() => group({ streamClass, defaultApplication: application(runtimeEnvironment) })).not.toThrow();
  });

  test.each([
    [RuntimeEnvironment.WINDOWS_2022, StreamClass.GEN6N_ULTRA],
    [RuntimeEnvironment.PROTON_20250516, StreamClass.GEN5N_WIN2022],
    [RuntimeEnvironment.UBUNTU_22_04_LTS, StreamClass.GEN4N_WIN2022],
  ])('fails for %j on %j', (runtimeEnvironment, streamClass) => {
    expect(() => group({ streamClass, defaultApplication: application(runtimeEnvironment) })).toThrow(new Error(
      'streamClass must be one that ends in "_win2022" for applications on WINDOWS and another for those on PROTON and UBUNTU, '
      + `got "${streamClass.name}" for one on ${runtimeEnvironment.type} [at Test/Group]`,
    ));
  });
});

test('fails for a default application of another Region', () => {
  const imported = Application.fromApplicationArn(stack, 'Imported', 'arn:aws:gameliftstreams:us-east-2:123456789012:application/a-9ZY8X7Wv6');
  expect(() => group({ defaultApplication: imported })).toThrow(new Error(
    'defaultApplication must be in the Region of the group "us-west-2", got one in "us-east-2" [at Test/Group]',
  ));
});

describe('the locations', () => {
  const CAPACITY: LocationOptions = { maximumCapacity: 1 };

  test('have the primary one by its name', () => {
    group({ locations: [Location.of('us-west-2', CAPACITY)] });
    expect(properties().LocationConfigurations).toMatchObject([{ LocationName: 'us-west-2' }]);
  });

  test('have the primary one wherever the stack is deployed', () => {
    const anywhere = new cdk.Stack(new cdk.App(), 'Test');
    group({}, anywhere);
    expect(properties(anywhere).LocationConfigurations).toMatchObject([{ LocationName: { Ref: 'AWS::Region' } }]);
    Annotations.fromStack(anywhere).hasNoWarning('*', Match.anyValue());
  });

  test('fail without the primary one', () => {
    expect(() => group({ locations: [Location.of('us-east-1', CAPACITY)] })).toThrow(new Error(
      'locations must have the primary location, the stack\'s Region: add Location.primary({ maximumCapacity: 0 }), or more to stream from there, '
      + 'got ["us-east-1"] [at Test/Group]',
    ));
  });

  test('fail without the primary one also where the Region is not known', () => {
    expect(() => group({ locations: [Location.of('us-west-2', CAPACITY)] }, new cdk.Stack(new cdk.App(), 'Test'))).toThrow(
      'locations must have the primary location, the stack\'s Region: add Location.primary({ maximumCapacity: 0 }), or more to stream from there, ' +
      'got ["us-west-2"] [at Test/Group]',
    );
  });

  test.each([
    ['"us-west-2"', [Location.primary(CAPACITY), Location.of('us-west-2', CAPACITY)]],
    ['"us-east-1"', [Location.primary(CAPACITY), Location.of('us-east-1', CAPACITY), Location.of('us-east-1', CAPACITY)]],
  ])('fail with %s twice', (name, locations) => {
    expect(() => group({ locations })).toThrow(new Error(`locations must have each location once, got ${name} more than once [at Test/Group]`));
  });

  test('fail with the primary one twice where the Region is not known', () => {
    expect(() => group({ locations: [Location.primary(CAPACITY), Location.primary(CAPACITY)] }, new cdk.Stack(new cdk.App(), 'Test'))).toThrow(new Error(
      'locations must have each location once, got the primary one more than once [at Test/Group]',
    ));
  });

  test('warn of one that is not known', () => {
    group({ locations: [Location.primary(CAPACITY), Location.of('eu-west-9', CAPACITY)] });
    Annotations.fromStack(stack).hasWarning('/Test/Group', Match.stringLikeRegexp(
      '^GameLift Streams is not known to stream from "eu-west-9", but from us-east-1, .*sa-east-1 \\[ack: cdk-app-streaming/gameliftstreams:unknownLocation-eu-west-9\\]$'));
  });

  test('warn of a primary one that is not known', () => {
    const stockholm = new cdk.Stack(new cdk.App(), 'Test', { env: { region: 'eu-north-1' } });
    group({}, stockholm);
    Annotations.fromStack(stockholm).hasWarning('/Test/Group',
      'stream groups are not known to be made in "eu-north-1", but in us-east-2, us-west-2, ap-northeast-1, eu-central-1; other Regions are locations of a group ' +
      '[ack: cdk-app-streaming/gameliftstreams:unknownRegion]');
  });

  test('take tokens as they are', () => {
    const text = new cdk.CfnParameter(stack, 'Text').valueAsString;
    const number = new cdk.CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber;
    const list = new cdk.CfnParameter(stack, 'List', { type: 'CommaDelimitedList' }).valueAsList;
    const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: text, availabilityZones: ['a'] });
    expect(() => group({
      streamClass: StreamClass.GEN6N_SMALL,
      locations: [
        Location.primary({ maximumCapacity: number, targetIdleCapacity: 12, alwaysOnCapacity: number }),
        Location.of(text, { maximumCapacity: 12, targetIdleCapacity: number, vpcTransitConfiguration: { vpc, ipv4CidrBlocks: list } }),
      ],
    })).not.toThrow();
  });

  test.each<[StreamClass, LocationOptions]>([
    [StreamClass.GEN6N_SMALL, { maximumCapacity: 0 }],
    [StreamClass.GEN6N_SMALL, { maximumCapacity: 12, targetIdleCapacity: 12, alwaysOnCapacity: 12 }],
    [StreamClass.GEN6N_MEDIUM, { maximumCapacity: 8, targetIdleCapacity: 4, alwaysOnCapacity: 0 }],
    [StreamClass.GEN4N_HIGH, { maximumCapacity: 2 }],
    [StreamClass.GEN6N_PRO, { maximumCapacity: 3, targetIdleCapacity: 2, alwaysOnCapacity: 1 }],
  ])('of %j can have %j', (streamClass, options) => {
    expect(() => group({ streamClass, locations: [Location.primary(options)] })).not.toThrow();
  });

  const tenancy = (kind: string, of: number, name: string) => `locations: ${kind} of us-west-2 must be a multiple of ${of}, the tenancy of ${name}`;
  test.each<[StreamClass, LocationOptions, string]>([
    [StreamClass.GEN6N_SMALL, { maximumCapacity: 13 }, `${tenancy('maximumCapacity', 12, 'gen6n_small')}, got 13`],
    [StreamClass.GEN6N_MEDIUM, { maximumCapacity: 8, targetIdleCapacity: 3 }, `${tenancy('targetIdleCapacity', 4, 'gen6n_medium')}, got 3`],
    [StreamClass.GEN5N_HIGH, { maximumCapacity: 2, alwaysOnCapacity: 1 }, `${tenancy('alwaysOnCapacity', 2, 'gen5n_high')}, got 1`],
    [StreamClass.GEN6N_PRO, { maximumCapacity: -1 }, 'locations: maximumCapacity of us-west-2 must be a whole number of at least 0, got -1'],
    [StreamClass.GEN6N_PRO, { maximumCapacity: 1.5 }, 'locations: maximumCapacity of us-west-2 must be a whole number of at least 0, got 1.5'],
    [StreamClass.GEN6N_PRO, { maximumCapacity: 1, alwaysOnCapacity: 2 }, 'locations: alwaysOnCapacity of us-west-2 must not exceed its maximumCapacity of 1, got 2'],
    [StreamClass.GEN6N_PRO, { maximumCapacity: 1, targetIdleCapacity: 2 }, 'locations: targetIdleCapacity of us-west-2 must not exceed its maximumCapacity of 1, got 2'],
  ])('of %j fail for %j', (streamClass, options, message) => {
    expect(() => group({ streamClass, locations: [Location.primary(options)] })).toThrow(new Error(`${message} [at Test/Group]`));
  });

  test.each(['', 'eu-west', 'eu-west1', 'eu_west_1', 'Ireland', 'us-west-2a', 'us-wwwwwwwwwwwwwwww-2'])('fail for the name %p', (name) => {
    expect(() => group({ locations: [Location.of(name, CAPACITY)] })).toThrow(new Error(
      `locations: name must be a Region like "eu-west-2", got ${JSON.stringify(name)} [at Test/Group]`,
    ));
  });
});

describe('the way to a VPC', () => {
  function groupWith(ipv4CidrBlocks: string[], vpc: ec2.IVPCRef = new ec2.CfnVPC(stack, 'Vpc', { cidrBlock: '10.0.0.0/16' })) {
    return group({ locations: [Location.primary({ maximumCapacity: 1, vpcTransitConfiguration: { vpc, ipv4CidrBlocks } })] });
  }

  test.each([[['0.0.0.0/0']], [['255.255.255.255/32', '10.0.0.0/9', '10.0.0.0/10', '10.0.0.0/29', '10.0.0.0/30']]])('can be %j', (blocks) => {
    groupWith(blocks);
    expect(properties().LocationConfigurations[0].VpcTransitConfiguration).toEqual({ VpcId: { Ref: 'Vpc' }, Ipv4CidrBlocks: blocks });
  });

  const RANGE = 'vpcTransitConfiguration: ipv4CidrBlocks must have IPv4 ranges like "10.0.0.0/16"';
  test.each([
    [[], 'vpcTransitConfiguration: ipv4CidrBlocks must have 1 to 5 elements, got 0'],
    [Array(6).fill('10.0.0.0/16'), 'vpcTransitConfiguration: ipv4CidrBlocks must have 1 to 5 elements, got 6'],
    [['10.0.0.0'], `${RANGE}, got "10.0.0.0"`],
    [['10.0.0.256/16'], `${RANGE}, got "10.0.0.256/16"`],
    [['10.0.0.0/33'], `${RANGE}, got "10.0.0.0/33"`],
    [['::/0'], `${RANGE}, got "::/0"`],
  ])('fails for %j', (blocks, message) => {
    expect(() => groupWith(blocks)).toThrow(new Error(`${message} [at Test/Group]`));
  });

  test('fails for a VPC in another Region', () => {
    const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a'], region: 'us-east-1' });
    expect(() => groupWith(['10.0.0.0/16'], vpc)).toThrow(new Error(
      'vpcTransitConfiguration: vpc must be in the Region of the location "us-west-2", got "us-east-1" [at Test/Group]',
    ));
  });
});

describe('an imported stream group', () => {
  test('by id', () => {
    const imported = StreamGroup.fromStreamGroupId(stack, 'Imported', 'sg-1AB2C3De4');
    expect(imported.streamGroupId).toBe('sg-1AB2C3De4');
    expect(stack.resolve(imported.streamGroupArn)).toEqual({
      'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':gameliftstreams:us-west-2:123456789012:streamgroup/sg-1AB2C3De4']],
    });
  });

  test('by ARN, with its environment', () => {
    const arn = 'arn:aws:gameliftstreams:us-east-2:123456789012:streamgroup/sg-1AB2C3De4';
    const imported = StreamGroup.fromStreamGroupArn(stack, 'Imported', arn);
    expect(imported.streamGroupId).toBe('sg-1AB2C3De4');
    expect(imported.streamGroupRef).toEqual({ streamGroupArn: arn });
    expect(imported.env).toEqual({ account: '123456789012', region: 'us-east-2' });
  });
});

test.each<[string, Partial<StreamGroupProps>]>([
  ['description', { description: 'a'.repeat(80) }],
  ['short generation', { generation: '1' }],
  ['long generation', { generation: 'a'.repeat(32) }],
])('limits can be reached: %s', (_, props) => {
  expect(() => group(props)).not.toThrow();
});

test.each<[Partial<StreamGroupProps>, string]>([
  [{ locations: [] }, 'locations must have 1 to 100 elements, got 0'],
  [{ locations: Array(101).fill(MINIMAL.locations[0]) }, 'locations must have 1 to 100 elements, got 101'],
  [{ description: 'a'.repeat(81) }, `description must have 1 to 80 characters, got 81: "${'a'.repeat(81)}"`],
  [{ generation: '' }, 'generation must have 1 to 32 letters and digits, got ""'],
  [{ generation: 'a'.repeat(33) }, `generation must have 1 to 32 letters and digits, got "${'a'.repeat(33)}"`],
  [{ generation: '2026-11' }, 'generation must have 1 to 32 letters and digits, got "2026-11"'],
])('fails for %j', (props, message) => {
  expect(() => group(props)).toThrow(new Error(`${message} [at Test/Group]`));
});

test('cdk-nag finds nothing in applications and stream groups', () => {
  const app = new cdk.App();
  cdk.Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  stack = new cdk.Stack(app, 'Test');
  group({ defaultApplication: application() });

  expect(() => app.synth()).not.toThrow();
});
