import { LeapingClock, type Clock } from './clock';
import type { Cloud } from './cloud';
import { CloudFormation, RESPONSE_PREFIX, type CloudFormationOptions } from './cloudformation';
import { ApplicationAutoScaling } from './services/application-auto-scaling/application-auto-scaling';
import type { ApplicationAutoScalingOptions } from './services/application-auto-scaling/options';
import { cloudtrail } from './services/cloudtrail';
import { Alarms } from './services/cloudwatch/alarms';
import { Logs } from './services/cloudwatch-logs/logs';
import { ec2 } from './services/ec2';
import { Iam, type IamOptions } from './services/iam/iam';
import { Kms } from './services/kms';
import { URL_PREFIX } from './services/lambda/function-urls';
import { Lambda, type LambdaOptions } from './services/lambda/lambda';
import { S3 } from './services/s3';
import type { SchedulerOptions } from './services/scheduler/options';
import { Scheduler } from './services/scheduler/scheduler';
import { SecretsManager, type SecretsManagerOptions } from './services/secretsmanager/secrets-manager';
import { ssm } from './services/ssm';
import { StepFunctions } from './services/states/step-functions';
import { sts } from './services/sts';
import { AppStreamSimulator } from './streaming/appstream';
import type { AppStreamOptions } from './streaming/appstream/options';
import { GameLiftStreamsSimulator } from './streaming/gameliftstreams';
import type { GameLiftStreamsOptions } from './streaming/gameliftstreams/options';
import { NimbleStudioSimulator } from './streaming/nimblestudio';
import type { NimbleStudioOptions } from './streaming/nimblestudio/options';
import { NotImitated } from './wire/aws-error';
import { Endpoint } from './wire/endpoint';
import type { Service } from './wire/service';

export interface LoopbackOptions {
  /** @default - a clock that leaps, for tests */
  readonly clock?: Clock;
  /** @default 0 a free port */
  readonly port?: number;
  readonly cloudformation?: Partial<CloudFormationOptions>;
  readonly appstream?: AppStreamOptions;
  readonly autoscaling?: ApplicationAutoScalingOptions;
  readonly gameliftstreams?: GameLiftStreamsOptions;
  readonly iam?: IamOptions;
  readonly lambda?: LambdaOptions;
  readonly nimblestudio?: NimbleStudioOptions;
  readonly scheduler?: SchedulerOptions;
  readonly secrets?: SecretsManagerOptions;
}

const REGION = 'us-east-1';
const ACCOUNT = '111111111111';
/** Within the loopback a service acts on its own behalf, as CloudFormation does with its administrator's role. */
const SERVICE = { accessKeyId: 'loopback' };

/** An AWS of one account and Region on the loopback address, as far as the library's stacks need. */
export class Loopback {
  /** Starts the endpoint with everything behind it. */
  public static async start(options: LoopbackOptions = {}): Promise<Loopback> {
    const loopback = new Loopback(options);
    await loopback.endpoint.start();
    return loopback;
  }

  public readonly region = REGION;
  public readonly account = ACCOUNT;
  public readonly clock: Clock;
  public readonly endpoint: Endpoint;
  public readonly appstream: AppStreamSimulator;
  public readonly autoscaling: ApplicationAutoScaling;
  public readonly cloudformation: CloudFormation;
  public readonly gameliftstreams: GameLiftStreamsSimulator;
  public readonly iam: Iam;
  public readonly lambda: Lambda;
  public readonly logs: Logs;
  public readonly nimblestudio: NimbleStudioSimulator;
  public readonly s3: S3;
  public readonly scheduler: Scheduler;
  public readonly secrets: SecretsManager;
  public readonly states: StepFunctions;
  private readonly services: ReadonlyMap<string, Service>;
  private readonly cloud: Cloud;

  private constructor(options: LoopbackOptions) {
    this.clock = options.clock ?? new LeapingClock();
    this.endpoint = new Endpoint({
      clock: this.clock,
      port: options.port,
      region: REGION,
      hooks: {
        identify: (accessKeyId, sessionToken) => this.iam.identify(accessKeyId, sessionToken),
        authorize: (caller, service, operation) => this.iam.authorize(caller, service, operation),
        kill: (caller) => this.lambda.kill(caller),
      },
    });
    this.cloud = this.inside();
    this.iam = new Iam(this.cloud, options.iam);
    this.logs = new Logs(this.cloud);
    this.lambda = new Lambda(this.cloud, this.iam, this.logs, options.lambda);
    this.states = new StepFunctions(this.cloud, this.iam);
    this.s3 = new S3(this.cloud);
    this.appstream = new AppStreamSimulator(this.cloud, options.appstream, this.s3, this.iam);
    this.gameliftstreams = new GameLiftStreamsSimulator(this.cloud, this.s3, options.gameliftstreams);
    this.nimblestudio = new NimbleStudioSimulator(this.cloud, options.nimblestudio);
    this.scheduler = new Scheduler(this.cloud, this.iam, {
      find: (service) => this.services.get(service),
      call: (caller, service, operation) => this.endpoint.callAs(caller, service, operation),
    }, options.scheduler);
    const alarms = new Alarms();
    this.autoscaling = new ApplicationAutoScaling(this.cloud, this.appstream, alarms, options.autoscaling);
    const kms = new Kms(this.cloud);
    this.secrets = new SecretsManager(this.cloud, kms, options.secrets);
    this.cloudformation = new CloudFormation(this.cloud, {
      onNotImitated: (what) => this.endpoint.notImitated.push(what),
      ...options.cloudformation,
    });
    const services: Service[] = [
      this.appstream, this.autoscaling, this.cloudformation, this.gameliftstreams, this.iam, this.lambda, this.logs, this.nimblestudio,
      this.scheduler, this.secrets, this.states, alarms, cloudtrail(), ec2(this.cloud), kms, this.s3, ssm(this.cloud), sts(this.cloud, this.iam),
    ];
    services.forEach((service) => this.endpoint.register(service));
    this.endpoint.registerUnsigned(RESPONSE_PREFIX, (request) => this.onAnswer() ? this.cloudformation.receive(request) : { status: 503 });
    this.endpoint.registerUnsigned(URL_PREFIX, (request) => this.lambda.receive(request));
    this.services = new Map(services.map((service) => [service.name, service]));
  }

  /** Called when an answer to a custom resource arrives, before CloudFormation takes it; `false` loses it. For tests. */
  public onAnswer: () => boolean = () => true;

  public get url(): string {
    return this.endpoint.url;
  }

  /** Calls an operation as a service does from within. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the caller knows the shape of the output
  public call(service: string, operation: string, input: object): Promise<any> {
    return this.cloud.call(service, operation, input);
  }

  /** What the loopback met and does not know, or broke: a run with any of these has failed, whatever else it shows. */
  public faults(): string[] {
    return [...this.endpoint.notImitated, ...this.autoscaling.faults, ...this.lambda.faults, ...this.scheduler.faults, ...this.states.faults];
  }

  /** Ends everything, whatever is under way. No process is left. */
  public async stop(): Promise<void> {
    this.cloudformation.stop();
    await this.autoscaling.stop();
    await this.scheduler.stop();
    await this.states.stop();
    await this.lambda.stop();
    await this.endpoint.stop();
  }

  private inside(): Cloud {
    const { clock, endpoint } = this;
    return {
      clock,
      region: REGION,
      account: ACCOUNT,
      get url() {
        return endpoint.url;
      },
      call: (service, operation, input) => clock.during(async () => {
        const handler = this.services.get(service)?.operations[operation];
        if (!handler) {
          throw new NotImitated(`${service}:${operation}`);
        }
        return handler(input, { caller: SERVICE });
      }),
    };
  }
}

/** The environment in which the CDK CLI, the AWS CLI and SDKs talk to a loopback and to nothing else. */
export function environmentOf(url: string): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: url,
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_ACCESS_KEY_ID: 'loopback',
    AWS_SECRET_ACCESS_KEY: 'loopback',
    AWS_EC2_METADATA_DISABLED: 'true',
    CDK_DEFAULT_ACCOUNT: ACCOUNT,
    CDK_DEFAULT_REGION: REGION,
    CDK_DISABLE_CLI_TELEMETRY: 'true',
  };
}
