/** The operating system of an Elastic fleet, which its applications are made for. */
export class ElasticPlatform {
  /** Windows Server 2019. */
  public static readonly WINDOWS_SERVER_2019 = new ElasticPlatform('WINDOWS_SERVER_2019');

  /** Amazon Linux 2. */
  public static readonly AMAZON_LINUX2 = new ElasticPlatform('AMAZON_LINUX2');

  /** Ubuntu Pro 24.04 LTS. */
  public static readonly UBUNTU_PRO_2404 = new ElasticPlatform('UBUNTU_PRO_2404');

  /** Another one, by its name in AppStream's API. */
  public static of(name: string): ElasticPlatform {
    return new ElasticPlatform(name);
  }

  private constructor(
    /** The name in AppStream's API. */
    public readonly name: string,
  ) {}
}
