import { checkRule, type ChoiceRule } from './choice';
import { checkPath, type Json } from './reference-path';
import { AwsError, NotImitated } from '../../wire/aws-error';

/** When a failed state is tried again. */
export interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds?: number;
  readonly MaxAttempts?: number;
  readonly BackoffRate?: number;
  readonly MaxDelaySeconds?: number;
  readonly JitterStrategy?: 'FULL' | 'NONE';
}

/** Where a failed state goes on. */
export interface Catcher {
  readonly ErrorEquals: readonly string[];
  readonly Next: string;
  readonly ResultPath?: string | null;
}

/** A state as its definition has it. */
export interface State {
  readonly Type: string;
  readonly Next?: string;
  readonly End?: boolean;
  readonly InputPath?: string | null;
  readonly OutputPath?: string | null;
  readonly ResultPath?: string | null;
  readonly Parameters?: Json;
  readonly ResultSelector?: Json;
  readonly Retry?: readonly Retrier[];
  readonly Catch?: readonly Catcher[];
  readonly Resource?: string;
  readonly TimeoutSeconds?: number;
  readonly Result?: Json;
  readonly Choices?: readonly ChoiceRule[];
  readonly Default?: string;
  readonly Seconds?: number;
  readonly SecondsPath?: string;
  readonly Timestamp?: string;
  readonly TimestampPath?: string;
  readonly Error?: string;
  readonly ErrorPath?: string;
  readonly Cause?: string;
  readonly CausePath?: string;
}

/** A state machine in the Amazon States Language. */
export interface Definition {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
  readonly TimeoutSeconds?: number;
}

const flow = ['Type', 'Comment', 'QueryLanguage', 'Next', 'End', 'InputPath', 'OutputPath'];
const members: Readonly<Record<string, readonly string[]>> = {
  Task: [...flow, 'Resource', 'Parameters', 'ResultSelector', 'ResultPath', 'Retry', 'Catch', 'TimeoutSeconds'],
  Pass: [...flow, 'Result', 'ResultPath', 'Parameters'],
  Wait: [...flow, 'Seconds', 'SecondsPath', 'Timestamp', 'TimestampPath'],
  Choice: ['Type', 'Comment', 'QueryLanguage', 'InputPath', 'OutputPath', 'Choices', 'Default'],
  Succeed: ['Type', 'Comment', 'QueryLanguage', 'InputPath', 'OutputPath'],
  Fail: ['Type', 'Comment', 'QueryLanguage', 'Error', 'ErrorPath', 'Cause', 'CausePath'],
};
const retrierMembers = ['ErrorEquals', 'IntervalSeconds', 'MaxAttempts', 'BackoffRate', 'MaxDelaySeconds', 'JitterStrategy', 'Comment'];

/** Reads a definition; refuses what Step Functions would refuse, and what is not imitated. */
export function parseDefinition(text: string): Definition {
  let definition: Definition;
  try {
    definition = JSON.parse(text) as Definition;
  } catch {
    throw invalid('INVALID_JSON_DESCRIPTION: the definition is not JSON');
  }
  checkMembers(definition, ['Comment', 'QueryLanguage', 'StartAt', 'States', 'TimeoutSeconds', 'Version'], 'the state machine');
  checkTarget(definition, definition.StartAt, '/StartAt');
  for (const [name, state] of Object.entries(definition.States)) {
    checkState(definition, state, `/States/${name}`);
  }
  return definition;
}

function checkState(definition: Definition, state: State, where: string): void {
  if (!members[state.Type]) {
    throw new NotImitated(`the state type ${state.Type} of ${where}`);
  }
  checkMembers(state, members[state.Type], where);
  if (members[state.Type].includes('Next')) {
    if ((state.Next === undefined) !== (state.End === true)) {
      throw invalid(`SCHEMA_VALIDATION_FAILED: exactly one of Next and End is needed at ${where}`);
    }
    if (state.Next !== undefined) {
      checkTarget(definition, state.Next, where);
    }
  }
  const paths = [state.InputPath, state.OutputPath, state.ResultPath, state.SecondsPath, state.TimestampPath, state.ErrorPath, state.CausePath];
  paths.filter((path) => path !== undefined && path !== null).forEach(checkPath);
  if (state.Type === 'Choice') {
    checkChoices(definition, state, where);
  }
  if (state.Type === 'Wait') {
    const given = [state.Seconds, state.SecondsPath, state.Timestamp, state.TimestampPath].filter((value) => value !== undefined);
    if (given.length !== 1) {
      throw invalid(`SCHEMA_VALIDATION_FAILED: exactly one of Seconds, SecondsPath, Timestamp and TimestampPath is needed at ${where}`);
    }
  }
  checkErrors(definition, state, where);
}

function checkChoices(definition: Definition, { Choices = [], Default }: State, where: string): void {
  if (Choices.length === 0) {
    throw invalid(`SCHEMA_VALIDATION_FAILED: Choices are missing at ${where}`);
  }
  for (const rule of Choices) {
    checkRule(rule, where);
    checkTarget(definition, rule.Next, where);
  }
  if (Default !== undefined) {
    checkTarget(definition, Default, where);
  }
}

function checkErrors(definition: Definition, { Retry = [], Catch = [] }: State, where: string): void {
  for (const retrier of Retry) {
    checkMembers(retrier, retrierMembers, `a retrier of ${where}`);
    const { IntervalSeconds = 1, MaxAttempts = 3, BackoffRate = 2, MaxDelaySeconds } = retrier;
    if (IntervalSeconds < 1 || MaxAttempts < 0 || BackoffRate < 1 || (MaxDelaySeconds !== undefined && MaxDelaySeconds <= IntervalSeconds)) {
      throw invalid(`SCHEMA_VALIDATION_FAILED: a number of Retry is out of range at ${where}`);
    }
  }
  for (const catcher of Catch) {
    checkMembers(catcher, ['ErrorEquals', 'Next', 'ResultPath', 'Comment'], `a catcher of ${where}`);
    checkTarget(definition, catcher.Next, where);
  }
  for (const list of [Retry, Catch]) {
    list.forEach(({ ErrorEquals }, index) => {
      const all = ErrorEquals.includes('States.ALL');
      if (ErrorEquals.length === 0 || (all && (ErrorEquals.length > 1 || index < list.length - 1))) {
        throw invalid(`SCHEMA_VALIDATION_FAILED: States.ALL must stand alone and last at ${where}`);
      }
    });
  }
}

function checkMembers(json: object, known: readonly string[], where: string): void {
  const unknown = Object.keys(json).find((name) => !known.includes(name));
  const { QueryLanguage = 'JSONPath' } = json as { QueryLanguage?: string };
  if (unknown !== undefined || QueryLanguage !== 'JSONPath') {
    throw new NotImitated(unknown === undefined ? `the query language ${QueryLanguage}` : `${unknown} of ${where}`);
  }
}

function checkTarget(definition: Definition, name: string | undefined, where: string): void {
  if (name === undefined || !Object.hasOwn(definition.States ?? {}, name)) {
    throw invalid(`MISSING_TRANSITION_TARGET: Missing 'Next' target: ${name} at ${where}`);
  }
}

function invalid(reason: string): AwsError {
  return new AwsError('InvalidDefinition', `Invalid State Machine Definition: '${reason}'`);
}
