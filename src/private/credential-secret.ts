import * as cdk from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledgements';
import { Permission } from './lifecycle-engine';
import { LifecycleSettings } from '../lifecycle-settings';

/** A secret that a controller writes a credential to. Until then it holds a random word. */
export function credentialSecret(scope: Construct, description: string): secretsmanager.Secret {
  const secret = new secretsmanager.Secret(scope, 'Secret', {
    description,
    encryptionKey: LifecycleSettings._read(scope).encryptionKey,
    removalPolicy: cdk.RemovalPolicy.DESTROY,
  });
  acknowledge(secret, 'credentialSecret');
  return secret;
}

/**
 * What the controller needs to write. It never reads what it has written.
 *
 * @param further what else it does with the secret
 */
export function writePermission(secret: secretsmanager.ISecret, ...further: string[]): Permission {
  const actions = ['secretsmanager:DescribeSecret', 'secretsmanager:PutSecretValue', ...further];
  return { statement: new iam.PolicyStatement({ actions, resources: [secret.secretArn] }) };
}
