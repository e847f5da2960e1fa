import { AppStream, CreateFleetCommandInput, CreateImageBuilderCommandInput } from '@aws-sdk/client-appstream';
import { LeapingClock } from '../../../../local/clock';
import { AppStreamSimulator } from '../../../../local/streaming/appstream';
import type { AppStreamOptions } from '../../../../local/streaming/appstream/options';
import { Endpoint } from '../../../../local/wire/endpoint';

export const IMAGE = 'AppStream-WinServer2022-06-17-2024';
export const MINUTE = 60_000;

/** An AppStream of one's own, and the real client in front of it. */
export interface SimulatedAppStream {
  readonly client: AppStream;
  readonly simulator: AppStreamSimulator;
  readonly clock: LeapingClock;
  readonly endpoint: Endpoint;
}

const endpoints: Endpoint[] = [];

export async function simulateAppStream(options?: AppStreamOptions): Promise<SimulatedAppStream> {
  const clock = new LeapingClock();
  const endpoint = new Endpoint({
    clock,
    hooks: { identify: (accessKeyId) => ({ accessKeyId }), authorize: async () => {}, kill: () => {} },
  });
  await endpoint.start();
  endpoints.push(endpoint);
  const simulator = new AppStreamSimulator(
    { clock, region: 'eu-west-1', account: '123456789012', url: endpoint.url, call: async () => ({}) },
    options,
  );
  endpoint.register(simulator);
  const client = new AppStream({
    endpoint: endpoint.url,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'AKIAOPERATOR', secretAccessKey: 'secret' },
    maxAttempts: 1,
  });
  return { client, simulator, clock, endpoint };
}

/** For `afterEach`. */
export async function stopSimulations(): Promise<void> {
  await Promise.all(endpoints.splice(0).map((endpoint) => endpoint.stop()));
}

/** A fleet that AppStream takes; `undefined` takes a member away. */
export function aFleet(overrides: Partial<CreateFleetCommandInput> = {}): CreateFleetCommandInput {
  return { Name: 'office', InstanceType: 'stream.standard.large', ImageName: IMAGE, ComputeCapacity: { DesiredInstances: 2 }, ...overrides };
}

export function anElasticFleet(overrides: Partial<CreateFleetCommandInput> = {}): CreateFleetCommandInput {
  return {
    Name: 'elastic',
    FleetType: 'ELASTIC',
    InstanceType: 'stream.standard.large',
    Platform: 'WINDOWS_SERVER_2019',
    MaxConcurrentSessions: 10,
    VpcConfig: { SubnetIds: ['subnet-1', 'subnet-2'] },
    ...overrides,
  };
}

export function aBuilder(overrides: Partial<CreateImageBuilderCommandInput> = {}): CreateImageBuilderCommandInput {
  return { Name: 'builder', InstanceType: 'stream.standard.large', ImageName: IMAGE, ...overrides };
}

/** How a refusal looks to the caller. */
export function refusal(name: string, message?: string): object {
  return expect.objectContaining({ name, ...message !== undefined && { message } });
}

export async function fleetState({ client }: SimulatedAppStream, name = 'office'): Promise<string | undefined> {
  return (await client.describeFleets({ Names: [name] })).Fleets![0].State;
}

export async function builderState({ client }: SimulatedAppStream, name = 'builder'): Promise<string | undefined> {
  return (await client.describeImageBuilders({ Names: [name] })).ImageBuilders![0].State;
}
