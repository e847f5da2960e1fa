import type { CodeSource, CodeStore } from './code-store';
import type { FunctionConfiguration } from './function-configuration';
import { zipPaths } from './zip';
import type { Cloud } from '../../cloud';
import { AwsError, NotImitated } from '../../wire/aws-error';

/** What `aws-cdk-lib/lambda-layer-awscli` puts below /opt. */
const COMMAND_LINE = 'awscli/aws';

/** The layers of the account: kept for who asks whether they are there, and mounted nowhere. */
export class Layers {
  /** The paths that a version holds, by its ARN. */
  private readonly versions = new Map<string, readonly string[]>();
  private readonly latest = new Map<string, number>();

  constructor(private readonly cloud: Cloud, private readonly code: CodeStore) {}

  public async publish({ LayerName, Content }: { readonly LayerName: string; readonly Content: CodeSource }) {
    const LayerArn = `arn:aws:lambda:${this.cloud.region}:${this.cloud.account}:layer:${LayerName}`;
    const paths = this.pathsOf(await this.code.archive(Content));
    const Version = (this.latest.get(LayerName) ?? 0) + 1;
    this.latest.set(LayerName, Version);
    const LayerVersionArn = `${LayerArn}:${Version}`;
    this.versions.set(LayerVersionArn, paths);
    return { LayerArn, LayerVersionArn, Version };
  }

  /** A version that is not there is deleted, too: the API's text on DeleteLayerVersion has no such error. */
  public delete({ LayerName, VersionNumber }: { readonly LayerName: string; readonly VersionNumber: number }): void {
    this.versions.delete(`arn:aws:lambda:${this.cloud.region}:${this.cloud.account}:layer:${LayerName}:${VersionNumber}`);
  }

  /** Refuses layers that are not there, and those that a function would miss here. */
  public check({ Layers: arns = [], Runtime }: FunctionConfiguration): void {
    const held = arns.flatMap((arn) => {
      const paths = this.versions.get(arn);
      if (!paths) {
        throw new AwsError('InvalidParameterValueException', `Layer version ${arn} does not exist.`);
      }
      return paths;
    });
    if (Runtime.startsWith('python') && !held.includes(COMMAND_LINE)) {
      throw new NotImitated(`a BucketDeployment without a layer that holds ${COMMAND_LINE}`);
    }
    if (!Runtime.startsWith('python') && arns.length > 0) {
      throw new NotImitated('the layers of a function in JavaScript');
    }
  }

  private pathsOf(archive: Buffer): readonly string[] {
    try {
      return zipPaths(archive);
    } catch {
      throw new AwsError('InvalidParameterValueException', 'Could not unzip uploaded file. Please check your file, then try to upload again.');
    }
  }
}
