import type {
  AssociateApplicationToEntitlementRequest, CreateEntitlementRequest, CreateEntitlementResult, DeleteEntitlementRequest, DescribeEntitlementsRequest,
  DescribeEntitlementsResult, DisassociateApplicationFromEntitlementRequest, Entitlement, EntitlementAttribute, ListEntitledApplicationsRequest,
  ListEntitledApplicationsResult, UpdateEntitlementRequest, UpdateEntitlementResult,
} from '@aws-sdk/client-appstream';
import type { AppStreamAccount, EntitlementRecord } from './account';
import { page } from '../pagination';

/** https://docs.aws.amazon.com/appstream2/latest/APIReference/API_EntitlementAttribute.html */
const ATTRIBUTES: readonly (string | undefined)[] = ['roles', 'department', 'organization', 'groups', 'title', 'costCenter', 'userType'];

/** What only some users of a stack may start: https://docs.aws.amazon.com/appstream2/latest/developerguide/application-entitlements-saml.html */
export function entitlementOperations(account: AppStreamAccount) {
  const find = (stackName: string, name: string): EntitlementRecord => {
    account.stack(stackName);
    return account.entitlements.get(keyOf(stackName, name))
      ?? account.refuse('EntitlementNotFoundException', `The entitlement ${name} of the stack ${stackName} does not exist.`);
  };

  return {
    CreateEntitlement(input: CreateEntitlementRequest): CreateEntitlementResult {
      const [stackName, name] = [input.StackName!, input.Name!];
      account.stack(stackName);
      checkAttributes(account, input.Attributes!);
      if (account.entitlements.has(keyOf(stackName, name))) {
        account.refuse('EntitlementAlreadyExistsException', `The entitlement ${name} of the stack ${stackName} already exists.`);
      }
      const settings: Entitlement = {
        ...input,
        Name: name,
        StackName: stackName,
        AppVisibility: input.AppVisibility,
        Attributes: input.Attributes,
        CreatedTime: account.now(),
        LastModifiedTime: account.now(),
      };
      account.entitlements.set(keyOf(stackName, name), { settings, applications: new Set() });
      return { Entitlement: settings };
    },

    UpdateEntitlement({ Name, StackName, ...changes }: UpdateEntitlementRequest): UpdateEntitlementResult {
      const entitlement = find(StackName!, Name!);
      checkAttributes(account, changes.Attributes ?? []);
      entitlement.settings = { ...entitlement.settings, ...changes, LastModifiedTime: account.now() };
      return { Entitlement: entitlement.settings };
    },

    DeleteEntitlement({ Name, StackName }: DeleteEntitlementRequest): object {
      const { applications } = find(StackName!, Name!);
      if (applications.size > 0 && account.readings.deleteEntitlementWithApplications === 'refused') {
        account.refuse('OperationNotPermittedException', `The entitlement ${Name} has applications associated with it.`);
      }
      account.entitlements.delete(keyOf(StackName!, Name!));
      return {};
    },

    DescribeEntitlements({ Name, StackName, MaxResults, NextToken }: DescribeEntitlementsRequest): DescribeEntitlementsResult {
      account.stack(StackName!);
      const all = Name === undefined
        ? [...account.entitlements.values()].filter(({ settings }) => settings.StackName === StackName) : [find(StackName!, Name)];
      const { items, ...rest } = page(all.map(({ settings }) => settings), MaxResults || account.pageSize, NextToken);
      return { Entitlements: items, ...rest };
    },

    AssociateApplicationToEntitlement({ StackName, EntitlementName, ApplicationIdentifier }: AssociateApplicationToEntitlementRequest): object {
      const { settings, applications } = find(StackName!, EntitlementName!);
      if (settings.AppVisibility !== 'ASSOCIATED') {
        // Inferred.
        account.refuse('OperationNotPermittedException', `The entitlement ${EntitlementName} is to all applications.`);
      }
      if (!account.hasApplication(ApplicationIdentifier!) && account.readings.unknownApplication === 'refused') {
        account.refuse('ResourceNotFoundException', `The application ${ApplicationIdentifier} does not exist.`);
      }
      if (applications.has(ApplicationIdentifier!) && account.readings.associateAgain === 'refused') {
        account.refuse('OperationNotPermittedException', `The application ${ApplicationIdentifier} is already associated with ${EntitlementName}.`);
      }
      applications.add(ApplicationIdentifier!);
      return {};
    },

    DisassociateApplicationFromEntitlement(
      { StackName, EntitlementName, ApplicationIdentifier }: DisassociateApplicationFromEntitlementRequest,
    ): object {
      if (!find(StackName!, EntitlementName!).applications.delete(ApplicationIdentifier!)) {
        // Inferred.
        account.refuse('ResourceNotFoundException', `The application ${ApplicationIdentifier} is not associated with ${EntitlementName}.`);
      }
      return {};
    },

    ListEntitledApplications({ StackName, EntitlementName, MaxResults, NextToken }: ListEntitledApplicationsRequest): ListEntitledApplicationsResult {
      const { applications } = find(StackName!, EntitlementName!);
      const all = [...applications].map((ApplicationIdentifier) => ({ ApplicationIdentifier }));
      const { items, ...rest } = page(all, MaxResults || account.pageSize, NextToken);
      return { EntitledApplications: items, ...rest };
    },
  };
}

/** Names have no such character. */
function keyOf(stackName: string, name: string): string {
  return `${stackName}|${name}`;
}

function checkAttributes(account: AppStreamAccount, attributes: readonly EntitlementAttribute[]): void {
  for (const { Name } of attributes) {
    if (!ATTRIBUTES.includes(Name)) {
      // The code is inferred.
      account.refuse('InvalidParameterValueException', `The attribute ${Name} is not valid. Specify one of ${ATTRIBUTES.join(', ')}.`);
    }
  }
}
