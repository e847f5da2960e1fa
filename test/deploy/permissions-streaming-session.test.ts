import * as cdk from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { deploying, type Life, needsEach, overtake, type Step, usesExactly } from './exact-permissions';
import { withoutManagedPolicies } from './without-managed-policies';
import { nimblestudio } from '../../src';

const { READY, STOPPED } = nimblestudio.StreamingSessionState;

/** A studio with all that a session needs, and the session if a state is wanted of it. */
function studio(app: cdk.App, desiredState?: nimblestudio.StreamingSessionState): cdk.Stack {
  const stack = new cdk.Stack(app, 'Pictures');
  const own = new nimblestudio.Studio(stack, 'Studio', { acknowledgeServiceShutdown: true });
  const artists = new nimblestudio.LaunchProfile(stack, 'Artists', {
    studio: own,
    vpc: new ec2.Vpc(stack, 'Vpc', { maxAzs: 1, natGateways: 1, restrictDefaultSecurityGroup: false }),
    instanceTypes: [nimblestudio.InstanceType.G5_2XLARGE],
    streamingImages: [new nimblestudio.StreamingImage(stack, 'Image', {
      studio: own, machineImage: ec2.MachineImage.genericLinux({ 'us-east-1': 'ami-0123456789abcdef0' }, {}),
    })],
    studioComponents: [new nimblestudio.StudioComponent(stack, 'Custom', { studio: own, configuration: nimblestudio.ComponentConfiguration.custom() })],
    sessionPersistence: nimblestudio.SessionPersistence.keepStopped(),
  });
  if (desiredState) {
    new nimblestudio.StreamingSession(stack, 'Session', { launchProfile: artists, desiredState });
  }
  return stack;
}

const deploy = (desiredState?: nimblestudio.StreamingSessionState) => deploying((app) => studio(app, desiredState), withoutManagedPolicies);

const acceptEulas: Step = async ({ loopback }) => {
  const { studios: [{ studioId }] } = await loopback.call('nimble', 'ListStudios', {});
  await loopback.call('nimble', 'AcceptEulas', { studioId, eulaIds: ['NIMBLE-STUDIO-TERMS', 'NICE-DCV-TERMS'] });
  return [];
};

const life: Life = {
  holder: 'NimbleStudioLifecycleEngine',
  make: (app) => studio(app, READY),
  steps: [deploy(), acceptEulas, deploy(STOPPED), deploy(READY), (deployment) => overtake(deployment, 'nimble')],
  wide: { 'nimble:GetStreamingSession': 'a session that has gone has no tags, and would be denied instead of not found' },
};

usesExactly(life);
needsEach(life);
