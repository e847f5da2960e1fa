import type {
  Application, ApplicationAttribute, CreateApplicationRequest, DeleteApplicationRequest, DescribeApplicationsRequest, DescribeApplicationsResult,
  S3Location, UpdateApplicationRequest,
} from '@aws-sdk/client-appstream';
import type { AppStreamAccount } from './account';
import { isActive } from './app-blocks';
import { ELASTIC_PLATFORMS } from './fleet-rules';
import { objectionTo, PICTURE_READER } from './storage';
import { page } from '../pagination';

const ATTRIBUTES: Record<ApplicationAttribute, keyof Application> = { LAUNCH_PARAMETERS: 'LaunchParameters', WORKING_DIRECTORY: 'WorkingDirectory' };

/** The API's text on CreateApplicationRequest. */
const INSTANCE_FAMILIES: readonly string[] = ['GENERAL_PURPOSE', 'GRAPHICS_G4'];

/** Applications of app blocks. */
export function applicationOperations(account: AppStreamAccount) {
  return {
    CreateApplication({ Tags, ...input }: CreateApplicationRequest): { Application: Application } {
      const Arn = account.arn('application', input.Name!);
      checkPlatforms(account, input);
      checkAppBlock(account, input.AppBlockArn!);
      checkIcon(account, input.IconS3Location!);
      if (account.applications.has(Arn)) {
        account.refuse('ResourceAlreadyExistsException', `The application ${input.Name} already exists.`);
      }
      const application = { ...input, Name: input.Name!, Arn, Enabled: true, CreatedTime: account.now() };
      account.applications.set(Arn, application);
      account.tags.set(Arn, Tags ?? {});
      return { Application: describe(account, application) };
    },

    UpdateApplication({ AttributesToDelete = [], ...changes }: UpdateApplicationRequest): { Application: Application } {
      const Arn = account.arn('application', changes.Name!);
      const application = account.application(Arn);
      const contradiction = AttributesToDelete.find((attribute) => ATTRIBUTES[attribute] in changes);
      if (contradiction) {
        // Inferred.
        account.refuse('OperationNotPermittedException', `${ATTRIBUTES[contradiction]} is both set and deleted.`);
      }
      if (changes.AppBlockArn !== undefined) {
        checkAppBlock(account, changes.AppBlockArn);
      }
      if (changes.IconS3Location) {
        checkIcon(account, changes.IconS3Location);
      }
      const deleted = Object.fromEntries(AttributesToDelete.map((attribute) => [ATTRIBUTES[attribute], undefined]));
      const updated = { ...application, ...changes, ...deleted, Name: application.Name };
      account.applications.set(Arn, updated);
      return { Application: describe(account, updated) };
    },

    DescribeApplications({ Arns, MaxResults, NextToken }: DescribeApplicationsRequest): DescribeApplicationsResult {
      // Inferred: the range of the other lists of this family.
      account.checkRange('MaxResults', MaxResults, 1, 25);
      const applications = Arns?.length ? Arns.map((arn) => account.application(arn)) : [...account.applications.values()];
      const { items, ...rest } = page(applications, MaxResults ?? account.pageSize, NextToken);
      return { Applications: items.map((application) => describe(account, application)), ...rest };
    },

    DeleteApplication({ Name }: DeleteApplicationRequest): object {
      const Arn = account.arn('application', Name!);
      account.application(Arn);
      // Inferred: the operation declares ResourceInUseException.
      const association = account.applicationFleets.find(({ ApplicationArn }) => ApplicationArn === Arn);
      if (association) {
        account.refuse('ResourceInUseException', `The application ${Name} is associated with the fleet ${association.FleetName}.`);
      }
      account.applications.delete(Arn);
      account.tags.delete(Arn);
      return {};
    },
  };
}

/** The API's text on CreateApplicationRequest; the code is inferred: OperationNotPermittedException is the one that is declared. */
function checkPlatforms(account: AppStreamAccount, { Platforms = [], InstanceFamilies = [] }: CreateApplicationRequest): void {
  const strange = Platforms.find((platform) => !ELASTIC_PLATFORMS.includes(platform))
    ?? InstanceFamilies.find((family) => !INSTANCE_FAMILIES.includes(family));
  if (strange !== undefined) {
    account.refuse('OperationNotPermittedException', `${strange} is not supported for applications of Elastic fleets.`);
  }
  if (Platforms.length === 0 || InstanceFamilies.length === 0) {
    // Inferred: the two are required.
    account.refuse('OperationNotPermittedException', 'An application needs at least one platform and one instance family.');
  }
}

/** https://docs.aws.amazon.com/appstream2/latest/developerguide/appstream-app-blocks-activate.html has the activation before the application. */
function checkAppBlock(account: AppStreamAccount, arn: string): void {
  const appBlock = account.appBlock(arn);
  if (!isActive(appBlock) && account.readings.applicationOfInactiveAppBlock === 'refused') {
    account.refuse('OperationNotPermittedException', `The app block ${appBlock.settings.Name} is INACTIVE.`);
  }
}

function checkIcon(account: AppStreamAccount, icon: S3Location): void {
  if (icon.S3Key === undefined) {
    // The API's text on S3Location; the code is inferred.
    account.refuse('OperationNotPermittedException', 'S3Key of IconS3Location is required.');
  }
  const objection = objectionTo(account, icon, PICTURE_READER);
  if (objection !== undefined && account.readings.unreadableObject === 'refused') {
    account.refuse('OperationNotPermittedException', objection);
  }
}

function describe(account: AppStreamAccount, application: Application): Application {
  const { S3Bucket, S3Key } = application.IconS3Location!;
  return { ...application, IconURL: `https://${S3Bucket}.s3.${account.region}.amazonaws.com/${S3Key}` };
}
