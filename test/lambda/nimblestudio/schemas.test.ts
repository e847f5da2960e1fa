import { readFileSync } from 'fs';
import { join } from 'path';
import { Delivery } from './delivered';
import { RenderStudio } from './render-studio';

interface Schema {
  readonly schema: string;
  readonly properties: Record<string, string>;
}

const schemas: Schema[] = JSON.parse(readFileSync(join(__dirname, 'fixtures', 'streaming-session.json'), 'utf8'));

let studio: RenderStudio;
let delivery: Delivery;
beforeEach(async () => {
  studio = await RenderStudio.start();
  await studio.deploy();
  await studio.delete((await studio.session()).sessionId!);
  await studio.pass(10);
  delivery = new Delivery(studio);
});
afterEach(() => studio.stop());

/** What was deployed with one release is updated and deleted with another, for ever. Add a schema here; never change one. */
describe.each(schemas)('a streaming session with the schema $schema', ({ properties: stored }) => {
  const ids = (): Record<string, string> => ({ '<studio>': studio.studioId, '<launch profile>': studio.stoppable, '<image>': studio.imageId });
  const properties = () => Object.fromEntries(Object.entries(stored).map(([name, value]) => [name, ids()[value] ?? value]));
  const today = () => ({ ...properties(), OwnedBy: 'grace', DesiredState: 'STOPPED' });

  test('is made, updated to that of today, rolled back to and deleted', async () => {
    await delivery.send('100000', { RequestType: 'Create', ResourceProperties: properties() });
    await delivery.settle();
    const [{ PhysicalResourceId: first }] = delivery.answers;
    expect(await studio.session()).toMatchObject({ sessionId: first, state: 'READY' });

    await delivery.send('110000', {
      RequestType: 'Update', PhysicalResourceId: first, OldResourceProperties: properties(), ResourceProperties: today(),
    });
    await delivery.settle();
    const [, { PhysicalResourceId: second }] = delivery.answers;
    expect(second).not.toBe(first);

    await delivery.send('120000', {
      RequestType: 'Update', PhysicalResourceId: second, OldResourceProperties: today(), ResourceProperties: properties(),
    });
    await delivery.settle();
    expect(delivery.answers[2]).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: first });

    await delivery.send('130000', { RequestType: 'Delete', PhysicalResourceId: second, ResourceProperties: today() });
    await delivery.settle();
    expect(await studio.session()).toMatchObject({ sessionId: first });
    await delivery.send('140000', { RequestType: 'Delete', PhysicalResourceId: first, ResourceProperties: properties() });
    await delivery.settle();
    expect(delivery.answers.map(({ Status }) => Status)).toEqual(Array(5).fill('SUCCESS'));
    expect(await studio.sessions()).toEqual([]);
  });
});
