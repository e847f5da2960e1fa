import { evaluateCondition, NO_VALUE, type Scope } from './intrinsics';
import type { Parameters } from './parameters';
import type { Json, Template } from './template';
import { ValidationError } from './validation-error';
import { availabilityZones } from '../services/ec2';

/** The stack that a template is evaluated for. */
export interface StackIdentity {
  readonly name: string;
  readonly id: string;
  readonly region: string;
  readonly account: string;
}

/** What resources stand for, at the moment of an evaluation. */
export interface ResourceValues {
  ref(logicalId: string): unknown;
  attribute(logicalId: string, name: string): unknown;
}

/** The names of one template in one stack. */
export class TemplateScope implements Scope {
  public readonly region: string;
  public readonly availabilityZones: readonly string[];
  private readonly evaluated = new Map<string, boolean>();
  private readonly evaluating = new Set<string>();

  constructor(
    private readonly stack: StackIdentity,
    private readonly template: Template,
    private readonly parameters: Parameters,
    private readonly exports: (name: string) => string | undefined,
    private readonly resources: ResourceValues,
  ) {
    this.region = stack.region;
    this.availabilityZones = availabilityZones(stack.region);
  }

  /** The same names, with other values of the resources. */
  public withResources(resources: ResourceValues): TemplateScope {
    return new TemplateScope(this.stack, this.template, this.parameters, this.exports, resources);
  }

  /** Whether a resource or output with this condition is there. */
  public isActive(condition: string | undefined): boolean {
    return condition === undefined || this.condition(condition);
  }

  public ref(name: string): unknown {
    const pseudo = this.pseudoParameter(name);
    if (pseudo !== undefined) {
      return pseudo;
    }
    const parameter = this.parameters[name];
    if (parameter) {
      return parameter.value;
    }
    this.mustBeThere(name);
    return this.resources.ref(name);
  }

  public attribute(logicalId: string, name: string): unknown {
    this.mustBeThere(logicalId);
    return this.resources.attribute(logicalId, name);
  }

  public condition(name: string): boolean {
    const known = this.evaluated.get(name);
    if (known !== undefined) {
      return known;
    }
    if (!(name in this.template.conditions)) {
      throw new ValidationError(`Template format error: Unresolved condition dependency ${name} in the template`);
    }
    if (this.evaluating.has(name)) {
      throw new ValidationError(`Template format error: Found circular condition dependency between ${[...this.evaluating].join(' and ')}`);
    }
    this.evaluating.add(name);
    const result = evaluateCondition(this.template.conditions[name], this);
    this.evaluating.delete(name);
    this.evaluated.set(name, result);
    return result;
  }

  public mapping(name: string): Readonly<Record<string, Json>> {
    const mapping = this.template.mappings[name];
    if (!mapping) {
      throw new ValidationError(`Template error: Mapping named '${name}' is not present in the 'Mappings' section of template.`);
    }
    return mapping;
  }

  public importValue(name: string): string {
    const value = this.exports(name);
    if (value === undefined) {
      throw new ValidationError(`No export named ${name} found. Rollback requested by user.`);
    }
    return value;
  }

  private mustBeThere(logicalId: string): void {
    const definition = this.template.resources[logicalId];
    if (!definition || !this.isActive(definition.condition)) {
      throw new ValidationError(`Template format error: Unresolved resource dependencies [${logicalId}] in the Resources block of the template`);
    }
  }

  private pseudoParameter(name: string): unknown {
    switch (name) {
      case 'AWS::AccountId': return this.stack.account;
      case 'AWS::Region': return this.stack.region;
      case 'AWS::Partition': return 'aws';
      case 'AWS::URLSuffix': return 'amazonaws.com';
      case 'AWS::StackId': return this.stack.id;
      case 'AWS::StackName': return this.stack.name;
      case 'AWS::NotificationARNs': return [];
      case 'AWS::NoValue': return NO_VALUE;
      default: return undefined;
    }
  }
}
