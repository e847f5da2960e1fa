import * as cdk from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { appstream } from 'cdk-app-streaming';
import { Construct } from 'constructs';

export interface ImageRolloutStackProps extends cdk.StackProps {
  /** The account that gets the image, too. */
  readonly production: string;
}

/**
 * The way of an AMI to its users: imported with its catalog of applications, copied to another Region, shared with another account,
 * and given to two fleets. `cdk deploy --parameters Ami=ami-…` rolls out another one.
 */
export class ImageRolloutStack extends cdk.Stack {
  constructor(scope: Construct, id: string, props: ImageRolloutStackProps) {
    super(scope, id, props);

    // From EC2 Image Builder, for example.
    const ami = new cdk.CfnParameter(this, 'Ami', { description: 'The AMI to roll out', default: 'ami-0a0a0a0a0a0a0a0a1' });

    const image = new appstream.ImageRollout(this, 'Image', {
      source: appstream.ImageSource.ami(ami.valueAsString),
      displayName: 'Office',
      applications: [{ name: 'editor', displayName: 'Editor', path: 'C:\\Program Files\\Editor\\editor.exe' }],
      agentSoftwareVersion: appstream.AgentSoftwareVersion.ALWAYS_LATEST,
      copyTo: ['eu-west-1'],
      shareWith: [props.production],
      // Production takes each image over in time; the old ones can go.
      allowRevocation: true,
    });

    const fleet = {
      image,
      instanceType: appstream.InstanceType.generalPurpose(ec2.InstanceType.of(ec2.InstanceClass.M7I, ec2.InstanceSize.LARGE)),
      capacity: appstream.Capacity.instances(1),
      desiredState: appstream.FleetState.RUNNING,
    };
    const early = new appstream.Fleet(this, 'Early', fleet);
    // Sees a new image when it has been good enough for the early fleet to start.
    const late = new appstream.Fleet(this, 'Late', fleet);
    late.node.addDependency(early);

    new cdk.CfnOutput(this, 'ImageArn', { value: image.image.imageArn });
    new cdk.CfnOutput(this, 'CopyArn', { value: image.copies[0].imageArn });
  }
}
