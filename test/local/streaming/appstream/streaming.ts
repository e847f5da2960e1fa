import { MINUTE, aFleet, simulateAppStream, SimulatedAppStream } from './simulated';
import type { AppStreamOptions } from '../../../../local/streaming/appstream/options';

export const HERE = { StackName: 'stack', FleetName: 'office' };

/** A stack whose fleet runs. */
export async function streaming(options?: AppStreamOptions, fleet = aFleet()): Promise<SimulatedAppStream> {
  const appstream = await simulateAppStream(options);
  const { client, clock } = appstream;
  await client.createFleet(fleet);
  await client.createStack({ Name: 'stack' });
  await client.associateFleet(HERE);
  await client.startFleet({ Name: 'office' });
  clock.advance(10 * MINUTE);
  return appstream;
}

/** A user gets a streaming URL and opens it. */
export async function open({ client, simulator }: SimulatedAppStream, UserId: string) {
  const { StreamingURL } = await client.createStreamingURL({ ...HERE, UserId });
  return simulator.openStreamingUrl(StreamingURL!);
}
