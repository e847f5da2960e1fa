/**
 * The operating system of a workstation.
 *
 * @deprecated AWS shut Amazon Nimble Studio down on 24 October 2024
 */
export enum Platform {
  /** Linux. */
  LINUX = 'LINUX',
  /** Windows. */
  WINDOWS = 'WINDOWS',
}

/**
 * When a script runs, and as whom.
 *
 * @deprecated AWS shut Amazon Nimble Studio down on 24 October 2024
 */
export enum ScriptRunContext {
  /** When the workstation starts, as the system. */
  SYSTEM_INITIALIZATION = 'SYSTEM_INITIALIZATION',
  /** When the user signs in, as the user. */
  USER_INITIALIZATION = 'USER_INITIALIZATION',
}

/**
 * A script of a studio component that prepares workstations for it.
 *
 * @deprecated AWS shut Amazon Nimble Studio down on 24 October 2024
 */
export interface InitializationScript {
  /** The operating system that it is written for. Workstations of the other one skip it. */
  readonly platform: Platform;

  /** When it runs, and as whom. */
  readonly runContext: ScriptRunContext;

  /** The script itself, 1 to 5120 characters. Everybody who may read the template can read it. */
  readonly script: string;
}
