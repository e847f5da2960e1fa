import { join } from 'path';
import * as sdk from '@aws-sdk/client-appstream';
import { NotImitated } from '../../../local/wire/aws-error';
import { ServiceModel } from '../../../local/wire/model';

const model = ServiceModel.load(join(__dirname, '../../../local/streaming/appstream/model.json'));
const exported = sdk as unknown as Record<string, unknown>;

/** A structure of the SDK's runtime schemas: `[3, namespace, name, traits, members, their schemas, how many of them are required]`. */
type StructureSchema = [number, string, string, unknown, string[], unknown[], number?];

/** What the model's version has and the SDK's has not yet; nothing else may differ. */
const AHEAD_OF_SDK = ['ImageSoftwareMetadata'];

const structures = Object.entries(model.shapes).filter(([name, { type }]) => type === 'structure' && `${name}$` in exported);
const enums = Object.entries(model.shapes).filter(([name, shape]) => shape.enum && name in exported);

describe('the model beside the installed SDK', () => {
  test('has the same operations', () => {
    const commands = Object.keys(sdk).filter((name) => name.endsWith('Command') && name !== '$Command').map((name) => name.replace(/Command$/, ''));
    expect(Object.keys(model.operations).sort()).toEqual(commands.sort());
  });

  test('has the same structures and enums', () => {
    const known = [...structures, ...enums].map(([name]) => name);
    const unknown = Object.entries(model.shapes).filter(([name, shape]) => (shape.type === 'structure' || shape.enum) && !known.includes(name));
    expect(unknown.map(([name]) => name)).toEqual(AHEAD_OF_SDK);
    const schemas = Object.entries(exported).filter(([name, schema]) => name.endsWith('$') && Math.abs((schema as StructureSchema)[0]) === 3);
    const names = schemas.map(([name]) => name.slice(0, -1)).filter((name) => name !== 'AppStreamServiceException');
    expect(structures.map(([name]) => name).sort()).toEqual(names.sort());
  });

  test.each(structures)('has the members of %s, and knows which are required', (name, shape) => {
    const [, , , , members, , required = 0] = exported[`${name}$`] as StructureSchema;
    expect(Object.keys(shape.members ?? {}).filter((member) => !AHEAD_OF_SDK.includes(member)).sort()).toEqual([...members].sort());
    expect([...shape.required ?? []].sort()).toEqual(members.slice(0, required).sort());
  });

  test.each(enums)('has the values of %s', (name, shape) => {
    expect([...shape.enum!].sort()).toEqual(Object.values(exported[name] as object).sort());
  });
});

describe('what is accepted', () => {
  test('nulls are not given', () => {
    expect(model.accept('CreateStack', { Name: 'office', Description: null })).toEqual({ Name: 'office' });
  });

  test('an operation without input members takes none', () => {
    expect(model.accept('DescribeFleets', undefined)).toEqual({});
  });

  test.each<[string, string, object]>([
    ['a length at its maximum', 'CreateStack', { Name: 'a', Description: 'x'.repeat(256) }],
    ['a number at its maximum', 'DescribeImages', { MaxResults: 25 }],
    ['a name of 101 characters, as the pattern has it', 'CreateStack', { Name: 'x'.repeat(101) }],
    ['letters of any language in a tag', 'TagResource', { ResourceArn: 'arn:aws:appstream:eu-west-1:123456789012:fleet/a', Tags: { Straße: 'Zürich' } }],
    ['an empty tag value', 'TagResource', { ResourceArn: 'arn:aws:appstream:eu-west-1:123456789012:fleet/a', Tags: { a: '' } }],
    ['an empty directory name', 'UpdateFleet', { Name: 'a', DomainJoinInfo: { DirectoryName: '' } }],
  ])('%s', (_what, operation, input) => {
    expect(model.accept(operation, input)).toEqual(input);
  });
});

describe('what is refused', () => {
  test.each<[string, string, object, string, string]>([
    ['a required member that is missing', 'StartFleet', {},
      'ValidationException', "1 validation error detected: Value null at 'name' failed to satisfy constraint: Member must not be null"],
    ['a pattern', 'CreateStack', { Name: 'a b' },
      'ValidationException', "1 validation error detected: Value 'a b' at 'name' failed to satisfy constraint: "
      + 'Member must satisfy regular expression pattern: ^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,100}$'],
    ['a pattern without anchors, in the middle', 'CreateStreamingURL', { StackName: 's', FleetName: 'f', UserId: 'a b' },
      'ValidationException', "1 validation error detected: Value 'a b' at 'userId' failed to satisfy constraint: "
      + 'Member must satisfy regular expression pattern: [\\w+=,.@-]*'],
    ['too short', 'CreateStreamingURL', { StackName: 's', FleetName: 'f', UserId: 'a' },
      'ValidationException', "1 validation error detected: Value 'a' at 'userId' failed to satisfy constraint: "
      + 'Member must have length greater than or equal to 2'],
    ['too long', 'CreateStack', { Name: 'a', DisplayName: 'x'.repeat(101) },
      'ValidationException', `1 validation error detected: Value '${'x'.repeat(101)}' at 'displayName' failed to satisfy constraint: `
      + 'Member must have length less than or equal to 100'],
    ['too many', 'CreateFleet', { Name: 'a', InstanceType: 'b', VpcConfig: { SecurityGroupIds: ['1', '2', '3', '4', '5', '6'] } },
      'ValidationException', "1 validation error detected: Value '[1, 2, 3, 4, 5, 6]' at 'vpcConfig.securityGroupIds' failed to satisfy constraint: "
      + 'Member must have length less than or equal to 5'],
    ['too high', 'DescribeImages', { MaxResults: 26 },
      'ValidationException', "1 validation error detected: Value '26' at 'maxResults' failed to satisfy constraint: "
      + 'Member must have value less than or equal to 25'],
    ['too low', 'DescribeImages', { MaxResults: -1 },
      'ValidationException', "1 validation error detected: Value '-1' at 'maxResults' failed to satisfy constraint: "
      + 'Member must have value greater than or equal to 0'],
    ['a value outside its enum, inside a list', 'CreateStack', { Name: 'a', UserSettings: [{ Action: 'FILE_UPLOAD', Permission: 'ON' }] },
      'ValidationException', "1 validation error detected: Value 'ON' at 'userSettings.1.member.permission' failed to satisfy constraint: "
      + 'Member must satisfy enum value set: [ENABLED, DISABLED]'],
    ['a tag key of AWS', 'CreateStack', { Name: 'a', Tags: { 'aws:x': 'y' } },
      'ValidationException', "1 validation error detected: Value '{aws:x=y}' at 'tags' failed to satisfy constraint: Map keys must satisfy constraint: "
      + '[Member must satisfy regular expression pattern: ^(^(?!aws:).[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)$]'],
    ['a tag value too long', 'CreateStack', { Name: 'a', Tags: { k: 'v'.repeat(257) } },
      'ValidationException', `1 validation error detected: Value '{k=${'v'.repeat(257)}}' at 'tags' failed to satisfy constraint: `
      + 'Map value must satisfy constraint: [Member must have length less than or equal to 256]'],
    ['a secret, without showing it', 'CreateDirectoryConfig', {
      DirectoryName: 'a', OrganizationalUnitDistinguishedNames: [], ServiceAccountCredentials: { AccountName: 'me', AccountPassword: 'x'.repeat(128) },
    },
    'ValidationException', "1 validation error detected: Value at 'serviceAccountCredentials.accountPassword' failed to satisfy constraint: "
      + 'Member must have length less than or equal to 127'],
    ['several at once', 'CreateFleet', { Name: '-' },
      'ValidationException', "2 validation errors detected: Value null at 'instanceType' failed to satisfy constraint: Member must not be null; "
      + "Value '-' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,100}$"],
    ['a number for a string', 'StartFleet', { Name: 1 }, 'SerializationException', 'NUMBER_VALUE can not be converted to a String'],
    ['a string for a number', 'DescribeImages', { MaxResults: '5' }, 'SerializationException', 'STRING_VALUE can not be converted to an Integer'],
    ['a fraction', 'DescribeImages', { MaxResults: 1.5 }, 'SerializationException', 'NUMBER_VALUE can not be converted to an Integer'],
    ['an integer of more than 32 bits', 'DescribeImages', { MaxResults: 2 ** 31 }, 'SerializationException', 'NUMBER_VALUE can not be converted to an Integer'],
    ['a string for a boolean', 'CreateStack', { Name: 'a', ApplicationSettings: { Enabled: 'true' } },
      'SerializationException', 'STRING_VALUE can not be converted to a Boolean'],
    ['one for a list', 'DescribeFleets', { Names: 'a' }, 'SerializationException', 'STRING_VALUE can not be converted to a list'],
    ['a list for a structure', 'CreateFleet', { VpcConfig: [] }, 'SerializationException', 'START_ARRAY can not be converted to an object'],
  ])('%s', (_what, operation, input, code, message) => {
    expect(() => model.accept(operation, input)).toThrow(expect.objectContaining({ code, message, status: 400 }));
  });

  test('a member that the model does not have is loud', () => {
    expect(() => model.accept('CreateFleet', { Name: 'a', InstanceType: 'b', VpcConfig: { SubnetIDs: [] } })).toThrow(
      new NotImitated('the member vpcConfig.SubnetIDs of CreateFleet, which its model does not have'),
    );
  });
});

describe('the simulator is held to the model too', () => {
  test('an output without a required member is a fault of the simulator', () => {
    expect(() => model.answer('CreateStack', { Stack: {} })).toThrow(/the simulator's answer to CreateStack is not what its model says: .* at 'stack.name'/);
  });

  test('an error that the operation does not declare is a fault of the simulator', () => {
    expect(() => model.checkError('StopFleet', 'OperationNotPermittedException')).toThrow(
      'the simulator answered StopFleet with OperationNotPermittedException, which the service does not declare',
    );
  });

  test('an operation that declares no errors may answer with any', () => {
    expect(() => model.checkError('ExpireSession', 'ResourceNotFoundException')).not.toThrow();
  });
});
