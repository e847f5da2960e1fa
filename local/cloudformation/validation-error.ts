import { AwsError } from '../wire/aws-error';

/** How CloudFormation refuses a request or a template. */
export class ValidationError extends AwsError {
  constructor(message: string) {
    super('ValidationError', message);
  }
}
