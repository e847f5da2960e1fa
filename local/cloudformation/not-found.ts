import { AwsError } from '../wire/aws-error';

/** Does without what is gone already. */
export async function unlessGone(call: Promise<unknown>, ...codes: string[]): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof AwsError && codes.includes(error.code))) {
      throw error;
    }
  }
}
