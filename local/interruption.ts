const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** Real milliseconds. */
const PARENT_INTERVAL = 500;

/**
 * Aborts when the process is told to end; the reason is the signal's name.
 *
 * A signal may come twice, from the terminal and from npm, which passes it on: the second one must not cut short the tidying up.
 */
export function interruption(): AbortSignal {
  const controller = new AbortController();
  SIGNALS.forEach((name) => process.on(name, () => controller.abort(name)));
  if (process.env.npm_lifecycle_event !== undefined) {
    // What npm is told it passes on to the shell between it and us, which may end of it without passing it on.
    const parent = process.ppid;
    setInterval(() => process.ppid === parent || controller.abort('SIGHUP'), PARENT_INTERVAL).unref();
  }
  return controller.signal;
}
