import * as cdk from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { IConstruct } from 'constructs';
import type { StackResult } from '../../../local/cloudformation';
import { nimblestudio } from '../../../src';
import { Deployment } from '../../deploy/deployment';

export const STACK = 'Access';
export const MINUTE = 60_000;

/** Makes what a test is about in the stack; answers with what a resource that fails has to wait for. */
export type Make = (stack: cdk.Stack) => IConstruct;

/** Two studios with a launch profile each, which are made outside, and a stack that only says who may use them. */
export class StudioWorld {
  public static async start(options: Parameters<typeof Deployment.start>[0] = {}): Promise<StudioWorld> {
    const world = new StudioWorld(await Deployment.start({ ...options, nimblestudio: { quotas: { studios: 2 }, ...options.nimblestudio } }));
    for (const studioName of ['pictures', 'sounds']) {
      await world.makeStudio(studioName);
    }
    return world;
  }

  public readonly studioIds: string[] = [];
  public readonly profileIds: string[] = [];

  private constructor(readonly deployment: Deployment) {}

  public get loopback() {
    return this.deployment.loopback;
  }

  public deploy(make: Make, { failing = false } = {}): Promise<StackResult> {
    if (failing) {
      this.loopback.nimblestudio.script.fail('CreateStreamingImage', { statusCode: 'INTERNAL_ERROR', statusMessage: 'Out of pictures.' });
    }
    return this.deployment.deploy((app) => {
      const stack = new cdk.Stack(app, STACK);
      const made = make(stack);
      if (failing) {
        const machineImage = ec2.MachineImage.genericLinux({ 'us-east-1': 'ami-1' }, {});
        new nimblestudio.StreamingImage(stack, 'Failing', { studio: this.studio(stack, 0), machineImage }).node.addDependency(made);
      }
      return stack;
    });
  }

  public destroy(): Promise<StackResult> {
    return this.deployment.destroy(STACK);
  }

  public studio(stack: cdk.Stack, which: number): nimblestudio.IStudio {
    return once(stack, `Studio${which}`, (id) =>
      nimblestudio.Studio.fromStudioAttributes(stack, id, { studioId: this.studioIds[which], acknowledgeServiceShutdown: true }));
  }

  public launchProfile(stack: cdk.Stack, which: number): nimblestudio.ILaunchProfile {
    return once(stack, `Profile${which}`, (id) => nimblestudio.LaunchProfile.fromLaunchProfileAttributes(stack, id, {
      studio: this.studio(stack, which), launchProfileId: this.profileIds[which],
    }));
  }

  /** What the deployed function asked Nimble Studio to change. */
  public changes(): string[] {
    return this.loopback.endpoint.calls.of('nimble')
      .filter(({ operation, caller, error }) => !operation.startsWith('List') && caller.roleArn !== undefined && error === undefined)
      .map(({ operation }) => operation);
  }

  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the caller knows the shape of the output
  public call(operation: string, input: object): Promise<any> {
    return this.loopback.call('nimble', operation, input);
  }

  public stop(): Promise<void> {
    return this.deployment.stop();
  }

  private async makeStudio(studioName: string): Promise<void> {
    const role = 'arn:aws:iam::111111111111:role/portal';
    const { studio: { studioId } } = await this.call('CreateStudio', { studioName, displayName: studioName, adminRoleArn: role, userRoleArn: role });
    await this.deployment.clock.sleep(5 * MINUTE);
    const { streamingImage: { streamingImageId } } = await this.call('CreateStreamingImage', { studioId, name: 'Workstation', ec2ImageId: 'ami-1' });
    const { studioComponent: { studioComponentId } } = await this.call('CreateStudioComponent', { studioId, name: 'Custom', type: 'CUSTOM' });
    await this.deployment.clock.sleep(5 * MINUTE);
    const { launchProfile: { launchProfileId } } = await this.call('CreateLaunchProfile', {
      studioId,
      name: 'Artists',
      ec2SubnetIds: ['subnet-1'],
      launchProfileProtocolVersions: ['2021-03-31'],
      studioComponentIds: [studioComponentId],
      streamConfiguration: { clipboardMode: 'DISABLED', ec2InstanceTypes: ['g5.xlarge'], streamingImageIds: [streamingImageId] },
    });
    await this.deployment.clock.sleep(5 * MINUTE);
    this.studioIds.push(studioId);
    this.profileIds.push(launchProfileId);
  }
}

/** What a stack has already, or what is made then. */
function once<T extends IConstruct>(stack: cdk.Stack, id: string, make: (id: string) => T): T {
  return stack.node.tryFindChild(id) as T | undefined ?? make(id);
}
