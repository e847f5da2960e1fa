import * as cdk from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { fail } from '../../private/errors';

/** Where requests may go in clear: they do not leave the machine. */
const LOOPBACK_HOSTS = ['127.0.0.1', 'localhost', '[::1]'];

/** Fails unless the text is the address of an endpoint: requests are signed but not encrypted, so it takes TLS, except on the loopback. */
export function checkEndpointUrl(scope: Construct, value: string | undefined): void {
  if (value === undefined || cdk.Token.isUnresolved(value)) return;
  const { protocol, hostname, username, search, hash } = URL.canParse(value) ? new URL(value) : new URL('none:');
  const encrypted = protocol === 'https:' || (protocol === 'http:' && LOOPBACK_HOSTS.includes(hostname));
  if (!encrypted || username !== '' || search !== '' || hash !== '') {
    fail(scope, `endpointUrl must be an https address without user, query and fragment (http only for 127.0.0.1, localhost and [::1]), got ${JSON.stringify(value)}`);
  }
}
