import { join } from 'path';
import * as cdk from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { appstream } from 'cdk-app-streaming';
import { Construct } from 'constructs';

export interface ElasticAppsStackProps extends cdk.StackProps {
  /** Which disk of editors users get: the name of its folder. */
  readonly release: string;
}

/**
 * Two editors on one virtual hard disk, for an Elastic fleet: without an image, and without instances that wait for users.
 * Who may use which editor is a matter of the department that the SAML assertion names.
 */
export class ElasticAppsStack extends cdk.Stack {
  constructor(scope: Construct, id: string, props: ElasticAppsStackProps) {
    super(scope, id, props);

    const asset = (...path: string[]) => appstream.FileSource.fromAsset(join(__dirname, ...path));
    const file = (...path: string[]) => asset('editors', ...path);
    const platform = appstream.ElasticPlatform.WINDOWS_SERVER_2019;

    const editors = new appstream.AppBlock(this, 'Editors', {
      packaging: appstream.AppBlockPackaging.custom({
        source: file(props.release, 'editors.vhdx'),
        setupScript: appstream.AppBlockScript.powerShell(file('mount.ps1'), { parameters: '-Drive X' }),
      }),
    });
    const [text, pictures] = ['Text', 'Pictures'].map((what) => new appstream.Application(this, `${what}Editor`, {
      appBlock: editors,
      launchPath: `X:\\${what.toLowerCase()}.exe`,
      icon: file('editor.png'),
      platforms: [platform],
      displayName: `${what} editor`,
    }));

    const fleet = new appstream.ElasticFleet(this, 'Fleet', {
      platform,
      instanceType: appstream.InstanceType.STANDARD_MEDIUM,
      maxConcurrentSessions: 20,
      // The instances read the disk from S3, for which the endpoint will do.
      vpc: new ec2.Vpc(this, 'Vpc', { maxAzs: 2, natGateways: 0, gatewayEndpoints: { S3: { service: ec2.GatewayVpcEndpointAwsService.S3 } } }),
      disconnectTimeout: cdk.Duration.minutes(5),
      idleDisconnectTimeout: cdk.Duration.minutes(10),
      sessionScripts: appstream.SessionScripts.fromAsset(join(__dirname, 'session-scripts')),
      desiredState: appstream.FleetState.RUNNING,
    });
    fleet.addApplication(text);
    fleet.addApplication(pictures);

    const stack = new appstream.Stack(this, 'Stack', { displayName: 'Editors' });
    stack.addFleet(fleet);
    stack.entitle('Writers', { attributes: [appstream.EntitlementAttribute.department('Writing')] }).addApplication(text);
    stack.entitle('Designers', { attributes: [appstream.EntitlementAttribute.department('Design')], appVisibility: appstream.AppVisibility.ALL });
    stack.brand({
      title: `Editors ${props.release}`,
      styling: appstream.ThemeStyling.BLUE,
      logo: asset('brand', 'logo.png'),
      favicon: asset('brand', 'favicon.png'),
      footerLinks: [{ displayName: 'Help', url: 'https://example.com/editors' }],
    });

    new cdk.CfnOutput(this, 'FleetName', { value: fleet.fleetName });
    new cdk.CfnOutput(this, 'StackName', { value: stack.stackName });
    // Where the identity provider sends people on to.
    new cdk.CfnOutput(this, 'RelayState', { value: stack.relayStateUrl });
  }
}
