import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import * as cdk from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { gameliftstreams } from '../../src';

let game: string;
beforeEach(() => {
  game = mkdtempSync(join(tmpdir(), 'game-'));
  mkdirSync(join(game, 'bin'));
  writeFileSync(join(game, 'bin', 'chess.exe'), 'MZ');
});
afterEach(() => rmSync(game, { recursive: true }));

/** The app that the README starts with. */
function playtest(): cdk.Stack {
  const stack = new cdk.Stack(new cdk.App(), 'Playtest');
  const chess = new gameliftstreams.Application(stack, 'Chess', {
    source: gameliftstreams.ApplicationSource.fromAsset(game),
    executablePath: 'bin/chess.exe',
    runtimeEnvironment: gameliftstreams.RuntimeEnvironment.PROTON_20260204,
  });
  new gameliftstreams.StreamGroup(stack, 'Playtest', {
    streamClass: gameliftstreams.StreamClass.GEN6N_HIGH,
    defaultApplication: chess,
    locations: [
      gameliftstreams.Location.primary({ maximumCapacity: 10 }),
      gameliftstreams.Location.of('eu-west-2', { maximumCapacity: 20, targetIdleCapacity: 2 }),
    ],
  });
  return stack;
}

test('the logical ids of the playtest app', () => {
  const { Resources } = Template.fromStack(playtest()).toJSON();
  const ids = Object.entries<{ Type: string }>(Resources)
    // Those of aws-cdk-lib's own functions are not ours to hold.
    .filter(([id]) => !id.startsWith('Custom')).map(([id, { Type }]) => [Type, id]);
  expect(ids).toEqual([
    ['AWS::S3::Bucket', 'ChessBucket82BAB1A5'],
    ['AWS::S3::BucketPolicy', 'ChessBucketPolicyA76D76B2'],
    ['Custom::S3AutoDeleteObjects', 'ChessBucketAutoDeleteObjectsCustomResource2398B49D'],
    ['AWS::Lambda::LayerVersion', 'ChessDeploymentAwsCliLayer538EE991'],
    ['Custom::CDKBucketDeployment', 'ChessDeploymentCustomResourceB1FE2476'],
    ['AWS::GameLiftStreams::Application', 'Chess07ABB0D4'],
    ['AWS::GameLiftStreams::StreamGroup', 'PlaytestCA98431B'],
  ]);
});
