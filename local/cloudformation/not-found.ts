import { type ResourceRequest, stabilized } from './resource-type';
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

/** Waits until a resource cannot be found any more. */
export function untilGone(request: ResourceRequest, find: () => Promise<unknown>, code: string): Promise<true> {
  return stabilized(request, async () => {
    try {
      await find();
      return undefined;
    } catch (error) {
      if (error instanceof AwsError && error.code === code) {
        return true;
      }
      throw error;
    }
  });
}
