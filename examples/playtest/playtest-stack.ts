import { join } from 'path';
import * as cdk from 'aws-cdk-lib';
import { gameliftstreams } from 'cdk-app-streaming';
import { Construct } from 'constructs';

export interface PlaytestStackProps extends cdk.StackProps {
  /** How many may play. */
  readonly players: number;
}

/** Two games that testers play in their browsers, near to where they are, and that developers look into while they run. */
export class PlaytestStack extends cdk.Stack {
  constructor(scope: Construct, id: string, props: PlaytestStackProps) {
    super(scope, id, props);

    const [chess, backgammon] = ['chess', 'backgammon'].map((game) => new gameliftstreams.Application(this, game, {
      source: gameliftstreams.ApplicationSource.fromAsset(join(__dirname, 'games', game)),
      executablePath: 'start.sh',
      runtimeEnvironment: gameliftstreams.RuntimeEnvironment.UBUNTU_22_04_LTS,
    }));
    const group = new gameliftstreams.StreamGroup(this, 'Group', {
      streamClass: gameliftstreams.StreamClass.GEN6N_HIGH,
      defaultApplication: chess,
      locations: [
        gameliftstreams.Location.primary({ maximumCapacity: props.players * 2 }),
        gameliftstreams.Location.of('eu-west-1', { maximumCapacity: props.players * 2 }),
      ],
    });
    group.addApplication(backgammon);

    const url = new gameliftstreams.StreamUrl(this, 'Invitation', {
      streamGroup: group,
      application: backgammon,
      locations: [this.region, 'eu-west-1'],
      expiration: cdk.Duration.days(7),
      usageLimit: props.players,
      sessionLength: cdk.Duration.hours(24),
      revocationMode: gameliftstreams.RevocationMode.REVOKE_AND_TERMINATE_SESSIONS,
    });
    const session = new gameliftstreams.StreamSession(this, 'Showcase', {
      streamGroup: group,
      application: chess,
      locations: [this.region],
      additionalLaunchArgs: ['--seats', String(props.players)],
      connectionTimeout: cdk.Duration.hours(1),
      sessionLength: cdk.Duration.hours(24),
    });

    const shell = new gameliftstreams.AdminShell(this, 'Shell', { streamGroup: group });

    new cdk.CfnOutput(this, 'InvitationSecret', { value: url.secret.secretArn });
    new cdk.CfnOutput(this, 'SessionArn', { value: session.streamSessionArn });
    new cdk.CfnOutput(this, 'ShellFunction', { value: shell.functionName });
    new cdk.CfnOutput(this, 'ShellUrl', { value: shell.url });
  }
}
