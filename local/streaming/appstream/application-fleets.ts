import type {
  ApplicationFleetAssociation, AssociateApplicationFleetRequest, AssociateApplicationFleetResult, DescribeApplicationFleetAssociationsRequest,
  DescribeApplicationFleetAssociationsResult, DisassociateApplicationFleetRequest,
} from '@aws-sdk/client-appstream';
import type { AppStreamAccount } from './account';
import { page } from '../pagination';

/** Which applications an Elastic fleet streams. */
export function applicationFleetOperations(account: AppStreamAccount) {
  const find = ({ FleetName, ApplicationArn }: ApplicationFleetAssociation) =>
    account.applicationFleets.findIndex((each) => each.FleetName === FleetName && each.ApplicationArn === ApplicationArn);

  return {
    AssociateApplicationFleet({ FleetName, ApplicationArn }: AssociateApplicationFleetRequest): AssociateApplicationFleetResult {
      const { settings } = account.fleet(FleetName!);
      const application = account.application(ApplicationArn!);
      if (settings.FleetType !== 'ELASTIC') {
        // "Only supported for Elastic fleets": the API's text. The code is inferred.
        account.refuse('OperationNotPermittedException', `The fleet ${FleetName} is not an Elastic fleet.`);
      }
      if (!application.Platforms!.includes(settings.Platform!)) {
        // Inferred: the platforms of an application are those that it can run on.
        account.refuseCombination(`The application ${application.Name} does not run on ${settings.Platform}, the platform of the fleet ${FleetName}.`);
      }
      const association = { FleetName, ApplicationArn };
      if (find(association) >= 0) {
        if (account.readings.associateAgain === 'refused') {
          account.refuse('OperationNotPermittedException', `The application ${application.Name} is already associated with the fleet ${FleetName}.`);
        }
      } else {
        account.applicationFleets.push(association);
      }
      return { ApplicationFleetAssociation: association };
    },

    DisassociateApplicationFleet({ FleetName, ApplicationArn }: DisassociateApplicationFleetRequest): object {
      const index = find({ FleetName, ApplicationArn });
      if (index < 0) {
        // Inferred: the operation declares no ResourceNotFoundException.
        account.refuse('OperationNotPermittedException', `The application ${ApplicationArn} is not associated with the fleet ${FleetName}.`);
      }
      account.applicationFleets.splice(index, 1);
      return {};
    },

    DescribeApplicationFleetAssociations(input: DescribeApplicationFleetAssociationsRequest): DescribeApplicationFleetAssociationsResult {
      const { FleetName, ApplicationArn, MaxResults, NextToken } = input;
      if (FleetName === undefined && ApplicationArn === undefined) {
        // https://docs.aws.amazon.com/appstream2/latest/APIReference/API_DescribeApplicationFleetAssociations.html
        account.refuseCombination('Either ApplicationArn or FleetName must be specified.');
      }
      account.checkRange('MaxResults', MaxResults, 1, 25);
      const associations = account.applicationFleets.filter((each) =>
        (FleetName === undefined || each.FleetName === FleetName) && (ApplicationArn === undefined || each.ApplicationArn === ApplicationArn));
      const { items, ...rest } = page(associations, MaxResults ?? account.pageSize, NextToken);
      // The model's list has at least one entry, so without any there is no list (inferred).
      return { ...items.length > 0 && { ApplicationFleetAssociations: items }, ...rest };
    },
  };
}
