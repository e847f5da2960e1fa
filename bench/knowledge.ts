import * as cdk from 'aws-cdk-lib';
import { barChart } from './chart';
import { atMost, type Section } from './figure';
import { appstream } from '../src';
import { Deployment } from '../test/deploy/deployment';

/** lambda/engine asks this often unless a controller says otherwise. */
const POLLING_SECONDS = 20;
/** Starts that end at different moments between two polls. */
const START_SECONDS = [121, 125, 129, 133, 137, 141];

/** How long after a fleet of the simulator turned RUNNING the deployment that waited for it knew. */
export async function knowledge(): Promise<Section> {
  const delays: number[] = [];
  for (const seconds of START_SECONDS) {
    delays.push(await delayAfter(seconds));
  }
  const longest = Math.max(...delays);
  return {
    title: 'From RUNNING to a deployment that knows',
    notes: [
      'The seconds from the moment when the simulated fleet turns RUNNING until CloudFormation has the answer. Time leaps while everybody waits, '
      + `so the real time that the functions need in the loopback is measured by itself and added; the fleets start for ${START_SECONDS.join(', ')} seconds.`,
    ],
    figures: [
      { what: 'shortest', figure: `${Math.min(...delays).toFixed(1)} s` },
      { what: 'longest', figure: `${longest.toFixed(1)} s`, goal: atMost(longest, POLLING_SECONDS + 1, `≤ one polling interval + 1 s = ${POLLING_SECONDS + 1} s`) },
    ],
    charts: {
      'knowledge.svg': barChart('From RUNNING to a deployment that knows', 's', delays.map((value, index) => ({ label: `a start of ${START_SECONDS[index]} s`, value }))),
    },
  };
}

async function delayAfter(seconds: number): Promise<number> {
  const deployment = await Deployment.start({ appstream: { durations: { fleetStart: seconds * 1000 } } });
  const { loopback, clock } = deployment;
  // The last answer is that of the fleet's state: the gate before the fleet answers earlier.
  let answered: Moment | undefined;
  let isOver = false;
  loopback.onAnswer = () => {
    answered = { virtual: clock.now(), real: performance.now() };
    return true;
  };
  const deploying = deployment.deploy(runningFleet).finally(() => { isOver = true; });
  const [result, running] = await Promise.all([deploying, untilRunning(deployment, () => isOver)]);
  await deployment.stop();
  if (result.status !== 'CREATE_COMPLETE' || !answered || !running) {
    throw new Error(`the deployment ended in ${result.status}: ${result.failures.join('; ')}`);
  }
  return (answered.virtual - running.virtual + answered.real - running.real) / 1000;
}

interface Moment {
  readonly virtual: number;
  readonly real: number;
}

/** Looks at the fleet ten times a second until it runs. */
async function untilRunning({ loopback, clock }: Deployment, isOver: () => boolean): Promise<Moment | undefined> {
  while (!isOver()) {
    await clock.sleep(100);
    const { Fleets } = await loopback.call('appstream', 'DescribeFleets', {});
    if (Fleets[0]?.State === 'RUNNING') return { virtual: clock.now(), real: performance.now() };
  }
  return undefined;
}

function runningFleet(app: cdk.App): cdk.Stack {
  const stack = new cdk.Stack(app, 'Office');
  new appstream.Fleet(stack, 'Fleet', {
    image: appstream.Image.fromName('AppStream-WinServer2022-06-17-2024'),
    instanceType: appstream.InstanceType.STANDARD_LARGE,
    capacity: appstream.Capacity.instances(1),
    desiredState: appstream.FleetState.RUNNING,
  });
  return stack;
}
