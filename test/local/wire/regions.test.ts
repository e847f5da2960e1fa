import { AppStream } from '@aws-sdk/client-appstream';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { Loopback } from '../../../local/loopback';

test('AppStream is in every Region, each with things of its own; any other service elsewhere is a loud failure', async () => {
  const loopback = await Loopback.start();
  const settings = (region: string) => ({
    endpoint: loopback.url, region, credentials: { accessKeyId: 'loopback', secretAccessKey: 'loopback' }, maxAttempts: 1,
  });
  const fleet = { Name: 'office', InstanceType: 'stream.standard.large', ImageName: 'AppStream-WinServer2022-06-17-2024', ComputeCapacity: { DesiredInstances: 1 } };
  await new AppStream(settings('eu-west-1')).createFleet(fleet);
  expect((await new AppStream(settings('eu-west-1')).describeFleets({})).Fleets).toMatchObject([{ Arn: expect.stringContaining(':eu-west-1:') }]);
  expect((await new AppStream(settings(loopback.region)).describeFleets({})).Fleets).toEqual([]);
  expect(loopback.faults()).toEqual([]);
  await expect(new SecretsManager(settings('eu-west-1')).listSecrets({})).rejects.toMatchObject({ name: 'LoopbackNotImitated' });
  expect(loopback.faults()).toEqual(['the loopback does not imitate secretsmanager in eu-west-1']);
  await loopback.stop();
});
