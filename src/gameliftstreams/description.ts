import { Construct } from 'constructs';
import { checkLength, checkPattern } from '../private/errors';

const MAX_LENGTH = 80;

/** Fails for descriptions that GameLift Streams would reject, of any of its resources. */
export function checkDescription(scope: Construct, description: string | undefined, max = MAX_LENGTH): void {
  checkLength(scope, 'description', description, { min: 1, max });
  checkPattern(scope, 'description', description, /^[a-zA-Z0-9_.!+@/-][a-zA-Z0-9_.!+@/ -]*$/,
    'have only letters, digits, blanks, "-", "_", ".", "!", "+", "@" and "/", and not start with a blank');
}

/** The path of the construct, made to fit: the service demands a description, and several things may have the same. */
export function defaultDescription(scope: Construct, maxLength = MAX_LENGTH): string {
  return scope.node.path.replace(/[^a-zA-Z0-9_.!+@/ -]/g, '-').slice(-maxLength).trimStart();
}
