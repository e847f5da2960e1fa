import { readFileSync, rmSync } from 'fs';
import { join } from 'path';
import * as cdk from 'aws-cdk-lib';
import { leaksOf, recordsOf, secretsOf, stacksOf, type Readable } from './leaks';
import { zipOf } from './zip';
import { LeapingClock } from '../../local/clock';
import type { StackResult } from '../../local/cloudformation';
import { Loopback, type LoopbackOptions } from '../../local/loopback';

/** Makes the stack of a test: the same one each time, since what a function makes is synthesized once. */
export type StackFactory = (app: cdk.App) => cdk.Stack;

/** A synthesized template. */
export interface Template {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- each type of resource has its own properties
  readonly Resources: Record<string, { readonly Type: string; readonly Properties: any }>;
}

/** What there is to deploy of a stack. */
interface Synthesis {
  readonly stackName: string;
  readonly template: Template;
  readonly assets: readonly { readonly key: string; readonly body: Buffer }[];
}

/** A stack that is deployed to a loopback without the command line: the real template, the real bundle, in no time. */
export class Deployment {
  public static async start(options: Omit<LoopbackOptions, 'clock'> = {}): Promise<Deployment> {
    const clock = new LeapingClock();
    return new Deployment(await Loopback.start({ ...options, clock }), clock);
  }

  /** What stacks showed after each deployment. */
  private readonly shown: Readable[] = [];

  private constructor(readonly loopback: Loopback, readonly clock: LeapingClock) {}

  /** Creates or updates the stack; the template may be changed on its way. */
  public async deploy(make: StackFactory, change: (template: Template) => void = () => undefined): Promise<StackResult> {
    const { stackName, assets, ...synthesis } = synthesize(make);
    const template = structuredClone(synthesis.template);
    change(template);
    await this.publish(assets);
    const result = await this.loopback.cloudformation.deploy(stackName, template);
    this.shown.push(...stacksOf(this.loopback));
    return result;
  }

  public destroy(stackName: string): Promise<StackResult> {
    return this.loopback.cloudformation.destroy(stackName);
  }

  /** A bucket with objects that no stack makes. */
  public async fillBucket(name: string, keys: readonly string[]): Promise<void> {
    await this.loopback.call('s3', 'CreateBucket', { Bucket: name });
    await Promise.all(keys.map((Key) => this.loopback.call('s3', 'PutObject', { Bucket: name, Key, Body: Key })));
  }

  /** The physical id of a stack's only resource of a type. */
  public physicalId(stackName: string, type: string): string {
    const found = this.loopback.cloudformation.stackResources(stackName).filter((resource) => resource.type === type);
    if (found.length !== 1 || found[0].physicalId === undefined) {
      throw new Error(`there are ${found.length} resources of type ${type}`);
    }
    return found[0].physicalId;
  }

  /** Ends the loopback. Throws if it met something that it does not know, if a function logged how to answer in its place, or if a credential can be read. */
  public async stop(): Promise<void> {
    await this.loopback.stop();
    const faults = this.loopback.faults();
    if (faults.length > 0) {
      throw new Error(`the loopback was asked for more than it knows:\n${faults.join('\n')}`);
    }
    // aws-cdk-lib's own handlers log the address, but for what makes it one: its signature.
    const answers = this.loopback.logs.lines().filter(({ group, message }) => (/Custom(S3AutoDelete|CDKBucketDeployment)/.test(group)
      ? /X-Amz-Signature/
      : /ResponseURL|X-Amz-Signature|cfn-response|\/answers\//).test(message));
    if (answers.length > 0) {
      throw new Error(`the address of an answer is in the log:\n${answers.map(({ message }) => message).join('\n')}`);
    }
    const leaks = leaksOf(secretsOf(this.loopback), [...this.shown, ...stacksOf(this.loopback), ...recordsOf(this.loopback)]);
    if (leaks.length > 0) {
      throw new Error(`a credential can be read:\n${[...new Set(leaks)].join('\n')}`);
    }
  }

  private async publish(assets: Synthesis['assets']): Promise<void> {
    const { account, region } = this.loopback;
    for (const { key, body } of assets) {
      await this.loopback.call('s3', 'PutObject', { Bucket: `cdk-hnb659fds-assets-${account}-${region}`, Key: key, Body: body });
    }
  }
}

const synthesized = new WeakMap<StackFactory, Synthesis>();

function synthesize(make: StackFactory): Synthesis {
  const known = synthesized.get(make);
  if (known) {
    return known;
  }
  const app = new cdk.App();
  const stack = make(app);
  const assembly = app.synth();
  const { directory } = assembly;
  const { stackName, template } = assembly.getStackArtifact(stack.artifactId);
  const synthesis = { stackName, template, assets: assetsOf(directory, stack.artifactId) };
  rmSync(directory, { recursive: true });
  synthesized.set(make, synthesis);
  return synthesis;
}

/** What the CLI would publish. */
function assetsOf(directory: string, artifactId: string): Synthesis['assets'] {
  const { files } = JSON.parse(readFileSync(join(directory, `${artifactId}.assets.json`), 'utf8')) as { files: Record<string, Asset> };
  return Object.values(files).map(({ source, destinations }) => {
    const [{ objectKey }] = Object.values(destinations);
    const path = join(directory, source.path);
    return { key: objectKey, body: source.packaging === 'zip' ? zipOf(path) : readFileSync(path) };
  });
}

interface Asset {
  readonly source: { readonly path: string; readonly packaging: string };
  readonly destinations: Record<string, { readonly objectKey: string }>;
}
