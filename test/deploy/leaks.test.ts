import * as cdk from 'aws-cdk-lib';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { Deployment } from './deployment';
import { leaksOf } from './leaks';

const SECRET = 'https://stream.example.com/?to=ann&key="6f3\\1"+/ü?';
const PLACES = [`opened ${SECRET} again`, { events: [{ output: `the url is ${SECRET}` }] }];
const ENCODED = [
  ['plain', SECRET],
  ['URL-encoded', encodeURIComponent(SECRET)],
  ['JSON-escaped', JSON.stringify({ url: SECRET })],
];

test.each(ENCODED)('a secret is found %s, in a text and in what holds texts', (form, text) => {
  for (const what of [text, `before ${text} after`, [{ deep: { down: text } }]]) {
    expect(leaksOf(['another', SECRET], [{ where: 'the log', what }])).toContain(`a secret is in the log, ${form}`);
  }
});

test.each(['base64', 'base64url'] as const)('a secret is found in %s, whatever stands before and after it', (form) => {
  for (const before of ['', '1', '12', '123', '1234']) {
    for (const after of ['', 'a', 'ab', 'abc']) {
      const what = Buffer.from(before + SECRET + after).toString(form);
      expect(leaksOf([SECRET], [{ where: 'an execution', what }])).toContain(`a secret is in an execution, ${form}`);
    }
  }
});

test('what leaks is not told once more', () => {
  const leaks = leaksOf([SECRET], PLACES.map((what) => ({ where: 'the log', what })));
  expect(leaks.length).toBeGreaterThan(1);
  expect(leaks.join()).not.toContain(SECRET);
});

test('nothing is found where no secret is', () => {
  const texts = ['https://stream.example.com/', Buffer.from('https://stream.example.com/?to=bob').toString('base64'), { at: 1, id: null }];
  expect(leaksOf([SECRET], texts.map((what) => ({ where: 'the log', what })))).toEqual([]);
});

test('fails a deployment that showed a URL of AppStream, although its stack is gone', async () => {
  const deployment = await Deployment.start();
  const call = (operation: string, input: object) => deployment.loopback.call('appstream', operation, input);
  await call('CreateImageBuilder', { Name: 'builder', ImageName: 'AppStream-WinServer2022-06-17-2024', InstanceType: 'stream.standard.large' });
  deployment.clock.advance(600_000);
  const { StreamingURL } = await call('CreateImageBuilderStreamingURL', { Name: 'builder' });
  const deploy = (value: string) => deployment.deploy((app) => {
    const stack = new cdk.Stack(app, 'Leaky');
    new CfnLogGroup(stack, 'Log', { retentionInDays: 7 });
    new cdk.CfnOutput(stack, 'Url', { value });
    return stack;
  });
  await deploy('nothing');
  await deploy(Buffer.from(`open ${StreamingURL}`).toString('base64'));
  await deployment.destroy('Leaky');
  await expect(deployment.stop()).rejects.toThrow(new Error('a credential can be read:\na secret is in a stack, base64\na secret is in a stack, base64url'));
});
