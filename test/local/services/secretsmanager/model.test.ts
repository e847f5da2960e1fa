import { join } from 'path';
import * as sdk from '@aws-sdk/client-secrets-manager';
import { ServiceModel } from '../../../../local/wire/model';

const model = ServiceModel.load(join(__dirname, '../../../../local/services/secretsmanager/model.json'));
const exported = sdk as unknown as Record<string, unknown>;

/** A structure of the SDK's runtime schemas: `[3, namespace, name, traits, members, their schemas, how many of them are required]`. */
type StructureSchema = [number, string, string, unknown, string[], unknown[], number?];

const structures = Object.entries(model.shapes).filter(([, { type }]) => type === 'structure');

test('every operation is one of the installed client', () => {
  expect(Object.keys(model.operations).filter((name) => !(`${name}Command` in sdk))).toEqual([]);
});

test.each(structures)('%s has the members of the installed client, and knows which are required', (name, shape) => {
  const [, , , , members, , required = 0] = exported[`${name}$`] as StructureSchema;
  expect(Object.keys(shape.members ?? {}).sort()).toEqual([...members].sort());
  expect([...shape.required ?? []].sort()).toEqual(members.slice(0, required).sort());
});

test('a log holds neither what is sensitive nor what the model does not know', () => {
  expect(model.loggable('CreateSecret', { Name: 'a', SecretString: 's', Tags: [{ Key: 'k', Value: 'v', Other: 's' }], Other: { SecretString: 's' } })).toEqual({
    Name: 'a', SecretString: '***', Tags: [{ Key: 'k', Value: 'v', Other: '***' }], Other: '***',
  });
  expect(model.loggable('ReplicateSecretToRegions', { SecretString: 's' })).toBe('***');
});
