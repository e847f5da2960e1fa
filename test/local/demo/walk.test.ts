import { aStep } from './a-step';
import type { CdkRun } from '../../../local/demo/cdk-cli';
import { cdk, type Step, user } from '../../../local/demo/step';
import { Terminal } from '../../../local/demo/terminal';
import { type StepResult, walk } from '../../../local/demo/walk';
import { Observer } from '../../../local/demo/world';
import { Loopback } from '../../../local/loopback';

let loopback: Loopback;
let written: string;

beforeAll(async () => {
  loopback = await Loopback.start();
});
afterAll(() => loopback.stop());
beforeEach(() => {
  written = '';
});

const template = { Resources: { Log: { Type: 'AWS::Logs::LogGroup' } } };

/** Walks with a command line that only knows how to deploy and destroy a log group. */
async function walked(...steps: Step[]): Promise<StepResult[]> {
  const cli = {
    async run([command]: readonly string[]): Promise<CdkRun> {
      await (command === 'deploy' ? loopback.cloudformation.deploy('App', template) : loopback.cloudformation.destroy('App'));
      return { exitCode: 0, output: '' };
    },
  };
  const terminal = new Terminal({ write: (text) => (written += text) }, {});
  const results: StepResult[] = [];
  for await (const result of walk({ steps, service: 'appstream' }, { loopback, cli, observer: new Observer(loopback.url, loopback.region), terminal, events: [] })) {
    results.push(result);
  }
  return results;
}

test('steps that lead where they should have no problems', async () => {
  const results = await walked(
    aStep({ action: cdk('deploy', '-c', 'a=b c'), expected: 'CREATE_COMPLETE' }),
    aStep({ title: 'destroy', action: cdk('destroy'), expected: 'nothing is left' }),
  );
  expect(results.map(({ problems }) => problems)).toEqual([[], []]);
  expect(written).toContain('1. first deploy\n   cdk deploy -c \'a=b c\'\n');
  expect(written).toContain('   CloudFormation  App  CREATE_COMPLETE  1 resources\n');
});

test('a user tells what came of it, or why nothing did', async () => {
  const results = await walked(
    aStep({ action: user('somebody looks', async ({ before }) => [`sees ${before.things.length} things`]), expected: 'nothing is left' }),
    aStep({ action: user('somebody waits', () => Promise.reject(new Error('in vain'))), exitCode: 1, expected: 'nothing is left' }),
  );
  expect(results.map(({ problems }) => problems)).toEqual([[], []]);
  expect(written).toContain('   somebody looks\n   | sees 0 things\n');
  expect(written).toContain('   somebody waits\n   | Error: in vain\n');
});

test('the walk ends with the first step that goes wrong', async () => {
  const results = await walked(
    aStep({ exitCode: 1, expected: 'nothing', verify: ({ before }) => [`${before.deployments.length} stacks before`] }),
    aStep({ title: 'never' }),
  );
  expect(results.map(({ problems }) => problems)).toEqual([
    ['it ended with 0', 'CREATE_COMPLETE, where nothing was expected', '0 stacks before'],
  ]);
  expect(written).toContain('   ✗ it ended with 0\n');
});
