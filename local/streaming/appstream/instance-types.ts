import type { Image } from '@aws-sdk/client-appstream';
import type { AppStreamAccount } from './account';

/** The types that the API's text lists for CreateFleet and CreateImageBuilder (SDK 3.1112). */
const SIZES: Record<string, string> = {
  'standard': 'small medium large xlarge 2xlarge',
  'compute': 'large xlarge 2xlarge 4xlarge 8xlarge',
  'memory': 'large xlarge 2xlarge 4xlarge 8xlarge',
  'memory.z1d': 'large xlarge 2xlarge 3xlarge 6xlarge 12xlarge',
  'graphics.g4dn': 'xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge',
  'graphics.g5': 'xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge',
  'graphics.g6': 'xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge',
  'graphics.gr6': '4xlarge 8xlarge',
  'graphics.g6f': 'large xlarge 2xlarge 4xlarge',
  'graphics.gr6f': '4xlarge',
};

const TYPES = Object.entries(SIZES).flatMap(([family, sizes]) => sizes.split(' ').map((size) => `stream.${family}.${size}`));

/** The text's list for Elastic fleets. */
const ELASTIC = SIZES.standard.split(' ').map((size) => `stream.standard.${size}`);

/** What an image that was not made for graphics supports. */
export const GENERAL_FAMILIES = ['General Purpose', 'Compute Optimized', 'Memory Optimized'];

/** EC2's own types, for imported images only: https://docs.aws.amazon.com/appstream2/latest/developerguide/import-image.html */
const EC2_FAMILIES: Record<string, string> = {
  GeneralPurpose: 't3 t3a m6i m6a m7i m7a m7i-flex',
  ComputeOptimized: 'c6i c6a c7i c7a c7i-flex',
  MemoryOptimized: 'r6i r6a r7i r7a',
  Accelerated: 'g4dn g5 g6 g6e g6f gr6 gr6f',
};

/** What an imported image supports. That SupportedInstanceFamilies names them so is inferred. */
export const IMPORTED_FAMILIES = Object.keys(EC2_FAMILIES);

/** CreateImageBuilder's list is CreateFleet's without these. */
const NOT_FOR_BUILDERS = ['stream.standard.xlarge', 'stream.standard.2xlarge'];

export function checkInstanceType(account: AppStreamAccount, type: string, use: 'fleet' | 'elastic-fleet' | 'image-builder'): void {
  const allowed = use === 'elastic-fleet' ? ELASTIC
    : use === 'fleet' ? TYPES
      : TYPES.filter((candidate) => !NOT_FOR_BUILDERS.includes(candidate));
  const [group, family] = type.split('.');
  const isOfEc2 = use !== 'elastic-fleet' && EC2_FAMILIES[group]?.split(' ').includes(family);
  if (!allowed.includes(type) && !isOfEc2) {
    // The code is inferred.
    account.refuse('InvalidParameterValueException', `The instance type ${type} is not valid for this resource.`);
  }
}

/**
 * A graphics instance type takes an image that was made for it, and another type takes none of those.
 * The sentence: https://github.com/awslabs/aws-virtual-application-management/issues/15. The code is inferred.
 */
export function checkFamily(account: AppStreamAccount, type: string, image: Image): void {
  const families = image.SupportedInstanceFamilies ?? [];
  if (!families.includes(familyOf(type))) {
    account.refuse(
      'InvalidParameterCombinationException',
      `The combination of instance type ${type} and image instance family ${families.join(', ')} is not supported. `
      + 'Select an image that belongs to image instance family supported by this instance type.',
    );
  }
}

/**
 * The family of a type, as the API's text on SupportedInstanceFamilies names it.
 * That the sixth generation of graphics is one family in all its kinds (g6, gr6, g6f, gr6f) is inferred.
 */
function familyOf(type: string): string {
  const [group, family, kind] = type.split('.');
  if (group !== 'stream') {
    return group;
  }
  switch (family) {
    case 'standard':
      return 'General Purpose';
    case 'compute':
      return 'Compute Optimized';
    case 'memory':
      return 'Memory Optimized';
    default:
      return `Graphics G${/\d/.exec(kind)?.[0]}`;
  }
}
