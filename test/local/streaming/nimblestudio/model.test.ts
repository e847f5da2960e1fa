import { readFileSync } from 'fs';
import { dirname, join } from 'path';
import * as sdk from '@aws-sdk/client-nimble';
import { ServiceModel } from '../../../../local/wire/model';
import type { Shape } from '../../../../local/wire/service-model';

const model = ServiceModel.load(join(__dirname, '../../../../local/streaming/nimblestudio/model.json'));
const packageFolder = join(dirname(require.resolve('@aws-sdk/client-nimble')), '..');
/** This client is older than the SDK's runtime schemas: its types and its serializers are read as text. */
const types = readFileSync(join(packageFolder, 'dist-types/models/models_0.d.ts'), 'utf8');
const serializers = readFileSync(join(packageFolder, 'dist-es/protocols/Aws_restJson1.js'), 'utf8');

interface Declared {
  readonly members: string[];
  readonly required: string[];
}

const interfaces = new Map([...types.matchAll(/export interface (\w+) \{\n([\s\S]*?)^\}/gm)].map(([, name, body]): [string, Declared] => {
  const members = [...body.matchAll(/^ {4}(\w+)(\??): (.*);$/gm)];
  return [name, { members: members.map(([, member]) => member), required: members.filter(([, , optional]) => optional === '').map(([, member]) => member) }];
}));
const structures = Object.entries(model.shapes).filter(([, { type, exception }]) => type === 'structure' && !exception);
const enums = Object.entries(model.shapes).filter(([, shape]) => shape.enum);

describe('the model beside the installed client', () => {
  test('has the same operations', () => {
    const commands = Object.keys(sdk).filter((name) => name.endsWith('Command') && name !== '$Command').map((name) => name.replace(/Command$/, ''));
    expect(Object.keys(model.operations).sort()).toEqual(commands.sort());
  });

  test('has the same structures', () => {
    expect(structures.map(([name]) => name).sort()).toEqual([...interfaces.keys()].sort());
  });

  test.each(structures)('has the members of %s, and knows which are required', (name, shape) => {
    const { members, required } = interfaces.get(name)!;
    expect(Object.keys(shape.members ?? {}).sort()).toEqual([...members].sort());
    expect([...shape.required ?? []].sort()).toEqual([...required].sort());
  });

  test.each(enums)('has the values of %s', (name, shape) => {
    expect([...shape.enum!].sort()).toEqual(Object.values((sdk as unknown as Record<string, object>)[name]).sort());
  });

  test.each(Object.entries(model.operations))('%s travels as the client sends it', (name, { http, input }) => {
    const serializer = new RegExp(`const se_${name}Command = [\\s\\S]*?^\\};`, 'm').exec(serializers)![0];
    const shape: Shape = model.shapes[input!];
    const bindings = Object.entries(shape.bindings ?? {});
    const bound = (place: string) => bindings.filter(([, binding]) => binding.in === place).map(([member]) => member).sort();
    expect({
      method: /b\.m\("(\w+)"\)/.exec(serializer)![1],
      path: /b\.bp\("([^"]+)"\)/.exec(serializer)![1],
      labels: [...serializer.matchAll(/b\.p\("(\w+)"/g)].map(([, label]) => label).sort(),
      token: serializer.includes('_xact'),
    }).toEqual({ method: http!.method, path: http!.path, labels: bound('uri'), token: bound('header').includes('clientToken') });
  });
});
