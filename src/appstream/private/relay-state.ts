import * as cdk from 'aws-cdk-lib';
import * as appstream from 'aws-cdk-lib/aws-appstream';
import { IConstruct } from 'constructs';
import { fail } from '../../private/errors';

/**
 * The Regions that have AppStream (botocore 1.43.107), by the domain that their relay states end with. The form of the address is that of AWS's page;
 * for GovCloud it is inferred from the domain of its sign-in page.
 *
 * @see https://docs.aws.amazon.com/appstream2/latest/developerguide/external-identity-providers-setting-up-saml.html
 */
const REGIONS = {
  'aws.amazon.com': [
    'ap-northeast-1', 'ap-northeast-2', 'ap-south-1', 'ap-southeast-1', 'ap-southeast-2', 'ap-southeast-5', 'ca-central-1', 'eu-central-1', 'eu-south-1',
    'eu-south-2', 'eu-west-1', 'eu-west-2', 'eu-west-3', 'il-central-1', 'sa-east-1', 'us-east-1', 'us-east-2', 'us-west-2',
  ],
  'amazonaws-us-gov.com': ['us-gov-east-1', 'us-gov-west-1'],
} as const;

const ENDPOINTS = Object.fromEntries(Object.entries(REGIONS).flatMap(([domain, regions]) =>
  regions.map((region) => [region, { RelayState: `https://appstream2.${region}.${domain}/saml` }])));

/** Where an identity provider sends users who have signed in. */
export function relayStateUrl(stack: appstream.IStackRef): string {
  const { account, region } = stack.env;
  return `${endpointOf(stack, region)}?stack=${stack.stackRef.stackName}&accountId=${account}`;
}

function endpointOf(scope: IConstruct, region: string): string {
  if (cdk.Token.isUnresolved(region)) {
    // CloudFormation knows the Region, and fails where the mapping does not have it.
    const owner = cdk.Stack.of(scope);
    const id = 'AppStreamRelayStates';
    const existing = owner.node.tryFindChild(id);
    const mapping = existing instanceof cdk.CfnMapping ? existing : new cdk.CfnMapping(owner, id, { mapping: ENDPOINTS });
    return mapping.findInMap(region, 'RelayState');
  }
  return ENDPOINTS[region]?.RelayState
    ?? fail(scope, `a relay state needs a Region that has AppStream, one of ${Object.keys(ENDPOINTS).join(', ')}, got ${JSON.stringify(region)}`);
}
