import type { Session } from '@aws-sdk/client-appstream';
import * as cdk from 'aws-cdk-lib';
import * as cfn from 'aws-cdk-lib/aws-appstream';
import type { StackResult } from '../../../local/cloudformation';
import { appstream } from '../../../src';
import { Deployment } from '../../deploy/deployment';

export const STACK = 'Drained';
export const MINUTE = 60_000;

const IMAGE = 'AppStream-WinServer2022-06-17-2024';

/** What a test says of the drain. */
export interface Drain {
  readonly userId?: string;
  readonly method?: appstream.SessionDrainMethod;
  readonly trigger?: string;
  readonly timeout?: cdk.Duration;
  readonly stackName?: string;
  readonly fleetName?: string;
}

/** A stack whose fleet runs, made outside, and a CloudFormation stack whose only purpose is to drain it. */
export class DrainedStack {
  public static async start(options: Parameters<typeof Deployment.start>[0] = {}): Promise<DrainedStack> {
    return new DrainedStack(await Deployment.start(options));
  }

  private constructor(readonly deployment: Deployment) {}

  public get loopback() {
    return this.deployment.loopback;
  }

  /** Makes a stack and a fleet, and starts it. A multi-session fleet has two sessions on an instance. */
  public async create({ name = 'office', users = 10, multiSession = false } = {}): Promise<void> {
    await this.call('CreateFleet', {
      Name: name,
      ImageName: IMAGE,
      InstanceType: 'stream.standard.large',
      ComputeCapacity: multiSession ? { DesiredSessions: users } : { DesiredInstances: users },
      ...multiSession && { MaxSessionsPerInstance: 2 },
    });
    await this.call('CreateStack', { Name: name });
    await this.call('AssociateFleet', { StackName: name, FleetName: name });
    await this.call('StartFleet', { Name: name });
    this.deployment.clock.advance(10 * MINUTE);
  }

  /** A user gets a streaming URL and opens it. */
  public async open(UserId: string, name = 'office'): Promise<Session> {
    const { StreamingURL } = await this.call('CreateStreamingURL', { StackName: name, FleetName: name, UserId });
    return this.loopback.appstream.openStreamingUrl(StreamingURL);
  }

  /** Users whose sessions have begun. */
  public async streamers(...users: string[]): Promise<Session[]> {
    const sessions: Session[] = [];
    for (const user of users) {
      sessions.push(await this.open(user));
    }
    this.deployment.clock.advance(MINUTE);
    return sessions;
  }

  /** @param broken whether the deployment fails, after what it does to the drain */
  public deploy(drain: Drain = {}, { broken = false } = {}): Promise<StackResult> {
    return this.deployment.deploy((app) => {
      const stack = new cdk.Stack(app, STACK);
      const made = new appstream.SessionDrain(stack, 'Drain', {
        stack: appstream.Stack.fromStackName(stack, 'Stack', drain.stackName ?? 'office'),
        fleet: appstream.Fleet.fromFleetName(stack, 'Fleet', drain.fleetName ?? 'office'),
        userId: drain.userId,
        method: drain.method,
        trigger: drain.trigger,
        timeout: drain.timeout,
      });
      if (broken) {
        new cfn.CfnStackFleetAssociation(stack, 'Broken', { stackName: 'nowhere', fleetName: 'nowhere' }).node.addDependency(made);
      }
      return stack;
    });
  }

  public destroy(): Promise<StackResult> {
    return this.deployment.destroy(STACK);
  }

  /** The users whose sessions have not ended. */
  public async present(name = 'office'): Promise<string[]> {
    const users: string[] = [];
    for (const AuthenticationType of ['API', 'SAML', 'USERPOOL', 'AWS_AD']) {
      let NextToken: string | undefined;
      do {
        const page = await this.call('DescribeSessions', { StackName: name, FleetName: name, AuthenticationType, NextToken });
        users.push(...page.Sessions.filter(({ State }: Session) => State !== 'EXPIRED').map(({ UserId }: Session) => UserId));
        NextToken = page.NextToken;
      } while (NextToken !== undefined);
    }
    return users;
  }

  /** Everything that the deployed function asked AppStream to change. */
  public changes(): string[] {
    return this.loopback.endpoint.calls.of('appstream').filter(({ operation }) => !operation.startsWith('Describe')).map(({ operation }) => operation);
  }

  public stop(): Promise<void> {
    return this.deployment.stop();
  }

  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the caller knows the shape of the output
  public call(operation: string, input: object): Promise<any> {
    return this.loopback.call('appstream', operation, input);
  }
}
