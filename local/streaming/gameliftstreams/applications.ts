import type {
  ApplicationStatus, CreateApplicationInput, CreateApplicationOutput, DeleteApplicationInput, GetApplicationInput,
  GetApplicationOutput, ListApplicationsInput, ListApplicationsOutput, UpdateApplicationInput, UpdateApplicationOutput,
} from '@aws-sdk/client-gameliftstreams';
import type { ApplicationRecord, GameLiftStreamsAccount } from './account';
import type { ClientTokens } from './client-tokens';
import { missingContent } from './content';
import { replicationStatuses } from './replication';
import { revokeUrls } from './stream-urls';
import { page } from '../pagination';

/** Runtimes and their versions: the API's text on RuntimeEnvironment. */
const RUNTIMES: Readonly<Record<string, readonly string[]>> = {
  UBUNTU: ['22_04_LTS'],
  WINDOWS: ['2022'],
  PROTON: ['20260204', '20250516', '20241007', '20230704'],
};

export function applicationOperations(account: GameLiftStreamsAccount, tokens: ClientTokens) {
  return {
    CreateApplication(input: CreateApplicationInput): CreateApplicationOutput {
      return tokens.once('CreateApplication', input, () => {
        checkContent(account, input);
        checkLogs(account, input);
        const application = create(account, input);
        return { answer: () => describe(account, application), ended: () => isEnding(application) };
      });
    },

    GetApplication({ Identifier }: GetApplicationInput): GetApplicationOutput {
      return describe(account, account.application(Identifier!));
    },

    ListApplications({ MaxResults, NextToken }: ListApplicationsInput): ListApplicationsOutput {
      const { items, ...rest } = page([...account.applications.values()], MaxResults ?? 25, NextToken, 'ValidationException');
      return { Items: items.map((application) => account.summary('ApplicationSummary', describe(account, application))), ...rest };
    },

    UpdateApplication({ Identifier, ...changes }: UpdateApplicationInput): UpdateApplicationOutput {
      const application = account.application(Identifier!);
      if (application.state.now === 'DELETING') {
        account.wrongStatus('UpdateApplication', `The application ${Identifier} is being deleted.`);
      }
      const settings = { ...application.settings, ...changes, LastUpdatedAt: new Date(account.now()) };
      checkLogs(account, settings);
      application.settings = settings;
      return describe(account, application);
    },

    /** Each refusal: the API's text on DeleteApplication. It names the ValidationException for the stream groups only. */
    DeleteApplication({ Identifier }: DeleteApplicationInput): object {
      const application = account.application(Identifier!);
      const { Arn } = application.settings;
      const status = application.state.now;
      if (status === 'DELETING' && account.readings.deleteWhileDeleting === 'accepted') {
        return {};
      }
      if (status !== 'READY' && status !== 'ERROR') {
        account.wrongStatus('DeleteApplication', `The application ${Identifier} is in ${status} status. It must be in READY or ERROR status.`);
      }
      const groups = groupsOf(account, application);
      if (groups.length > 0) {
        account.invalid(`The application ${Identifier} is associated with the stream groups ${groups.join(', ')}. Disassociate it from them first.`);
      }
      if (account.liveSessions(Arn).length > 0) {
        account.wrongStatus('DeleteApplication', `The application ${Identifier} is streaming in a stream session. End the stream session first.`);
      }
      application.state.enter('DELETING', { to: 'GONE', after: account.durations.applicationDelete });
      revokeUrls(account, Arn, 'applicationDeleted');
      return {};
    },
  };
}

function create(account: GameLiftStreamsAccount, { Tags, ClientToken, ...settings }: CreateApplicationInput): ApplicationRecord {
  const Id = account.newId('a-');
  const Arn = account.arn(`application/${Id}`);
  const now = new Date(account.now());
  const reason = account.script.takeFailingApplication(settings.Description!) ?? missingContent(account, settings);
  const process = account.script.takeSlowCreation(settings.Description!) ?? account.durations.applicationProcess;
  const state = account.timed<ApplicationStatus | 'GONE'>('INITIALIZED');
  state.enter('INITIALIZED', { to: 'PROCESSING', after: account.durations.applicationInitialize }, { to: reason ? 'ERROR' : 'READY', after: process });
  const application: ApplicationRecord = {
    settings: { ...settings, Arn, Id, CreatedAt: now, LastUpdatedAt: now },
    state,
    reason,
    replicated: new Map(),
  };
  account.applications.set(Arn, application);
  account.tags.set(Arn, Tags ?? {});
  return application;
}

/** What the model does not check, although the API's text has it. */
function checkContent(account: GameLiftStreamsAccount, { RuntimeEnvironment, ExecutablePath, ApplicationSourceUri }: CreateApplicationInput): void {
  const { Type, Version } = RuntimeEnvironment!;
  if (!RUNTIMES[Type!].includes(Version!)) {
    account.invalid(`The version ${Version} of the runtime environment ${Type} is not supported. Supported are: ${RUNTIMES[Type!].join(', ')}.`);
  }
  if (!/^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/.*)?$/.test(ApplicationSourceUri!)) {
    account.invalid(`The ApplicationSourceUri ${ApplicationSourceUri} is not an Amazon S3 URI.`);
  }
  if (Type !== 'UBUNTU' && !/\.(exe|cmd|bat)$/i.test(ExecutablePath!)) {
    account.invalid(`The ExecutablePath ${ExecutablePath} of a Windows application must end in .exe, .cmd, or .bat.`);
  }
}

function checkLogs(
  account: GameLiftStreamsAccount,
  { ApplicationLogPaths, ApplicationLogOutputUri }: Pick<CreateApplicationInput, 'ApplicationLogPaths' | 'ApplicationLogOutputUri'>,
): void {
  if (ApplicationLogPaths?.length && !ApplicationLogOutputUri) {
    account.invalid('ApplicationLogOutputUri is required if you specify one or more ApplicationLogPaths.');
  }
}

/** The ARNs of the stream groups that an application is associated with. */
function groupsOf(account: GameLiftStreamsAccount, { settings }: ApplicationRecord): string[] {
  return [...account.groups.values()].filter(({ applications }) => applications.has(settings.Arn)).map((group) => group.settings.Arn);
}

function isEnding({ state }: ApplicationRecord): boolean {
  return state.now === 'DELETING' || state.now === 'GONE';
}

/** Something that is gone is answered as it was at last: only a ClientToken still finds it. */
function statusOf({ state }: ApplicationRecord): ApplicationStatus {
  return state.now === 'GONE' ? 'DELETING' : state.now;
}

function describe(account: GameLiftStreamsAccount, application: ApplicationRecord): GetApplicationOutput {
  return {
    ...application.settings,
    Status: statusOf(application),
    ...statusOf(application) === 'ERROR' && { StatusReason: application.reason },
    ReplicationStatuses: replicationStatuses(account, application),
    AssociatedStreamGroups: groupsOf(account, application),
  };
}
