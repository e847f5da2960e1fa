import * as cdk from 'aws-cdk-lib';
import { appstream } from 'cdk-app-streaming';
import { Construct } from 'constructs';

export interface DesktopsStackProps extends cdk.StackProps {
  /** What the fleet of the desktops is described as. */
  readonly desktops: string;
  /** What the fleet of the training room is described as. */
  readonly training: string;
}

/** Desktops that are always there, even while they are changed, and a training room that nobody may close during a course. */
export class DesktopsStack extends cdk.Stack {
  constructor(scope: Construct, id: string, props: DesktopsStackProps) {
    super(scope, id, props);

    const common = {
      image: appstream.Image.fromName('AppStream-WinServer2022-06-17-2024'),
      instanceType: appstream.InstanceType.STANDARD_LARGE,
      streamView: appstream.StreamView.DESKTOP,
      desiredState: appstream.FleetState.RUNNING,
    };

    const fleet = new appstream.Fleet(this, 'Fleet', {
      ...common,
      capacity: appstream.Capacity.instances(2),
      description: props.desktops,
      // A new fleet takes the place of the old one, whose users have time to leave.
      updateStrategy: appstream.UpdateStrategy.replace({ waitForSessions: cdk.Duration.minutes(5) }),
    });
    const stack = new appstream.Stack(this, 'Stack', { displayName: 'Desktops' });
    stack.addFleet(fleet);
    const kiosk = new appstream.StreamingUrl(this, 'Kiosk', { stack, fleet, userId: 'kiosk', validity: cdk.Duration.days(7) });

    const room = new appstream.Fleet(this, 'Training', {
      ...common,
      capacity: appstream.Capacity.sessions(4, { sessionsPerInstance: 2 }),
      description: props.training,
      updateStrategy: appstream.UpdateStrategy.failIfRunning(),
    });
    new appstream.Stack(this, 'TrainingStack', { displayName: 'Training' }).addFleet(room);

    new cdk.CfnOutput(this, 'KioskSecret', { value: kiosk.secret.secretArn });
    new cdk.CfnOutput(this, 'FleetName', { value: fleet.fleetName });
  }
}
