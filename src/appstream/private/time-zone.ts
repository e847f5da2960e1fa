import * as cdk from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { fail } from '../../private/errors';

/** Fails for a zone that neither Node nor aws-cdk-lib knows: each lacks names that the other has. */
export function checkTimeZone(scope: Construct, name: string): void {
  if (cdk.Token.isUnresolved(name)) return;
  const known = [...Intl.supportedValuesOf('timeZone'), ...Object.values(cdk.TimeZone).map((zone) => zone.timezoneName), 'UTC'];
  if (!known.includes(name)) {
    fail(scope, `timeZone must be a name of the IANA time zone database, such as "Europe/Berlin", got ${JSON.stringify(name)}`);
  }
}
