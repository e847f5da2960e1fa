import * as cdk from 'aws-cdk-lib';
import * as cfn from 'aws-cdk-lib/aws-gameliftstreams';
import { type Life, needsEach, type Step, usesExactly } from './exact-permissions';
import { gameliftstreams } from '../../src';

/** A group with a shell. */
function shell(app: cdk.App): cdk.Stack {
  const stack = new cdk.Stack(app, 'Shells');
  const game = new cfn.CfnApplication(stack, 'Game', {
    applicationSourceUri: 's3://games/chess', description: 'chess', executablePath: 'chess', runtimeEnvironment: { type: 'UBUNTU', version: '22_04_LTS' },
  });
  const streamGroup = new cfn.CfnStreamGroup(stack, 'Group', {
    description: 'group',
    streamClass: 'gen5n_high',
    locationConfigurations: [{ locationName: 'us-east-1', maximumCapacity: 4, targetIdleCapacity: 0, alwaysOnCapacity: 0 }],
    defaultApplication: { arn: game.attrArn },
  });
  new gameliftstreams.AdminShell(stack, 'Shell', { streamGroup });
  return stack;
}

const deploy: Step = async (deployment, change) => {
  await deployment.fillBucket('games', ['chess/chess']);
  return (await deployment.deploy(shell, change)).failures;
};

/** Somebody invokes the function, with a session that runs. */
const open: Step = async (deployment) => {
  const { loopback, clock } = deployment;
  const { Arn } = await loopback.call('gameliftstreams', 'StartStreamSession', {
    Identifier: deployment.physicalId('Shells', 'AWS::GameLiftStreams::StreamGroup'),
    ApplicationIdentifier: deployment.physicalId('Shells', 'AWS::GameLiftStreams::Application'),
    Protocol: 'WebRTC',
    SignalRequest: 'NO_CLIENT_CONNECTION',
    SessionLengthSeconds: 120,
  });
  clock.advance(90_000);
  const { FunctionError, Payload } = await loopback.call('lambda', 'Invoke', {
    FunctionName: deployment.physicalId('Shells', 'AWS::Lambda::Function'), Payload: JSON.stringify({ session: Arn }),
  });
  clock.advance(5 * 60_000);
  return FunctionError ? [JSON.parse(Payload).errorMessage] : [];
};

const life: Life = { holder: 'Shell', make: shell, steps: [deploy, open] };

usesExactly(life);
needsEach(life);
