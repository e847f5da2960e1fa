import { aWorld, NOTHING } from './a-world';
import { changesBetween, outcomeOf, pictureOf } from '../../../local/demo/picture';

test('the picture has a line for each thing, with its state', () => {
  expect(pictureOf(aWorld())).toEqual([
    'fleet           desktops  RUNNING           2 of 2 instances run, "Desktops"',
    'builder         builder   STOPPED',
    'stack           office    streams desktops',
    'CloudFormation  Office    CREATE_COMPLETE   1 resources',
  ]);
});

test('the picture names the errors of a fleet, and a stack without one', () => {
  const [fleet] = aWorld().fleets;
  expect(pictureOf(aWorld({
    fleets: [{ ...fleet, State: 'STARTING', Description: undefined, FleetErrors: [{ ErrorCode: 'SUBNET_NOT_FOUND' }] }],
    builders: [],
    stacks: [{ Name: 'office', associatedFleets: [] }],
    deployments: [],
  }))).toEqual([
    'fleet  desktops  STARTING      2 of 2 instances run, SUBNET_NOT_FOUND',
    'stack  office    has no fleet',
  ]);
});

test('the picture of nothing says so', () => {
  expect(pictureOf(NOTHING)).toEqual(['AppStream and CloudFormation have nothing']);
});

test('the outcome tells the states, and what is left', () => {
  expect(outcomeOf(aWorld())).toBe('CREATE_COMPLETE, fleet RUNNING, builder STOPPED');
  expect(outcomeOf({ ...NOTHING, stacks: [{ Name: 'office', associatedFleets: [] }] })).toBe('stack without a fleet');
  expect(outcomeOf(NOTHING)).toBe('nothing is left');
});

test('a stack alone is no empty world', () => {
  expect(outcomeOf({ ...NOTHING, stacks: [{ Name: 'office', associatedFleets: ['elsewhere'] }] })).not.toBe('nothing is left');
});

describe('changes between two worlds', () => {
  const [fleet] = aWorld().fleets;
  const [deployment] = aWorld().deployments;

  test('are none between equal ones', () => {
    expect(changesBetween(aWorld(), aWorld())).toEqual([]);
  });

  test('are none when only the status of a CloudFormation stack is another', () => {
    expect(changesBetween(aWorld(), aWorld({ deployments: [{ ...deployment, status: 'UPDATE_ROLLBACK_COMPLETE' }] }))).toEqual([]);
  });

  test.each([
    ['a changed property', aWorld({ fleets: [{ ...fleet, Description: 'Better' }] }), 'world.fleets.0.Description was "Desktops" and is "Better"'],
    ['a property that is gone', aWorld({ fleets: [{ ...fleet, Description: undefined }] }), 'world.fleets.0.Description was "Desktops" and is absent'],
    ['a new tag', aWorld({ tags: { ...aWorld().tags, 'arn:stack': { a: '1' } } }), 'world.tags.arn:stack.a was absent and is "1"'],
    ['a replaced resource', aWorld({ deployments: [{ ...deployment, resources: [{ ...deployment.resources[0], physicalId: 'other' }] }] }),
      'world.deployments.0.resources.0.physicalId was "desktops" and is "other"'],
    ['an association that is gone', aWorld({ stacks: [{ Name: 'office', Arn: 'arn:stack', associatedFleets: [] }] }),
      'world.stacks.0.associatedFleets.0 was "desktops" and is absent'],
  ])('name %s', (_what, after, change) => {
    expect(changesBetween(aWorld(), after)).toContain(change);
  });
});
