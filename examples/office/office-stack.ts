import * as cdk from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sns from 'aws-cdk-lib/aws-sns';
import { appstream } from 'cdk-app-streaming';
import { Construct } from 'constructs';

export interface OfficeStackProps extends cdk.StackProps {
  /** Whether the desktops are there to be used, or are stopped and cost next to nothing. */
  readonly open: boolean;
  /** Whose desktops they are: applications on them may do in AWS what this team may. */
  readonly team: string;
  /** What the fleet is described as. */
  readonly description: string;
  /** What people see as the fleet's name. */
  readonly displayName: string;
}

/**
 * Desktops for an office: a fleet that streams one image, the stack through which people reach it, a URL for the visitors at the reception,
 * a smaller fleet that runs in the evening alone, a builder for the next image, and what its operators look at.
 */
export class OfficeStack extends cdk.Stack {
  constructor(scope: Construct, id: string, props: OfficeStackProps) {
    super(scope, id, props);

    const vpc = new ec2.Vpc(this, 'Vpc', { maxAzs: 2, natGateways: 1 });
    const image = appstream.Image.fromName('AppStream-WinServer2022-06-17-2024');
    const instanceType = appstream.InstanceType.STANDARD_LARGE;

    const fleet = new appstream.Fleet(this, 'Fleet', {
      image,
      instanceType,
      capacity: appstream.Capacity.instances(2),
      vpc,
      role: this.roleOf(props.team),
      description: props.description,
      displayName: props.displayName,
      streamView: appstream.StreamView.DESKTOP,
      disconnectTimeout: cdk.Duration.minutes(5),
      idleDisconnectTimeout: cdk.Duration.minutes(10),
      desiredState: props.open ? appstream.FleetState.RUNNING : appstream.FleetState.STOPPED,
      // For what AppStream changes of stopped fleets only; users have time to leave.
      updateStrategy: appstream.UpdateStrategy.stopAndRestart({ waitForSessions: cdk.Duration.minutes(15) }),
    });

    // Deployments leave as many desktops as scaling has come to.
    fleet.autoScaleCapacity({ minCapacity: 2, maxCapacity: 10 }).scaleOnUtilization({ targetUtilizationPercent: 75 });

    const stack = new appstream.Stack(this, 'Office', {
      displayName: 'Office',
      userSettings: appstream.UserSettings.locked().allow(appstream.UserAction.PRINTING_TO_LOCAL_DEVICE),
    });
    stack.addFleet(fleet);
    const reception = new appstream.StreamingUrl(this, 'Reception', { stack, fleet, userId: 'reception', validity: cdk.Duration.days(7) });
    // Nobody is thrown out by the end of the fleet: sessions are ended first.
    new appstream.SessionDrain(this, 'Drain', { stack, fleet });

    const evening = new appstream.Fleet(this, 'Evening', { image, instanceType, capacity: appstream.Capacity.instances(1), vpc });
    evening.runDuring({
      hours: [appstream.RunningHours.weekly({ from: '18:00', to: '22:00', timeZone: cdk.TimeZone.EUROPE_BERLIN })],
      holidays: ['2026-12-25', '2027-01-01'],
      waitForSessions: cdk.Duration.hours(1),
    });
    const eveningOffice = new appstream.Stack(this, 'EveningOffice', { displayName: 'Office in the evening' });
    eveningOffice.addFleet(evening);

    const builder = new appstream.ImageBuilder(this, 'Builder', {
      image,
      instanceType,
      vpc,
      desiredState: appstream.ImageBuilderState.STOPPED,
    });

    const operators = new sns.Topic(this, 'Operators', { enforceSSL: true });
    const { alarms } = fleet.addRecommendedAlarms({ topic: operators });
    const dashboard = new appstream.Dashboard(this, 'Dashboard');
    dashboard.addStack(stack, fleet);
    dashboard.addWidgets(new cloudwatch.AlarmStatusWidget({ alarms, width: 24 }));

    new cdk.CfnOutput(this, 'ReceptionSecret', { value: reception.secret.secretArn });
    new cdk.CfnOutput(this, 'FleetName', { value: fleet.fleetName });
    new cdk.CfnOutput(this, 'StackName', { value: stack.stackName });
    new cdk.CfnOutput(this, 'EveningFleetName', { value: evening.fleetName });
    new cdk.CfnOutput(this, 'EveningStackName', { value: eveningOffice.stackName });
    new cdk.CfnOutput(this, 'ImageBuilderName', { value: builder.imageBuilderName });
  }

  /** Give it what applications on the desktops of this team are to reach. */
  private roleOf(team: string): iam.Role {
    return new iam.Role(this, `${team}Role`, {
      assumedBy: new iam.ServicePrincipal('appstream.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': this.account } } }),
    });
  }
}
