import type { Image } from '@aws-sdk/client-appstream';
import * as cdk from 'aws-cdk-lib';
import { CfnFleet } from 'aws-cdk-lib/aws-appstream';
import type { StackResult } from '../../../local/cloudformation';
import type { AppStreamOptions } from '../../../local/streaming/appstream/options';
import { Deployment } from '../../deploy/deployment';

export const GALLERY = 'Gallery';
export const AMI = 'ami-0123456789abcdef0';
export const MINUTE = 60_000;
/** Longer than a deployment waits. */
export const HOURS = 3 * 60 * MINUTE;

/** Short, so that the engine looks once or twice. */
const DURATIONS = { imageCopy: MINUTE, imageUpdate: MINUTE, imageImport: MINUTE, imageValidation: MINUTE, imageDelete: 5_000, imageExport: MINUTE };

/** What a stack is to have. */
export type Exhibition = (stack: cdk.Stack) => void;

/** A stack that makes images, and the images of two Regions. */
export class Gallery {
  public static async start(options: AppStreamOptions = {}): Promise<Gallery> {
    return new Gallery(await Deployment.start({
      appstream: { amis: [AMI], ...options, durations: { ...DURATIONS, ...options.durations } },
    }));
  }

  private constructor(readonly deployment: Deployment) {}

  public get loopback() {
    return this.deployment.loopback;
  }

  public get simulator() {
    return this.loopback.appstream;
  }

  /** Deploys what is to be shown; where it fails in the end, because a fleet has no image. */
  public show(exhibition: Exhibition, { thenFails = false } = {}): Promise<StackResult> {
    return this.deployment.deploy((app) => {
      const stack = new cdk.Stack(app, GALLERY);
      exhibition(stack);
      if (thenFails) {
        const last = stack.node.children[0];
        new CfnFleet(stack, 'Bad', { name: 'bad', instanceType: 'stream.standard.small', imageName: 'unknown' }).node.addDependency(last);
      }
      return stack;
    });
  }

  public close(): Promise<StackResult> {
    return this.deployment.destroy(GALLERY);
  }

  /** The private images of a Region, with their states. */
  public async images(region?: string): Promise<Record<string, string>> {
    const images = await this.list(region);
    return Object.fromEntries(images.map(({ Name, State }) => [Name!, State!]));
  }

  public async list(region?: string): Promise<Image[]> {
    const simulator = region === undefined ? this.simulator : this.simulator.inRegion(region);
    const images: Image[] = [];
    let NextToken: string | undefined;
    do {
      const page = await simulator.operations.DescribeImages({ Type: 'PRIVATE', NextToken }, { caller: { accessKeyId: 'test' } }) as { Images: Image[]; NextToken?: string };
      images.push(...page.Images);
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    return images;
  }

  /** A role of one's own, for imports or exports. */
  public async addRole(RoleName: string): Promise<void> {
    const policy = (statement: object) => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] });
    const AssumeRolePolicyDocument = policy({ Principal: { Service: 'appstream.amazonaws.com' }, Action: 'sts:AssumeRole' });
    const PolicyDocument = policy({ Action: ['ec2:DescribeImages', 'ec2:ModifyImageAttribute', 'ec2:CopyImage', 'ec2:CreateTags'], Resource: '*' });
    await this.loopback.call('iam', 'CreateRole', { RoleName, AssumeRolePolicyDocument });
    await this.loopback.call('iam', 'PutRolePolicy', { RoleName, PolicyName: 'Images', PolicyDocument });
  }

  /** What the deployed functions asked of AppStream to change, in their order. */
  public changes(): string[] {
    return this.loopback.endpoint.calls.of('appstream')
      .filter(({ operation, error, caller }) => caller.roleArn !== undefined && error === undefined && !/^(Describe|List|Get)/.test(operation))
      .map(({ operation }) => operation);
  }

  public stop(): Promise<void> {
    return this.deployment.stop();
  }

  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the caller knows the shape of the output
  public call(operation: string, input: object): Promise<any> {
    return this.loopback.call('appstream', operation, input);
  }
}
