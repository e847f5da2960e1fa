import type { Parameters } from './parameters';
import { type Plan, type PlannedChange, replacement } from './plan';
import type { Stack } from './stack';
import type { Target } from './target';

export interface ChangeSet {
  readonly id: string;
  readonly name: string;
  readonly type: 'CREATE' | 'UPDATE';
  readonly description?: string;
  readonly createdAt: number;
  readonly target: Target;
  readonly plan: Plan;
  executionStatus: 'AVAILABLE' | 'UNAVAILABLE' | 'EXECUTE_COMPLETE' | 'OBSOLETE';
}

/** CloudFormation's own words: the CDK CLI looks for them. */
const NO_CHANGES = "The submitted information didn't contain changes. Submit different information to create a change set.";

/** What DescribeChangeSet answers. */
export function describeChangeSet(stack: Stack, changeSet: ChangeSet) {
  const failed = changeSet.executionStatus === 'UNAVAILABLE';
  return {
    ...summary(stack, changeSet),
    Parameters: describeParameters(changeSet.target.parameters),
    Tags: changeSet.target.tags,
    NotificationARNs: [],
    RollbackConfiguration: {},
    Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'],
    Changes: failed ? [] : changeSet.plan.changes.map(describeChange),
  };
}

/** What ListChangeSets answers for one. */
export function summary(stack: Stack, { id, name, description, createdAt, executionStatus }: ChangeSet) {
  const failed = executionStatus === 'UNAVAILABLE';
  return {
    ChangeSetName: name,
    ChangeSetId: id,
    StackId: stack.id,
    StackName: stack.name,
    Description: description,
    CreationTime: new Date(createdAt),
    ExecutionStatus: executionStatus,
    Status: failed ? 'FAILED' : 'CREATE_COMPLETE',
    StatusReason: failed ? NO_CHANGES : undefined,
    IncludeNestedStacks: false,
  };
}

/** Parameters as they are shown: what is not to be seen is masked. */
export function describeParameters(parameters: Parameters) {
  return Object.entries(parameters).map(([ParameterKey, { given, resolved, noEcho }]) =>
    ({ ParameterKey, ParameterValue: noEcho ? '****' : given, ResolvedValue: resolved }));
}

function describeChange(change: PlannedChange) {
  const { action, logicalId, type, physicalId, properties, attributes } = change;
  const replaces = replacement(change);
  return {
    Type: 'Resource',
    ResourceChange: {
      Action: action,
      LogicalResourceId: logicalId,
      PhysicalResourceId: physicalId,
      ResourceType: type,
      PolicyAction: action === 'Remove' ? 'Delete' : action === 'Modify' && replaces === 'True' ? 'ReplaceAndDelete' : undefined,
      Replacement: action === 'Modify' ? replaces : undefined,
      Scope: [...properties.length > 0 ? ['Properties'] : [], ...attributes],
      Details: [
        ...properties.map(({ name, dynamic, recreation }) => ({
          Target: { Attribute: 'Properties', Name: name, RequiresRecreation: recreation },
          Evaluation: dynamic ? 'Dynamic' : 'Static',
          ChangeSource: dynamic ? 'ResourceAttribute' : 'DirectModification',
        })),
        ...attributes.map((name) => ({
          Target: { Attribute: name, RequiresRecreation: 'Never' },
          Evaluation: 'Static',
          ChangeSource: 'DirectModification',
        })),
      ],
    },
  };
}
