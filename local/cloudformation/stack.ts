import type { Dependencies } from './dependencies';
import type { Parameters } from './parameters';
import type { DeletionPolicy, Json, ResourceDefinition, Template } from './template';

export interface Tag { readonly Key: string; readonly Value: string }

/** A resource of a stack. */
export interface StackResource {
  readonly logicalId: string;
  readonly type: string;
  /** Absent until something exists. */
  physicalId?: string;
  status: string;
  reason?: string;
  updatedAt: number;
  /** Evaluated, as its handler was last given them. */
  properties: Json;
  attributes: Json;
  noEcho: boolean;
  definition: ResourceDefinition;
}

/** Something that exists and is to go in the clean-up. */
export interface Leftover {
  readonly logicalId: string;
  readonly type: string;
  readonly physicalId: string;
  readonly properties: Json;
  readonly policy: DeletionPolicy;
}

export interface Output { readonly key: string; readonly value: string; readonly description?: string; readonly exportName?: string }

/** What a stack was last brought to. */
export interface Deployed {
  readonly template: Template;
  readonly parameters: Parameters;
  readonly tags: readonly Tag[];
  /** The names of the exports of other stacks that it uses. */
  readonly imports: ReadonlySet<string>;
  readonly dependencies: Dependencies;
}

/** A stack. Its times are those on the wall, which clients compare with theirs; only durations are virtual. */
export interface Stack {
  readonly id: string;
  readonly name: string;
  readonly createdAt: number;
  updatedAt?: number;
  deletedAt?: number;
  status: string;
  reason?: string;
  operationId: string;
  roleArn?: string;
  terminationProtection: boolean;
  /** Absent while the stack is only under review. */
  deployed?: Deployed;
  resources: Map<string, StackResource>;
  outputs: readonly Output[];
  /** The end of what is being done to it. */
  settled: Promise<void>;
}

/** Nothing more can be done to a stack in these but to delete it. */
export function isDeadEnd(status: string): boolean {
  return ['ROLLBACK_COMPLETE', 'ROLLBACK_FAILED', 'CREATE_FAILED', 'DELETE_FAILED', 'UPDATE_ROLLBACK_FAILED'].includes(status);
}

export function isInProgress(status: string): boolean {
  return status.endsWith('_IN_PROGRESS') && status !== 'REVIEW_IN_PROGRESS';
}
