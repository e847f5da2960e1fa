import { AppStream, CreateFleetCommandInput, CreateImageBuilderCommandInput } from '@aws-sdk/client-appstream';
import { AppStreamSimulator } from '../../../../local/streaming/appstream';
import type { AppStreamOptions } from '../../../../local/streaming/appstream/options';
import { simulate, type Simulation } from '../simulation';

export { stopSimulations } from '../simulation';

export const IMAGE = 'AppStream-WinServer2022-06-17-2024';
export const MINUTE = 60_000;

export type SimulatedAppStream = Simulation<AppStream, AppStreamSimulator>;

export function simulateAppStream(options?: AppStreamOptions): Promise<SimulatedAppStream> {
  return simulate('eu-west-1', AppStream, (cloud) => new AppStreamSimulator(cloud, options));
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
