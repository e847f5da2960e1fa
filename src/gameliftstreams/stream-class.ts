import { Construct } from 'constructs';
import { checkInteger, checkPattern } from '../private/errors';

/**
 * The hardware of the machines in a stream group, and how many sessions share one: its tenancy.
 *
 * Capacities are multiples of the tenancy. Not every location has every class, and the default quota of all is zero.
 *
 * @see https://docs.aws.amazon.com/gameliftstreams/latest/developerguide/configuration-options.html
 */
export class StreamClass {
  /** gen4n_high: 2 sessions a machine, each with 4 vCPUs, 16 GB RAM and 8 GB video RAM of an NVIDIA T4; Proton and Ubuntu. */
  public static readonly GEN4N_HIGH = StreamClass.of('gen4n_high', 2);

  /** gen4n_ultra: 1 session a machine, with 8 vCPUs, 32 GB RAM and 16 GB video RAM of an NVIDIA T4; Proton and Ubuntu. */
  public static readonly GEN4N_ULTRA = StreamClass.of('gen4n_ultra', 1);

  /** gen4n_win2022: 1 session a machine, with 8 vCPUs, 32 GB RAM and 16 GB video RAM of an NVIDIA T4; Windows. */
  public static readonly GEN4N_WIN2022 = StreamClass.of('gen4n_win2022', 1);

  /** gen5n_high: 2 sessions a machine, each with 4 vCPUs, 16 GB RAM and 12 GB video RAM of an NVIDIA A10G; Proton and Ubuntu. */
  public static readonly GEN5N_HIGH = StreamClass.of('gen5n_high', 2);

  /** gen5n_ultra: 1 session a machine, with 8 vCPUs, 32 GB RAM and 24 GB video RAM of an NVIDIA A10G; Proton and Ubuntu. */
  public static readonly GEN5N_ULTRA = StreamClass.of('gen5n_ultra', 1);

  /** gen5n_win2022: 1 session a machine, with 8 vCPUs, 32 GB RAM and 24 GB video RAM of an NVIDIA A10G; Windows. */
  public static readonly GEN5N_WIN2022 = StreamClass.of('gen5n_win2022', 1);

  /** gen6n_small: 12 sessions a machine, each with 1 vCPU, 4 GB RAM and 2 GB video RAM of an NVIDIA L4; Proton and Ubuntu. */
  public static readonly GEN6N_SMALL = StreamClass.of('gen6n_small', 12);

  /** gen6n_medium: 4 sessions a machine, each with 2 vCPUs, 8 GB RAM and 6 GB video RAM of an NVIDIA L4; Proton and Ubuntu. */
  public static readonly GEN6N_MEDIUM = StreamClass.of('gen6n_medium', 4);

  /** gen6n_high: 2 sessions a machine, each with 4 vCPUs, 16 GB RAM and 12 GB video RAM of an NVIDIA L4; Proton and Ubuntu. */
  public static readonly GEN6N_HIGH = StreamClass.of('gen6n_high', 2);

  /** gen6n_ultra: 1 session a machine, with 8 vCPUs, 32 GB RAM and 24 GB video RAM of an NVIDIA L4; Proton and Ubuntu. */
  public static readonly GEN6N_ULTRA = StreamClass.of('gen6n_ultra', 1);

  /** gen6n_ultra_win2022: 1 session a machine, with 8 vCPUs, 32 GB RAM and 24 GB video RAM of an NVIDIA L4; Windows. */
  public static readonly GEN6N_ULTRA_WIN2022 = StreamClass.of('gen6n_ultra_win2022', 1);

  /** gen6n_pro: 1 session a machine, with 16 vCPUs, 64 GB RAM and 24 GB video RAM of an NVIDIA L4; Proton and Ubuntu. */
  public static readonly GEN6N_PRO = StreamClass.of('gen6n_pro', 1);

  /** gen6n_pro_win2022: 1 session a machine, with 16 vCPUs, 64 GB RAM and 24 GB video RAM of an NVIDIA L4; Windows. */
  public static readonly GEN6N_PRO_WIN2022 = StreamClass.of('gen6n_pro_win2022', 1);

  /** gen6n_small_win2022: 1 session a machine, with 2 vCPUs, 8 GB RAM and 3 GB video RAM of an NVIDIA L4; Windows. */
  public static readonly GEN6N_SMALL_WIN2022 = StreamClass.of('gen6n_small_win2022', 1);

  /** gen6n_medium_win2022: 1 session a machine, with 8 vCPUs, 32 GB RAM and 6 GB video RAM of an NVIDIA L4; Windows. */
  public static readonly GEN6N_MEDIUM_WIN2022 = StreamClass.of('gen6n_medium_win2022', 1);

  /** gen6e_pro: 1 session a machine, with 16 vCPUs, 128 GB RAM and 48 GB video RAM of an NVIDIA L40S; Proton and Ubuntu. */
  public static readonly GEN6E_PRO = StreamClass.of('gen6e_pro', 1);

  /** gen6e_pro_win2022: 1 session a machine, with 16 vCPUs, 128 GB RAM and 48 GB video RAM of an NVIDIA L40S; Windows. */
  public static readonly GEN6E_PRO_WIN2022 = StreamClass.of('gen6e_pro_win2022', 1);

  /**
   * A class that has no constant here.
   *
   * @param name for example "gen6n_high".
   * @param tenancy how many sessions share a machine, at least 1.
   */
  public static of(name: string, tenancy: number): StreamClass {
    return new StreamClass(name, tenancy);
  }

  private constructor(
    /** The name of the class, for example "gen6n_high". */
    public readonly name: string,

    /** How many sessions share a machine. */
    public readonly tenancy: number,
  ) {}

  /** @internal */
  public _bind(scope: Construct): string {
    checkPattern(scope, 'streamClass', this.name, /^gen\d+[a-z]*(_[a-z0-9]+)+$/, 'be the name of a stream class like "gen6n_high"');
    checkInteger(scope, 'streamClass: tenancy', this.tenancy, { min: 1 });
    return this.name;
  }
}
