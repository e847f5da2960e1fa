import { AppStreamClient, DescribeFleetsCommand } from '@aws-sdk/client-appstream';
import { aFleet, aWorld, NOTHING } from './a-world';
import { RESPONSE_PREFIX, type StackEvent } from '../../../local/cloudformation';
import { type Evidence, gatherEvidence, problemsOf, reservesOf } from '../../../local/demo/checks';
import { Observer } from '../../../local/demo/world';
import { Loopback } from '../../../local/loopback';
import { policy, trust } from '../services/test-cloud';

const clean: Evidence = {
  world: NOTHING,
  orphans: [],
  runningExecutions: [],
  functions: ['engine'],
  invocations: [
    { functionName: 'engine', requestId: '1', type: 'Event', attempt: 1, at: 0 },
    { functionName: 'engine', requestId: '2', type: 'RequestResponse', attempt: 1, at: 0 },
  ],
  dropped: [],
  logLines: [{ at: 0, group: 'engine-log', stream: 'stream', message: '{"at":"step"}', wall: 0 }],
  denials: [],
  unusedGrants: [],
  faults: [],
};

test('there are no problems when all is as it should be', () => {
  expect(problemsOf(clean, {})).toEqual([]);
});

test.each<[string, Partial<Evidence>, string]>([
  ['a fleet that is left', { world: { ...NOTHING, things: [aFleet()] } }, 'left: fleet  desktops  RUNNING  2 of 2 instances run'],
  ['a stack of CloudFormation that is left', { world: { ...NOTHING, deployments: aWorld().deployments } },
    'left: CloudFormation  Office  CREATE_COMPLETE  1 resources'],
  ['an orphan', { orphans: ['AWS::IAM::Role role'] }, 'left: AWS::IAM::Role role'],
  ['an execution that runs', { runningExecutions: ['Fleet-1'] }, 'still running: the execution Fleet-1'],
  ['an app without functions', { functions: [] }, 'no function was ever deployed'],
  ['a function that nobody called', { invocations: [] }, 'nobody ever invoked engine'],
  ['a function that no machine called', { invocations: clean.invocations.slice(0, 1) }, 'no state machine ever invoked engine'],
  ['a function that crashed', { invocations: [...clean.invocations, { ...clean.invocations[0], error: 'Runtime.ExitError' }] },
    'engine ended with Runtime.ExitError'],
  ['an event that was given up', { dropped: [{ functionName: 'engine', requestId: '1', payload: '{}', reason: 'RetriesExhausted' }] },
    'an event for engine was dropped: RetriesExhausted'],
  ['a log line with the name of the address', { logLines: [{ ...clean.logLines[0], message: '{"ResponseURL":""}' }] },
    'a line in engine-log holds a ResponseURL'],
  ['a log line with the address', { logLines: [{ ...clean.logLines[0], message: `PUT http://127.0.0.1:1${RESPONSE_PREFIX}x` }] },
    'a line in engine-log holds a ResponseURL'],
  ['a denied call', { denials: [{ at: 0, roleArn: 'role', action: 'appstream:StopFleet', resource: '*', message: 'not authorized to stop' }] },
    'not authorized to stop'],
  ['a grant without a use', { unusedGrants: [{ roleArn: 'role', action: 'appstream:DeleteFleet', resource: '*' }] },
    'granted and never used: appstream:DeleteFleet on * for role'],
  ['a fault of the loopback', { faults: ['no such thing'] }, 'loopback fault: no such thing'],
])('%s is a problem', (_what, evidence, problem) => {
  expect(problemsOf({ ...clean, ...evidence }, {})).toEqual([problem]);
});

test('a grant for an occasion that the demo does not have is told, and is no problem', () => {
  const unusedGrants = ['one', 'two'].map((resource) => ({ roleArn: 'role', action: 'states:StopExecution', resource }));
  const reserves = { 'states:StopExecution': 'for requests that are overtaken by newer ones' };
  expect(problemsOf({ ...clean, unusedGrants }, reserves)).toEqual([]);
  expect(reservesOf(unusedGrants, reserves)).toEqual([
    'granted, and not used in the demo: states:StopExecution (for requests that are overtaken by newer ones)',
  ]);
});

describe('the evidence', () => {
  let loopback: Loopback;
  const events: StackEvent[] = [];

  const AssumeRolePolicyDocument = trust('lambda.amazonaws.com');
  const PolicyDocument = policy({ Effect: 'Allow', Action: 'appstream:StopFleet', Resource: 'arn:aws:appstream:us-east-1:111111111111:fleet/*' });
  const template = {
    Resources: {
      Role: {
        Type: 'AWS::IAM::Role',
        DeletionPolicy: 'Retain',
        Properties: { RoleName: 'retained', AssumeRolePolicyDocument, Policies: [{ PolicyName: 'Stop', PolicyDocument }] },
      },
      Log: { Type: 'AWS::Logs::LogGroup', DeletionPolicy: 'Retain', Properties: { LogGroupName: 'retained' } },
      Gone: { Type: 'AWS::IAM::Role', DeletionPolicy: 'Delete', Properties: { RoleName: 'gone', AssumeRolePolicyDocument } },
    },
  };

  beforeAll(async () => {
    loopback = await Loopback.start();
    loopback.cloudformation.onEvent((event) => events.push(event));
    expect(await loopback.cloudformation.deploy('Left', template)).toMatchObject({ status: 'CREATE_COMPLETE', failures: [] });
  });
  afterAll(() => loopback.stop());

  test('has what a stack leaves behind, what was granted in vain, and what was denied', async () => {
    const { accessKeyId, secretAccessKey, sessionToken } = loopback.iam.issueCredentials(
      'arn:aws:iam::111111111111:role/retained', { service: 'lambda.amazonaws.com', session: 'test' });
    const client = new AppStreamClient({
      endpoint: loopback.url, region: loopback.region, credentials: { accessKeyId, secretAccessKey, sessionToken }, maxAttempts: 1,
    });
    await expect(client.send(new DescribeFleetsCommand({}))).rejects.toThrow('not authorized');
    await loopback.cloudformation.destroy('Left');

    const problems = problemsOf(await gatherEvidence(loopback, new Observer(loopback.url, loopback.region), events), {});
    expect(problems).toContain('left: AWS::IAM::Role retained');
    expect(problems).toContain('left: AWS::Logs::LogGroup retained');
    expect(problems).not.toContain('left: AWS::IAM::Role gone');
    expect(problems).toContainEqual(expect.stringMatching(/^granted and never used: appstream:StopFleet on .* for .*retained$/));
    expect(problems).toContainEqual(expect.stringMatching(/is not authorized to perform: appstream:DescribeFleets/));
  });
});
