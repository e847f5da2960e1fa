import { CreateLaunchProfileCommandInput, Nimble, StreamConfigurationCreate } from '@aws-sdk/client-nimble';
import { NimbleStudioSimulator } from '../../../../local/streaming/nimblestudio';
import type { NimbleStudioOptions } from '../../../../local/streaming/nimblestudio/options';
import { simulate, type Simulation } from '../simulation';

export { stopSimulations } from '../simulation';

export const MINUTE = 60_000;
export const EULAS = ['NIMBLE-STUDIO-TERMS', 'NICE-DCV-TERMS'];

export type SimulatedNimbleStudio = Simulation<Nimble, NimbleStudioSimulator>;

/** A simulated Nimble Studio with a studio, and what belongs to it. */
export interface SimulatedStudio extends SimulatedNimbleStudio {
  readonly studioId: string;
  readonly streamingImageId: string;
  readonly studioComponentId: string;
  readonly launchProfileId: string;
}

export function simulateNimbleStudio(options?: NimbleStudioOptions): Promise<SimulatedNimbleStudio> {
  return simulate('us-west-2', Nimble, (cloud) => new NimbleStudioSimulator(cloud, options));
}

export const STUDIO = {
  studioName: 'pictures',
  displayName: 'Pictures',
  adminRoleArn: 'arn:aws:iam::123456789012:role/admin',
  userRoleArn: 'arn:aws:iam::123456789012:role/user',
};

export async function withStudio(options?: NimbleStudioOptions): Promise<SimulatedNimbleStudio & { readonly studioId: string }> {
  const nimble = await simulateNimbleStudio(options);
  const studioId = (await nimble.client.createStudio(STUDIO)).studio!.studioId!;
  nimble.clock.advance(MINUTE);
  return { ...nimble, studioId };
}

/** A studio with an image, a component and a launch profile, whose EULAs are accepted. */
export async function withLaunchProfile(stream: Partial<StreamConfigurationCreate> = {}, options?: NimbleStudioOptions): Promise<SimulatedStudio> {
  const nimble = await withStudio(options);
  const { client, clock, studioId } = nimble;
  const { streamingImage } = await client.createStreamingImage({ studioId, name: 'Workstation', ec2ImageId: 'ami-1' });
  const { studioComponent } = await client.createStudioComponent({ studioId, name: 'Custom', type: 'CUSTOM' });
  clock.advance(MINUTE);
  const ids = { streamingImageId: streamingImage!.streamingImageId!, studioComponentId: studioComponent!.studioComponentId! };
  const { launchProfile } = await client.createLaunchProfile(aLaunchProfile(studioId, ids, stream));
  await client.acceptEulas({ studioId, eulaIds: EULAS });
  clock.advance(MINUTE);
  return { ...nimble, ...ids, launchProfileId: launchProfile!.launchProfileId! };
}

export function aLaunchProfile(
  studioId: string,
  { streamingImageId, studioComponentId }: { streamingImageId: string; studioComponentId: string },
  stream: Partial<StreamConfigurationCreate> = {},
): CreateLaunchProfileCommandInput {
  return {
    studioId,
    name: 'Artists',
    ec2SubnetIds: ['subnet-1'],
    launchProfileProtocolVersions: ['2021-03-31'],
    studioComponentIds: [studioComponentId],
    streamConfiguration: {
      clipboardMode: 'DISABLED', ec2InstanceTypes: ['g5.xlarge', 'g5.2xlarge'], streamingImageIds: [streamingImageId], ...stream,
    },
  };
}

/** How sessions can be stopped, and end a day later. */
export const STOPPABLE: Partial<StreamConfigurationCreate> = {
  sessionPersistenceMode: 'ACTIVATED', automaticTerminationMode: 'ACTIVATED', maxStoppedSessionLengthInMinutes: 1440,
};

/** How a refusal looks to the caller. */
export function refusal(name: string, message?: string): object {
  return expect.objectContaining({ name, ...message !== undefined && { message } });
}
