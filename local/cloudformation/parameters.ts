import type { Template, ParameterDefinition } from './template';
import { ValidationError } from './validation-error';
import type { Cloud } from '../cloud';
import { AwsError, NotImitated } from '../wire/aws-error';

/** A parameter as a request has it. */
export interface ParameterInput {
  readonly ParameterKey: string;
  readonly ParameterValue?: string;
  readonly UsePreviousValue?: boolean | string;
}

/** A parameter of a stack. */
export interface ParameterValue {
  /** As it was given; for a parameter that is looked up, the name under which. */
  readonly given: string;
  /** What `Ref` gives. */
  readonly value: string | readonly string[];
  /** What was found, for a parameter that is looked up. */
  readonly resolved?: string;
  readonly noEcho: boolean;
}

export type Parameters = Readonly<Record<string, ParameterValue>>;

const SSM_TYPE = /^AWS::SSM::Parameter::Value<(.+)>$/;

/** Gives every parameter of a template its value. */
export async function resolveParameters(
  template: Template, inputs: readonly ParameterInput[], previous: Parameters, cloud: Cloud,
): Promise<Parameters> {
  const unknown = inputs.filter(({ ParameterKey }) => !template.parameters[ParameterKey]).map(({ ParameterKey }) => ParameterKey);
  if (unknown.length > 0) {
    throw new ValidationError(`Parameters: [${unknown.join(', ')}] do not exist in the template`);
  }
  const given = Object.entries(template.parameters).map(([name, definition]) => {
    const input = inputs.find(({ ParameterKey }) => ParameterKey === name);
    return { name, definition, text: givenText(name, definition, input, previous) };
  });
  const missing = given.filter(({ text }) => text === undefined).map(({ name }) => name);
  if (missing.length > 0) {
    throw new ValidationError(`Parameters: [${missing.join(', ')}] must have values`);
  }
  return Object.fromEntries(await Promise.all(given.map(async ({ name, definition, text }) =>
    [name, await resolve(name, definition, text as string, cloud)] as const)));
}

function givenText(name: string, definition: ParameterDefinition, input: ParameterInput | undefined, previous: Parameters): string | undefined {
  if (String(input?.UsePreviousValue) === 'true') {
    if (!previous[name]) {
      throw new ValidationError(`Invalid input for parameter key ${name}. Cannot specify usePreviousValue as true for a parameter key not in the previous template`);
    }
    return previous[name].given;
  }
  return input?.ParameterValue ?? (definition.Default === undefined ? undefined : String(definition.Default));
}

async function resolve(name: string, definition: ParameterDefinition, given: string, cloud: Cloud): Promise<ParameterValue> {
  const noEcho = String(definition.NoEcho) === 'true';
  const ssmType = SSM_TYPE.exec(definition.Type)?.[1];
  if (ssmType === undefined) {
    const value = typed(definition.Type, given);
    [value].flat().forEach((item) => check(name, definition, item));
    return { given, value, noEcho };
  }
  check(name, definition, given);
  const resolved = await lookUp(name, given, cloud);
  return { given, value: typed(ssmType, resolved), resolved, noEcho };
}

async function lookUp(name: string, ssmName: string, cloud: Cloud): Promise<string> {
  try {
    return (await cloud.call('ssm', 'GetParameter', { Name: ssmName })).Parameter.Value;
  } catch (error) {
    if (error instanceof AwsError && error.code === 'ParameterNotFound') {
      throw new ValidationError(`Unable to fetch parameters [${ssmName}] from parameter store for this account. (parameter ${name})`);
    }
    throw error;
  }
}

function typed(type: string, text: string): string | readonly string[] {
  if (type === 'CommaDelimitedList' || /^List<.+>$/.test(type)) {
    return text === '' ? [] : text.split(',').map((item) => item.trim());
  }
  if (type === 'Number' && (text.trim() === '' || Number.isNaN(Number(text)))) {
    throw new ValidationError(`Parameter value ${text} must be a number`);
  }
  if (type === 'String' || type === 'Number' || /^AWS::[A-Za-z0-9]+::[A-Za-z0-9:]+$/.test(type)) {
    return text;
  }
  throw new NotImitated(`the parameter type ${type}`);
}

function check(name: string, definition: ParameterDefinition, value: string): void {
  const fail = (what: string) => {
    throw new ValidationError(definition.ConstraintDescription
      ? `Parameter '${name}' ${definition.ConstraintDescription}`
      : `Parameter '${name}' ${what}`);
  };
  if (definition.AllowedValues && !definition.AllowedValues.map(String).includes(value)) {
    fail(`must be one of AllowedValues: [${definition.AllowedValues.join(', ')}]`);
  }
  if (definition.AllowedPattern !== undefined && !new RegExp(`^(?:${definition.AllowedPattern})$`).test(value)) {
    fail(`must match pattern ${definition.AllowedPattern}`);
  }
  if (definition.MinLength !== undefined && value.length < Number(definition.MinLength)) {
    fail(`must contain at least ${definition.MinLength} characters`);
  }
  if (definition.MaxLength !== undefined && value.length > Number(definition.MaxLength)) {
    fail(`must contain at most ${definition.MaxLength} characters`);
  }
  if (definition.MinValue !== undefined && Number(value) < Number(definition.MinValue)) {
    fail(`must be a number not less than ${definition.MinValue}`);
  }
  if (definition.MaxValue !== undefined && Number(value) > Number(definition.MaxValue)) {
    fail(`must be a number not greater than ${definition.MaxValue}`);
  }
}
