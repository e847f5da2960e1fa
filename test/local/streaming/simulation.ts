import { LeapingClock } from '../../../local/clock';
import type { Cloud } from '../../../local/cloud';
import { Endpoint } from '../../../local/wire/endpoint';
import type { Service } from '../../../local/wire/service';

/** A streaming service of one's own, and the real client in front of it. */
export interface Simulation<Client, Simulator> {
  readonly client: Client;
  readonly simulator: Simulator;
  readonly clock: LeapingClock;
  readonly endpoint: Endpoint;
}

/** What every client of the SDK takes. */
interface ClientConfiguration {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly maxAttempts: number;
}

const endpoints: Endpoint[] = [];

/** A service behind an endpoint that lets everybody do everything. */
export async function simulate<Client, Simulator extends Service>(
  region: string, Client: new (configuration: ClientConfiguration) => Client, make: (cloud: Cloud) => Simulator,
): Promise<Simulation<Client, Simulator>> {
  const clock = new LeapingClock();
  const endpoint = new Endpoint({
    clock,
    hooks: { identify: (accessKeyId) => ({ accessKeyId }), authorize: async () => {}, kill: () => {} },
  });
  await endpoint.start();
  endpoints.push(endpoint);
  const simulator = make({ clock, region, account: '123456789012', url: endpoint.url, call: async () => ({}) });
  endpoint.register(simulator);
  const client = new Client({
    endpoint: endpoint.url, region, credentials: { accessKeyId: 'AKIAOPERATOR', secretAccessKey: 'secret' }, maxAttempts: 1,
  });
  return { client, simulator, clock, endpoint };
}

/** For `afterEach`. */
export async function stopSimulations(): Promise<void> {
  await Promise.all(endpoints.splice(0).map((endpoint) => endpoint.stop()));
}
