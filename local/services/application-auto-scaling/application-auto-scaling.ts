import { join } from 'path';
import { Fleets, SERVICE_LINKED_ROLE } from './fleets';
import { type ApplicationAutoScalingOptions, STRICT } from './options';
import type { Policy, PolicySettings } from './policy';
import { ScalableTarget } from './scalable-target';
import { ScheduledAction, type ScheduledActionSettings } from './scheduled-action';
import { StepScaling } from './step-scaling';
import { TargetTracking } from './target-tracking';
import type { Cloud } from '../../cloud';
import { AwsError, NotImitated } from '../../wire/aws-error';
import { awsJson } from '../../wire/aws-json';
import { ServiceModel } from '../../wire/model';
import type { Service } from '../../wire/service';
import type { Alarms } from '../cloudwatch/alarms';

/** What names a scalable target. */
interface Dimension {
  readonly ServiceNamespace: string;
  readonly ResourceId: string;
  readonly ScalableDimension: string;
}

interface Registration extends Dimension {
  readonly MinCapacity?: number;
  readonly MaxCapacity?: number;
  readonly RoleARN?: string;
}

const MINUTE = 60_000;

/** Application Auto Scaling, for AppStream's fleets. */
export class ApplicationAutoScaling implements Service {
  public readonly name = 'application-autoscaling';
  public readonly signingNames = ['application-autoscaling'];
  public readonly protocols = [awsJson('AnyScaleFrontendService', '1.1')];
  private readonly model = ServiceModel.load(join(__dirname, 'model.json'));
  public readonly operations = this.model.guard({
    DeleteScalingPolicy: (input) => this.deletePolicy(input),
    DeleteScheduledAction: (input) => this.deleteAction(input),
    DeregisterScalableTarget: (input) => this.deregister(input),
    DescribeScalableTargets: (input) => this.describeTargets(input),
    DescribeScalingActivities: (input) => this.describeActivities(input),
    PutScalingPolicy: (input) => this.putPolicy(input),
    PutScheduledAction: (input) => this.putAction(input),
    RegisterScalableTarget: (input) => this.register(input),
  });

  /** What the loopback itself broke. A run that ends with any has failed. */
  public readonly faults: string[] = [];
  private readonly targets = new Map<string, ScalableTarget>();
  private readonly stopped = new AbortController();
  private readonly running = new Set<Promise<void>>();
  private readonly fleets: Fleets;
  private readonly readings;

  constructor(private readonly cloud: Cloud, appstream: Service, private readonly alarms: Alarms, { readings }: ApplicationAutoScalingOptions = {}) {
    this.fleets = new Fleets(appstream);
    this.readings = { ...STRICT, ...readings };
  }

  /** Ends what waits. */
  public async stop(): Promise<void> {
    this.stopped.abort();
    await Promise.all(this.running);
  }

  private get roleArn(): string {
    return `arn:aws:iam::${this.cloud.account}:${SERVICE_LINKED_ROLE}`;
  }

  /** Makes a target, or changes what is given of it. */
  private register(input: Registration) {
    const fleetName = fleetNameOf(input);
    const known = this.targets.get(fleetName);
    const [min, max] = [input.MinCapacity ?? known?.limits.min, input.MaxCapacity ?? known?.limits.max];
    if (min === undefined || max === undefined) {
      throw invalid('MinCapacity and MaxCapacity are required to register a scalable target.');
    }
    checkLimits({ min, max });
    this.checkFleet(input, fleetName);
    if (input.RoleARN !== undefined && input.RoleARN !== this.roleArn) {
      throw new NotImitated(`scaling with the role ${input.RoleARN}, which is not the service-linked one`);
    }
    const target = known ?? this.make(fleetName, { min, max });
    target.limit({ min, max }, { now: this.cloud.clock.now(), cause: 'new limits', stopped: false });
    return { ScalableTargetARN: `arn:aws:application-autoscaling:${this.cloud.region}:${this.cloud.account}:scalable-target/${target.id}` };
  }

  private make(fleetName: string, limits: ScalableTarget['limits']): ScalableTarget {
    const target = new ScalableTarget(fleetName, limits, this.fleets, new Date(this.cloud.clock.now()));
    this.targets.set(fleetName, target);
    this.track(this.watch(target));
    return target;
  }

  /** The sentences are inferred. */
  private checkFleet({ ResourceId }: Dimension, fleetName: string): void {
    if (!this.fleets.find(fleetName)) {
      throw invalid(`AppStream fleet does not exist: ${ResourceId}.`);
    }
    if (this.fleets.isElastic(fleetName)) {
      throw invalid(`AppStream fleet is an Elastic fleet, whose capacity cannot be scaled: ${ResourceId}.`);
    }
  }

  /** With all that belongs to it. */
  private deregister(input: Dimension) {
    const target = this.find(input);
    target.ended.abort();
    this.targets.delete(target.fleetName);
    return {};
  }

  private putPolicy({ PolicyName, PolicyType, ...input }: PolicySettings & Dimension) {
    const target = this.find(input);
    const { region, account } = this.cloud;
    const known = target.policies.get(PolicyName);
    const arn = known?.arn
      ?? `arn:aws:autoscaling:${region}:${account}:scalingPolicy:${target.id}:resource/appstream/${input.ResourceId}:policyName/${PolicyName}`;
    const { StepScalingPolicyConfiguration: step, TargetTrackingScalingPolicyConfiguration: tracking } = input;
    const type = PolicyType ?? known?.type;
    let policy: Policy;
    if (type === 'TargetTrackingScaling' && tracking && !step) {
      policy = new TargetTracking(arn, tracking);
    } else if (type === 'StepScaling' && step && !tracking) {
      policy = new StepScaling(arn, step, this.alarms, target.fleetName);
    } else {
      throw invalid('PolicyType must be TargetTrackingScaling or StepScaling, with its own configuration and no other.');
    }
    if ([...target.policies].some(([name, other]) => name !== PolicyName && type === 'TargetTrackingScaling' && other.type === type)) {
      throw invalid('Only one TargetTrackingScaling policy for a given metric specification is allowed.');
    }
    target.policies.set(PolicyName, policy);
    return { PolicyARN: arn };
  }

  private deletePolicy(input: PolicySettings & Dimension) {
    const target = this.find(input);
    if (!target.policies.delete(input.PolicyName)) {
      throw notFound('scaling policy', input, `, policy name: ${input.PolicyName}`);
    }
    return {};
  }

  /** Changes what is given. What is left out stays, but for the times of start and end. */
  private putAction({ ServiceNamespace, ResourceId, ScalableDimension, ...input }: ScheduledActionSettings & Dimension) {
    const target = this.find({ ServiceNamespace, ResourceId, ScalableDimension });
    const { clock } = this.cloud;
    const known = target.actions.get(input.ScheduledActionName);
    const { StartTime: _start, EndTime: _end, ...kept } = known?.settings ?? {};
    const { MinCapacity: min, MaxCapacity: max } = input.ScalableTargetAction ?? {};
    checkLimits({ min: min ?? 0, max: max ?? Infinity });
    const action = new ScheduledAction({ ...kept, ...input }, clock.now());
    known?.ended.abort();
    target.actions.set(input.ScheduledActionName, action);
    const stop = AbortSignal.any([this.stopped.signal, target.ended.signal]);
    this.track(action.run(clock, stop, () => this.act(target, action)));
    return {};
  }

  private act(target: ScalableTarget, { settings: { ScheduledActionName, ScalableTargetAction = {} } }: ScheduledAction): void {
    const { MinCapacity: min = target.limits.min, MaxCapacity: max = target.limits.max } = ScalableTargetAction;
    target.limit({ min, max }, {
      now: this.cloud.clock.now(), cause: `scheduled action ${ScheduledActionName}`, stopped: this.readings.scheduleOfStopped === 'changed',
    });
  }

  private deleteAction(input: ScheduledActionSettings & Dimension) {
    const { actions } = this.find(input);
    const action = actions.get(input.ScheduledActionName);
    if (!action) {
      throw notFound('scheduled action', input, `, scheduled action name: ${input.ScheduledActionName}`);
    }
    action.ended.abort();
    actions.delete(input.ScheduledActionName);
    return {};
  }

  private describeTargets({ ServiceNamespace, ResourceIds }: { readonly ServiceNamespace: string; readonly ResourceIds?: string[] }) {
    const targets = [...this.targets.values()].map(({ fleetName, limits: { min: MinCapacity, max: MaxCapacity }, created: CreationTime }) => ({
      ServiceNamespace: 'appstream',
      ResourceId: `fleet/${fleetName}`,
      ScalableDimension: 'appstream:fleet:DesiredCapacity',
      MinCapacity,
      MaxCapacity,
      RoleARN: this.roleArn,
      CreationTime,
    }));
    return { ScalableTargets: targets.filter(({ ResourceId }) => ServiceNamespace === 'appstream' && (ResourceIds?.includes(ResourceId) ?? true)) };
  }

  /** Newest first. Those of targets that are no more are forgotten (inferred). */
  private describeActivities({ ServiceNamespace, ResourceId }: { readonly ServiceNamespace: string; readonly ResourceId?: string }) {
    const activities = [...this.targets.values()].flatMap(({ fleetName, activities: own }) => own.map((activity) => ({
      ServiceNamespace: 'appstream', ResourceId: `fleet/${fleetName}`, ScalableDimension: 'appstream:fleet:DesiredCapacity', ...activity,
    })));
    return {
      ScalingActivities: activities.reverse().filter((activity) => ServiceNamespace === 'appstream' && (ResourceId ?? activity.ResourceId) === activity.ResourceId),
    };
  }

  private find(input: Dimension): ScalableTarget {
    const target = this.targets.get(fleetNameOf(input));
    if (!target) {
      throw notFound('scalable target', input);
    }
    return target;
  }

  private async watch(target: ScalableTarget): Promise<void> {
    const { clock } = this.cloud;
    const signal = AbortSignal.any([this.stopped.signal, target.ended.signal]);
    for (;;) {
      await clock.lieInWait(MINUTE, signal);
      if (signal.aborted) {
        return;
      }
      target.look(clock.now());
    }
  }

  private track(work: Promise<void>): void {
    const noted = work.catch((error: unknown) => {
      this.faults.push(`scaling: ${error instanceof Error ? error.stack : String(error)}`);
    });
    this.running.add(noted);
    void noted.finally(() => this.running.delete(noted));
  }
}

function fleetNameOf({ ServiceNamespace, ResourceId, ScalableDimension }: Dimension): string {
  if (ServiceNamespace !== 'appstream') {
    throw new NotImitated(`the scaling of ${ServiceNamespace}`);
  }
  if (ScalableDimension !== 'appstream:fleet:DesiredCapacity') {
    throw invalid(`Unsupported service namespace, resource type or scalable dimension: ${ServiceNamespace}, ${ScalableDimension}.`);
  }
  const [, name] = /^fleet\/([^/]+)$/.exec(ResourceId) ?? [];
  if (name === undefined) {
    throw invalid(`Unsupported resource ID ${ResourceId}: it must be fleet/ and the name of a fleet.`);
  }
  return name;
}

/** The minimum for fleets: https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html. The sentences are inferred. */
function checkLimits({ min, max }: { readonly min: number; readonly max: number }): void {
  if (min < 0 || max < 0) {
    throw invalid('Minimum and maximum capacity must not be negative.');
  }
  if (min > max) {
    throw invalid('Maximum capacity cannot be less than minimum capacity.');
  }
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message);
}

function notFound(what: string, { ServiceNamespace, ResourceId, ScalableDimension }: Dimension, more = ''): AwsError {
  return new AwsError('ObjectNotFoundException', `No ${what} found for service namespace: ${ServiceNamespace}, resource ID: ${ResourceId}, scalable dimension: ${ScalableDimension}${more}`);
}
