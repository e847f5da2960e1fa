import * as cdk from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { checkEndpointUrl } from './private/endpoint';
import { EULA_ACCEPTANCE_TYPE, EulaAcceptanceProperties } from './private/eula-acceptance-contract';
import { IStudio } from './studio';
import { checkPattern, fail } from '../private/errors';
import { LifecycleEngine, Permission } from '../private/lifecycle-engine';
import { checkSameEnvironment } from '../private/references';

/**
 * What a studio accepts.
 *
 * @deprecated AWS shut Amazon Nimble Studio down on 24 October 2024
 */
export interface EulaAcceptanceProps {
  /** The studio that accepts. */
  readonly studio: IStudio;

  /**
   * The ids of the end user license agreements, at least one: 1 to 22 letters, digits, "-" and "_" each.
   *
   * Also the attribute of a streaming image, `streamingImageEulaIds`.
   */
  readonly eulaIds: string[];

  /**
   * The https address of an implementation of the API. On the loopback (127.0.0.1, localhost) it may be http.
   *
   * @default - AWS's own endpoint of the Region, which answers no more
   */
  readonly endpointUrl?: string;
}

/**
 * Accepts end user license agreements (EULAs) for a studio: a lifecycle resource, since CloudFormation has no type for it.
 *
 * Sessions start only from images whose agreements are accepted. **Nothing takes an acceptance back**: it stays when an
 * agreement is not named any more, when the resource is deleted, and when a deployment is rolled back.
 *
 * @see https://docs.aws.amazon.com/nimble-studio/latest/APIReference/API_AcceptEulas.html
 * @deprecated AWS shut Amazon Nimble Studio down on 24 October 2024
 * @example
 * import * as cdk from 'aws-cdk-lib';
 * import { nimblestudio } from 'cdk-app-streaming';
 *
 * declare const scope: cdk.Stack;
 * declare const studio: nimblestudio.Studio;
 * declare const image: nimblestudio.StreamingImage;
 *
 * new nimblestudio.EulaAcceptance(scope, 'Eulas', { studio, eulaIds: image.streamingImageEulaIds });
 */
export class EulaAcceptance extends Construct {
  /**
   * Throws for no agreement, for one that is named twice, for an id that no agreement can have, for a studio of another
   * account or Region, and for an `endpointUrl` that is not encrypted.
   */
  constructor(scope: Construct, id: string, { studio, eulaIds, endpointUrl }: EulaAcceptanceProps) {
    super(scope, id);

    checkSameEnvironment(this, studio);
    checkEulaIds(this, eulaIds);
    checkEndpointUrl(this, endpointUrl);
    const properties: EulaAcceptanceProperties = {
      StudioId: studio.studioId,
      EulaIds: cdk.Fn.join(',', eulaIds),
      EndpointUrl: endpointUrl,
    };

    LifecycleEngine.of(this, 'NimbleStudio').addResource(this, 'Resource', {
      resourceType: EULA_ACCEPTANCE_TYPE,
      properties: { ...properties },
      permissions: permissions(this, eulaIds),
    });
  }
}

function checkEulaIds(scope: Construct, eulaIds: string[]): void {
  if (cdk.Token.isUnresolved(eulaIds)) return;
  if (eulaIds.length === 0) {
    fail(scope, 'eulaIds must have at least 1 element, got 0');
  }
  eulaIds.forEach((eulaId, index) => {
    checkPattern(scope, 'eulaIds', eulaId, /^[a-zA-Z0-9_-]{1,22}$/, 'have 1 to 22 letters, digits, "-" and "_"');
    if (eulaIds.indexOf(eulaId) !== index) {
      fail(scope, `eulaIds must be named once, got ${JSON.stringify(eulaId)} twice`);
    }
  });
}

function permissions(scope: Construct, eulaIds: string[]): Permission[] {
  const arn = (resource: string, resourceName: string) => cdk.Stack.of(scope).formatArn({ service: 'nimble', resource, resourceName });
  const known = !cdk.Token.isUnresolved(eulaIds);
  return [
    // A list that only the deployment knows can name any of them.
    {
      statement: new iam.PolicyStatement({ actions: ['nimble:AcceptEulas'], resources: known ? eulaIds.map((id) => arn('eula', id)) : [arn('eula', '*')] }),
      finding: known ? undefined : 'eulas',
    },
    {
      statement: new iam.PolicyStatement({ actions: ['nimble:ListEulaAcceptances'], resources: [arn('eula-acceptance', '*')] }),
      finding: 'eulaAcceptances',
    },
  ];
}
