import { join } from 'path';
import * as sdk from '@aws-sdk/client-gameliftstreams';
import { ServiceModel } from '../../../../local/wire/model';

const model = ServiceModel.load(join(__dirname, '../../../../local/streaming/gameliftstreams/model.json'));
const exported = sdk as unknown as Record<string, unknown>;

/** A structure of the SDK's runtime schemas: `[3, namespace, name, traits, members, their schemas, how many of them are required]`. */
type StructureSchema = [number, string, string, unknown, string[], unknown[], number?];

/** An operation of the SDK's runtime schemas: `[9, namespace, name, { http: [method, path, status] }, …]`. */
type OperationSchema = [number, string, string, { readonly http: [string, string, number] }];

const structures = Object.entries(model.shapes).filter(([, { type }]) => type === 'structure');
const enums = Object.entries(model.shapes).filter(([, shape]) => shape.enum);

describe('the model beside the installed SDK', () => {
  test('has the same operations', () => {
    const commands = Object.keys(sdk).filter((name) => name.endsWith('Command') && name !== '$Command').map((name) => name.replace(/Command$/, ''));
    expect(Object.keys(model.operations).sort()).toEqual(commands.sort());
  });

  test('has the same structures', () => {
    const schemas = Object.entries(exported).filter(([name, schema]) => name.endsWith('$') && Math.abs((schema as StructureSchema)[0]) === 3);
    const names = schemas.map(([name]) => name.slice(0, -1)).filter((name) => name !== 'GameLiftStreamsServiceException');
    expect(structures.map(([name]) => name).sort()).toEqual(names.sort());
  });

  test.each(structures)('has the members of %s, and knows which are required', (name, shape) => {
    const [, , , , members, , required = 0] = exported[`${name}$`] as StructureSchema;
    expect(Object.keys(shape.members ?? {}).sort()).toEqual([...members].sort());
    expect([...shape.required ?? []].sort()).toEqual(members.slice(0, required).sort());
  });

  test.each(enums)('has the values of %s', (name, shape) => {
    expect([...shape.enum!].sort()).toEqual(Object.values(exported[name] as object).sort());
  });

  test.each(Object.entries(model.operations))('%s travels the same way', (name, { http }) => {
    const [, , , traits] = exported[`${name}$`] as OperationSchema;
    expect([http!.method, http!.path, http!.status ?? 200]).toEqual(traits.http);
  });
});
