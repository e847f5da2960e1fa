import type { CodeSource, CodeStore } from './code-store';
import type { DeployedFunction, EventInvokeConfig, Permission } from './deployed-function';
import { configure, type FunctionConfiguration } from './function-configuration';
import type { Layers } from './layers';
import type { Cloud } from '../../cloud';
import { AwsError, NotImitated } from '../../wire/aws-error';
import type { Iam } from '../iam/iam';

interface Entry {
  deployed: DeployedFunction;
  tags: Readonly<Record<string, string>>;
  eventInvokeConfig?: EventInvokeConfig;
  readonly permissions: Map<string, Permission>;
}

type EventInvokeInput = { readonly FunctionName: string } & Partial<EventInvokeConfig> & Readonly<Record<string, unknown>>;

const defaultEventInvokeConfig: EventInvokeConfig = { MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 21_600 };

/** The functions of the account: their code, settings and policies. */
export class FunctionRegistry {
  private readonly entries = new Map<string, Entry>();

  constructor(private readonly cloud: Cloud, private readonly iam: Iam, private readonly code: CodeStore, private readonly layers: Layers) {}

  public get(functionName: string): DeployedFunction {
    return this.entry(functionName).deployed;
  }

  public isCurrent(deployed: DeployedFunction): boolean {
    return this.entries.get(deployed.name)?.deployed === deployed;
  }

  /** The ARN that a name or ARN stands for, whether or not there is such a function. */
  public arnOf(functionName: string): string {
    return this.arn(this.nameOf(functionName));
  }

  public tags(functionName: string): Readonly<Record<string, string>> {
    return this.entry(functionName).tags;
  }

  public async create(input: { FunctionName: string; Code: CodeSource; PackageType?: string; Tags?: Record<string, string>; Publish?: boolean }) {
    const { FunctionName: name, Code: source, PackageType = 'Zip', Tags: tags = {}, Publish = false, ...settings } = input;
    if (!/^[a-zA-Z0-9-_]{1,64}$/.test(name)) {
      throw new AwsError('ValidationException', `1 validation error detected: Value '${name}' at 'functionName' failed to satisfy constraint: [a-zA-Z0-9-_]{1,64}`);
    }
    if (PackageType !== 'Zip' || Publish) {
      throw new NotImitated('Lambda functions from container images, and versions');
    }
    if (this.entries.has(name)) {
      throw new AwsError('ResourceConflictException', `Function already exist: ${name}`, 409);
    }
    const configuration = configure(settings);
    await this.checkRole(name, configuration);
    const code = await this.code.fetch(source, configuration.Runtime);
    this.layers.check(configuration);
    const deployed = { name, arn: this.arn(name), configuration, code, modified: this.cloud.clock.now() };
    this.entries.set(name, { deployed, tags, permissions: new Map() });
    return this.describe(name);
  }

  public async updateCode(input: { FunctionName: string; Architectures?: string[]; Publish?: boolean } & CodeSource) {
    const { FunctionName: name, Architectures, Publish = false, ...source } = input;
    if (Publish) {
      throw new NotImitated('versions of Lambda functions');
    }
    const code = await this.code.fetch(source, this.get(name).configuration.Runtime);
    const entry = this.entry(name);
    const configuration = configure({ Architectures }, entry.deployed.configuration);
    entry.deployed = { ...entry.deployed, code, configuration, modified: this.cloud.clock.now() };
    return this.describe(name);
  }

  public async updateConfiguration({ FunctionName: name, ...settings }: { FunctionName: string }) {
    const before = this.get(name).configuration;
    const configuration = configure(settings, before);
    if (configuration.Runtime !== before.Runtime && configuration.Runtime.startsWith('python')) {
      throw new NotImitated(`a change of the runtime from ${before.Runtime} to ${configuration.Runtime}`);
    }
    this.layers.check(configuration);
    await this.checkRole(name, configuration);
    const entry = this.entry(name);
    entry.deployed = { ...entry.deployed, configuration, modified: this.cloud.clock.now() };
    return this.describe(name);
  }

  public delete(functionName: string): void {
    this.entries.delete(this.entry(functionName).deployed.name);
  }

  /** FunctionConfiguration of the API. */
  public describe(functionName: string) {
    const { name, arn, configuration, code, modified } = this.get(functionName);
    return {
      FunctionName: name,
      FunctionArn: arn,
      ...configuration,
      Layers: configuration.Layers?.map((Arn) => ({ Arn })),
      CodeSha256: code.sha256,
      CodeSize: code.size,
      LastModified: new Date(modified).toISOString(),
      LastUpdateStatus: 'Successful',
      PackageType: 'Zip',
      State: 'Active',
      Version: '$LATEST',
    };
  }

  public eventInvokeConfig(functionName: string): EventInvokeConfig | undefined {
    const entry = this.entries.get(functionName);
    return entry && (entry.eventInvokeConfig ?? defaultEventInvokeConfig);
  }

  public putEventInvokeConfig({ FunctionName, Qualifier, DestinationConfig, ...config }: EventInvokeInput, before = defaultEventInvokeConfig) {
    if ((Qualifier ?? '$LATEST') !== '$LATEST' || Object.values(DestinationConfig ?? {}).some((destination) => destination !== undefined)) {
      throw new NotImitated('versions and destinations of Lambda functions');
    }
    const { MaximumRetryAttempts, MaximumEventAgeInSeconds } = { ...before, ...config };
    if (![0, 1, 2].includes(MaximumRetryAttempts) || MaximumEventAgeInSeconds < 60 || MaximumEventAgeInSeconds > 21_600) {
      throw new AwsError('InvalidParameterValueException', `MaximumRetryAttempts must be 0..2, not ${MaximumRetryAttempts},`
        + ` and MaximumEventAgeInSeconds 60..21600, not ${MaximumEventAgeInSeconds}`);
    }
    const entry = this.entry(FunctionName);
    entry.eventInvokeConfig = { MaximumRetryAttempts, MaximumEventAgeInSeconds };
    return { FunctionArn: `${entry.deployed.arn}:$LATEST`, ...entry.eventInvokeConfig };
  }

  public updateEventInvokeConfig(input: EventInvokeInput) {
    return this.putEventInvokeConfig(input, this.requireEventInvokeConfig(input.FunctionName));
  }

  public deleteEventInvokeConfig({ FunctionName }: { FunctionName: string }): void {
    this.requireEventInvokeConfig(FunctionName);
    this.entry(FunctionName).eventInvokeConfig = undefined;
  }

  /** The statements of its resource policy. */
  public permissions(functionName: string): readonly Permission[] {
    return [...this.entry(functionName).permissions.values()];
  }

  public addPermission({ FunctionName, ...permission }: Permission & { FunctionName: string }) {
    const { permissions } = this.entry(FunctionName);
    if (permission.FunctionUrlAuthType !== undefined && permission.Action !== 'lambda:InvokeFunctionUrl') {
      throw new AwsError('InvalidParameterValueException', 'FunctionUrlAuthType is only supported for lambda:InvokeFunctionUrl action');
    }
    if (permissions.has(permission.StatementId)) {
      throw new AwsError('ResourceConflictException', `The statement id (${permission.StatementId}) provided already exists.`
        + ' Please provide a new statement id, or remove the existing statement.', 409);
    }
    permissions.set(permission.StatementId, permission);
    return { Statement: JSON.stringify({ Sid: permission.StatementId, Effect: 'Allow', ...permission }) };
  }

  public removePermission({ FunctionName, StatementId }: { FunctionName: string; StatementId: string }): void {
    if (!this.entry(FunctionName).permissions.delete(StatementId)) {
      throw new AwsError('ResourceNotFoundException', `Statement ${StatementId} is not found in resource policy.`, 404);
    }
  }

  public tag(resource: string, tags: Readonly<Record<string, string>>): void {
    const entry = this.entry(resource);
    entry.tags = { ...entry.tags, ...tags };
  }

  public untag(resource: string, keys: readonly string[]): void {
    const entry = this.entry(resource);
    entry.tags = Object.fromEntries(Object.entries(entry.tags).filter(([key]) => !keys.includes(key)));
  }

  private arn(name: string): string {
    return `arn:aws:lambda:${this.cloud.region}:${this.cloud.account}:function:${name}`;
  }

  private entry(functionName: string): Entry {
    const name = this.nameOf(functionName);
    const entry = this.entries.get(name);
    if (!entry) {
      throw new AwsError('ResourceNotFoundException', `Function not found: ${this.arn(name)}`, 404);
    }
    return entry;
  }

  /** A name stands for itself; so does the ARN of a function of this account and region. */
  private nameOf(functionName: string): string {
    const prefix = this.arn('');
    const name = functionName.startsWith(prefix) ? functionName.slice(prefix.length) : functionName;
    return name.endsWith(':$LATEST') ? name.slice(0, -':$LATEST'.length) : name;
  }

  private requireEventInvokeConfig(functionName: string): EventInvokeConfig {
    const { eventInvokeConfig, deployed } = this.entry(functionName);
    if (!eventInvokeConfig) {
      throw new AwsError('ResourceNotFoundException', `The function ${deployed.arn}:$LATEST doesn't have an EventInvokeConfig`, 404);
    }
    return eventInvokeConfig;
  }

  /** What Lambda asks of a role before it takes it. */
  private async checkRole(name: string, { Role, TracingConfig, VpcConfig }: FunctionConfiguration): Promise<void> {
    const refuse = (message: string) => new AwsError('InvalidParameterValueException', message);
    let credentials;
    try {
      credentials = this.iam.issueCredentials(Role, { service: 'lambda.amazonaws.com', session: name });
    } catch {
      throw refuse('The role defined for the function cannot be assumed by Lambda.');
    }
    const caller = { ...credentials, roleArn: Role };
    for (const action of TracingConfig?.Mode === 'Active' ? TRACING_ACTIONS : []) {
      if (!await this.iam.allows(caller, `xray:${action}`, [])) {
        throw refuse(`The provided execution role does not have permissions to call ${action} on XRAY`);
      }
    }
    const network = `arn:aws:ec2:${this.cloud.region}:${this.cloud.account}:network-interface/*`;
    for (const [action, resources] of VpcConfig?.SubnetIds?.length ? networkActions(network) : []) {
      if (!await this.iam.allows(caller, `ec2:${action}`, resources)) {
        throw refuse(`The provided execution role does not have permissions to call ${action} on EC2`);
      }
    }
  }
}

const TRACING_ACTIONS = ['PutTraceSegments', 'PutTelemetryRecords'];

/** What Lambda does with a function's role to bring the function into a VPC. */
function networkActions(networkInterface: string): [string, string[]][] {
  return [
    ['CreateNetworkInterface', [networkInterface]],
    ['DescribeNetworkInterfaces', []],
    ['DescribeSubnets', []],
    ['DeleteNetworkInterface', [networkInterface]],
    ['AssignPrivateIpAddresses', [networkInterface]],
    ['UnassignPrivateIpAddresses', [networkInterface]],
  ];
}
