import * as cdk from 'aws-cdk-lib';
import * as gameliftstreams from 'aws-cdk-lib/aws-gameliftstreams';
import { Construct } from 'constructs';
import { fail } from '../../private/errors';
import { resourceOf } from '../../private/references';

/** Fails for an application that does not run on the machines of a stream class, as far as both are known. */
export function checkPlatform(scope: Construct, streamClass: string, application: gameliftstreams.IApplicationRef): void {
  const resource = resourceOf(application);
  if (!gameliftstreams.CfnApplication.isCfnApplication(resource) || cdk.Token.isUnresolved(streamClass)) return;
  const { runtimeEnvironment } = resource;
  if (cdk.Token.isUnresolved(runtimeEnvironment) || !('type' in runtimeEnvironment) || cdk.Token.isUnresolved(runtimeEnvironment.type)) return;
  const { type } = runtimeEnvironment;
  if ((type === 'WINDOWS') !== /_win\d+$/.test(streamClass)) {
    fail(scope, `streamClass must be one that ends in "_win2022" for applications on WINDOWS and another for those on PROTON and UBUNTU, got ${JSON.stringify(streamClass)} for one on ${type}`);
  }
}
