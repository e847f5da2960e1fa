import { describeChangeSet, describeParameters, summary } from './change-set';
import type { StackControl, StackRequest } from './control';
import type { Engine } from './engine';
import type { ParameterInput } from './parameters';
import type { Stack, StackResource, Tag } from './stack';
import type { Stacks } from './stacks';
import { readTemplate } from './template';
import { ValidationError } from './validation-error';
import { NotImitated } from '../wire/aws-error';
import type { Handler } from '../wire/service';

interface Input {
  readonly StackName: string;
  readonly ChangeSetName: string;
  readonly TemplateBody?: string;
  readonly TemplateURL?: string;
  readonly Parameters?: readonly ParameterInput[];
  readonly Tags?: readonly Tag[];
  readonly RoleARN?: string;
  readonly EnableTerminationProtection?: string;
  readonly UsePreviousTemplate?: string;
  readonly ChangeSetType?: 'CREATE' | 'UPDATE';
  readonly Description?: string;
  readonly RetainResources?: readonly string[];
  readonly LogicalResourceId?: string;
  readonly StackStatusFilter?: readonly string[];
}

const MAX_BODY_BYTES = 51_200;

/** The members of requests that carry a stack; those without a use here change nothing in a single stack without nested ones. */
const STACK_MEMBERS = [
  'StackName', 'TemplateBody', 'TemplateURL', 'UsePreviousTemplate', 'Parameters', 'Tags', 'RoleARN', 'Capabilities', 'NotificationARNs',
  'ClientRequestToken', 'DeploymentConfig',
];

/** The operations of CloudFormation's API. Each lists the members that it understands; others are refused. */
export function operations(engine: Engine, stacks: Stacks, control: StackControl): Readonly<Record<string, Handler>> {
  const stackRequest = async (input: Input): Promise<StackRequest> => ({
    stackName: input.StackName,
    template: await templateText(engine, stacks, input),
    parameters: input.Parameters ?? [],
    tags: input.Tags ?? [],
    roleArn: input.RoleARN,
    terminationProtection: input.EnableTerminationProtection === 'true',
  });
  return {
    CreateStack: operation([...STACK_MEMBERS, 'EnableTerminationProtection'], async (input) =>
      ({ StackId: (await control.create(await stackRequest(input))).id })),
    UpdateStack: operation(STACK_MEMBERS, async (input) => ({ StackId: (await control.update(await stackRequest(input))).id })),
    DeleteStack: operation(['StackName', 'RoleARN', 'ClientRequestToken', 'RetainResources', 'DeploymentConfig'], (input) =>
      control.delete(input.StackName, input.RetainResources)),

    CreateChangeSet: operation([
      ...STACK_MEMBERS, 'ChangeSetName', 'ChangeSetType', 'Description', 'ClientToken', 'IncludeNestedStacks', 'ImportExistingResources',
    ], async (input) => {
      const { stack, changeSet } = await control.createChangeSet({
        ...await stackRequest(input), name: input.ChangeSetName, type: input.ChangeSetType ?? 'UPDATE', description: input.Description,
      });
      return { Id: changeSet.id, StackId: stack.id };
    }),
    DescribeChangeSet: operation(['StackName', 'ChangeSetName', 'IncludePropertyValues'], (input) => {
      const { stack, changeSet } = stacks.changeSet(input.ChangeSetName, input.StackName);
      return describeChangeSet(stack, changeSet);
    }),
    ListChangeSets: operation(['StackName'], (input) => {
      const stack = stacks.get(input.StackName);
      return { Summaries: stacks.changeSetsOf(stack).map((changeSet) => summary(stack, changeSet)) };
    }),
    ExecuteChangeSet: operation(['StackName', 'ChangeSetName', 'ClientRequestToken'], (input) => {
      const { stack, changeSet } = stacks.changeSet(input.ChangeSetName, input.StackName);
      control.execute(stack, changeSet);
    }),
    DeleteChangeSet: operation(['StackName', 'ChangeSetName'], (input) => {
      const stack = stacks.get(input.StackName, `Stack [${input.StackName}] does not exist`);
      const changeSet = stacks.findChangeSet(stack, input.ChangeSetName);
      if (changeSet) {
        stacks.changeSetsOf(stack).splice(stacks.changeSetsOf(stack).indexOf(changeSet), 1);
      }
    }),

    DescribeStacks: operation(['StackName'], ({ StackName }) => ({
      Stacks: (StackName === undefined ? stacks.all().filter(({ status }) => status !== 'DELETE_COMPLETE') : [stacks.get(StackName)]).map(describeStack),
    })),
    ListStacks: operation(['StackStatusFilter'], ({ StackStatusFilter = [] }) => ({
      StackSummaries: stacks.all()
        .filter(({ status }) => StackStatusFilter.length === 0 || StackStatusFilter.includes(status))
        .map(({ id, name, createdAt, deletedAt, status, reason }) => ({
          StackId: id,
          StackName: name,
          CreationTime: new Date(createdAt),
          DeletionTime: date(deletedAt),
          StackStatus: status,
          StackStatusReason: reason,
        })),
    })),
    ListExports: operation([], () => ({
      Exports: stacks.all().flatMap(({ id, outputs }) => outputs
        .filter(({ exportName }) => exportName !== undefined)
        .map(({ exportName, value }) => ({ ExportingStackId: id, Name: exportName, Value: value }))),
    })),
    DescribeStackEvents: operation(['StackName'], ({ StackName }) => ({
      StackEvents: engine.events.of(stacks.get(StackName, `Stack [${StackName}] does not exist`).id).map(({ at: _at, ...event }) => event).reverse(),
    })),
    DescribeStackResources: operation(['StackName', 'LogicalResourceId'], ({ StackName, LogicalResourceId }) => {
      const stack = stacks.get(StackName);
      const resources = [...stack.resources.values()].filter(({ logicalId }) => LogicalResourceId === undefined || logicalId === LogicalResourceId);
      if (LogicalResourceId !== undefined && resources.length === 0) {
        throw new ValidationError(`Resource ${LogicalResourceId} does not exist for stack ${StackName}`);
      }
      return { StackResources: resources.map((resource) => ({ StackName: stack.name, StackId: stack.id, ...describeResource(resource, 'Timestamp') })) };
    }),
    ListStackResources: operation(['StackName'], ({ StackName }) => ({
      StackResourceSummaries: [...stacks.get(StackName, `Stack with id ${StackName} does not exist`).resources.values()]
        .map((resource) => describeResource(resource, 'LastUpdatedTimestamp')),
    })),
    GetTemplate: operation(['StackName', 'ChangeSetName', 'TemplateStage'], ({ StackName, ChangeSetName }) => ({
      TemplateBody: ChangeSetName === undefined
        ? stacks.get(StackName).deployed?.template.text
        : stacks.changeSet(ChangeSetName, StackName).changeSet.target.template.text,
      StagesAvailable: ['Original', 'Processed'],
    })),
    GetTemplateSummary: operation(['StackName', 'TemplateBody', 'TemplateURL'], async (input) => {
      const text = input.TemplateBody === undefined && input.TemplateURL === undefined
        ? stacks.get(input.StackName).deployed?.template.text
        : undefined;
      const template = readTemplate(text ?? await templateText(engine, stacks, input));
      return {
        Description: template.description,
        Parameters: Object.entries(template.parameters).map(([ParameterKey, { Type, Default, NoEcho, Description }]) =>
          ({ ParameterKey, DefaultValue: Default, ParameterType: Type, NoEcho: String(NoEcho) === 'true', Description })),
        ResourceTypes: [...new Set(Object.values(template.resources).map(({ type }) => type))],
      };
    }),
    UpdateTerminationProtection: operation(['StackName', 'EnableTerminationProtection'], (input) => {
      const stack = stacks.get(input.StackName);
      stack.terminationProtection = input.EnableTerminationProtection === 'true';
      return { StackId: stack.id };
    }),
  };
}

function operation(members: readonly string[], handler: (input: Input) => unknown): Handler {
  return (input: Input & { DeploymentConfig?: { Mode?: string } }) => {
    const unknown = Object.keys(input).find((member) => !members.includes(member));
    if (unknown !== undefined) {
      throw new NotImitated(`the parameter ${unknown} of CloudFormation`);
    }
    if ((input.DeploymentConfig?.Mode ?? 'STANDARD') !== 'STANDARD') {
      throw new NotImitated(`the deployment mode ${input.DeploymentConfig?.Mode}`);
    }
    return handler(input);
  };
}

async function templateText(engine: Engine, stacks: Stacks, input: Input): Promise<string> {
  if (input.UsePreviousTemplate === 'true') {
    return stacks.get(input.StackName).deployed?.template.text ?? '';
  }
  if (input.TemplateBody !== undefined) {
    if (Buffer.byteLength(input.TemplateBody) > MAX_BODY_BYTES) {
      throw new ValidationError(`1 validation error detected: Value at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to ${MAX_BODY_BYTES}`);
    }
    return input.TemplateBody;
  }
  if (input.TemplateURL === undefined) {
    throw new ValidationError('Either Template URL or Template Body must be specified.');
  }
  const url = new URL(input.TemplateURL);
  const inHost = /^(.+)\.s3[.-][a-z0-9.-]*amazonaws\.com$/.exec(url.hostname)?.[1];
  const [, first, ...rest] = decodeURIComponent(url.pathname).split('/');
  const [Bucket, Key] = inHost === undefined ? [first, rest.join('/')] : [inHost, [first, ...rest].join('/')];
  return (await engine.cloud.call('s3', 'GetObject', { Bucket, Key })).Body.toString('utf8');
}

function describeStack(stack: Stack) {
  return {
    StackId: stack.id,
    StackName: stack.name,
    Description: stack.deployed?.template.description,
    Parameters: describeParameters(stack.deployed?.parameters ?? {}),
    CreationTime: new Date(stack.createdAt),
    LastUpdatedTime: date(stack.updatedAt),
    DeletionTime: date(stack.deletedAt),
    RollbackConfiguration: {},
    StackStatus: stack.status,
    StackStatusReason: stack.reason,
    DisableRollback: false,
    NotificationARNs: [],
    RoleARN: stack.roleArn,
    EnableTerminationProtection: stack.terminationProtection,
    Tags: stack.deployed?.tags ?? [],
    Outputs: stack.outputs.map(({ key, value, description, exportName }) =>
      ({ OutputKey: key, OutputValue: value, Description: description, ExportName: exportName })),
  };
}

function describeResource({ logicalId, physicalId, type, updatedAt, status, reason }: StackResource, timestamp: string) {
  return {
    LogicalResourceId: logicalId,
    PhysicalResourceId: physicalId,
    ResourceType: type,
    [timestamp]: new Date(updatedAt),
    ResourceStatus: status,
    ResourceStatusReason: reason,
  };
}

function date(time: number | undefined): Date | undefined {
  return time === undefined ? undefined : new Date(time);
}
