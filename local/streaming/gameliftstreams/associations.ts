import type {
  AssociateApplicationsInput, AssociateApplicationsOutput, DisassociateApplicationsInput, DisassociateApplicationsOutput,
} from '@aws-sdk/client-gameliftstreams';
import type { GameLiftStreamsAccount } from './account';
import { isTooOldToAssociate, requireActive } from './group-status';
import { forgetReplicas, replicate } from './replication';
import { checkRuntime, defaultOf, requireReady } from './stream-groups';

/** Applications of a group, and groups of an application: https://docs.aws.amazon.com/gameliftstreams/latest/developerguide/multi-apps.html */
const LIMIT = 100;

export function associationOperations(account: GameLiftStreamsAccount) {
  return {
    AssociateApplications({ Identifier, ApplicationIdentifiers }: AssociateApplicationsInput): AssociateApplicationsOutput {
      const group = account.group(Identifier!);
      requireActive(account, 'AssociateApplications', group);
      if (isTooOldToAssociate(account, group)) {
        account.invalid(`The stream group ${group.settings.Id} is older than 180 days and can no longer be updated with new application associations.`);
      }
      const applications = ApplicationIdentifiers!.map((identifier) => account.application(identifier));
      const arns = applications.map(({ settings }) => settings.Arn);
      for (const application of applications) {
        requireReady(account, 'AssociateApplications', application);
        checkRuntime(account, group.settings.StreamClass, application);
        if (groupsWith(account, application.settings.Arn) >= LIMIT && !group.applications.has(application.settings.Arn)) {
          account.refuse('ServiceQuotaExceededException', `The application ${application.settings.Id} is associated with ${LIMIT} stream groups.`);
        }
      }
      if (new Set([...group.applications, ...arns]).size > LIMIT) {
        account.refuse('ServiceQuotaExceededException', `A stream group has at most ${LIMIT} applications.`);
      }
      arns.forEach((arn) => group.applications.add(arn));
      group.settings = {
        ...group.settings,
        DefaultApplication: group.settings.DefaultApplication ?? defaultOf(applications[0]),
        LastUpdatedAt: new Date(account.now()),
      };
      replicate(account, group);
      return { Arn: group.settings.Arn, ApplicationArns: [...group.applications] };
    },

    DisassociateApplications({ Identifier, ApplicationIdentifiers }: DisassociateApplicationsInput): DisassociateApplicationsOutput {
      const group = account.group(Identifier!);
      requireActive(account, 'DisassociateApplications', group);
      const arns = ApplicationIdentifiers!.map((identifier) => account.application(identifier).settings.Arn);
      const strange = arns.find((arn) => !group.applications.has(arn));
      if (strange !== undefined && account.readings.disassociateUnassociated === 'refused') {
        account.invalid(`The application ${strange} is not associated with the stream group ${group.settings.Id}.`);
      }
      arns.forEach((arn) => group.applications.delete(arn));
      arns.forEach((arn) => forgetReplicas(account, arn));
      const { DefaultApplication } = group.settings;
      const [next] = group.applications;
      // Another one becomes the default: the API's text on DisassociateApplications.
      const keeps = DefaultApplication && group.applications.has(DefaultApplication.Arn!);
      group.settings = {
        ...group.settings,
        DefaultApplication: keeps ? DefaultApplication : next === undefined ? undefined : defaultOf(account.application(next)),
        LastUpdatedAt: new Date(account.now()),
      };
      return { Arn: group.settings.Arn, ApplicationArns: [...group.applications] };
    },
  };
}

function groupsWith(account: GameLiftStreamsAccount, applicationArn: string): number {
  return [...account.groups.values()].filter(({ applications }) => applications.has(applicationArn)).length;
}
