import { randomUUID } from 'crypto';
import * as http from 'http';
import type { AddressInfo } from 'net';
import { AwsError, NotImitated } from './aws-error';
import { CallLog } from './call-log';
import { Fault, Faults } from './faults';
import type { Caller, Operation, Protocol, Service, WireRequest, WireResponse } from './service';
import { signatureOf } from './signature';
import type { Clock } from '../clock';

/** What the endpoint asks of the rest of the loopback. */
export interface EndpointHooks {
  /** Who holds these credentials. Throws an `InvalidClientTokenId` for unknown temporary ones. */
  identify(accessKeyId: string, sessionToken: string | undefined): Caller;
  /** Throws an `AccessDeniedException` unless the caller's policies allow the operation. */
  authorize(caller: Caller, service: Service, operation: Operation): Promise<void>;
  /** Kills the process that holds these credentials. */
  kill(caller: Caller): void;
}

/**
 * Answers requests that carry no signature, e.g. the answer of a custom resource;
 * with undefined, a request goes to the service that its signature names.
 */
export type UnsignedRoute = (request: WireRequest) => Promise<WireResponse | undefined> | WireResponse | undefined;

export interface EndpointOptions {
  readonly clock: Clock;
  readonly hooks: EndpointHooks;
  /** @default 0 a free port */
  readonly port?: number;
  /** The Region of services that are in no other. @default - requests for any Region are answered */
  readonly region?: string;
}

/** What came of a call that was answered. */
interface Done {
  readonly output: unknown;
}

/** The one HTTP endpoint of the loopback. Requests find their service by the scope of their SigV4 signature. */
export class Endpoint {
  public readonly calls = new CallLog();
  public readonly faults = new Faults();
  /** What the loopback was asked for and does not know. A run that ends with any has failed. */
  public readonly notImitated: string[] = [];
  private readonly services = new Map<string, Service>();
  private readonly unsigned: { readonly prefix: string; readonly route: UnsignedRoute }[] = [];
  private readonly server: http.Server;

  constructor(private readonly options: EndpointOptions) {
    this.server = http.createServer((incoming, outgoing) => void this.serve(incoming, outgoing));
    this.server.keepAliveTimeout = 60_000;
  }

  public register(service: Service): void {
    service.signingNames.forEach((name) => this.services.set(name, service));
  }

  public registerUnsigned(prefix: string, route: UnsignedRoute): void {
    this.unsigned.push({ prefix, route });
  }

  public get url(): string {
    const { port } = this.server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  public start(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      // The loopback address only: nothing here is for other machines.
      this.server.listen(this.options.port ?? 0, '127.0.0.1', resolve);
    });
  }

  public stop(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }

  /** A call that a service makes in somebody's name, without the wire between: checked, logged and disturbed like any other. */
  public async callAs(caller: Caller, service: Service, operation: Operation): Promise<unknown> {
    const done = await this.options.clock.during(() => this.call(service, operation, caller));
    if (done === 'drop') {
      throw new AwsError('ServiceUnavailable', 'the connection broke', 503);
    }
    return done.output;
  }

  private async serve(incoming: http.IncomingMessage, outgoing: http.ServerResponse): Promise<void> {
    const request = await readRequest(incoming);
    let response: WireResponse | 'drop';
    try {
      response = await this.options.clock.during(() => this.answer(request));
    } catch (error) {
      // A fault of the loopback itself. Never 5xx: clients would retry it for most of a minute.
      this.notImitated.push(`${request.method} ${request.path}: ${error instanceof Error ? error.stack : String(error)}`);
      response = { status: 400, body: JSON.stringify({ __type: 'LoopbackFault', message: String(error) }) };
    }
    if (response === 'drop') {
      incoming.socket.destroy();
      return;
    }
    outgoing.writeHead(response.status, { 'x-amzn-requestid': randomUUID(), ...response.headers });
    outgoing.end(response.body);
  }

  private async answer(request: WireRequest): Promise<WireResponse | 'drop'> {
    const response = await this.unsigned.find(({ prefix }) => request.path.startsWith(prefix))?.route(request);
    if (response) {
      return response;
    }
    const signature = signatureOf(request);
    if (!signature) {
      throw new NotImitated(`the unsigned request ${request.method} ${request.path}`);
    }
    const service = this.services.get(signature.signingName);
    if (!service) {
      throw new NotImitated(`the service ${signature.signingName}`);
    }
    const protocol = service.protocols.find((candidate) => candidate.accepts(request));
    if (!protocol) {
      throw new NotImitated(`the protocol of ${request.method} ${request.path} (${signature.signingName})`);
    }
    let caller: Caller | undefined;
    try {
      const { region } = signature;
      if (this.options.region !== undefined && region !== this.options.region && !service.isInEveryRegion) {
        throw new NotImitated(`${service.name} in ${region}`);
      }
      const operation = { ...protocol.parse(request), region };
      caller = this.options.hooks.identify(signature.accessKeyId, request.headers['x-amz-security-token']);
      const done = await this.call(service, operation, caller, request);
      return this.dated(done === 'drop' ? done : protocol.success(operation, done.output), caller);
    } catch (error) {
      return this.dated(this.refuse(error, protocol, request), caller);
    }
  }

  /**
   * Deployed functions live in virtual time. Whoever calls from outside lives in real time: an SDK that finds its clock wrong
   * takes every error for a consequence of that and tries again, for minutes in the CDK CLI.
   */
  private dated(response: WireResponse | 'drop', caller: Caller | undefined): WireResponse | 'drop' {
    if (response === 'drop' || caller?.roleArn === undefined) {
      return response;
    }
    return { ...response, headers: { date: new Date(this.options.clock.now()).toUTCString(), ...response.headers } };
  }

  private async call(service: Service, operation: Operation, caller: Caller, request?: WireRequest): Promise<Done | 'drop'> {
    const fault = this.faults.take({ service: service.name, operation: operation.name, caller });
    const record = (error?: string) => this.calls.add({
      at: this.options.clock.now(),
      service: service.name,
      operation: operation.name,
      caller,
      input: service.loggable ? service.loggable(operation) : operation.input,
      error,
      fault: fault?.kind,
    });
    if (fault && stopsRequest(fault)) {
      record(fault.kind);
      return this.breakOff(fault, caller);
    }
    try {
      const handler = service.operations[operation.name];
      if (!handler) {
        throw new NotImitated(`${service.name}:${operation.name}`);
      }
      await this.options.hooks.authorize(caller, service, operation);
      const output = await handler(operation.input, { caller, request, region: operation.region });
      record();
      return fault ? await this.spoilAnswer(fault, caller, { output }) : { output };
    } catch (error) {
      record(error instanceof AwsError ? error.code : 'LoopbackFault');
      throw error;
    }
  }

  private breakOff(fault: Fault, caller: Caller): 'drop' {
    switch (fault.kind) {
      case 'throttle':
        throw new AwsError(fault.code ?? 'ThrottlingException', 'Rate exceeded', 400);
      case 'error':
        throw new AwsError(fault.code, fault.message ?? 'a scripted fault', fault.status);
      case 'kill-caller':
        this.options.hooks.kill(caller);
        return 'drop';
      default:
        return 'drop';
    }
  }

  private async spoilAnswer(fault: Fault, caller: Caller, answer: Done): Promise<Done | 'drop'> {
    switch (fault.kind) {
      case 'delay':
        await new Promise((resolve) => setTimeout(resolve, fault.ms));
        return answer;
      case 'kill-caller':
        this.options.hooks.kill(caller);
        return 'drop';
      default:
        return 'drop';
    }
  }

  private refuse(error: unknown, protocol: Protocol, request: WireRequest): WireResponse {
    if (!(error instanceof AwsError)) {
      throw error;
    }
    if (error instanceof NotImitated) {
      this.notImitated.push(error.message);
    }
    return protocol.failure(error, request);
  }
}

function stopsRequest(fault: Fault): boolean {
  return fault.kind === 'throttle' || fault.kind === 'error' || fault.kind === 'drop-request'
    || (fault.kind === 'kill-caller' && fault.when === 'before');
}

async function readRequest(incoming: http.IncomingMessage): Promise<WireRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) {
    chunks.push(chunk as Buffer);
  }
  const url = new URL(incoming.url ?? '/', 'http://127.0.0.1');
  const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
  return {
    method: incoming.method ?? 'GET',
    path: (incoming.url ?? '/').split('?')[0],
    query: url.searchParams,
    headers,
    body: Buffer.concat(chunks),
  };
}
