import { custom, gateway, World } from './world';

/** The value of an expression, as a provider gets it. */
const valueOf = async (expression: unknown, sections: object = {}, parameters: Record<string, string> = {}) => {
  const world = new World();
  world.provider = ({ LogicalResourceId }) => LogicalResourceId === 'Other' ? { Data: { Out: 'out', List: ['x', 'y'] } } : {};
  const { failures } = await world.cloudformation.deploy('stack', {
    Resources: { Other: custom(), Thing: custom({ Value: expression }) }, ...sections,
  }, { parameters });
  return failures.length > 0 ? failures[0] : world.requests.find(({ LogicalResourceId }) => LogicalResourceId === 'Thing')?.ResourceProperties.Value;
};

const IS = (left: string, right: string) => ({ 'Fn::Equals': [left, right] });

describe('functions', () => {
  test.each<[string, unknown, unknown]>([
    ['Ref of a resource', { Ref: 'Other' }, 'other'],
    ['Ref of the Region', { Ref: 'AWS::Region' }, 'eu-west-1'],
    ['Ref of the stack', { Ref: 'AWS::StackName' }, 'stack'],
    ['Ref of nothing', [{ Ref: 'AWS::NoValue' }, 'a'], ['a']],
    ['GetAtt with a dot', { 'Fn::GetAtt': 'Other.Out' }, 'out'],
    ['GetAtt with a list', { 'Fn::GetAtt': ['Other', 'Out'] }, 'out'],
    ['Join', { 'Fn::Join': ['-', ['a', { Ref: 'Other' }, 5, { Ref: 'AWS::NoValue' }]] }, 'a-other-5'],
    ['Join of a list attribute', { 'Fn::Join': [',', { 'Fn::GetAtt': ['Other', 'List'] }] }, 'x,y'],
    ['Sub', { 'Fn::Sub': '${AWS::Region}/${Other}/${Other.Out}/${!Literal}' }, 'eu-west-1/other/out/${Literal}'],
    ['Sub with variables', { 'Fn::Sub': ['${A}${Other}', { A: { Ref: 'AWS::AccountId' } }] }, '111122223333other'],
    ['Select', { 'Fn::Select': [1, ['a', 'b']] }, 'b'],
    ['Select of a Split', { 'Fn::Select': ['1', { 'Fn::Split': ['t', { 'Fn::GetAtt': ['Other', 'Out'] }] }] }, ''],
    ['Split', { 'Fn::Split': ['|', 'a|b'] }, ['a', 'b']],
    ['Base64', { 'Fn::Base64': 'hello' }, 'aGVsbG8='],
    ['GetAZs', { 'Fn::GetAZs': '' }, ['eu-west-1a', 'eu-west-1b', 'eu-west-1c']],
    ['Cidr', { 'Fn::Cidr': ['10.0.0.0/16', 3, 8] }, ['10.0.0.0/24', '10.0.1.0/24', '10.0.2.0/24']],
    ['a literal', { Deep: [1, { a: true }] }, { Deep: ['1', { a: 'true' }] }],
  ])('%s', async (_name, expression, value) => {
    expect(await valueOf(expression)).toEqual(value);
  });

  test('FindInMap', async () => {
    const Mappings = { Sizes: { 'eu-west-1': { small: 's' } } };
    expect(await valueOf({ 'Fn::FindInMap': ['Sizes', { Ref: 'AWS::Region' }, 'small'] }, { Mappings })).toBe('s');
    await expect(valueOf({ 'Fn::FindInMap': ['Sizes', 'eu-west-1', 'big'] }, { Mappings }))
      .rejects.toThrow('Template error: Unable to get mapping for Sizes::eu-west-1::big');
  });

  test.each([
    [{ 'Fn::And': [IS('a', 'a'), { Condition: 'Yes' }] }, 'then'],
    [{ 'Fn::And': [IS('a', 'b'), { Condition: 'Yes' }] }, 'else'],
    [{ 'Fn::Or': [IS('a', 'b'), { Condition: 'Yes' }] }, 'then'],
    [{ 'Fn::Not': [{ Condition: 'Yes' }] }, 'else'],
    [{ Condition: 'Yes' }, 'then'],
  ])('If with %j', async (condition, value) => {
    expect(await valueOf({ 'Fn::If': ['Asked', 'then', 'else'] }, { Conditions: { Asked: condition, Yes: IS('x', 'x') } })).toBe(value);
  });

  test('only the branch that is taken is a dependency', async () => {
    const world = new World();
    const { status } = await world.cloudformation.deploy('stack', {
      Conditions: { No: IS('a', 'b') },
      Resources: { A: custom({ Of: { 'Fn::If': ['No', { Ref: 'B' }, 'none'] } }), B: custom({ Of: { Ref: 'A' } }) },
    });
    expect(status).toBe('CREATE_COMPLETE');
  });

  test.each(['Fn::Transform', 'Fn::ToJsonString', 'Fn::Length', 'Fn::ForEach'])('%s is not imitated', async (name) => {
    await expect(valueOf({ [name]: 'x' })).rejects.toThrow(`the loopback does not imitate the intrinsic function ${name}`);
  });

  test('a parameter store reference is looked up', async () => {
    const world = new World();
    await world.cloud.call('ssm', 'PutParameter', { Name: '/size', Value: '7' });
    await world.cloudformation.deploy('stack', { Resources: { Thing: custom({ Size: 'is {{resolve:ssm:/size}}' }) } });
    expect(world.requests[0].ResourceProperties.Size).toBe('is 7');
    await expect(valueOf('{{resolve:ssm-secure:x}}')).rejects.toThrow('the loopback does not imitate dynamic references to ssm-secure');
  });
});

describe('parameters', () => {
  test('have a default, a value, or the value of before', async () => {
    const world = new World();
    const template = (size: string) => ({
      Parameters: { P: { Type: 'String', Default: 'd' } }, Resources: { Thing: custom({ Value: { Ref: 'P' }, Size: size }) },
    });
    await world.cloudformation.deploy('stack', template('1'));
    await world.cloudformation.deploy('stack', template('1'), { parameters: { P: 'given' } });
    await world.cloudformation.operations.UpdateStack(
      { StackName: 'stack', TemplateBody: JSON.stringify(template('2')), Parameters: [{ ParameterKey: 'P', UsePreviousValue: 'true' }] },
      { caller: { accessKeyId: 'x' } },
    );
    await world.cloudformation.settled('stack');
    expect(world.requests.map(({ ResourceProperties }) => ResourceProperties.Value)).toEqual(['d', 'given', 'given']);
  });

  test('of the type of a parameter store name are looked up', async () => {
    const Parameters = { Version: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/cdk-bootstrap/hnb659fds/version' } };
    expect(await valueOf({ Ref: 'Version' }, { Parameters })).toMatch(/^\d+$/);
  });

  test('of a list type are lists', async () => {
    expect(await valueOf({ Ref: 'L' }, { Parameters: { L: { Type: 'CommaDelimitedList' } } }, { L: 'a, b' })).toEqual(['a', 'b']);
  });

  test.each([
    ['without a value', { Type: 'String' }, {}, 'Parameters: [P] must have values'],
    ['outside of what is allowed', { Type: 'String', AllowedValues: ['a'] }, { P: 'b' }, "Parameter 'P' must be one of AllowedValues: [a]"],
    ['off the pattern', { Type: 'String', AllowedPattern: 'a+' }, { P: 'aab' }, "Parameter 'P' must match pattern a+"],
    ['that is no number', { Type: 'Number' }, { P: 'x' }, 'Parameter value x must be a number'],
    ['of an unknown type', { Type: 'Thing' }, { P: 'x' }, 'the loopback does not imitate the parameter type Thing'],
    ['that is not there', { Type: 'String', Default: 'a' }, { Q: 'x' }, 'Parameters: [Q] do not exist in the template'],
  ])('%s are refused', async (_name, definition, parameters, message) => {
    await expect(valueOf('x', { Parameters: { P: definition } }, parameters as Record<string, string>)).rejects.toThrow(message);
  });
});

describe('conditions', () => {
  test('leave resources and outputs out', async () => {
    const world = new World();
    const { outputs } = await world.cloudformation.deploy('stack', {
      Conditions: { No: IS('a', 'b') },
      Resources: { A: custom(), B: custom({}, { Condition: 'No' }), C: custom({}, { DependsOn: 'B' }) },
      Outputs: { Out: { Value: { Ref: 'B' }, Condition: 'No' } },
    });
    expect(world.story.sort()).toEqual(['Create A', 'Create C']);
    expect(outputs).toEqual({});
  });

  test('that change make and delete resources', async () => {
    const world = new World();
    const template = {
      Parameters: { P: { Type: 'String' } },
      Conditions: { Yes: { 'Fn::Equals': [{ Ref: 'P' }, 'yes'] } },
      Resources: { A: gateway(), B: custom({}, { Condition: 'Yes' }) },
    };
    await world.cloudformation.deploy('stack', template, { parameters: { P: 'no' } });
    await world.cloudformation.deploy('stack', template, { parameters: { P: 'yes' } });
    await world.cloudformation.deploy('stack', template, { parameters: { P: 'no' } });
    expect(world.story).toEqual(['Create B', 'Delete B b']);
  });
});

describe('a template is refused', () => {
  test.each<[string, object, string]>([
    ['without resources', {}, 'At least one Resources member must be defined.'],
    ['with an unknown type', { Resources: { A: { Type: 'AWS::Glue::Job' } } }, 'the loopback does not imitate the resource type AWS::Glue::Job'],
    ['with an unknown property', { Resources: { A: { Type: 'AWS::EC2::VPC', Properties: { Cidr: 'x' } } } }, 'the loopback does not imitate the property AWS::EC2::VPC/Cidr'],
    ['with an unknown nested property', { Resources: { A: { Type: 'AWS::EC2::InternetGateway', Properties: { Tags: [{ Name: 'x' }] } } } }, 'the property AWS::EC2::InternetGateway/Tags/0/Name'],
    ['with a value of another type', { Resources: { A: { Type: 'AWS::EC2::VPC', Properties: { EnableDnsSupport: 'yes' } } } }, 'AWS::EC2::VPC/EnableDnsSupport: expected type: Boolean'],
    ['without a required property', { Resources: { A: { Type: 'AWS::EC2::Subnet' } } }, 'required key [VpcId] not found'],
    ['with an unknown attribute', { Resources: { A: gateway(), B: custom({ Of: { 'Fn::GetAtt': ['A', 'Arn'] } }) } }, 'the attribute Arn of AWS::EC2::InternetGateway'],
    ['with an unknown reference', { Resources: { A: custom({ Of: { Ref: 'B' } }) } }, 'Unresolved resource dependencies [B] in the Resources block of the template'],
    ['with an unknown dependency', { Resources: { A: custom({}, { DependsOn: 'B' }) } }, 'Unresolved resource dependencies [B]'],
    ['with a circle', { Resources: { A: custom({ Of: { Ref: 'B' } }), B: custom({ Of: { Ref: 'A' } }) } }, 'Circular dependency between resources: [A, B]'],
    ['with null', { Resources: { A: custom({ Of: [null] }) } }, "[/Resources/A/Properties/Of/0] 'null' values are not allowed in templates"],
    ['with an unknown section', { Resources: { A: custom() }, Transform: 'AWS::Serverless' }, 'the loopback does not imitate the template section Transform'],
    ['with an unknown resource attribute', { Resources: { A: custom({}, { UpdatePolicy: {} }) } }, 'in resource A the attribute UpdatePolicy'],
    ['with a policy that needs snapshots', { Resources: { A: custom({}, { DeletionPolicy: 'Snapshot' }) } }, 'the policy "Snapshot"'],
    ['without a service token', { Resources: { A: { Type: 'Custom::Thing' } } }, 'required key [ServiceToken] not found'],
    [
      'that breaks its own rule',
      { Resources: { A: custom() }, Rules: { R: { Assertions: [{ Assert: { 'Fn::Not': [{ 'Fn::Contains': [['a'], 'a'] }] }, AssertDescription: 'not a' }] } } },
      'Template constraint error: not a',
    ],
  ])('%s', async (_name, template, message) => {
    const world = new World();
    await expect(world.cloudformation.deploy('stack', template)).rejects.toThrow(message);
    expect(world.requests).toEqual([]);
  });
});

test('text and numbers become what the schema of a type says', async () => {
  const world = new World();
  await world.cloudformation.deploy('stack', {
    Resources: { A: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16', EnableDnsSupport: 'true', Tags: [{ Key: 'n', Value: 5 }] } } },
  });
  expect(world.cloudformation.stackResources('stack')[0].properties).toMatchObject({ EnableDnsSupport: true, Tags: [{ Key: 'n', Value: '5' }] });
});

test('the tags of a stack go to what takes tags, unless it has them of its own', async () => {
  const world = new World();
  await world.cloudformation.deploy('stack', { Resources: { A: gateway('own'), B: custom() } }, { tags: [{ Key: 'tag', Value: 'stack' }, { Key: 'team', Value: 'x' }] });
  expect(world.cloudformation.stackResources('stack').find(({ logicalId }) => logicalId === 'A')?.properties.Tags)
    .toEqual([{ Key: 'tag', Value: 'own' }, { Key: 'team', Value: 'x' }]);
  expect(world.requests[0].ResourceProperties).not.toHaveProperty('Tags');
});
