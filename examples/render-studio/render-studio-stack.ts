import * as cdk from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { nimblestudio } from 'cdk-app-streaming';
import { Construct } from 'constructs';

export interface RenderStudioStackProps extends cdk.StackProps {
  /** Whether nobody works: the workstation is stopped. */
  readonly night: boolean;
  /** What the workstation is for; another film gets another workstation. */
  readonly film: string;
}

/**
 * A studio with one workstation, as it was until AWS shut Nimble Studio down: for implementations of its API elsewhere.
 */
export class RenderStudioStack extends cdk.Stack {
  constructor(scope: Construct, id: string, props: RenderStudioStackProps) {
    super(scope, id, props);

    const vpc = new ec2.Vpc(this, 'Vpc', { maxAzs: 2, natGateways: 1, restrictDefaultSecurityGroup: false });
    // AWS's managed policies for the portal went with the service.
    const [adminRole, userRole] = ['Administrators', 'Artists'].map((name) => new iam.Role(this, name, {
      assumedBy: new iam.ServicePrincipal('identity.nimble.amazonaws.com'),
    }));
    const studio = new nimblestudio.Studio(this, 'Studio', { acknowledgeServiceShutdown: true, displayName: 'Pictures', adminRole, userRole });
    const eulas = new nimblestudio.EulaAcceptance(this, 'Eulas', { studio, eulaIds: ['NIMBLE-STUDIO-TERMS', 'NICE-DCV-TERMS'] });

    const image = new nimblestudio.StreamingImage(this, 'Image', {
      studio,
      machineImage: ec2.MachineImage.genericLinux({ 'us-east-1': 'ami-0123456789abcdef0', 'us-west-2': 'ami-0fedcba9876543210' }),
    });
    const projects = new nimblestudio.StudioComponent(this, 'Projects', {
      studio,
      securityGroups: [new ec2.SecurityGroup(this, 'ProjectsAccess', { vpc })],
      configuration: nimblestudio.ComponentConfiguration.fsxForLustre({ fileSystemId: 'fs-0123456789abcdef0', linuxMountPoint: '/projects' }),
    });
    const lighting = new nimblestudio.LaunchProfile(this, 'Lighting', {
      studio,
      vpc,
      instanceTypes: [nimblestudio.InstanceType.G5_2XLARGE],
      streamingImages: [image],
      studioComponents: [projects],
      sessionPersistence: nimblestudio.SessionPersistence.terminateStoppedAfter(cdk.Duration.days(2)),
    });

    const workstation = new nimblestudio.StreamingSession(this, 'Workstation', {
      launchProfile: lighting,
      instanceType: nimblestudio.InstanceType.G5_2XLARGE,
      streamingImage: image,
      desiredState: props.night ? nimblestudio.StreamingSessionState.STOPPED : nimblestudio.StreamingSessionState.READY,
      volumeRetentionMode: nimblestudio.VolumeRetentionMode.RETAIN,
    });
    workstation.node.addDependency(eulas);
    cdk.Tags.of(workstation).add('film', props.film);

    new cdk.CfnOutput(this, 'StudioId', { value: studio.studioId });
    new cdk.CfnOutput(this, 'SessionId', { value: workstation.streamingSessionId });
    new cdk.CfnOutput(this, 'StopAt', { value: workstation.stopAt });
  }
}
