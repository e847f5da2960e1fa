const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Aborts when the process is told to end; the reason is the signal's name.
 *
 * A signal may come twice, from the terminal and from npm, which passes it on: the second one must not cut short the tidying up.
 */
export function interruption(): AbortSignal {
  const controller = new AbortController();
  SIGNALS.forEach((name) => process.on(name, () => controller.abort(name)));
  return controller.signal;
}
