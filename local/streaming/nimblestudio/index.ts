import { join } from 'path';
import { NimbleAccount } from './account';
import { backupOperations } from './backups';
import { eulaOperations } from './eulas';
import { iamResources } from './iam-resources';
import { ClientTokens } from './idempotency';
import { launchProfileOperations } from './launch-profiles';
import { memberOperations } from './members';
import type { NimbleStudioOptions } from './options';
import type { Script } from './script';
import { sessionOperations } from './sessions';
import { streamingImageOperations } from './streaming-images';
import { streamOperations } from './streams';
import { studioComponentOperations } from './studio-components';
import { studioOperations } from './studios';
import { tagOperations } from './tags';
import type { Cloud } from '../../cloud';
import { AwsError } from '../../wire/aws-error';
import { ServiceModel } from '../../wire/model';
import { restJson } from '../../wire/rest-json';
import type { CallContext, Handler, Operation, Service } from '../../wire/service';

/**
 * Amazon Nimble Studio as it was, without GetLaunchProfileInitialization, which the workstations themselves call.
 *
 * Comments say which rules are verified and which are inferred; those that a caller would notice can be read the other way through `readings`.
 */
export class NimbleStudioSimulator implements Service {
  public readonly name = 'nimble';
  public readonly signingNames = ['nimble'];
  private readonly model = ServiceModel.load(join(__dirname, 'model.json'));
  public readonly protocols = [restJson(this.model)];
  public readonly operations: Readonly<Record<string, Handler>>;
  /** Whether the service has been shut down; a test can do that at any time. */
  public gone: boolean;
  private readonly account: NimbleAccount;
  private readonly tokens: ClientTokens;

  constructor(cloud: Cloud, options: NimbleStudioOptions = {}) {
    this.gone = options.gone ?? false;
    this.account = new NimbleAccount(cloud, this.model, options);
    this.tokens = new ClientTokens(this.account);
    const handlers: Record<string, Handler> = {
      ...studioOperations(this.account),
      ...streamingImageOperations(this.account),
      ...studioComponentOperations(this.account),
      ...launchProfileOperations(this.account),
      ...sessionOperations(this.account),
      ...backupOperations(this.account),
      ...streamOperations(this.account),
      ...memberOperations(this.account),
      ...eulaOperations(this.account),
      ...tagOperations(this.account),
    };
    this.operations = Object.fromEntries(Object.entries(handlers).map(([name, handler]) => [name, this.modelled(name, handler)]));
  }

  /** What goes wrong inside Nimble Studio, for tests. */
  public get script(): Script {
    return this.account.script;
  }

  /** Every URL of a stream that was ever made, so that tests can search for leaks. */
  public secrets(): readonly string[] {
    return this.account.secrets;
  }

  public resources(operation: Operation): readonly string[] {
    return iamResources(this.account, operation);
  }

  /** As IAM sees them. Inferred: a session that has gone has none. */
  public resourceTags(arn: string): Readonly<Record<string, string>> {
    const gone = [...this.account.sessions.values()].some(({ settings, state }) => settings.arn === arn && state.now === 'DELETED');
    return gone ? {} : this.account.tags.get(arn) ?? {};
  }

  /** Holds a handler to the model, from both sides. What goes in and out are copies: nobody changes what is stored but by an operation. */
  private modelled(name: string, handler: Handler): Handler {
    return (input: unknown, context: CallContext) => {
      if (this.gone) {
        this.account.refuse('AccessDeniedException', 'Amazon Nimble Studio is no longer available.');
      }
      const accepted = this.model.accept(name, input);
      try {
        return this.model.answer(name, this.tokens.once(name, accepted, () => handler(accepted, context) as object));
      } catch (error) {
        if (error instanceof AwsError) {
          this.model.checkError(name, error.code);
        }
        throw error;
      }
    };
  }
}
