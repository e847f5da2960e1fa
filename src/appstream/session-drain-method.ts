import * as cdk from 'aws-cdk-lib';
import { CfnFleet, IFleetRef } from 'aws-cdk-lib/aws-appstream';
import { Construct } from 'constructs';
import { SessionDrainProperties } from './private/session-drain-contract';
import { fail } from '../private/errors';
import { resourceOf } from '../private/references';

/** What is kept of the timeout for ending the sessions that are left: time for about two thousand of them. */
const TIME_TO_EXPIRE = cdk.Duration.minutes(10);

/** How sessions are ended. */
export class SessionDrainMethod {
  /** Sessions are ended at once, and users lose what they have not saved. */
  public static expire(): SessionDrainMethod {
    return new SessionDrainMethod('EXPIRE');
  }

  /**
   * Users have a while to leave; the sessions that are left are ended then.
   *
   * @param wait how long users have, from the moment when the deployment comes to the drain: 1 second or more, and at least 10 minutes less
   *   than the drain's `timeout`, since ending what is left takes time too.
   */
  public static waitThenExpire(wait: cdk.Duration): SessionDrainMethod {
    return new SessionDrainMethod('WAIT_THEN_EXPIRE', wait);
  }

  /**
   * No session is ended: their instances get no new ones, and the deployment waits until users have left. It fails when its time is
   * over and somebody is still there. For multi-session fleets only.
   *
   * @see https://docs.aws.amazon.com/appstream2/latest/APIReference/API_DrainSessionInstance.html
   */
  public static drainInstances(): SessionDrainMethod {
    return new SessionDrainMethod('DRAIN_INSTANCES');
  }

  private constructor(private readonly method: SessionDrainProperties['Method'], private readonly wait?: cdk.Duration) {}

  /** @internal */
  public _bind(scope: Construct, fleet: IFleetRef, timeout: cdk.Duration) {
    this.checkWait(scope, timeout);
    this.checkFleet(scope, fleet);
    const { method, wait } = this;
    return {
      action: method === 'DRAIN_INSTANCES' ? 'DrainSessionInstance' : 'ExpireSession',
      properties: { Method: method, WaitSeconds: wait && String(wait.toSeconds()) },
    };
  }

  private checkWait(scope: Construct, timeout: cdk.Duration): void {
    if (this.wait === undefined || timeout.isUnresolved()) return;
    if (this.wait.isUnresolved()) {
      fail(scope, 'waitThenExpire must be known at synthesis, got a token: it has to be shorter than the timeout');
    }
    const seconds = this.wait.toSeconds({ integral: false });
    if (!Number.isInteger(seconds) || seconds < 1 || seconds > timeout.toSeconds() - TIME_TO_EXPIRE.toSeconds()) {
      fail(scope, `waitThenExpire must be whole seconds, at least 1, and ${TIME_TO_EXPIRE.toHumanString()} shorter than the timeout of `
        + `${timeout.toHumanString()}, got ${JSON.stringify(seconds)} seconds`);
    }
  }

  private checkFleet(scope: Construct, fleet: IFleetRef): void {
    const resource = resourceOf(fleet);
    if (this.method === 'DRAIN_INSTANCES' && CfnFleet.isCfnFleet(resource) && resource.maxSessionsPerInstance === undefined) {
      fail(scope, `drainInstances takes a multi-session fleet, got ${JSON.stringify(fleet.node.path)}, which has an instance for each session; `
        + 'choose expire or waitThenExpire');
    }
  }
}
