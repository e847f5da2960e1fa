import { office } from '../../../../local/demo/apps/office';
import type { Seen } from '../../../../local/demo/step';
import { whatWasSeen } from '../a-step';
import { aFleet, aWorld } from '../a-world';
import { anEvent } from '../an-event';

const step = (title: string) => office.steps.find((each) => each.title === title)!;
const better = aWorld({ things: [aFleet({ Description: 'Better' }), ...aWorld().things.slice(1)] });

describe('a deployment', () => {
  const { verify } = step('first deploy');

  test.each<[string, Partial<Seen>, string[]]>([
    ['that the functions brought about is fine', {}, []],
    ['without a function is not', { lambdaInvocations: 0 }, ['no Lambda was invoked']],
    ['whose functions did nothing is not', { calls: [] }, ['no Lambda called the streaming service']],
  ])('%s', (_what, seen, problems) => {
    expect(verify(whatWasSeen(seen))).toEqual(problems);
  });
});

describe('a deployment without a change', () => {
  const { verify } = step('deploy without a change');
  const idle = whatWasSeen({ lambdaInvocations: 0, calls: [] });

  test.each<[string, Partial<Seen>, string[]]>([
    ['does nothing', {}, []],
    ['may touch the stack itself', { events: [anEvent('UPDATE_COMPLETE', 'AWS::CloudFormation::Stack')] }, []],
    ['invokes no function', { lambdaInvocations: 2 }, ['2 Lambda invocations']],
    ['touches no resource', { events: [anEvent('UPDATE_COMPLETE')] }, ['Fleet UPDATE_COMPLETE']],
    ['changes nothing', { after: better }, ['world.fleet desktops.Description was "Desktops" and is "Better"']],
  ])('%s', (_what, seen, problems) => {
    expect(verify({ ...idle, ...seen })).toEqual(problems);
  });
});

describe('an update of a running fleet', () => {
  const { verify } = step('change what only a stopped fleet lets be changed, while it runs');
  const role = { logicalId: 'ApprenticesRole1234', physicalId: 'apprentices', type: 'AWS::IAM::Role' };
  const fleet = (facts: object) => {
    const { things: [, ...others], deployments: [{ resources, ...deployment }] } = aWorld();
    return aWorld({ things: [aFleet(facts), ...others], deployments: [{ ...deployment, resources: [...resources, role] }] });
  };
  const before = fleet({ IamRoleArn: 'arn:aws:iam::1:role/staff' });
  const changed = { Description: 'Good', IamRoleArn: 'arn:aws:iam::1:role/apprentices' };
  const moves = ['TagResource', 'StopFleet', 'StartFleet', 'UntagResource'];

  test.each<[string, string[], string[]]>([
    ['that stops and starts it is what is wanted', moves, []],
    ['that leaves it stopped is not', ['StopFleet'], ['the fleet was not stopped and started once: StopFleet']],
    ['that does not stop it is not', ['DescribeFleets'], ['the fleet was not stopped and started once: DescribeFleets']],
  ])('%s', (_what, calls, problems) => {
    expect(verify(whatWasSeen({ calls, before, after: fleet(changed) }))).toEqual(problems);
  });

  test.each<[string, object, string[]]>([
    ['that changes nothing is not', { IamRoleArn: 'arn:aws:iam::1:role/staff' },
      ['the fleet does not have the role of the apprentices', 'the fleet has no new description']],
    ['that brings another role is not', { ...changed, IamRoleArn: 'arn:aws:iam::1:role/engineers' }, ['the fleet does not have the role of the apprentices']],
    ['that leaves a mark is not', { ...changed, Tags: { owner: 'me', mark: 'was running' } }, ['Tags.mark was absent and is "was running"']],
  ])('%s', (_what, after, problems) => {
    expect(verify(whatWasSeen({ calls: moves, before, after: fleet(after) }))).toEqual(problems);
  });
});

describe('a failure', () => {
  const { verify } = step('change it again, but the fleet does not come back');
  const error = 'SUBNET_HAS_INSUFFICIENT_IP_ADDRESSES: The subnet does not have enough free IP addresses.';
  const failed = anEvent('UPDATE_FAILED', 'Custom::Lifecycle', { ResourceStatusReason: `fleet desktops reports ${error}` });
  const events = [anEvent('UPDATE_COMPLETE'), failed, anEvent('UPDATE_COMPLETE')];
  const seen = whatWasSeen({ events, run: { exitCode: 1, output: error } });

  test.each<[string, Partial<Seen>, string[]]>([
    ['half-way, with AppStream\'s own words, that is undone, is what is wanted', {}, []],
    ['of something else is not', { events: [anEvent('UPDATE_COMPLETE'), { ...failed, ResourceStatusReason: 'another' }] },
      ['no resource failed with SUBNET_HAS_INSUFFICIENT_IP_ADDRESSES', 'the update had not changed the fleet before it failed']],
    ['before anything had changed is not', { events: events.slice(1) }, ['the update had not changed the fleet before it failed']],
    ['that the user does not see is not', { run: { exitCode: 1, output: 'failed' } }, ['the CLI does not show SUBNET_HAS_INSUFFICIENT_IP_ADDRESSES']],
    ['without the log of the function is not', { run: { exitCode: 1, output: `${error} Could not fetch logs` } },
      ['the CLI cannot show the log of the function']],
    ['that leaves something changed is not', { after: better }, ['world.fleet desktops.Description was "Desktops" and is "Better"']],
  ])('%s', (_what, other, problems) => {
    expect(verify({ ...seen, ...other })).toEqual(problems);
  });
});

describe('an evening', () => {
  const { verify } = step('it becomes evening on a working day, and later');

  test.each<[string, string[], string[]]>([
    ['with a start, looks for users and a stop is what is wanted', ['DescribeFleets', 'StartFleet', 'DescribeSessions', 'DescribeSessions', 'StopFleet'], []],
    ['without a look is not', ['StartFleet', 'StopFleet'], ['the hours were not kept: StartFleet, StopFleet']],
    ['in which nothing starts is not', ['DescribeSessions', 'StopFleet'], ['the hours were not kept: DescribeSessions, StopFleet']],
  ])('%s', (_what, calls, problems) => {
    expect(verify(whatWasSeen({ calls }))).toEqual(problems);
  });
});

describe('a fleet that is full', () => {
  const { verify } = step('all desktops are taken, and the fleet scales');
  const withCapacity = (Desired: number) => aWorld({ things: [aFleet({ ComputeCapacityStatus: { Desired } }), ...aWorld().things.slice(1)] });

  test.each<[string, number, string[]]>([
    ['and gets another instance is what is wanted', 3, []],
    ['and gets none is not', 2, ['the fleet has not scaled to 3 instances: 2']],
  ])('%s', (_what, capacity, problems) => {
    expect(verify(whatWasSeen({ after: withCapacity(capacity) }))).toEqual(problems);
  });
});

describe('a change of a fleet that has scaled', () => {
  const { verify } = step('change a fleet that has scaled');
  const fleet = (facts: object) => aWorld({ things: [aFleet(facts), ...aWorld().things.slice(1)] });
  const before = fleet({ DisplayName: 'old', ComputeCapacityStatus: { Desired: 3 } });

  test.each<[string, object, string[]]>([
    ['that changes its name alone is what is wanted', { DisplayName: 'new', ComputeCapacityStatus: { Desired: 3 } }, []],
    ['that changes its capacity is not', { DisplayName: 'new', ComputeCapacityStatus: { Desired: 2 } },
      ['world.fleet desktops.ComputeCapacityStatus.Desired was 3 and is 2']],
    ['that does not change its name is not', { DisplayName: 'old', ComputeCapacityStatus: { Desired: 3 } }, ['the fleet has no new name']],
  ])('%s', (_what, after, problems) => {
    expect(verify(whatWasSeen({ before, after: fleet(after) }))).toEqual(problems);
  });
});

describe('a destroy', () => {
  const { verify } = step('destroy');

  test.each<[string, string[], string[]]>([
    ['that ends the sessions first is what is wanted', ['DescribeSessions', 'ExpireSession', 'StopFleet'], []],
    ['that stops the fleet under its users is not', ['StopFleet', 'ExpireSession'],
      ['the session was not ended before the fleet stopped: StopFleet, ExpireSession']],
    ['that ends no session is not', ['StopFleet'], ['the session was not ended before the fleet stopped: StopFleet']],
  ])('%s', (_what, calls, problems) => {
    expect(verify(whatWasSeen({ calls }))).toEqual(problems);
  });
});
