import * as cdk from 'aws-cdk-lib';
import { Deployment } from './deployment';
import { OfficeStack } from '../../examples/office/office-stack';

const office = (app: cdk.App) => new OfficeStack(app, 'Office', { open: true, team: 'Staff', description: 'Desktops', displayName: 'Desktops' });
/** Short, so that the engine polls a few times and not a hundred. */
const DURATIONS = { fleetStart: 45_000, fleetStop: 30_000, builderStart: 60_000, builderStop: 30_000 };

interface World {
  readonly deployed: string;
  readonly fleet: string;
  readonly builder: string;
  readonly destroyed: string;
  readonly left: number;
}

const AS_IT_SHOULD_BE: World = { deployed: 'CREATE_COMPLETE', fleet: 'RUNNING', builder: 'STOPPED', destroyed: 'DELETE_COMPLETE', left: 0 };

/** Deploys the office and destroys it again. Whatever `crash` arranges may happen on the way. */
async function liveThrough(crash: (deployment: Deployment) => void): Promise<{ world: World; calls: number; killed: number }> {
  const deployment = await Deployment.start({
    appstream: { durations: DURATIONS },
    // CloudFormation is not counted on to stop what it deletes: whether it does is inferred.
    cloudformation: { fleetDeletion: 'strict', imageBuilderDeletion: 'direct' },
  });
  const { loopback } = deployment;
  crash(deployment);
  const deployed = await deployment.deploy(office);
  const fleet = (await loopback.call('appstream', 'DescribeFleets', {})).Fleets
    .find(({ Name }: { Name: string }) => Name === deployed.outputs.FleetName);
  const [builder] = (await loopback.call('appstream', 'DescribeImageBuilders', {})).ImageBuilders;
  const destroyed = await deployment.destroy('Office');
  const left = await Promise.all([['DescribeFleets', 'Fleets'], ['DescribeImageBuilders', 'ImageBuilders'], ['DescribeStacks', 'Stacks']]
    .map(async ([operation, member]) => (await loopback.call('appstream', operation, {}))[member].length));
  const secrets = loopback.secrets.arns();
  const { calls } = loopback.endpoint;
  await deployment.stop();
  return {
    world: {
      deployed: deployed.status,
      fleet: fleet?.State,
      builder: builder?.State,
      destroyed: destroyed.status,
      left: left.reduce((a, b) => a + b, secrets.length),
    },
    calls: calls.all().filter(({ caller }) => caller.roleArn !== undefined).length,
    killed: calls.all().filter(({ fault }) => fault === 'kill-caller').length,
  };
}

const killAt = (skip: number, when: 'before' | 'after') => ({ loopback }: Deployment) =>
  void loopback.endpoint.faults.add({ lambdaOnly: true, skip, fault: { kind: 'kill-caller', when } });

test('the office is deployed and destroyed whichever call of its functions is their last', async () => {
  const undisturbed = await liveThrough(() => undefined);
  expect(undisturbed.world).toEqual(AS_IT_SHOULD_BE);

  const before = await liveThrough(killAt(0, 'before'));
  expect(before).toMatchObject({ world: AS_IT_SHOULD_BE, killed: 1 });
  for (let call = 0; call < undisturbed.calls; call += 1) {
    const { world, killed } = await liveThrough(killAt(call, 'after'));
    expect({ call, world, killed }).toEqual({ call, world: AS_IT_SHOULD_BE, killed: 1 });
  }
}, 600_000);

test.each([
  ['before CloudFormation has it', false],
  ['after CloudFormation has it', true],
])('a function that is killed while it answers answers again, killed %s', async (_, arrives) => {
  let answers = 0;
  const { world } = await liveThrough((deployment) => {
    deployment.loopback.onAnswer = () => {
      answers += 1;
      if (answers > 3) {
        return true;
      }
      const { lambda, cloudformation } = deployment.loopback;
      cloudformation.stackResources('Office').filter(({ type }) => type === 'AWS::Lambda::Function')
        .forEach(({ physicalId }) => physicalId !== undefined && lambda.killBusy(physicalId));
      return arrives;
    };
  });
  expect(world).toEqual(AS_IT_SHOULD_BE);
  expect(answers).toBeGreaterThan(4);
});
