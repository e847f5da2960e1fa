import * as cdk from 'aws-cdk-lib';
import { Desk, DESK } from './desk';
import { FLEET, MINUTE } from './held-fleet';

const CREATED = { status: 'CREATE_COMPLETE', failures: [] };
const UPDATED = { status: 'UPDATE_COMPLETE', failures: [] };
const DELETED = { status: 'DELETE_COMPLETE', failures: [] };

let desk: Desk;

afterEach(async () => {
  // Whatever happened: nothing of ours is left, and nothing goes on.
  if (desk.loopback.cloudformation.stackResources('Mint').length > 0) {
    expect(await desk.destroy()).toMatchObject(DELETED);
  }
  expect(desk.loopback.secrets.arns()).toEqual([]);
  await desk.loopback.states.idle();
  await desk.stop();
});

describe('a URL', () => {
  test('is in the secret, with its expiry, and opens a session of the user', async () => {
    desk = await Desk.start();
    const before = desk.loopback.clock.now();
    const { status, failures, outputs } = await desk.wish({ validity: cdk.Duration.minutes(90) });
    expect({ status, failures }).toEqual(CREATED);
    const { StreamingURL, Expires, ...rest } = desk.secret();
    expect(rest).toEqual({});
    expect(StreamingURL).toMatch(/^https:\/\/appstream2\./);
    expect(outputs).toEqual({ Expires });
    expect(Date.parse(Expires) - before).toBeGreaterThanOrEqual(90 * MINUTE);
    expect(Date.parse(Expires) - before).toBeLessThan(92 * MINUTE);
    expect(desk.opened()).toBe('ann');
    expect(desk.minted).toBe(1);
  });

  test('lasts an hour unless said otherwise, also where it is known only at deployment', async () => {
    desk = await Desk.start();
    await desk.wish();
    await desk.wish({ validity: cdk.Duration.seconds(cdk.Token.asNumber({ resolve: () => '7200' })) });
    expect(desk.loopback.endpoint.calls.of('appstream', 'CreateStreamingURL').map(({ input }) => input)).toMatchObject([{ Validity: 3600 }, { Validity: 7200 }]);
  });

  test.each([
    ['user', { userId: 'bob' }],
    ['application', { applicationId: 'Notepad' }],
    ['session context', { sessionContext: 'desk=7' }],
    ['validity', { validity: cdk.Duration.hours(2) }],
    ['revision', { revision: '2' }],
  ])('is minted anew in the same secret with a new %s', async (_, change) => {
    desk = await Desk.start();
    await desk.wish();
    const [first, arn] = [desk.secret(), desk.secretArn];
    expect(await desk.wish(change)).toMatchObject(UPDATED);
    expect(desk.secretArn).toBe(arn);
    expect(desk.secret().StreamingURL).not.toBe(first.StreamingURL);
    expect(desk.minted).toBe(2);
    desk.opened();
  });

  test('is minted anew for another fleet and stack', async () => {
    desk = await Desk.start();
    await desk.wish();
    await desk.held.create('RUNNING', 'other');
    await desk.call('CreateStack', { Name: 'elsewhere' });
    await desk.call('AssociateFleet', { StackName: 'elsewhere', FleetName: 'other' });
    expect(await desk.wish({ stackName: 'elsewhere', fleetName: 'other' })).toMatchObject(UPDATED);
    expect(desk.loopback.appstream.openStreamingUrl(desk.secret().StreamingURL)).toMatchObject({ StackName: 'elsewhere', FleetName: 'other' });
  });

  test('stays as it is when only the time for it changes', async () => {
    desk = await Desk.start();
    await desk.wish();
    const first = desk.secret();
    const { outputs } = await desk.wish({ timeout: cdk.Duration.minutes(10) });
    expect(desk.secret()).toEqual(first);
    expect(outputs).toEqual({ Expires: first.Expires });
    expect(desk.minted).toBe(1);
  });

  test('that has expired is minted anew when the resource changes at all', async () => {
    desk = await Desk.start();
    await desk.wish({ validity: cdk.Duration.seconds(30) });
    desk.held.clock.advance(MINUTE);
    await desk.wish({ validity: cdk.Duration.seconds(30), timeout: cdk.Duration.minutes(10) });
    expect(desk.minted).toBe(2);
  });

  test('goes with its secret, and without a call to AppStream', async () => {
    desk = await Desk.start();
    await desk.wish();
    const { calls } = desk.loopback.endpoint;
    const before = calls.of('appstream').length;
    expect(await desk.destroy()).toMatchObject(DELETED);
    expect(calls.of('appstream')).toHaveLength(before);
  });

  test('goes when fleet, stack and secret are gone already', async () => {
    desk = await Desk.start();
    await desk.wish();
    await desk.call('DisassociateFleet', { StackName: DESK, FleetName: FLEET });
    await desk.call('DeleteStack', { Name: DESK });
    await desk.loopback.call('secretsmanager', 'DeleteSecret', { SecretId: desk.secretArn, ForceDeleteWithoutRecovery: true });
    desk.held.clock.advance(MINUTE);
    expect(await desk.destroy()).toMatchObject(DELETED);
  });
});

describe('after a rollback', () => {
  test('because another resource failed the secret holds a URL for what counts again', async () => {
    desk = await Desk.start();
    await desk.wish();
    const first = desk.secret();
    expect(await desk.wish({ userId: 'bob', thenFails: true })).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE' });
    expect(desk.secret()).toEqual(first);
    expect(desk.opened()).toBe('ann');
    expect(desk.minted).toBe(2);
  });

  test('to a URL that has expired by then the secret holds a new one', async () => {
    desk = await Desk.start();
    await desk.wish({ validity: cdk.Duration.seconds(1) });
    const first = desk.secret();
    expect(await desk.wish({ validity: cdk.Duration.seconds(1), userId: 'bob', thenFails: true })).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE' });
    expect(desk.secret()).not.toEqual(first);
    expect(desk.minted).toBe(3);
  });

  test('because no URL could be minted the secret holds the one of before, although the fleet does not run', async () => {
    desk = await Desk.start();
    await desk.wish();
    const first = desk.secret();
    await desk.stopFleet();
    const { status, failures } = await desk.wish({ userId: 'bob' });
    expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(failures.join()).toContain('fleet office is STOPPED: start the fleet, for example by its desiredState RUNNING, then deploy again');
    expect(desk.secret()).toEqual(first);
  });

  test('of a creation nothing is left', async () => {
    desk = await Desk.start();
    expect(await desk.wish({ thenFails: true })).toMatchObject({ status: 'ROLLBACK_COMPLETE' });
    expect(desk.loopback.secrets.arns()).toEqual([]);
    await desk.destroy();
  });
});

describe('a fleet that does not run', () => {
  test('is waited for while it is stopped, started and made ready by somebody', async () => {
    desk = await Desk.start();
    await desk.stopFleet();
    const minting = desk.wish();
    await desk.loopback.clock.sleep(8 * MINUTE);
    await desk.call('StartFleet', { Name: FLEET });
    expect(await minting).toMatchObject(CREATED);
    expect(desk.opened()).toBe('ann');
  });

  test('is waited for while it starts, longer than a stopped one', async () => {
    desk = await Desk.start();
    await desk.stopFleet();
    desk.held.clock.advance(10 * MINUTE);
    desk.loopback.appstream.script.slowStart(FLEET, 30 * MINUTE);
    await desk.call('StartFleet', { Name: FLEET });
    expect(await desk.wish()).toMatchObject(CREATED);
    expect(desk.minted).toBe(1);
  });

  test('fails the deployment when it stays stopped', async () => {
    desk = await Desk.start();
    await desk.stopFleet();
    const before = desk.loopback.clock.now();
    const { status, failures } = await desk.wish();
    expect(status).toBe('ROLLBACK_COMPLETE');
    expect(failures[0]).toMatch(/fleet office is STOPPED: start the fleet, for example by its desiredState RUNNING, then deploy again/);
    expect(desk.held.minutesSince(before)).toBeLessThan(20);
  });

  test('fails the deployment when its start goes on failing, with the errors', async () => {
    desk = await Desk.start();
    await desk.stopFleet();
    desk.held.clock.advance(10 * MINUTE);
    desk.loopback.appstream.script.stuckStart(FLEET, [{ ErrorCode: 'SUBNET_NOT_FOUND', ErrorMessage: 'subnet-1 is gone.' }]);
    await desk.call('StartFleet', { Name: FLEET });
    const { failures } = await desk.wish();
    expect(failures[0]).toContain('fleet office is STARTING and reports SUBNET_NOT_FOUND: subnet-1 is gone: mend what it names, then deploy again');
  });

  test('is waited for when its start recovers', async () => {
    desk = await Desk.start();
    await desk.stopFleet();
    desk.held.clock.advance(10 * MINUTE);
    desk.loopback.appstream.script.stuckStart(FLEET, [{ ErrorCode: 'INTERNAL_SERVICE_ERROR', ErrorMessage: 'again' }], { recoversAfterMs: 10 * MINUTE });
    await desk.call('StartFleet', { Name: FLEET });
    expect(await desk.wish()).toMatchObject(CREATED);
  });

  test('is not waited for beyond the deadline', async () => {
    desk = await Desk.start();
    await desk.stopFleet();
    desk.held.clock.advance(10 * MINUTE);
    desk.loopback.appstream.script.slowStart(FLEET, 60 * MINUTE);
    await desk.call('StartFleet', { Name: FLEET });
    const { failures } = await desk.wish({ timeout: cdk.Duration.minutes(20) });
    expect(failures[0]).toContain('gave up after 20 minutes, when fleet office is STARTING');
  });

  test('is not there at all', async () => {
    desk = await Desk.start();
    const { failures } = await desk.wish({ fleetName: 'nowhere' });
    expect(failures[0]).toContain('there is no fleet nowhere in this account and Region: correct the name or make the fleet, then deploy again');
  });

  test('is waited for when a read still shows that it runs, and the mint is refused', async () => {
    desk = await Desk.start();
    desk.loopback.appstream.script.staleReads(FLEET, 3);
    await desk.stopFleet();
    const minting = desk.wish();
    await desk.loopback.clock.sleep(6 * MINUTE);
    await desk.call('StartFleet', { Name: FLEET });
    expect(await minting).toMatchObject(CREATED);
    expect(desk.loopback.endpoint.calls.of('appstream', 'CreateStreamingURL')[0].error).toBe('ResourceNotAvailableException');
  });
});

describe('a fleet that is not associated', () => {
  test('is waited for until somebody associates it', async () => {
    desk = await Desk.start();
    await desk.call('DisassociateFleet', { StackName: DESK, FleetName: FLEET });
    const minting = desk.wish();
    await desk.loopback.clock.sleep(5 * MINUTE);
    await desk.call('AssociateFleet', { StackName: DESK, FleetName: FLEET });
    expect(await minting).toMatchObject(CREATED);
    expect(desk.opened()).toBe('ann');
  });

  test('fails the deployment when it stays so', async () => {
    desk = await Desk.start();
    await desk.call('DisassociateFleet', { StackName: DESK, FleetName: FLEET });
    const { failures } = await desk.wish();
    expect(failures[0]).toContain('fleet office is not associated with stack desk: add the fleet to the stack, then deploy again');
  });

  test.each(['refused', 'empty'] as const)('fails the deployment when there is no such stack, however AppStream lists its fleets: %s', async (listOfUnknown) => {
    desk = await Desk.start({ appstream: { readings: { listOfUnknown } } });
    const { failures } = await desk.wish({ stackName: 'nowhere' });
    expect(failures[0]).toContain('fleet office is not associated with stack nowhere: add the fleet to the stack, then deploy again');
  });
});

describe('fails with the service\'s own sentence', () => {
  test('for a fleet that is joined to a domain', async () => {
    desk = await Desk.start({ appstream: { directories: ['corp.example.com'] } });
    await desk.call('CreateFleet', {
      Name: 'joined',
      ImageName: 'AppStream-WinServer2022-06-17-2024',
      InstanceType: 'stream.standard.large',
      ComputeCapacity: { DesiredInstances: 1 },
      VpcConfig: { SubnetIds: ['subnet-1'] },
      DomainJoinInfo: { DirectoryName: 'corp.example.com', OrganizationalUnitDistinguishedName: 'OU=Streaming' },
    });
    await desk.call('StartFleet', { Name: 'joined' });
    desk.held.clock.advance(10 * MINUTE);
    await desk.call('CreateStack', { Name: 'corporate' });
    await desk.call('AssociateFleet', { StackName: 'corporate', FleetName: 'joined' });
    const { failures } = await desk.wish({ stackName: 'corporate', fleetName: 'joined' });
    expect(failures[0]).toContain('The fleet joined is joined to a domain. (OperationNotPermittedException)');
  });

  test('at once for what AppStream does not allow', async () => {
    desk = await Desk.start();
    const { failures } = await desk.wish({ validity: cdk.Duration.seconds(cdk.Token.asNumber({ resolve: () => '604801' })) });
    expect(failures[0]).toContain('The value 604801 of Validity is not valid. Specify a value between 1 and 604800. (InvalidParameterValueException)');
  });

  test('when the secret is gone', async () => {
    desk = await Desk.start();
    await desk.wish();
    await desk.loopback.call('secretsmanager', 'DeleteSecret', { SecretId: desk.secretArn, ForceDeleteWithoutRecovery: true });
    desk.held.clock.advance(MINUTE);
    const { failures } = await desk.wish({ revision: '2' });
    expect(failures[0]).toContain('Secrets Manager can\'t find the specified secret. (ResourceNotFoundException)');
  });
});

describe('what passes is survived', () => {
  test.each([
    ['throttling', { kind: 'throttle' }],
    ['throttling as AppStream says it', { kind: 'error', code: 'RequestLimitExceededException', status: 400 }],
    ['a wrong state that passes', { kind: 'error', code: 'OperationNotPermittedException', status: 400 }],
    ['a fleet that has no instance yet', { kind: 'error', code: 'ResourceNotAvailableException', status: 400 }],
    ['a service that is down', { kind: 'error', code: 'InternalServiceException', status: 503 }],
    ['a broken connection before the call', { kind: 'drop-request' }],
    ['a broken connection after the call', { kind: 'drop-answer' }],
  ] as const)('%s', async (_, fault) => {
    desk = await Desk.start();
    for (const operation of ['DescribeFleets', 'ListAssociatedFleets', 'CreateStreamingURL']) {
      desk.loopback.endpoint.faults.add({ service: 'appstream', operation, lambdaOnly: true, times: 2, fault });
    }
    expect(await desk.wish()).toMatchObject(CREATED);
    expect(desk.opened()).toBe('ann');
  });

  test.each(['throttle', 'drop-request', 'drop-answer'] as const)('%s of Secrets Manager', async (kind) => {
    desk = await Desk.start();
    for (const operation of ['DescribeSecret', 'PutSecretValue']) {
      desk.loopback.endpoint.faults.add({ service: 'secretsmanager', operation, lambdaOnly: true, times: 2, fault: { kind } });
    }
    expect(await desk.wish()).toMatchObject(CREATED);
    expect(desk.opened()).toBe('ann');
  });

  test('permissions that take effect late', async () => {
    desk = await Desk.start({ iam: { propagation: 45_000 } });
    expect(await desk.wish()).toMatchObject(CREATED);
    expect(desk.loopback.iam.denials.length).toBeGreaterThan(0);
  });

  test.each(['before', 'after'] as const)('the death of the function %s each of its calls', async (when) => {
    desk = await Desk.start();
    expect(await desk.wish()).toMatchObject(CREATED);
    const calls = desk.loopback.endpoint.calls.all().filter(({ caller }) => caller.roleArn !== undefined).length;
    for (let skip = 0; skip < calls; skip += 1) {
      const killed = desk.loopback.endpoint.faults.add({ lambdaOnly: true, skip, fault: { kind: 'kill-caller', when } });
      const before = desk.secret();
      const { status, failures } = await desk.wish({ revision: String(skip) });
      expect({ skip, status, failures, killed: killed() }).toEqual({ skip, ...UPDATED, killed: 1 });
      expect(desk.secret()).not.toEqual(before);
      expect(desk.opened()).toBe('ann');
    }
  });

  test('an event that is delivered twice', async () => {
    desk = await Desk.start();
    desk.loopback.lambda.deliverTwice(1);
    expect(await desk.wish()).toMatchObject(CREATED);
    await desk.loopback.lambda.idle();
    expect(desk.minted).toBe(1);
  });
});
