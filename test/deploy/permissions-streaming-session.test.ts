import * as cdk from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Template } from './deployment';
import { type Life, needsEach, overtake, type Step, usesExactly } from './exact-permissions';
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

/** The loopback has none of AWS's policies for the portal, which nobody opens here. */
function withoutManagedPolicies({ Resources }: Template): void {
  Object.values(Resources).filter(({ Type }) => Type === 'AWS::IAM::Role').forEach(({ Properties }) => delete Properties.ManagedPolicyArns);
}

const deploy = (desiredState?: nimblestudio.StreamingSessionState): Step => async (deployment, change) =>
  (await deployment.deploy((app) => studio(app, desiredState), (template) => {
    withoutManagedPolicies(template);
    change(template);
  })).failures;

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
