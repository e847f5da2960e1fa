import { aFleet, aWorld, NOTHING } from './a-world';
import { changesBetween, outcomeOf, pictureOf } from '../../../local/demo/picture';

test('the picture has a line for each thing, with its state', () => {
  expect(pictureOf(aWorld())).toEqual([
    'fleet           desktops  RUNNING          2 of 2 instances run',
    'builder         builder   STOPPED',
    'stack           office                     streams desktops',
    'CloudFormation  Office    CREATE_COMPLETE  1 resources',
  ]);
});

test('the picture of nothing says so', () => {
  expect(pictureOf(NOTHING)).toEqual(['the account has nothing']);
});

test('the outcome tells the states, and what is left', () => {
  expect(outcomeOf(aWorld())).toBe('CREATE_COMPLETE, fleet RUNNING, builder STOPPED');
  expect(outcomeOf({ ...NOTHING, things: [{ kind: 'stack', name: 'office', state: 'without a fleet', facts: {} }] })).toBe('stack without a fleet');
  expect(outcomeOf(NOTHING)).toBe('nothing is left');
});

test('a thing without a state is left, too', () => {
  expect(outcomeOf({ ...NOTHING, things: [{ kind: 'stack', name: 'office', facts: {} }] })).toBe('stack office');
});

describe('changes between two worlds', () => {
  const [, ...others] = aWorld().things;
  const [deployment] = aWorld().deployments;

  test('are none between equal ones', () => {
    expect(changesBetween(aWorld(), aWorld())).toEqual([]);
  });

  test('are none when only the status of a CloudFormation stack is another', () => {
    expect(changesBetween(aWorld(), aWorld({ deployments: [{ ...deployment, status: 'UPDATE_ROLLBACK_COMPLETE' }] }))).toEqual([]);
  });

  test.each([
    ['a changed property', aWorld({ things: [aFleet({ Description: 'Better' }), ...others] }), 'world.fleet desktops.Description was "Desktops" and is "Better"'],
    ['a property that is gone', aWorld({ things: [aFleet({ Description: undefined }), ...others] }), 'world.fleet desktops.Description was "Desktops" and is absent'],
    ['a new tag', aWorld({ things: [aFleet({ Tags: { owner: 'me', a: '1' } }), ...others] }), 'world.fleet desktops.Tags.a was absent and is "1"'],
    ['a thing that is gone', aWorld({ things: [aFleet()] }), 'world.stack office.fleets.0 was "desktops" and is absent'],
    ['a replaced resource', aWorld({ deployments: [{ ...deployment, resources: [{ ...deployment.resources[0], physicalId: 'other' }] }] }),
      'world.deployments.0.resources.0.physicalId was "desktops" and is "other"'],
  ])('name %s', (_what, after, change) => {
    expect(changesBetween(aWorld(), after)).toContain(change);
  });
});
