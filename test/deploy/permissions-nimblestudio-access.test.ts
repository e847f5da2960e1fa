import * as cdk from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { deploying, type Life, needsEach, overtake, usesExactly } from './exact-permissions';
import { withoutManagedPolicies } from './without-managed-policies';
import { nimblestudio } from '../../src';

const members = (last: number) => [{ identityStoreId: 'd-1234567890', principalId: `aaaaaaaa-0000-4000-8000-00000000000${last}` }];

type Eulas = 'named' | 'of the image';

/** A studio with a launch profile, who may use it, who administers the studio, and what it has accepted. */
function studio(app: cdk.App, last: number, eulas: Eulas): cdk.Stack {
  const stack = new cdk.Stack(app, 'Pictures');
  const own = new nimblestudio.Studio(stack, 'Studio', { acknowledgeServiceShutdown: true });
  const image = new nimblestudio.StreamingImage(stack, 'Image', {
    studio: own, machineImage: ec2.MachineImage.genericLinux({ 'us-east-1': 'ami-0123456789abcdef0' }, {}),
  });
  const launchProfile = new nimblestudio.LaunchProfile(stack, 'Artists', {
    studio: own,
    vpc: new ec2.Vpc(stack, 'Vpc', { maxAzs: 1, natGateways: 1, restrictDefaultSecurityGroup: false }),
    instanceTypes: [nimblestudio.InstanceType.G5_2XLARGE],
    streamingImages: [image],
    studioComponents: [new nimblestudio.StudioComponent(stack, 'Custom', { studio: own, configuration: nimblestudio.ComponentConfiguration.custom() })],
  });
  new nimblestudio.LaunchProfileMembers(stack, 'Members', { launchProfile, members: members(last) });
  new nimblestudio.StudioMembers(stack, 'Administrators', { studio: own, members: members(last) });
  new nimblestudio.EulaAcceptance(stack, 'Eulas', {
    studio: own, eulaIds: eulas === 'named' ? ['NIMBLE-STUDIO-TERMS', 'NICE-DCV-TERMS'] : image.streamingImageEulaIds,
  });
  return stack;
}

const deploy = (last: number, eulas: Eulas) => deploying((app) => studio(app, last, eulas), withoutManagedPolicies);

const REPLACED = 'what was replaced is known by its id alone, and has no tag of ours: new tags would replace it as well';
const WIDE = {
  'nimble:ListLaunchProfileMembers': REPLACED,
  'nimble:DeleteLaunchProfileMember': REPLACED,
  'nimble:ListStudioMembers': REPLACED,
  'nimble:DeleteStudioMember': REPLACED,
  'nimble:ListEulaAcceptances': 'an acceptance has no id before there is one',
};

const life = (eulas: Eulas): Life => ({
  holder: 'NimbleStudioLifecycleEngine',
  make: (app) => studio(app, 1, eulas),
  steps: [deploy(1, eulas), deploy(2, eulas), (deployment) => overtake(deployment, 'nimble')],
  wide: eulas === 'named' ? WIDE : { ...WIDE, 'nimble:AcceptEulas': 'the agreements of an image are known to the deployment alone' },
});

describe('with agreements by name', () => {
  usesExactly(life('named'));
  needsEach(life('named'));
});

describe('with the agreements of an image', () => {
  usesExactly(life('of the image'));
});
