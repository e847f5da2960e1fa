import { LambdaFixture } from './lambda-fixture';
import { LeapingClock } from '../../../../local/clock';

/** A loopback of its own process, which tells the process and the folder of a function that stays at work, and then is there to be killed. */
async function main(): Promise<void> {
  const fixture = new LambdaFixture(new LeapingClock());
  await fixture.createRole();
  await fixture.createFunction('pid', `exports.handler = async ({ stay }) => {
    if (stay) { await new Promise((r) => setTimeout(r, 600000)); } return [process.pid, process.env.LAMBDA_TASK_ROOT]; };`, { Timeout: 900 });
  const { payload } = await fixture.invoke('pid');
  void fixture.invoke('pid', { stay: true });
  process.stdout.write(`${payload.join(' ')}\n`);
}

void main();
