import type { Cloud } from '../../cloud';
import { AwsError } from '../../wire/aws-error';
import { awsJson } from '../../wire/aws-json';
import type { Service } from '../../wire/service';

/** What the CDK CLI asks for before it deploys, and what the default synthesizer asks of the template. */
const BOOTSTRAP_VERSION = { name: '/cdk-bootstrap/hnb659fds/version', value: '30' };

/** Systems Manager: plain parameters. */
export function ssm(cloud: Cloud): Service {
  const parameters = new Map<string, { readonly Type: string; readonly Value: string; readonly Version: number }>([
    [BOOTSTRAP_VERSION.name, { Type: 'String', Value: BOOTSTRAP_VERSION.value, Version: 1 }],
  ]);
  return {
    name: 'ssm',
    signingNames: ['ssm'],
    protocols: [awsJson('AmazonSSM', '1.1')],
    operations: {
      GetParameter({ Name }: { Name: string }) {
        const parameter = parameters.get(Name);
        if (!parameter) {
          throw new AwsError('ParameterNotFound', `Parameter ${Name} not found.`);
        }
        return { Parameter: { Name, ARN: arnOf(cloud, Name), DataType: 'text', ...parameter } };
      },
      PutParameter({ Name, Value, Type = 'String', Overwrite = false }: { Name: string; Value: string; Type?: string; Overwrite?: boolean }) {
        const Version = (parameters.get(Name)?.Version ?? 0) + 1;
        if (Version > 1 && !Overwrite) {
          throw new AwsError('ParameterAlreadyExists', 'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.');
        }
        parameters.set(Name, { Type, Value, Version });
        return { Version, Tier: 'Standard' };
      },
    },
    resources: ({ input }) => typeof input.Name === 'string' ? [arnOf(cloud, input.Name)] : [],
  };
}

function arnOf(cloud: Cloud, name: string): string {
  return `arn:aws:ssm:${cloud.region}:${cloud.account}:parameter/${name.replace(/^\//, '')}`;
}
