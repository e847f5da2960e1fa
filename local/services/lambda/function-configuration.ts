import { AwsError, NotImitated } from '../../wire/aws-error';

/** The settings of a function, as CreateFunction and UpdateFunctionConfiguration take them. */
export interface FunctionConfiguration {
  readonly Handler: string;
  readonly Role: string;
  readonly Runtime: string;
  readonly Architectures?: readonly string[];
  readonly Description?: string;
  readonly Environment?: { readonly Variables?: Readonly<Record<string, string>> };
  readonly EphemeralStorage?: { readonly Size: number };
  readonly KMSKeyArn?: string;
  readonly Layers?: readonly string[];
  readonly LoggingConfig?: { readonly LogFormat?: string; readonly LogGroup?: string };
  readonly MemorySize: number;
  /** Seconds. */
  readonly Timeout: number;
  readonly TracingConfig?: { readonly Mode: string };
  readonly VpcConfig?: { readonly SubnetIds?: readonly string[]; readonly SecurityGroupIds?: readonly string[] };
}

const known = [
  'Architectures', 'Description', 'Environment', 'EphemeralStorage', 'Handler', 'KMSKeyArn', 'Layers', 'LoggingConfig', 'MemorySize', 'Role',
  'Runtime', 'Timeout', 'TracingConfig', 'VpcConfig',
];

const defaults = { MemorySize: 128, Timeout: 3 };

const reservedVariables = [
  '_HANDLER', '_X_AMZN_TRACE_ID', 'AWS_ACCESS_KEY', 'AWS_ACCESS_KEY_ID', 'AWS_DEFAULT_REGION', 'AWS_EXECUTION_ENV', 'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
  'AWS_LAMBDA_FUNCTION_NAME', 'AWS_LAMBDA_FUNCTION_VERSION', 'AWS_LAMBDA_INITIALIZATION_TYPE', 'AWS_LAMBDA_LOG_GROUP_NAME',
  'AWS_LAMBDA_LOG_STREAM_NAME', 'AWS_LAMBDA_RUNTIME_API', 'AWS_REGION', 'AWS_SECRET_ACCESS_KEY', 'AWS_SECRET_KEY', 'AWS_SESSION_TOKEN',
  'LAMBDA_RUNTIME_DIR', 'LAMBDA_TASK_ROOT',
];

/** The settings that an input makes of those before; refuses what Lambda would refuse and what is not imitated. */
export function configure(input: Readonly<Record<string, unknown>>, before?: FunctionConfiguration): FunctionConfiguration {
  const given = Object.entries(input).filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0));
  const strange = given.find(([name]) => !known.includes(name));
  if (strange) {
    throw new NotImitated(`the property ${strange[0]} of a Lambda function`);
  }
  const configuration = { ...defaults, ...before, ...Object.fromEntries(given) } as FunctionConfiguration;
  checkRuntime(configuration);
  checkRanges(configuration);
  checkEnvironment(configuration.Environment?.Variables ?? {});
  checkLogging(configuration.LoggingConfig ?? {});
  return configuration;
}

function checkRuntime({ Runtime, Handler, Role, Architectures = ['x86_64'], TracingConfig }: FunctionConfiguration): void {
  // Of Python there is one function, which its code tells.
  if (!/^(nodejs(20|22|24)\.x|python3\.\d+)$/.test(Runtime)) {
    throw new NotImitated(`the Lambda runtime ${Runtime}`);
  }
  if (!/^[^\s]{1,128}$/.test(Handler ?? '')) {
    throw invalid('handler', Handler, '[^\\s]+');
  }
  if (!/^arn:aws[a-zA-Z-]*:iam::\d{12}:role\/?[a-zA-Z_0-9+=,.@\-_/]+$/.test(Role ?? '')) {
    throw invalid('role', Role, 'arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+');
  }
  if (Architectures.length !== 1 || !['x86_64', 'arm64'].includes(Architectures[0])) {
    throw invalid('architectures', Architectures, '[x86_64, arm64]');
  }
  if (TracingConfig && !['Active', 'PassThrough'].includes(TracingConfig.Mode)) {
    throw invalid('tracingConfig.mode', TracingConfig.Mode, '[Active, PassThrough]');
  }
}

function checkRanges({ MemorySize, Timeout, Description, EphemeralStorage }: FunctionConfiguration): void {
  const ranges: [string, number, number, number][] = [
    ['memorySize', MemorySize, 128, 10240],
    ['timeout', Timeout, 1, 900],
    ['description', Description?.length ?? 0, 0, 256],
    ['ephemeralStorage.size', EphemeralStorage?.Size ?? 512, 512, 10240],
  ];
  for (const [name, value, min, max] of ranges) {
    if (!Number.isInteger(value) || value < min || value > max) {
      throw invalid(name, value, `${min}..${max}`);
    }
  }
}

function checkEnvironment(variables: Readonly<Record<string, string>>): void {
  const reserved = Object.keys(variables).filter((name) => reservedVariables.includes(name));
  if (reserved.length > 0) {
    throw new AwsError('InvalidParameterValueException', 'Lambda was unable to configure your environment variables because the environment variables'
      + ` you have provided contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${reserved.join(', ')}`);
  }
  const malformed = Object.keys(variables).find((name) => !/^[a-zA-Z]\w+$/.test(name));
  if (malformed !== undefined) {
    throw invalid('environment.variables', malformed, '[a-zA-Z]([a-zA-Z0-9_])+');
  }
  if (Buffer.byteLength(JSON.stringify(variables)) > 4096) {
    throw new AwsError('InvalidParameterValueException', 'Lambda was unable to configure your environment variables because the environment variables'
      + ' you have provided exceeded the 4KB limit.');
  }
  const endpoint = Object.keys(variables).find((name) => name.startsWith('AWS_ENDPOINT_URL'));
  if (endpoint) {
    throw new NotImitated(`a function with an endpoint of its own (${endpoint})`);
  }
}

function checkLogging(logging: object): void {
  const { LogFormat = 'Text', LogGroup: _group, ...rest } = logging as NonNullable<FunctionConfiguration['LoggingConfig']>;
  if (LogFormat !== 'Text' || Object.keys(rest).length > 0) {
    throw new NotImitated(`the logging configuration ${JSON.stringify(logging)}`);
  }
}

function invalid(name: string, value: unknown, constraint: string): AwsError {
  return new AwsError('ValidationException', `1 validation error detected: Value '${JSON.stringify(value)}' at '${name}' failed to satisfy constraint: ${constraint}`);
}
