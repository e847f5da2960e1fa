import { isDeepStrictEqual } from 'util';
import { removeAll } from './clean-up';
import { isCustom } from './custom-resource';
import { among, type Dependencies } from './dependencies';
import type { Engine } from './engine';
import { evaluateOutputs } from './outputs';
import { leftoverOf, Provisioner, type ResourceChange } from './provisioner';
import { inOrder } from './schedule';
import type { Leftover, Stack, StackResource } from './stack';
import { causes, failedTo, reportStack, valuesOf } from './stack-status';
import { definitionOf, propertiesOf, type Target } from './target';

/** Updates a stack; when that fails, brings back what had begun to change. */
export function updateStack(engine: Engine, stack: Stack, target: Target): Promise<void> {
  return new StackUpdate(engine, stack, target).run();
}

class StackUpdate {
  private readonly provisioner: Provisioner;
  private readonly previous: Target;
  private readonly changes = new Map<string, ResourceChange>();
  private readonly created = new Set<string>();
  private readonly definitions = new Map<string, StackResource['definition']>();

  constructor(private readonly engine: Engine, private readonly stack: Stack, private readonly target: Target) {
    this.provisioner = new Provisioner(engine, stack);
    this.previous = stack.deployed as Target;
  }

  public async run(): Promise<void> {
    const { engine, stack, target } = this;
    stack.updatedAt = Date.now();
    reportStack(engine, stack, 'UPDATE_IN_PROGRESS', 'User Initiated');
    const failures = await this.inOrder(target.dependencies, (id, signal) => this.bring(id, signal));
    if (failures.size > 0) {
      const made = [...failures.keys()].filter((id) => this.created.has(id));
      const updated = [...failures.keys()].filter((id) => !this.created.has(id));
      return this.rollBack([...made.length > 0 ? [failedTo('create', made)] : [], ...updated.length > 0 ? [failedTo('update', updated)] : []].join(' '));
    }
    try {
      stack.outputs = evaluateOutputs(engine, stack, target);
    } catch (error) {
      return this.rollBack((error as Error).message);
    }
    stack.deployed = target;
    reportStack(engine, stack, 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
    await this.cleanUp(this.outdated(), this.previous.dependencies);
    reportStack(engine, stack, 'UPDATE_COMPLETE');
  }

  /** Brings one resource to what the new template says, if it is not there already. */
  private async bring(id: string, signal: AbortSignal): Promise<void> {
    const { engine, stack, target, provisioner } = this;
    const definition = definitionOf(target, id);
    const evaluated = () => propertiesOf(engine, target, id, valuesOf(stack));
    const resource = stack.resources.get(id);
    if (!resource) {
      this.created.add(id);
      return provisioner.create(id, definition, evaluated, signal);
    }
    const properties = await this.orReport(resource, evaluated);
    if (isDeepStrictEqual(properties, resource.properties)) {
      // Nobody is told: not of metadata, and not of a policy that may have changed.
      this.definitions.set(id, resource.definition);
      resource.definition = definition;
      return;
    }
    const change: ResourceChange = { before: { ...resource }, physicals: [] };
    this.changes.set(id, change);
    await provisioner.update(resource, definition, properties, change, signal);
  }

  private async orReport<T>(resource: StackResource, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      this.provisioner.report(resource, 'UPDATE_FAILED', (error as Error).message);
      throw error;
    }
  }

  /** What the new template has no more, and what was replaced. */
  private outdated(): Leftover[] {
    const removed = [...this.stack.resources.values()]
      .filter(({ logicalId }) => !this.target.dependencies.has(logicalId))
      .filter(({ physicalId }) => physicalId !== undefined)
      .map(leftoverOf);
    const replaced = [...this.changes.entries()]
      .filter(([id, { before }]) => this.stack.resources.get(id)?.physicalId !== before.physicalId)
      .map(([id, { before }]): Leftover => ({
        ...leftoverOf(before),
        policy: definitionOf(this.target, id).updateReplacePolicy === 'Retain' ? 'Retain' : 'Delete',
      }));
    return [...replaced, ...removed];
  }

  private async rollBack(reason: string): Promise<void> {
    const { engine, stack, provisioner } = this;
    stack.operationId = engine.random.uuid();
    reportStack(engine, stack, 'UPDATE_ROLLBACK_IN_PROGRESS', reason);
    this.definitions.forEach((definition, id) => {
      stack.resources.get(id)!.definition = definition;
    });
    const begun = among(this.previous.dependencies, new Set(this.changes.keys()));
    const failures = await this.inOrder(begun, (id, signal) => this.bringBack(id, signal));
    if (failures.size > 0) {
      return reportStack(engine, stack, 'UPDATE_ROLLBACK_FAILED', failedTo('update', causes(failures)));
    }
    reportStack(engine, stack, 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS');
    const newcomers = [...this.created].map((id) => stack.resources.get(id)!);
    newcomers.filter(({ physicalId }) => physicalId === undefined).forEach((resource) => provisioner.report(resource, 'DELETE_COMPLETE'));
    await this.cleanUp([
      ...this.superfluous(),
      ...newcomers.filter(({ physicalId }) => physicalId !== undefined).map((resource): Leftover => ({
        ...leftoverOf(resource), policy: resource.definition.deletionPolicy === 'Retain' ? 'Retain' : 'Delete',
      })),
    ], this.target.dependencies);
    reportStack(engine, stack, 'UPDATE_ROLLBACK_COMPLETE');
  }

  /** Brings one resource back to what it was before. */
  private async bringBack(id: string, signal: AbortSignal): Promise<void> {
    const { engine, stack, provisioner, previous } = this;
    const { before, physicals } = this.changes.get(id)!;
    const resource = stack.resources.get(id)!;
    const custom = isCustom(resource.type);
    const untouched = resource.physicalId === before.physicalId && isDeepStrictEqual(resource.properties, before.properties);
    // The replaced one is still there. A provider, though, is asked: only it knows that it made another one.
    if (untouched || (!custom && resource.physicalId !== before.physicalId)) {
      Object.assign(resource, before);
      provisioner.report(resource, 'UPDATE_COMPLETE');
      return;
    }
    const properties = await this.orReport(resource, () => propertiesOf(engine, previous, id, valuesOf(stack)));
    await provisioner.update(resource, before.definition, properties, { before, physicals }, signal);
  }

  /** What resources were on the way and are no more. */
  private superfluous(): Leftover[] {
    return [...this.changes].flatMap(([id, { before, physicals }]) => {
      const current = this.stack.resources.get(id)!.physicalId;
      const all = new Map([leftoverOf(before), ...physicals].map((leftover) => [leftover.physicalId, { ...leftover, policy: 'Delete' as const }]));
      all.delete(current!);
      return [...all.values()];
    });
  }

  /** Removes leftovers. What cannot be removed is given up: the stack knows it no more. */
  private async cleanUp(leftovers: readonly Leftover[], dependencies: Dependencies): Promise<void> {
    const { engine, provisioner, stack } = this;
    await removeAll(engine, provisioner, leftovers, dependencies, () => undefined);
    const wanted = (stack.deployed as Target).dependencies;
    [...stack.resources.keys()].filter((id) => !wanted.has(id)).forEach((id) => stack.resources.delete(id));
  }

  private inOrder(dependencies: Dependencies, task: (id: string, signal: AbortSignal) => Promise<void>) {
    return inOrder(dependencies, task, { ...this.engine, clock: this.engine.cloud.clock, onFailure: 'stop' });
  }
}
