import { Delivery } from './delivered';
import { RenderStudio } from './render-studio';

let studio: RenderStudio;
let delivery: Delivery;
beforeEach(async () => {
  studio = await RenderStudio.start();
  delivery = new Delivery(studio);
});
afterEach(() => studio.stop());

const properties = () => ({ StudioId: studio.studioId, LaunchProfileId: studio.stoppable, DesiredState: 'READY', TimeoutSeconds: '2700' });
const made = async () => (await studio.sessions()).filter(({ sessionId }) => sessionId !== studio.physicalId());

test('a Create that is delivered twice makes one session', async () => {
  studio.loopback.lambda.deliverTwice(1);
  expect(await studio.deploy()).toMatchObject({ status: 'CREATE_COMPLETE' });
  await studio.loopback.lambda.idle();
  expect(await studio.sessions()).toHaveLength(1);
});

test('a Create that is handed over as another request finds the session of the first', async () => {
  await studio.deploy();
  await delivery.send('100000', { RequestType: 'Create', ResourceProperties: properties() });
  await delivery.settle();
  await delivery.send('110000', { RequestType: 'Create', RequestId: 'another', ResourceProperties: properties() });
  await delivery.settle();
  const [session] = await made();
  expect(await made()).toHaveLength(1);
  expect(delivery.answers.map(({ PhysicalResourceId }) => PhysicalResourceId)).toEqual([session.sessionId, session.sessionId]);
});

test('a Delete ends the Create that it overtakes, and the session that nobody was told of', async () => {
  await studio.deploy();
  await delivery.send('100000', { RequestType: 'Create', ResourceProperties: properties() });
  await studio.pass(5);
  expect(await made()).toMatchObject([{ state: 'CREATE_IN_PROGRESS' }]);
  await delivery.send('100500', { RequestType: 'Delete', PhysicalResourceId: 'Render-Sent-1XKPV3Q0EXAMPLE', ResourceProperties: properties() });
  await delivery.settle();
  expect(delivery.answers).toMatchObject([{ Status: 'SUCCESS' }]);
  expect(await made()).toEqual([]);
  // The one of the stack has the same tags but for its own.
  expect(await studio.sessions()).toHaveLength(1);
});

test('a Create that comes after its Delete is dropped', async () => {
  await studio.deploy();
  await delivery.send('100500', { RequestType: 'Delete', PhysicalResourceId: 'gone', ResourceProperties: properties() });
  await delivery.settle();
  await delivery.send('100000', { RequestType: 'Create', ResourceProperties: properties() });
  await delivery.settle();
  expect(await made()).toEqual([]);
  expect(delivery.answers).toHaveLength(1);
});
