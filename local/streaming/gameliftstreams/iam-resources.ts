import type { GameLiftStreamsAccount } from './account';
import type { Operation, Requirement } from '../../wire/service';

/**
 * The ARNs that IAM looks at for an operation, from AWS's service authorization reference:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazongameliftstreams.html.
 * None for operations that take only `*`.
 */
export function iamResources(account: GameLiftStreamsAccount, { name, input }: Operation): string[] {
  // IAM looks before the service does: nothing in the input is checked yet.
  const group = () => account.arnOf('streamgroup', String(input.Identifier));
  const application = (identifier: unknown) => account.arnOf('application', String(identifier));
  switch (name) {
    case 'GetApplication':
    case 'UpdateApplication':
    case 'DeleteApplication':
      return [application(input.Identifier)];
    case 'AssociateApplications':
    case 'DisassociateApplications':
      return [group(), ...[input.ApplicationIdentifiers ?? []].flat().map(application)];
    case 'CreateStreamUrl':
      return [group(), application(input.ApplicationIdentifier)];
    case 'GetStreamGroup':
    case 'UpdateStreamGroup':
    case 'DeleteStreamGroup':
    case 'AddStreamGroupLocations':
    case 'RemoveStreamGroupLocations':
    case 'StartStreamSession':
    case 'GetStreamSession':
    case 'ListStreamSessions':
    case 'TerminateStreamSession':
    case 'CreateStreamSessionConnection':
    case 'CreateStreamSessionAdminShell':
    case 'ExportStreamSessionFiles':
    case 'GetStreamUrl':
    case 'RevokeStreamUrl':
      return [group()];
    case 'TagResource':
    case 'UntagResource':
    case 'ListTagsForResource':
      return [input.ResourceArn];
    default:
      return [];
  }
}

/** Who launches with a role passes it on: https://docs.aws.amazon.com/gameliftstreams/latest/developerguide/session-credentials-troubleshooting.html */
export function iamRequirements({ name, input }: Operation): Requirement[] {
  const launches = name === 'StartStreamSession' || name === 'CreateStreamUrl';
  return launches && typeof input.RoleArn === 'string'
    ? [{ action: 'iam:PassRole', resource: input.RoleArn, context: { 'iam:passedtoservice': 'gameliftstreams.amazonaws.com' } }]
    : [];
}
