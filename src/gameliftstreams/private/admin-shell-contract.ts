/** What `AdminShell` and its function say to each other. Both sides import this file, so it imports nothing. */

/** The function's environment variables. */
export const ADMIN_SHELL_ENVIRONMENT = {
  /** The only stream group whose sessions it opens shells into. */
  streamGroupArn: 'STREAM_GROUP_ARN',
} as const;
