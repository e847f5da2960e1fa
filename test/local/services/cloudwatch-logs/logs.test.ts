import { LeapingClock } from '../../../../local/clock';
import { Logs } from '../../../../local/services/cloudwatch-logs/logs';
import { TestCloud } from '../test-cloud';

let cloud: TestCloud;
let logs: Logs;

beforeEach(async () => {
  cloud = new TestCloud(new LeapingClock());
  logs = cloud.add(new Logs(cloud));
  await call('CreateLogGroup', { logGroupName: 'group', tags: { a: '1' } });
});

const call = (operation: string, input: object) => cloud.call('logs', operation, input);
const describe = async () => (await call('DescribeLogGroups', { logGroupNamePrefix: 'gro' })).logGroups[0];

test('a group has what it was given', async () => {
  await call('PutRetentionPolicy', { logGroupName: 'group', retentionInDays: 30 });
  await call('AssociateKmsKey', { logGroupName: 'group', kmsKeyId: 'key' });
  await call('TagResource', { resourceArn: logs.groupArn('group'), tags: { b: '2' } });
  await call('UntagResource', { resourceArn: logs.groupArn('group'), tagKeys: ['a'] });
  expect(await describe()).toMatchObject({
    arn: 'arn:aws:logs:eu-central-1:123456789012:log-group:group:*',
    retentionInDays: 30,
    kmsKeyId: 'key',
    tags: { b: '2' },
  });
  await call('DeleteRetentionPolicy', { logGroupName: 'group' });
  await call('DisassociateKmsKey', { logGroupName: 'group' });
  expect(await describe()).toMatchObject({ retentionInDays: undefined, kmsKeyId: undefined });
});

test.each([
  ['CreateLogGroup', { logGroupName: 'group' }, 'ResourceAlreadyExistsException'],
  ['CreateLogGroup', { logGroupName: 'with space' }, 'InvalidParameterException'],
  ['PutRetentionPolicy', { logGroupName: 'group', retentionInDays: 2 }, 'InvalidParameterException'],
  ['PutRetentionPolicy', { logGroupName: 'none', retentionInDays: 1 }, 'ResourceNotFoundException'],
  ['DeleteLogGroup', { logGroupName: 'none' }, 'ResourceNotFoundException'],
])('%s of %j is refused', async (operation, input, code) => {
  await expect(call(operation, input)).rejects.toMatchObject({ code });
});

test('lines can be read after their group is gone', async () => {
  logs.append('group', 'stream', 'hello');
  await call('DeleteLogGroup', { logGroupName: 'group' });
  expect(logs.lines()).toEqual([{ at: cloud.clock.now(), group: 'group', stream: 'stream', message: 'hello', wall: expect.any(Number) }]);
  expect(() => logs.append('group', 'stream', 'late')).toThrow('The specified log group does not exist.');
});

test('lines are found by their stream and by the time on the wall, which is not the virtual one', async () => {
  const begun = Date.now();
  logs.append('group', 'one', 'first');
  logs.append('group', 'two', 'second');
  logs.append('group', 'one', 'third');
  const found = async (filter: object) => (await call('FilterLogEvents', { logGroupName: 'group', ...filter }))
    .events.map(({ message }: { message: string }) => message);
  expect(await found({ startTime: begun, endTime: Date.now() })).toEqual(['first', 'second', 'third']);
  expect(await found({ endTime: begun - 1 })).toEqual([]);
  expect(await found({ startTime: Date.now() + 60_000 })).toEqual([]);
  expect(await found({ logStreamNames: ['one'] })).toEqual(['first', 'third']);
  expect(await call('FilterLogEvents', { logGroupName: 'group', limit: 2 })).toMatchObject({ events: [{}, {}], nextToken: '2' });
  await expect(call('FilterLogEvents', { logGroupName: 'group', filterPattern: 'x' })).rejects.toMatchObject({ code: 'LoopbackNotImitated' });
  await expect(call('FilterLogEvents', { logGroupName: 'none' })).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
});
