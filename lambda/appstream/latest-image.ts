import { type Image, ImageState, VisibilityType } from '@aws-sdk/client-appstream';
import { imageAt, imagesIn } from './images';
import type { LatestImageProperties } from '../../src/appstream/private/latest-image-contract';
import { IMAGE_ATTRIBUTES } from '../../src/appstream/private/made-image-contract';
import type { Controller, Progress, Request } from '../engine/controller';
import { digestOf } from '../engine/token';

const DIGEST_LENGTH = 8;

/** What was found for a question. */
interface Finding {
  readonly name: string;
  readonly question: string;
}

/**
 * Finds the newest public image for a question, once: the same question has the same answer from then on.
 *
 * The id holds the answer, and the one before it: a rollback, which asks the question of before, gets what there was then.
 */
export const latestImage: Controller<LatestImageProperties> = async ({ wanted, id }: Request<LatestImageProperties>) => {
  const known = findingsOf(id);
  if (!wanted) {
    return { kind: 'ready', id: id ?? 'none' };
  }
  const question = questionOf(wanted);
  const earlier = known.find((finding) => finding.question === question);
  // AWS withdraws old ones in time.
  const kept = earlier && await imageAt({ name: earlier.name });
  if (kept) {
    return ready(kept, [{ name: kept.Name!, question }, ...known.filter((finding) => finding !== earlier)]);
  }
  const newest = await newestOf(wanted);
  return newest ? ready(newest, [{ name: newest.Name!, question }, ...known]) : { kind: 'failed', reason: missing(wanted) };
};

async function newestOf({ Platform, InstanceFamily, NamePrefix = '' }: LatestImageProperties): Promise<Image | undefined> {
  const candidates = (await imagesIn(undefined, VisibilityType.PUBLIC)).filter((image) =>
    image.State === ImageState.AVAILABLE && image.Platform === Platform
    && image.SupportedInstanceFamilies?.includes(InstanceFamily) && image.Name!.startsWith(NamePrefix));
  // Of one day, the one whose name comes last: always the same.
  const [newest] = candidates.sort((one, other) => releasedAt(other) - releasedAt(one) || (one.Name! < other.Name! ? 1 : -1));
  return newest;
}

function releasedAt({ PublicBaseImageReleasedDate, CreatedTime }: Image): number {
  return (PublicBaseImageReleasedDate ?? CreatedTime)?.getTime() ?? 0;
}

function ready({ Name, Arn }: Image, findings: readonly Finding[]): Progress {
  const id = findings.slice(0, 2).map(({ name, question }) => `${name}#${question}`).join(',');
  return { kind: 'ready', id, attributes: { [IMAGE_ATTRIBUTES.name]: Name!, [IMAGE_ATTRIBUTES.arn]: Arn! } };
}

function findingsOf(id: string | undefined): Finding[] {
  return [...(id ?? '').matchAll(/([^#,]+)#([^#,]+)/g)].map(([, name, question]) => ({ name, question }));
}

function questionOf({ Platform, InstanceFamily, NamePrefix, Revision }: LatestImageProperties): string {
  return digestOf({ Platform, InstanceFamily, NamePrefix, Revision }).slice(0, DIGEST_LENGTH);
}

function missing({ Platform, InstanceFamily, NamePrefix }: LatestImageProperties): string {
  const prefix = NamePrefix === undefined ? '' : ` whose name begins with ${JSON.stringify(NamePrefix)}`;
  return `AppStream has no public image of ${Platform} for ${InstanceFamily} instances${prefix} in this Region`;
}
