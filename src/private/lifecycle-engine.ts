import { createHash } from 'crypto';
import * as cdk from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Construct, IConstruct, IDependable } from 'constructs';
import { acknowledge, Finding } from './acknowledgements';
import { bundledFunction } from './bundled-function';
import { checkSeconds, fail } from './errors';
import { functionMachine } from './function-machine';
import { ENGINE_ENVIRONMENT, FUNCTION_TIMEOUT_SECONDS, LifecycleProperties } from './lifecycle-contract';
import { LifecycleSettings, LifecycleSettingsProps } from '../lifecycle-settings';

/** The engines, each with the folder of `assets` that its bundle is in. */
const BUNDLES = {
  AppStream: 'appstream',
  // What ends sessions takes no resource in IAM, so it has a role of its own.
  AppStreamSessions: 'appstream',
  // The same goes for users of the pool and for what an account has once.
  AppStreamAccount: 'appstream',
  GameLiftStreams: 'gameliftstreams',
  NimbleStudio: 'nimblestudio',
} as const;

/** An engine; named after the service whose lifecycle resources it runs. */
export type LifecycleEngineName = keyof typeof BUNDLES;

/** Something that a controller may do. */
export interface Permission {
  readonly statement: iam.PolicyStatement;
  /** What a checker finds in it and is told about. */
  readonly finding?: Finding;
  /** The kind that it belongs to, where that is not the kind of the lifecycle resource. */
  readonly kind?: string;
}

/** What a lifecycle resource gives its engine. */
export interface LifecycleRequest {
  /** The type of the custom resource, which names its controller. */
  readonly resourceType: string;
  /** The properties of the controller's contract. */
  readonly properties: Readonly<Record<string, string | undefined>>;
  /** What the controller calls. Permissions are kept apart by kind, so that those of one kind live as long as its resources. */
  readonly permissions: Permission[];
  /** The kind, where not all resources of a type need the same permissions. */
  readonly kind?: string;
  /** What must be there before. */
  readonly dependsOn?: IDependable[];
  readonly timeout?: cdk.Duration;
}

/** How long a lifecycle resource may take where nothing else is said. */
export const DEFAULT_TIMEOUT = cdk.Duration.minutes(45);
const MIN_TIMEOUT_SECONDS = 60;
/** For a last step and an answer that have to be tried to the end of their retries. */
const ANSWER_TIME_SECONDS = 7 * 60;
/** CloudFormation's own limit. */
const MAX_SERVICE_TIMEOUT_SECONDS = 3600;

/**
 * Runs the lifecycle resources of one service in one stack: one function and one state machine for all of them.
 *
 * The function begins a request and takes its steps; the machine calls it again until the request has ended, and sees to
 * it that CloudFormation gets an answer. Decision record 0001 says why this is not aws-cdk-lib's `Provider`.
 */
export class LifecycleEngine extends Construct {
  /** The engine of this name in the stack of a construct, made when it is first needed. */
  public static of(scope: IConstruct, name: LifecycleEngineName): LifecycleEngine {
    const stack = cdk.Stack.of(scope);
    const id = `${name}LifecycleEngine`;
    return stack.node.tryFindChild(id) as LifecycleEngine | undefined ?? new LifecycleEngine(stack, id, name);
  }

  private readonly settings: LifecycleSettingsProps;
  private readonly role: iam.Role;
  private readonly function: lambda.Function;
  private readonly machine: sfn.StateMachine;
  private readonly policies = new Map<string, iam.Policy>();

  private constructor(stack: cdk.Stack, id: string, name: LifecycleEngineName) {
    super(stack, id);
    this.settings = LifecycleSettings._read(this);
    // Named, because the function's role must know the machine and the machine must know the function.
    const stackUuid = cdk.Fn.select(2, cdk.Fn.split('/', cdk.Aws.STACK_ID));
    const machineName = `${name}Lifecycle-${stackUuid}`;
    const machineArn = stack.formatArn({ service: 'states', resource: 'stateMachine', resourceName: machineName, arnFormat: cdk.ArnFormat.COLON_RESOURCE_NAME });

    const { function: fn, role } = bundledFunction(this, {
      bundle: BUNDLES[name],
      handler: 'index.handler',
      description: `Lifecycle resources of ${name}: begins requests of CloudFormation and takes their steps`,
      timeout: cdk.Duration.seconds(FUNCTION_TIMEOUT_SECONDS),
      environment: { [ENGINE_ENVIRONMENT.stateMachineArn]: machineArn },
      roleDescription: 'Calls the streaming service for the lifecycle resources of this stack',
      policyName: 'Engine',
      statements: this.engineStatements(machineName, machineArn),
    });
    this.function = fn;
    this.role = role;
    acknowledge(this.role, `executionsOf${name}`);
    this.machine = functionMachine(this, {
      function: fn, definition: definition(fn.functionArn), machineName, roleDescription: 'Calls the function of the lifecycle engine',
    });
    acknowledge(this.machine, 'machineLog');
  }

  /** Adds a lifecycle resource: the custom resource, with all that must be there before it and go after it. */
  public addResource(scope: Construct, id: string, request: LifecycleRequest): cdk.CustomResource {
    const timeout = request.timeout ?? DEFAULT_TIMEOUT;
    if (timeout.isUnresolved()) {
      fail(scope, 'timeout must be known at synthesis, got a token: CloudFormation\'s own time-out is computed from it');
    }
    checkSeconds(scope, 'timeout', timeout, { min: MIN_TIMEOUT_SECONDS, max: MAX_SERVICE_TIMEOUT_SECONDS - ANSWER_TIME_SECONDS });
    const common: LifecycleProperties = { TimeoutSeconds: String(timeout.toSeconds()) };
    const resource = new cdk.CustomResource(scope, id, {
      serviceToken: this.function.functionArn,
      resourceType: request.resourceType,
      properties: { ...request.properties, ...common },
      // Even if the engine is dead the deployment does not wait for CloudFormation's hour.
      serviceTimeout: cdk.Duration.seconds(timeout.toSeconds() + ANSWER_TIME_SECONDS),
    });
    const policies = new Set<iam.Policy>();
    for (const { statement, finding, kind } of request.permissions) {
      const policy = this.policyOf(kind ?? request.kind ?? request.resourceType.replace('Custom::', ''));
      policies.add(policy);
      policy.addStatements(statement);
      if (finding) {
        acknowledge(policy, finding);
      }
    }
    resource.node.addDependency(this.machine, ...policies, ...request.dependsOn ?? []);
    if (this.settings.vpc) {
      // Endpoints too: the function reaches nothing without them, neither at the first request nor at the last.
      resource.node.addDependency(this.settings.vpc);
    }
    return resource;
  }

  /** The permissions of one kind: there before its first resource, and until its last one has gone. */
  private policyOf(kind: string): iam.Policy {
    const existing = this.policies.get(kind);
    if (existing) {
      return existing;
    }
    const policy = new iam.Policy(this, kind, {
      document: new iam.PolicyDocument({ minimize: true }),
      roles: [this.role],
    });
    this.policies.set(kind, policy);
    return policy;
  }

  /** What beginning and ending requests takes. */
  private engineStatements(machineName: string, machineArn: string): iam.PolicyStatement[] {
    const executions = cdk.Stack.of(this).formatArn({
      service: 'states', resource: 'execution', resourceName: `${machineName}:*`, arnFormat: cdk.ArnFormat.COLON_RESOURCE_NAME,
    });
    return [
      new iam.PolicyStatement({ actions: ['states:StartExecution', 'states:ListExecutions'], resources: [machineArn] }),
      new iam.PolicyStatement({ actions: ['states:StopExecution'], resources: [executions] }),
    ];
  }
}

/**
 * The kind of what is done to one thing, by the name that it has in the template. So it has a policy of its own: what may be undone with the
 * thing goes when that is undone, and not with the new template, or that of a rollback, which does not name the thing.
 */
export function kindForOne(scope: IConstruct, kind: string, arn: string): string {
  return `${kind}${createHash('sha256').update(JSON.stringify(cdk.Stack.of(scope).resolve(arn))).digest('hex').slice(0, 8)}`;
}

/** Step until there is an outcome, then deliver it. Whatever happens to the function ends in a delivery. */
function definition(functionArn: string): object {
  // What is retried: a crash, a time-out, a throttled or not yet permitted invocation. All tries of a last step and of its answer
  // have to fit into ANSWER_TIME_SECONDS.
  const retry = { ErrorEquals: ['States.ALL'], IntervalSeconds: 3, BackoffRate: 2 };
  const call = (task: 'step' | 'answer') => ({
    Type: 'Task',
    Resource: functionArn,
    // The machine's clock: the same for every step, and the one that its waits follow.
    Parameters: { 'task': task, 'state.$': '$', 'startedAt.$': '$$.Execution.StartTime', 'now.$': '$$.State.EnteredTime' },
  });
  return {
    Comment: 'Asks the controller of a lifecycle resource again and again until it is where CloudFormation wants it',
    // A request that has ended another one lets the other's last step pass.
    StartAt: 'Wait',
    TimeoutSeconds: MAX_SERVICE_TIMEOUT_SECONDS,
    States: {
      'Step': { ...call('step'), Retry: [{ ...retry, MaxAttempts: 4 }], Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.fault', Next: 'Answer' }], Next: 'There?' },
      'There?': { Type: 'Choice', Choices: [{ Variable: '$.outcome', IsPresent: true, Next: 'Answer' }], Default: 'Wait' },
      'Wait': { Type: 'Wait', SecondsPath: '$.wait', Next: 'Step' },
      // Nothing but the answer's address can fail here, and nobody else tells CloudFormation.
      'Answer': { ...call('answer'), Retry: [{ ...retry, MaxDelaySeconds: 20, MaxAttempts: 8 }], End: true },
    },
  };
}
