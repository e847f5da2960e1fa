import * as http from 'http';
import type { AddressInfo } from 'net';

/** What a process takes from the Runtime API. */
export interface RuntimeEvent {
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: string;
}

/** The side of a process that the Runtime API speaks to. */
export interface RuntimePeer {
  /** Resolves when there is something to do. */
  next(): Promise<RuntimeEvent>;
  answer(requestId: string, kind: 'response' | 'error', payload: string): void;
  initError(payload: string): void;
}

/**
 * The Lambda Runtime API, over which each process takes its invocations and gives its answers.
 * One server for all of them: the first part of the path tells which process speaks.
 */
export class RuntimeApi {
  private readonly peers = new Map<string, RuntimePeer>();
  private readonly server = http.createServer((request, response) => void this.serve(request, response));
  private listening?: Promise<void>;

  /** The value of AWS_LAMBDA_RUNTIME_API for a process. */
  public async address(id: string): Promise<string> {
    this.listening ??= new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(0, '127.0.0.1', resolve);
    });
    await this.listening;
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}/${id}`;
  }

  public register(id: string, peer: RuntimePeer): void {
    this.peers.set(id, peer);
  }

  public unregister(id: string): void {
    this.peers.delete(id);
  }

  public async stop(): Promise<void> {
    // A server that is closed before it listens never tells those who wait for it.
    await this.listening;
    await new Promise<void>((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }

  private async serve(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const [, id, ...path] = (request.url ?? '').split('/');
    const peer = this.peers.get(id);
    const route = `${request.method} ${path.join('/')}`;
    const answer = /^POST 2018-06-01\/runtime\/invocation\/([^/]+)\/(response|error)$/.exec(route);
    if (peer && route === 'GET 2018-06-01/runtime/invocation/next') {
      const event = await peer.next();
      response.writeHead(200, event.headers).end(event.payload);
    } else if (peer && route === 'POST 2018-06-01/runtime/init/error') {
      peer.initError(await text(request));
      response.writeHead(202).end();
    } else if (peer && answer) {
      const payload = await text(request);
      response.writeHead(202).end();
      peer.answer(answer[1], answer[2] as 'response' | 'error', payload);
    } else {
      response.writeHead(404).end();
    }
  }
}

async function text(request: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}
