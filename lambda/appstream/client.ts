import { AppStreamClient } from '@aws-sdk/client-appstream';

/** Two tries only: the engine's next step is the better retry, since it reads the world first. */
export const appstream = new AppStreamClient({ maxAttempts: 2 });
