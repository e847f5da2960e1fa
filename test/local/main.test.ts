import { type ChildProcess, spawn } from 'child_process';
import { existsSync, readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { AppStreamClient, CreateStackCommand, DescribeFleetsCommand } from '@aws-sdk/client-appstream';
import * as cfn from '@aws-sdk/client-cloudformation';
import { trust } from './services/test-cloud';

const ROOT = join(__dirname, '..', '..');
const running: ChildProcess[] = [];

afterEach(() => {
  running.splice(0).forEach((child) => child.kill('SIGKILL'));
});

/** Runs `npm run local`'s script as npm does, in the environment of somebody who has an account. */
function local(...args: string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', join('local', 'main.ts'), ...args], {
    cwd: ROOT, env: { ...process.env, AWS_PROFILE: 'mine' }, stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(child);
  const output = { stdout: '', stderr: '' };
  child.stdout!.on('data', (text) => (output.stdout += text));
  child.stderr!.on('data', (text) => (output.stderr += text));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const line = async () => {
    while (!output.stdout.includes('\n')) {
      await new Promise((resolve) => child.stdout!.once('data', resolve));
    }
    return output.stdout;
  };
  return { child, output, ended, line };
}

/** What the printed line exports, when a shell evaluates it. */
async function evaluated(line: string): Promise<Record<string, string>> {
  const shell = spawn('sh', ['-c', `${line}\nenv`], { env: { PATH: process.env.PATH, AWS_PROFILE: 'mine', AWS_SESSION_TOKEN: 'of others' } });
  let text = '';
  shell.stdout.on('data', (chunk) => (text += chunk));
  await new Promise((resolve) => shell.once('close', resolve));
  return Object.fromEntries(text.trim().split('\n').map((pair) => [pair.split('=')[0], pair.slice(pair.indexOf('=') + 1)]));
}

function settingsOf(environment: Record<string, string>) {
  return {
    endpoint: environment.AWS_ENDPOINT_URL,
    region: environment.AWS_REGION,
    credentials: { accessKeyId: environment.AWS_ACCESS_KEY_ID, secretAccessKey: environment.AWS_SECRET_ACCESS_KEY },
  };
}

/** The processes below one, as `/proc` has them. */
function childrenOf(pid: number): string[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name) && parentOf(name) === String(pid));
}

function parentOf(pid: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ')[1];
  } catch {
    // It has ended meanwhile.
    return undefined;
  }
}

test.each(['SIGTERM', 'SIGINT'] as const)('prints one line to evaluate, answers, and ends with %s', async (signal) => {
  const { child, output, ended, line } = local();
  const environment = await evaluated(await line());
  expect(environment.AWS_ENDPOINT_URL).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(environment).not.toHaveProperty('AWS_PROFILE');
  expect(environment).not.toHaveProperty('AWS_SESSION_TOKEN');
  expect((await new AppStreamClient(settingsOf(environment)).send(new DescribeFleetsCommand({}))).Fleets).toEqual([]);
  child.kill(signal);
  // As the terminal and npm do together.
  child.kill(signal);
  expect(await ended).toBe(0);
  expect(output).toEqual({ stdout: expect.stringMatching(/^.+\n$/), stderr: '' });
});

(existsSync('/proc/self/stat') ? test : test.skip)('takes with it what functions are at work', async () => {
  const { child, ended, line } = local();
  const cloudformation = new cfn.CloudFormationClient(settingsOf(await evaluated(await line())));
  const before = childrenOf(child.pid!);
  await cloudformation.send(new cfn.CreateStackCommand({
    StackName: 'Waiting',
    TemplateBody: JSON.stringify({
      Resources: {
        Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trust('lambda.amazonaws.com') } },
        Log: { Type: 'AWS::Logs::LogGroup' },
        Function: {
          Type: 'AWS::Lambda::Function',
          Properties: {
            Code: { ZipFile: 'exports.handler = () => new Promise((resolve) => setTimeout(resolve, 60_000));' },
            Handler: 'index.handler',
            Runtime: 'nodejs22.x',
            Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
            LoggingConfig: { LogGroup: { Ref: 'Log' } },
            Timeout: 60,
          },
        },
        Resource: { Type: 'Custom::Waiting', Properties: { ServiceToken: { 'Fn::GetAtt': ['Function', 'Arn'] } } },
      },
    }),
  }));
  let functions: string[] = [];
  while (functions.length === 0) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    functions = childrenOf(child.pid!).filter((pid) => !before.includes(pid));
  }
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
  expect([...before, ...functions].filter((pid) => existsSync(`/proc/${pid}`))).toEqual([]);
});

test('ends with the shell that npm has put between', async () => {
  const shell = spawn('sh', ['-c', `"${process.execPath}" --import tsx local/main.ts; true`], {
    cwd: ROOT, env: { ...process.env, npm_lifecycle_event: 'local' }, stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.push(shell);
  await new Promise((resolve) => shell.stdout.once('data', resolve));
  // Both hold the pipe, so it closes with the last of them.
  const closed = new Promise((resolve) => shell.stdout.once('close', resolve));
  shell.kill('SIGTERM');
  await closed;
});

test('says at once what it does not imitate, and ends with code 1', async () => {
  const { child, output, ended, line } = local('--scale', '10');
  const { AWS_ENDPOINT_URL: url } = await evaluated(await line());
  const told = new Promise((resolve) => child.stderr!.once('data', resolve));
  await fetch(`${url}/unsigned`);
  await told;
  expect(output.stderr).toContain('loopback fault: GET /unsigned');
  child.kill('SIGTERM');
  expect(await ended).toBe(1);
});

test('takes the port that it is given, or says that it cannot', async () => {
  const first = local();
  const { AWS_ENDPOINT_URL: url } = await evaluated(await first.line());
  const second = local('--port', new URL(url).port);
  expect(await second.ended).toBe(1);
  expect(second.output.stderr).toContain('address already in use');
  first.child.kill('SIGTERM');
  await first.ended;
  const third = local('--port', new URL(url).port);
  expect((await evaluated(await third.line())).AWS_ENDPOINT_URL).toBe(url);
  await new AppStreamClient(settingsOf(await evaluated(await third.line()))).send(new CreateStackCommand({ Name: 'office' }));
});

test.each([
  [['--port', 'http'], '--port must be a number from 0 to 65535, not "http"'],
  [['--scale', '0'], '--scale must be a number from 1 to 1000, not "0"'],
  [['--no-such'], 'Unknown option \'--no-such\''],
])('refuses %j', async (args, message) => {
  const { output, ended } = local(...args);
  expect(await ended).toBe(1);
  expect(output.stderr).toContain(message);
});
