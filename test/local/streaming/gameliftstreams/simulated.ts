import {
  CreateApplicationCommandInput, CreateStreamGroupCommandInput, CreateStreamUrlCommandInput, GameLiftStreams, StartStreamSessionCommandInput,
} from '@aws-sdk/client-gameliftstreams';
import { GameLiftStreamsSimulator } from '../../../../local/streaming/gameliftstreams';
import type { Content } from '../../../../local/streaming/gameliftstreams/account';
import type { GameLiftStreamsOptions } from '../../../../local/streaming/gameliftstreams/options';
import { simulate, type Simulation } from '../simulation';

export { stopSimulations } from '../simulation';

export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;
export const HOME = 'us-west-2';
export const REMOTE = 'eu-central-1';
export const TOKEN = 'token-of-thirty-two-characters-00';

export type SimulatedGameLiftStreams = Simulation<GameLiftStreams, GameLiftStreamsSimulator>;

export function simulateGameLiftStreams(options?: GameLiftStreamsOptions): Promise<SimulatedGameLiftStreams> {
  return simulate(HOME, GameLiftStreams, (cloud) => new GameLiftStreamsSimulator(cloud, BUILDS, options));
}

/** All that is in S3. */
const BUILDS: Content = { keys: (bucket) => bucket === 'builds' ? ['game/1.0/bin/game', 'game/1.0/game.exe'] : undefined };

/** An application that GameLift Streams takes; `undefined` takes a member away. */
export function anApplication(overrides: Partial<CreateApplicationCommandInput> = {}): CreateApplicationCommandInput {
  return {
    Description: 'game',
    RuntimeEnvironment: { Type: 'UBUNTU', Version: '22_04_LTS' },
    ExecutablePath: 'bin/game',
    ApplicationSourceUri: 's3://builds/game/1.0/',
    ...overrides,
  };
}

export function aGroup(overrides: Partial<CreateStreamGroupCommandInput> = {}): CreateStreamGroupCommandInput {
  return {
    Description: 'players',
    StreamClass: 'gen5n_high',
    LocationConfigurations: [{ LocationName: HOME, AlwaysOnCapacity: 2, MaximumCapacity: 4 }],
    ...overrides,
  };
}

export const TWO_LOCATIONS = [{ LocationName: HOME, AlwaysOnCapacity: 2 }, { LocationName: REMOTE, AlwaysOnCapacity: 2 }];

/** An application that is READY. */
export async function readyApplication(
  { client, clock }: SimulatedGameLiftStreams, overrides?: Partial<CreateApplicationCommandInput>,
): Promise<string> {
  const { Id } = await client.createApplication(anApplication(overrides));
  clock.advance(3 * MINUTE);
  return Id!;
}

/** An ACTIVE stream group, with an application that is replicated. */
export async function streaming(
  options?: GameLiftStreamsOptions,
  group?: Partial<CreateStreamGroupCommandInput>,
  application?: Partial<CreateApplicationCommandInput>,
): Promise<SimulatedGameLiftStreams & { readonly app: string; readonly group: string }> {
  const simulated = await simulateGameLiftStreams(options);
  const app = await readyApplication(simulated, application);
  const { Id } = await simulated.client.createStreamGroup(aGroup({ DefaultApplicationIdentifier: app, ...group }));
  simulated.clock.advance(5 * MINUTE);
  return { ...simulated, app, group: Id! };
}

type Streaming = Awaited<ReturnType<typeof streaming>>;

export function aSession({ app, group }: Streaming, overrides: Partial<StartStreamSessionCommandInput> = {}): StartStreamSessionCommandInput {
  return { Identifier: group, ApplicationIdentifier: app, Protocol: 'WebRTC', SignalRequest: '{"type":"offer"}', ...overrides };
}

export function aUrl({ app, group }: Streaming, overrides: Partial<CreateStreamUrlCommandInput> = {}): CreateStreamUrlCommandInput {
  return { Identifier: group, ApplicationIdentifier: app, Protocol: 'WebRTC', UrlExpiresAfterMinutes: 60, Locations: [HOME], ...overrides };
}

/** The status of a session, and its reason if there is one. */
export async function sessionStatus({ client, group }: Streaming, arn: string): Promise<(string | undefined)[]> {
  const { Status, StatusReason } = await client.getStreamSession({ Identifier: group, StreamSessionIdentifier: arn });
  return StatusReason === undefined ? [Status] : [Status, StatusReason];
}

/** How a refusal looks to the caller. */
export function refusal(name: string, message?: string): object {
  return expect.objectContaining({ name, ...message !== undefined && { message } });
}
