import * as cdk from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledgements';
import { FUNCTION_TRACING, settingsStatements } from './bundled-function';
import { LifecycleSettings } from '../lifecycle-settings';

/** A state machine that calls one function. */
export interface FunctionMachineProps {
  readonly function: lambda.IFunction;
  /** In the Amazon States Language. */
  readonly definition: object;
  /** Generated unless given. */
  readonly machineName?: string;
  readonly roleDescription: string;
}

/** What the machine writes its traces with; unlike a function it also asks which requests to trace. */
const MACHINE_TRACING = [...FUNCTION_TRACING, 'xray:GetSamplingRules', 'xray:GetSamplingTargets'];

/** Makes a machine with its role, run as the settings of the scope say. */
export function functionMachine(scope: Construct, props: FunctionMachineProps): sfn.StateMachine {
  const settings = LifecycleSettings._read(scope);
  const role = new iam.Role(scope, 'MachineRole', {
    description: props.roleDescription,
    assumedBy: new iam.ServicePrincipal('states.amazonaws.com'),
    inlinePolicies: {
      Machine: new iam.PolicyDocument({
        statements: [
          new iam.PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [props.function.functionArn] }),
          ...settingsStatements(settings, MACHINE_TRACING),
        ],
      }),
    },
  });
  if (settings.tracing) {
    acknowledge(role, 'networkInterfacesAndTracing');
  }
  const machine = new sfn.StateMachine(scope, 'Machine', {
    stateMachineName: props.machineName,
    definitionBody: sfn.DefinitionBody.fromString(cdk.Stack.of(scope).toJsonString(props.definition)),
    role: role.withoutPolicyUpdates(),
    tracingEnabled: settings.tracing,
    encryptionConfiguration: settings.encryptionKey && new sfn.CustomerManagedEncryptionConfiguration(settings.encryptionKey),
  });
  acknowledge(machine, 'machineTracing');
  return machine;
}
