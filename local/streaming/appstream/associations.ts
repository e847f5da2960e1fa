import type {
  AssociateFleetRequest, DisassociateFleetRequest, ListAssociatedFleetsRequest, ListAssociatedFleetsResult, ListAssociatedStacksRequest,
  ListAssociatedStacksResult,
} from '@aws-sdk/client-appstream';
import type { AppStreamAccount } from './account';
import { page } from '../pagination';

/** A stack has one fleet at a time: https://docs.aws.amazon.com/appstream2/latest/developerguide/managing-stacks-fleets.html */
export function associationOperations(account: AppStreamAccount) {
  return {
    AssociateFleet({ FleetName, StackName }: AssociateFleetRequest): object {
      account.stack(StackName!);
      account.fleet(FleetName!);
      const present = account.associations.get(StackName!);
      if (present === FleetName) {
        if (account.readings.associateAgain === 'refused') {
          account.refuse('OperationNotPermittedException', `The fleet ${FleetName} is already associated with the stack ${StackName}.`);
        }
        return {};
      }
      if (present !== undefined) {
        account.refuse(account.readings.secondFleet, `The stack ${StackName} is already associated with the fleet ${present}.`);
      }
      account.associations.set(StackName!, FleetName!);
      return {};
    },

    DisassociateFleet({ FleetName, StackName }: DisassociateFleetRequest): object {
      account.stack(StackName!);
      account.fleet(FleetName!);
      if (account.associations.get(StackName!) !== FleetName) {
        if (account.readings.disassociateAgain === 'refused') {
          // Inferred.
          account.refuse('ResourceNotFoundException', `The fleet ${FleetName} is not associated with the stack ${StackName}.`);
        }
        return {};
      }
      const inUse = account.liveSessions(FleetName!).some(({ settings }) => settings.StackName === StackName);
      if (inUse && account.readings.disassociateWithSessions === 'refused') {
        account.refuse('ResourceInUseException', `The fleet ${FleetName} has active sessions of the stack ${StackName}.`);
      }
      account.associations.delete(StackName!);
      return {};
    },

    ListAssociatedFleets({ StackName, NextToken }: ListAssociatedFleetsRequest): ListAssociatedFleetsResult {
      if (account.readings.listOfUnknown === 'refused') {
        account.stack(StackName!);
      }
      const fleet = account.associations.get(StackName!);
      const { items, ...rest } = page(fleet === undefined ? [] : [fleet], account.pageSize, NextToken);
      return { Names: items, ...rest };
    },

    ListAssociatedStacks({ FleetName, NextToken }: ListAssociatedStacksRequest): ListAssociatedStacksResult {
      if (account.readings.listOfUnknown === 'refused') {
        account.fleet(FleetName!);
      }
      const stacks = [...account.associations].filter(([, fleet]) => fleet === FleetName).map(([stack]) => stack);
      const { items, ...rest } = page(stacks, account.pageSize, NextToken);
      return { Names: items, ...rest };
    },
  };
}
