import * as cdk from 'aws-cdk-lib';
import { RenderStudio } from './render-studio';
import { nimblestudio } from '../../../src';

let studio: RenderStudio;
beforeEach(async () => {
  studio = await RenderStudio.start();
});
afterEach(() => studio.stop());

/** The properties of the newest request, as they arrived from CloudFormation. */
async function received(): Promise<Record<string, unknown>> {
  const [newest] = [...studio.loopback.states.executions].reverse();
  const { input } = await studio.loopback.call('states', 'DescribeExecution', { executionArn: newest.options.arn });
  const { ServiceToken, ServiceTimeout, ...properties } = JSON.parse(input).event.ResourceProperties;
  return properties;
}

const inputsOf = (operation: string) => studio.loopback.endpoint.calls.of('nimble', operation).map(({ input }) => input);

test('what StreamingSession says arrives at Nimble Studio', async () => {
  await studio.deploy({
    ownedBy: 'ada',
    instanceType: nimblestudio.InstanceType.G5_2XLARGE,
    tags: { film: 'Night & "Day"' },
    desiredState: nimblestudio.StreamingSessionState.STOPPED,
    volumeRetentionMode: nimblestudio.VolumeRetentionMode.DELETE,
    revision: '7',
    timeout: cdk.Duration.minutes(30),
    endpointUrl: studio.loopback.url,
  });
  const { studioId, stoppable } = studio;
  expect(await received()).toEqual({
    StudioId: studioId,
    LaunchProfileId: stoppable,
    OwnedBy: 'ada',
    InstanceType: 'g5.2xlarge',
    Tags: '{"film":"Night & \\"Day\\""}',
    DesiredState: 'STOPPED',
    VolumeRetentionMode: 'DELETE',
    Revision: '7',
    TimeoutSeconds: '1800',
    EndpointUrl: studio.loopback.url,
  });
  const token = expect.stringMatching(/^[0-9a-f]{64}$/);
  expect(inputsOf('CreateStreamingSession')).toEqual([{
    studioId,
    launchProfileId: stoppable,
    ownedBy: 'ada',
    ec2InstanceType: 'g5.2xlarge',
    tags: {
      'film': 'Night & "Day"',
      'cdk-app-streaming:stack': 'Render',
      'cdk-app-streaming:resource': token,
      'cdk-app-streaming:version': token,
    },
    clientToken: token,
  }]);
  const sessionId = studio.physicalId();
  expect(inputsOf('StopStreamingSession')).toEqual([{ studioId, sessionId, volumeRetentionMode: 'DELETE', clientToken: token }]);
});

test('what is not said is left to Nimble Studio', async () => {
  await studio.deploy();
  expect(await received()).toEqual({ StudioId: studio.studioId, LaunchProfileId: studio.stoppable, DesiredState: 'READY', TimeoutSeconds: '2700' });
  expect(Object.keys(inputsOf('CreateStreamingSession')[0] as object).sort()).toEqual(['clientToken', 'launchProfileId', 'studioId', 'tags']);
});
