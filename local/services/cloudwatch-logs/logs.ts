import type { Cloud } from '../../cloud';
import { AwsError, NotImitated } from '../../wire/aws-error';
import { awsJson } from '../../wire/aws-json';
import type { Handler, Service } from '../../wire/service';

/** One event of a log stream. */
export interface LogLine {
  /** Virtual time, in milliseconds since the epoch. */
  readonly at: number;
  readonly group: string;
  readonly stream: string;
  readonly message: string;
  /** When it came, by the clock on the wall: clients ask for the lines around an event of CloudFormation, which tells that time. */
  readonly wall: number;
}

interface LogGroup {
  readonly logGroupName: string;
  readonly arn: string;
  readonly creationTime: number;
  readonly logGroupClass: string;
  retentionInDays?: number;
  kmsKeyId?: string;
  tags: Readonly<Record<string, string>>;
}

const retentions = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

/** CloudWatch Logs: groups as CloudFormation makes them, what Lambda writes into them, and what the CDK CLI shows of it after a failure. */
export class Logs implements Service {
  public readonly name = 'logs';
  public readonly signingNames = ['logs'];
  public readonly protocols = [awsJson('Logs_20140328', '1.1')];
  public readonly operations: Readonly<Record<string, Handler>> = {
    CreateLogGroup: (input) => this.createLogGroup(input),
    DescribeLogGroups: ({ logGroupNamePrefix = '' }) => ({
      logGroups: [...this.groups.values()].filter(({ logGroupName }) => logGroupName.startsWith(logGroupNamePrefix)),
    }),
    FilterLogEvents: (input) => this.filter(input),
    DeleteLogGroup: ({ logGroupName }) => void this.groups.delete(this.group(logGroupName).logGroupName),
    PutRetentionPolicy: (input) => this.putRetention(input),
    DeleteRetentionPolicy: ({ logGroupName }) => void (this.group(logGroupName).retentionInDays = undefined),
    AssociateKmsKey: ({ logGroupName, kmsKeyId }) => void (this.group(logGroupName).kmsKeyId = kmsKeyId),
    DisassociateKmsKey: ({ logGroupName }) => void (this.group(logGroupName).kmsKeyId = undefined),
    TagResource: ({ resourceArn, tags }) => this.tag(resourceArn, (old) => ({ ...old, ...tags })),
    UntagResource: ({ resourceArn, tagKeys }) => this.tag(resourceArn, (old) =>
      Object.fromEntries(Object.entries(old).filter(([key]) => !tagKeys.includes(key)))),
  };

  private readonly groups = new Map<string, LogGroup>();
  private readonly written: LogLine[] = [];

  constructor(private readonly cloud: Cloud) {}

  /** Every line ever written, also into groups that are gone; of one group when named. */
  public lines(group?: string): readonly LogLine[] {
    return this.written.filter((line) => group === undefined || line.group === group);
  }

  public hasGroup(name: string): boolean {
    return this.groups.has(name);
  }

  public groupArn(name: string): string {
    return `arn:aws:logs:${this.cloud.region}:${this.cloud.account}:log-group:${name}`;
  }

  /** Writes one event, for a service that has checked what the role behind it may do. */
  public append(group: string, stream: string, message: string, at = this.cloud.clock.now()): void {
    this.written.push({ at, group: this.group(group).logGroupName, stream, message, wall: Date.now() });
  }

  private filter({ logGroupName, logStreamNames, startTime = 0, endTime = Infinity, limit = 10_000, ...unknown }: {
    logGroupName: string;
    logStreamNames?: string[];
    startTime?: number;
    endTime?: number;
    limit?: number;
  }) {
    if (Object.keys(unknown).length > 0) {
      throw new NotImitated(`FilterLogEvents with ${Object.keys(unknown).join(', ')}`);
    }
    const lines = this.lines(this.group(logGroupName).logGroupName)
      .filter(({ stream, wall }) => wall >= startTime && wall <= endTime && (logStreamNames?.includes(stream) ?? true));
    return {
      events: lines.slice(0, limit).map(({ stream, message, wall }, index) =>
        ({ eventId: String(index), logStreamName: stream, timestamp: wall, ingestionTime: wall, message })),
      // Says that there is more; nobody has asked for it yet.
      nextToken: lines.length > limit ? String(limit) : undefined,
    };
  }

  private group(name: string): LogGroup {
    const group = this.groups.get(name);
    if (!group) {
      throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
    }
    return group;
  }

  private createLogGroup({ logGroupName, kmsKeyId, logGroupClass = 'STANDARD', tags = {} }: {
    logGroupName: string;
    kmsKeyId?: string;
    logGroupClass?: string;
    tags?: Record<string, string>;
  }): void {
    if (!/^[.\-_/#A-Za-z0-9]{1,512}$/.test(logGroupName)) {
      throw new AwsError('InvalidParameterException', `the log group name ${JSON.stringify(logGroupName)} does not match [\\.\\-_/#A-Za-z0-9]+`);
    }
    if (this.groups.has(logGroupName)) {
      throw new AwsError('ResourceAlreadyExistsException', 'The specified log group already exists');
    }
    const creationTime = this.cloud.clock.now();
    this.groups.set(logGroupName, { logGroupName, arn: `${this.groupArn(logGroupName)}:*`, creationTime, logGroupClass, kmsKeyId, tags });
  }

  private putRetention({ logGroupName, retentionInDays }: { logGroupName: string; retentionInDays: number }): void {
    if (!retentions.includes(retentionInDays)) {
      throw new AwsError('InvalidParameterException', `retentionInDays must be one of ${retentions.join(', ')}, not ${retentionInDays}`);
    }
    this.group(logGroupName).retentionInDays = retentionInDays;
  }

  private tag(resourceArn: string, change: (tags: LogGroup['tags']) => LogGroup['tags']): void {
    const group = [...this.groups.values()].find(({ logGroupName }) => this.groupArn(logGroupName) === resourceArn);
    if (!group) {
      throw new AwsError('ResourceNotFoundException', `the resource ${resourceArn} does not exist`);
    }
    group.tags = change(group.tags);
  }
}
