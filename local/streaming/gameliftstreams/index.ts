import { join } from 'path';
import type { CreateStreamSessionAdminShellOutput } from '@aws-sdk/client-gameliftstreams';
import { type Content, GameLiftStreamsAccount } from './account';
import { AdminShells } from './admin-shells';
import { applicationOperations } from './applications';
import { associationOperations } from './associations';
import { ClientTokens } from './client-tokens';
import { iamRequirements, iamResources } from './iam-resources';
import { locationOperations } from './locations';
import type { GameLiftStreamsOptions } from './options';
import type { Script } from './script';
import { connectionOperations, Users } from './session-connections';
import { exportOperations } from './session-export';
import { streamGroupOperations } from './stream-groups';
import { streamSessionOperations } from './stream-sessions';
import { openStreamUrl, statusOf, streamUrlOperations } from './stream-urls';
import { tagOperations } from './tags';
import type { Cloud } from '../../cloud';
import { ServiceModel } from '../../wire/model';
import { restJson } from '../../wire/rest-json';
import type { Handler, Operation, Requirement, Service } from '../../wire/service';

/**
 * Amazon GameLift Streams: applications, stream groups, associations, stream sessions and stream URLs.
 *
 * Comments say where a rule comes from; what the documents leave open is marked as inferred,
 * and can be read the other way through `readings` where a caller would notice.
 */
export class GameLiftStreamsSimulator implements Service {
  public readonly name = 'gameliftstreams';
  public readonly signingNames = ['gameliftstreams'];
  public readonly protocols;
  public readonly operations: Readonly<Record<string, Handler>>;
  /** What users in their browsers, and the applications, do to sessions. */
  public readonly users: Users;
  private readonly account: GameLiftStreamsAccount;
  private readonly shells: AdminShells;

  constructor(cloud: Cloud, content: Content, options: GameLiftStreamsOptions = {}) {
    const model = ServiceModel.load(join(__dirname, 'model.json'));
    this.protocols = [restJson(model)];
    this.account = new GameLiftStreamsAccount(cloud, model, content, options);
    this.users = new Users(this.account);
    this.shells = new AdminShells(this.account);
    const tokens = new ClientTokens(this.account);
    this.operations = model.guard({
      ...applicationOperations(this.account, tokens),
      ...streamGroupOperations(this.account, tokens),
      ...locationOperations(this.account),
      ...associationOperations(this.account),
      ...streamSessionOperations(this.account, tokens),
      ...connectionOperations(this.account, tokens),
      ...exportOperations(this.account),
      ...this.shells.operations,
      ...streamUrlOperations(this.account, tokens),
      ...tagOperations(this.account),
    });
  }

  /** What goes wrong inside GameLift Streams, for tests. */
  public get script(): Script {
    return this.account.script;
  }

  /** A user opens a stream URL in a browser. Returns the ARN of the session. */
  public openStreamUrl(url: string): string {
    return openStreamUrl(this.account, url);
  }

  /** The Session Manager plugin opens an admin shell. Returns the ARN of the session. */
  public openAdminShell(credentials: CreateStreamSessionAdminShellOutput): string {
    return this.shells.open(credentials);
  }

  /** Every stream URL, shell URL and shell token that was ever handed out, so that tests can search for leaks. */
  public secrets(): readonly string[] {
    return this.account.secrets;
  }

  /** The ARNs of what is still there: applications and stream groups, sessions that are not over, URLs that still work. */
  public remains(): string[] {
    const { applications, groups, sessions, urls } = this.account;
    return [
      ...applications.keys(),
      ...groups.keys(),
      ...[...sessions.values()].filter(({ state }) => !['TERMINATED', 'ERROR'].includes(state.now)).map(({ settings }) => settings.Arn),
      ...[...urls.values()].filter((url) => statusOf(this.account, url) === 'ACTIVE').map(({ settings }) => settings.Arn),
    ];
  }

  public resources(operation: Operation): readonly string[] {
    return iamResources(this.account, operation);
  }

  public requires(operation: Operation): readonly Requirement[] {
    return iamRequirements(operation);
  }

  public resourceTags(arn: string): Readonly<Record<string, string>> {
    return this.account.tags.get(arn) ?? {};
  }
}
