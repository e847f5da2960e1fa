/**
 * Software with its licence included, which AppStream installs on image builders and bills for.
 *
 * @see https://docs.aws.amazon.com/appstream2/latest/APIReference/API_CreateImageBuilder.html
 */
export class Software {
  /** Microsoft Office Professional Plus 2021 LTSC, 32 bit. */
  public static readonly OFFICE_2021_LTSC_PROFESSIONAL_PLUS_32_BIT = new Software('Microsoft_Office_2021_LTSC_Professional_Plus_32Bit');

  /** Microsoft Office Professional Plus 2021 LTSC, 64 bit. */
  public static readonly OFFICE_2021_LTSC_PROFESSIONAL_PLUS_64_BIT = new Software('Microsoft_Office_2021_LTSC_Professional_Plus_64Bit');

  /** Microsoft Office Standard 2021 LTSC, 32 bit. */
  public static readonly OFFICE_2021_LTSC_STANDARD_32_BIT = new Software('Microsoft_Office_2021_LTSC_Standard_32Bit');

  /** Microsoft Office Standard 2021 LTSC, 64 bit. */
  public static readonly OFFICE_2021_LTSC_STANDARD_64_BIT = new Software('Microsoft_Office_2021_LTSC_Standard_64Bit');

  /** Microsoft Office Professional Plus 2024 LTSC, 32 bit. */
  public static readonly OFFICE_2024_LTSC_PROFESSIONAL_PLUS_32_BIT = new Software('Microsoft_Office_2024_LTSC_Professional_Plus_32Bit');

  /** Microsoft Office Professional Plus 2024 LTSC, 64 bit. */
  public static readonly OFFICE_2024_LTSC_PROFESSIONAL_PLUS_64_BIT = new Software('Microsoft_Office_2024_LTSC_Professional_Plus_64Bit');

  /** Microsoft Office Standard 2024 LTSC, 32 bit. */
  public static readonly OFFICE_2024_LTSC_STANDARD_32_BIT = new Software('Microsoft_Office_2024_LTSC_Standard_32Bit');

  /** Microsoft Office Standard 2024 LTSC, 64 bit. */
  public static readonly OFFICE_2024_LTSC_STANDARD_64_BIT = new Software('Microsoft_Office_2024_LTSC_Standard_64Bit');

  /** Microsoft Project Professional 2021, 32 bit. */
  public static readonly PROJECT_2021_PROFESSIONAL_32_BIT = new Software('Microsoft_Project_2021_Professional_32Bit');

  /** Microsoft Project Professional 2021, 64 bit. */
  public static readonly PROJECT_2021_PROFESSIONAL_64_BIT = new Software('Microsoft_Project_2021_Professional_64Bit');

  /** Microsoft Project Standard 2021, 32 bit. */
  public static readonly PROJECT_2021_STANDARD_32_BIT = new Software('Microsoft_Project_2021_Standard_32Bit');

  /** Microsoft Project Standard 2021, 64 bit. */
  public static readonly PROJECT_2021_STANDARD_64_BIT = new Software('Microsoft_Project_2021_Standard_64Bit');

  /** Microsoft Project Professional 2024, 32 bit. */
  public static readonly PROJECT_2024_PROFESSIONAL_32_BIT = new Software('Microsoft_Project_2024_Professional_32Bit');

  /** Microsoft Project Professional 2024, 64 bit. */
  public static readonly PROJECT_2024_PROFESSIONAL_64_BIT = new Software('Microsoft_Project_2024_Professional_64Bit');

  /** Microsoft Project Standard 2024, 32 bit. */
  public static readonly PROJECT_2024_STANDARD_32_BIT = new Software('Microsoft_Project_2024_Standard_32Bit');

  /** Microsoft Project Standard 2024, 64 bit. */
  public static readonly PROJECT_2024_STANDARD_64_BIT = new Software('Microsoft_Project_2024_Standard_64Bit');

  /** Microsoft Visio Professional 2021 LTSC, 32 bit. */
  public static readonly VISIO_2021_LTSC_PROFESSIONAL_32_BIT = new Software('Microsoft_Visio_2021_LTSC_Professional_32Bit');

  /** Microsoft Visio Professional 2021 LTSC, 64 bit. */
  public static readonly VISIO_2021_LTSC_PROFESSIONAL_64_BIT = new Software('Microsoft_Visio_2021_LTSC_Professional_64Bit');

  /** Microsoft Visio Standard 2021 LTSC, 32 bit. */
  public static readonly VISIO_2021_LTSC_STANDARD_32_BIT = new Software('Microsoft_Visio_2021_LTSC_Standard_32Bit');

  /** Microsoft Visio Standard 2021 LTSC, 64 bit. */
  public static readonly VISIO_2021_LTSC_STANDARD_64_BIT = new Software('Microsoft_Visio_2021_LTSC_Standard_64Bit');

  /** Microsoft Visio Professional 2024 LTSC, 32 bit. */
  public static readonly VISIO_2024_LTSC_PROFESSIONAL_32_BIT = new Software('Microsoft_Visio_2024_LTSC_Professional_32Bit');

  /** Microsoft Visio Professional 2024 LTSC, 64 bit. */
  public static readonly VISIO_2024_LTSC_PROFESSIONAL_64_BIT = new Software('Microsoft_Visio_2024_LTSC_Professional_64Bit');

  /** Microsoft Visio Standard 2024 LTSC, 32 bit. */
  public static readonly VISIO_2024_LTSC_STANDARD_32_BIT = new Software('Microsoft_Visio_2024_LTSC_Standard_32Bit');

  /** Microsoft Visio Standard 2024 LTSC, 64 bit. */
  public static readonly VISIO_2024_LTSC_STANDARD_64_BIT = new Software('Microsoft_Visio_2024_LTSC_Standard_64Bit');

  /** Software that has no constant here. */
  public static of(name: string): Software {
    return new Software(name);
  }

  private constructor(
    /** The name of the software, for example "Microsoft_Office_2024_LTSC_Standard_64Bit". */
    public readonly name: string,
  ) {}
}
