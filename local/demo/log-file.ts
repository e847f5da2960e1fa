import { appendFileSync } from 'fs';
import type { StackEvent } from '../cloudformation';
import type { Loopback } from '../loopback';
import type { Call } from '../wire/call-log';

/** What nobody wants to read as long as all goes well. */
export class LogFile {
  constructor(readonly path: string) {}

  public write(text: string): void {
    appendFileSync(this.path, text);
  }

  /**
   * Adds what the loopback knows of all that happened.
   *
   * @param service whose inputs are shown too
   */
  public writeCourse(loopback: Loopback, events: readonly StackEvent[], service: string): void {
    const time = (at: number) => new Date(at).toISOString();
    const sections: Record<string, readonly string[]> = {
      'Events of CloudFormation, in virtual time': events.map(({ at, LogicalResourceId, ResourceType, ResourceStatus, ResourceStatusReason = '' }) =>
        `${time(at)} ${ResourceStatus} ${LogicalResourceId} (${ResourceType}) ${ResourceStatusReason}`),
      'Calls': loopback.endpoint.calls.all().map((call) => `${time(call.at)} ${describe(call, service)}`),
      'Lines of the functions': loopback.logs.lines().map(({ at, message }) => `${time(at)} ${message.trimEnd()}`),
    };
    Object.entries(sections).forEach(([title, lines]) => this.write(`\n--- ${title}\n${lines.map((line) => `${line}\n`).join('')}`));
  }
}

function describe({ service, operation, caller, input, error }: Call, streamingService: string): string {
  // Inputs of other services hold bundles, templates and addresses that answers go to.
  const details = service === streamingService ? ` ${JSON.stringify(input)}` : '';
  return `${service}:${operation}${details} by ${caller.roleArn ?? 'the operator'}${error === undefined ? '' : `: ${error}`}`;
}
