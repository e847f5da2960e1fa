import * as cdk from 'aws-cdk-lib';
import { CfnFleet } from 'aws-cdk-lib/aws-appstream';
import { FLEET, HeldFleet } from './held-fleet';
import type { StackResult } from '../../../local/cloudformation';
import { appstream } from '../../../src';

export const DESK = 'desk';

/** What a test says of the URL. */
export interface Wish extends Partial<Omit<appstream.StreamingUrlProps, 'stack' | 'fleet'>> {
  readonly fleetName?: string;
  readonly stackName?: string;
  /** Whether another resource, which waits for the URL, fails. */
  readonly thenFails?: boolean;
}

/** A fleet and a stack that are made outside, and a CloudFormation stack whose only purpose is a streaming URL. */
export class Desk {
  /** With the fleet running and associated. */
  public static async start(options: Parameters<typeof HeldFleet.start>[0] = {}): Promise<Desk> {
    const desk = new Desk(await HeldFleet.start(options));
    await desk.held.create('RUNNING');
    await desk.call('CreateStack', { Name: DESK });
    await desk.call('AssociateFleet', { StackName: DESK, FleetName: FLEET });
    return desk;
  }

  private constructor(readonly held: HeldFleet) {}

  public get loopback() {
    return this.held.loopback;
  }

  public wish({ fleetName = FLEET, stackName = DESK, thenFails, ...props }: Wish = {}): Promise<StackResult> {
    return this.held.deployment.deploy((app) => {
      const stack = new cdk.Stack(app, 'Mint');
      const url = new appstream.StreamingUrl(stack, 'Url', {
        stack: appstream.Stack.fromStackName(stack, 'Stack', stackName),
        fleet: appstream.Fleet.fromFleetName(stack, 'Fleet', fleetName),
        userId: 'ann',
        ...props,
      });
      new cdk.CfnOutput(stack, 'Expires', { value: url.expires });
      if (thenFails) {
        new CfnFleet(stack, 'Bad', { name: 'bad', instanceType: 'stream.standard.small', imageName: 'unknown' }).node.addDependency(url);
      }
      return stack;
    });
  }

  public destroy(): Promise<StackResult> {
    return this.held.deployment.destroy('Mint');
  }

  public get secretArn(): string {
    return this.held.deployment.physicalId('Mint', 'AWS::SecretsManager::Secret');
  }

  /** What the secret holds. */
  public secret(): { readonly StreamingURL: string; readonly Expires: string } {
    return JSON.parse(this.loopback.secrets.text(this.secretArn)!);
  }

  /** The user of the session that the URL in the secret opens. */
  public opened(): string {
    return this.loopback.appstream.openStreamingUrl(this.secret().StreamingURL).UserId!;
  }

  /** How many URLs were minted. */
  public get minted(): number {
    return this.loopback.appstream.secrets().length;
  }

  public async stopFleet(): Promise<void> {
    await this.call('StopFleet', { Name: FLEET });
  }

  public stop(): Promise<void> {
    return this.held.stop();
  }

  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the caller knows the shape of the output
  public call(operation: string, input: object): Promise<any> {
    return this.held.call(operation, input);
  }
}
