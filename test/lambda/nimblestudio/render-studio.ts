import type { CreateLaunchProfileCommandInput, StreamingSession } from '@aws-sdk/client-nimble';
import * as cdk from 'aws-cdk-lib';
import type { StackResult } from '../../../local/cloudformation';
import { nimblestudio } from '../../../src';
import { Deployment } from '../../deploy/deployment';

export const STACK = 'Render';
export const MINUTE = 60_000;

/** What a test says of the session. */
export interface Wish extends Partial<Omit<nimblestudio.StreamingSessionProps, 'launchProfile'>> {
  /** @default - the one whose sessions can be stopped */
  readonly launchProfileId?: string;
  readonly tags?: Record<string, string>;
  /** Another session that cannot be made: after this one, or while it is. */
  readonly failing?: 'after' | 'meanwhile';
}

/** A studio that is made outside, and a stack whose only purpose is a streaming session in it. */
export class RenderStudio {
  public static async start(options: Parameters<typeof Deployment.start>[0] = {}): Promise<RenderStudio> {
    const studio = new RenderStudio(await Deployment.start(options));
    await studio.furnish();
    return studio;
  }

  public studioId = '';
  public imageId = '';
  /** A launch profile whose sessions can be stopped, and one whose sessions cannot. */
  public stoppable = '';
  public unstoppable = '';

  private constructor(readonly deployment: Deployment) {}

  public get loopback() {
    return this.deployment.loopback;
  }

  public get script() {
    return this.loopback.nimblestudio.script;
  }

  public deploy(wish: Wish = {}, change?: Parameters<Deployment['deploy']>[1]): Promise<StackResult> {
    return this.deployment.deploy((app) => this.stack(app, wish), change);
  }

  public destroy(): Promise<StackResult> {
    return this.deployment.destroy(STACK);
  }

  /** The sessions that have not gone. */
  public async sessions(): Promise<StreamingSession[]> {
    return (await this.call('ListStreamingSessions', { studioId: this.studioId })).sessions;
  }

  /** The only session. */
  public async session(): Promise<StreamingSession> {
    const sessions = await this.sessions();
    if (sessions.length !== 1) {
      throw new Error(`there are ${sessions.length} sessions: ${JSON.stringify(sessions)}`);
    }
    return sessions[0];
  }

  public delete(sessionId: string): Promise<unknown> {
    return this.call('DeleteStreamingSession', { studioId: this.studioId, sessionId });
  }

  /** Lets virtual time pass. */
  public async pass(minutes: number): Promise<void> {
    await this.loopback.clock.sleep(minutes * MINUTE);
  }

  /** Everything that the deployed function asked Nimble Studio to change. */
  public changes(): string[] {
    return this.loopback.endpoint.calls.of('nimble').filter(({ operation, error, caller }) =>
      !/^(Get|List)/.test(operation) && error === undefined && caller.roleArn !== undefined).map(({ operation }) => operation);
  }

  public physicalId(): string {
    return this.deployment.physicalId(STACK, 'Custom::NimbleStudioStreamingSession');
  }

  /** Ends the loopback; nothing of a request may be under way. */
  public async stop(): Promise<void> {
    await this.loopback.states.idle();
    await this.deployment.stop();
  }

  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the caller knows the shape of the output
  public call(operation: string, input: object): Promise<any> {
    return this.loopback.call('nimble', operation, input);
  }

  private stack(app: cdk.App, { launchProfileId = this.stoppable, tags = {}, failing, ...props }: Wish): cdk.Stack {
    const stack = new cdk.Stack(app, STACK);
    const studio = nimblestudio.Studio.fromStudioAttributes(stack, 'Studio', { studioId: this.studioId, acknowledgeServiceShutdown: true });
    const profile = (id: string) => nimblestudio.LaunchProfile.fromLaunchProfileAttributes(stack, `Profile-${id}`, { studio, launchProfileId: id });
    const session = new nimblestudio.StreamingSession(stack, 'Session', { launchProfile: profile(launchProfileId), ...props });
    Object.entries(tags).forEach(([key, value]) => cdk.Tags.of(session).add(key, value));
    new cdk.CfnOutput(stack, 'SessionId', { value: session.streamingSessionId });
    if (failing) {
      const broken = new nimblestudio.StreamingSession(stack, 'Broken', { launchProfile: profile('nowhere') });
      if (failing === 'after') {
        broken.node.addDependency(session);
      }
    }
    return stack;
  }

  private async furnish(): Promise<void> {
    this.studioId = (await this.call('CreateStudio', {
      studioName: 'pictures',
      displayName: 'Pictures',
      adminRoleArn: 'arn:aws:iam::111111111111:role/admin',
      userRoleArn: 'arn:aws:iam::111111111111:role/user',
    })).studio.studioId;
    await this.pass(1);
    const { studioId } = this;
    this.imageId = (await this.call('CreateStreamingImage', { studioId, name: 'Workstation', ec2ImageId: 'ami-1' })).streamingImage.streamingImageId;
    const { studioComponent: { studioComponentId } } = await this.call('CreateStudioComponent', { studioId, name: 'Custom', type: 'CUSTOM' });
    await this.pass(1);
    const launchProfile = async (name: string, stream: Partial<CreateLaunchProfileCommandInput['streamConfiguration']>): Promise<string> =>
      (await this.call('CreateLaunchProfile', {
        studioId,
        name,
        ec2SubnetIds: ['subnet-1'],
        launchProfileProtocolVersions: ['2021-03-31'],
        studioComponentIds: [studioComponentId],
        streamConfiguration: {
          clipboardMode: 'DISABLED', ec2InstanceTypes: ['g5.xlarge', 'g5.2xlarge'], streamingImageIds: [this.imageId], ...stream,
        },
      })).launchProfile.launchProfileId;
    this.stoppable = await launchProfile('Artists', {
      sessionPersistenceMode: 'ACTIVATED', automaticTerminationMode: 'ACTIVATED', maxStoppedSessionLengthInMinutes: 1440,
    });
    this.unstoppable = await launchProfile('Guests', {});
    await this.call('AcceptEulas', { studioId, eulaIds: ['NIMBLE-STUDIO-TERMS', 'NICE-DCV-TERMS'] });
    await this.pass(1);
  }
}
