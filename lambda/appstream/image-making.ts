import { type Image, VisibilityType } from '@aws-sdk/client-appstream';
import { textsOf } from './errors';
import { bringTags, originOf, Ownership, tagsOf } from './image-ownership';
import { usersOf } from './image-users';
import { deleteImage, imageAt, type ImagePlace, imagesIn, named, phaseOf } from './images';
import { GENERATION_LENGTH, IMAGE_ATTRIBUTES, type MadeImageProperties } from '../../src/appstream/private/made-image-contract';
import { STACK_TAG } from '../../src/private/lifecycle-contract';
import type { Attributes, Controller, Progress, Request } from '../engine/controller';
import { isError } from '../engine/errors';

/** One of the ways in which AppStream makes an image of something. */
export interface Maker<Properties> {
  /** All that tells one image from another: AppStream changes none. */
  identityOf(properties: Properties): object;
  /** Where the image is made, unless in the Region of the function. */
  regionOf?(properties: Properties): string;
  /**
   * Begins to make the image. Answers with what there is instead, if there is nothing to make.
   *
   * @param tags of the image, from its beginning where the call takes them
   */
  begin(properties: Properties, name: string, ownership: Ownership, tags: Readonly<Record<string, string>>): Promise<Image | undefined>;
}

/** Images take minutes to hours. */
const WAIT_SECONDS = 60;
/** AppStream's clock against that of the state machine. */
const CLOCK_SKEW_MS = 10_000;
/** How long an image that was made may not be there for every reader. */
const HIDDEN_PATIENCE_MS = 5 * 60_000;
/** How long a fleet that was deleted or updated may still count as a user. */
const USE_PATIENCE_MS = 5 * 60_000;
/** What the id of something begins with that we found and did not make. No name does. */
const FOUND = '=';

/** Makes an image, or finds what an earlier request has begun. */
export function imageController<Properties extends MadeImageProperties>(maker: Maker<Properties>): Controller<Properties> {
  return ({ wanted, ...request }) => {
    const step = new Step(maker, request);
    return wanted ? step.provide(wanted) : step.remove(request.before!);
  };
}

class Step<Properties extends MadeImageProperties> {
  constructor(private readonly maker: Maker<Properties>, private readonly request: Request<Properties>) {}

  public async provide(wanted: Properties): Promise<Progress> {
    const place = this.placeOf(wanted);
    const ownership = this.ownershipOf(wanted);
    const tags = { ...tagsGiven(wanted), ...ownership.tags };
    const image = await imageAt(place);
    if (!image) {
      return this.begin(wanted, place, ownership, tags);
    }
    const present = await tagsOf(image, place.region);
    switch (ownership.judge(image, present)) {
      case 'not ours':
        return this.foreign(place, 'is there already, and this resource has not made it');
      case 'ours, of something else':
        return this.foreign(place, 'is there already, made from something else, and AppStream changes no image');
      case 'ours':
        await bringTags(image, place.region, present, tags, tagsGiven(this.request.before));
    }
    switch (phaseOf(image)) {
      case 'made':
        return await this.endLeftBehind(place) ?? { kind: 'ready', id: idOf(place), attributes: attributesOf(image) };
      case 'in the making':
        return this.pending(place, `${named(place)} is ${image.State}, which goes on by itself: the next deployment takes up what this one does not wait for`);
      case 'going':
        return this.pending(place, `${named(place)} is DELETING`);
      case 'failed':
        return this.failed(place, image);
    }
  }

  /** What runs is left to run: AppStream ends no copy and no import, and a deployment that comes later takes it up by its owner. */
  public async remove(before: Properties): Promise<Progress> {
    const { id } = this.request;
    const place = id === undefined ? this.placeOf(before) : placeOfId(id);
    const image = place && await imageAt(place);
    const tags = image ? await tagsOf(image, place?.region) : {};
    const ownership = this.ownershipOf(before);
    if (!place || !image || ownership.judge(image, tags) === 'not ours') {
      return { kind: 'ready', id: id ?? idOf(this.placeOf(before)) };
    }
    if (tags[STACK_TAG] === undefined) {
      // A copy of which nobody came to see that it was there: the permission to delete goes by the tag.
      await bringTags(image, place.region, tags, ownership.tags, {});
    }
    switch (phaseOf(image)) {
      case 'in the making':
        return { kind: 'ready', id: idOf(place) };
      case 'going':
        return { kind: 'pending', why: `${named(place)} is DELETING` };
      case 'made':
      case 'failed':
        return this.end(place, image);
    }
  }

  private async begin(wanted: Properties, place: ImagePlace, ownership: Ownership, tags: Readonly<Record<string, string>>): Promise<Progress> {
    try {
      const instead = await this.maker.begin(wanted, place.name, ownership, tags);
      return instead
        ? { kind: 'ready', id: `${FOUND}${instead.Name}`, attributes: attributesOf(instead) }
        : this.pending(place, `${named(place)} was asked for`, 0);
    } catch (error) {
      if (isError(error, 'ResourceAlreadyExistsException')) {
        return this.hidden(place);
      }
      if (isError(error, 'LimitExceededException') && await isBusy(place)) {
        return this.pending(place, `${named(place)} waits for others that are being made: ${sentence(error)}`);
      }
      throw error;
    }
  }

  /** AppStream has an image of the name and does not show it: ours, of a call whose answer was lost or whose effect is not seen everywhere yet. */
  private hidden(place: ImagePlace): Progress {
    const { memory, now } = this.request;
    const since = Number(memory.hiddenSince ?? now);
    if (now - since >= HIDDEN_PATIENCE_MS) {
      return this.foreign(place, 'is there already, and AppStream does not show it');
    }
    return { ...this.pending(place, `${named(place)} was asked for and is not shown yet`), memory: { hiddenSince: since } };
  }

  private pending(place: ImagePlace, why: string, waitSeconds = WAIT_SECONDS): Progress & { kind: 'pending' } {
    const { before } = this.request;
    // In an update CloudFormation keeps the id of before until the new image is there.
    return { kind: 'pending', id: before ? undefined : idOf(place), why, waitSeconds };
  }

  private foreign(place: ImagePlace, why: string): Progress {
    const { before } = this.request;
    const reason = `${named(place)} ${why}: give what is wanted now another imageName, or delete that image`;
    return { kind: 'failed', id: before ? undefined : `${FOUND}${place.name}`, reason };
  }

  /** What failed in an earlier request is made again. */
  private async failed(place: ImagePlace, image: Image): Promise<Progress> {
    const { startedAt } = this.request;
    const reasons = [image.StateChangeReason?.Message, ...textsOf(image.ImageErrors)];
    const reason = reasons.filter((each) => each !== undefined).map((each) => each.replace(/\.$/, '')).join('; ') || 'AppStream does not say why';
    if (image.CreatedTime!.getTime() >= startedAt - CLOCK_SKEW_MS) {
      return { kind: 'failed', reason: `${named(place)} is FAILED: ${reason}` };
    }
    const refusal = await deleteImage(place);
    return this.pending(place, refusal ?? `${named(place)} of an earlier deployment is FAILED, and makes room for another`, 5);
  }

  /**
   * An update that failed may have made an image. CloudFormation, which goes back by another update, knows nothing of that: it still has the
   * id of what is wanted now.
   */
  private async endLeftBehind(live: ImagePlace): Promise<Progress | undefined> {
    const { before, id } = this.request;
    const left = before && this.placeOf(before);
    if (!left || id !== idOf(live) || idOf(left) === id) {
      return undefined;
    }
    const image = await imageAt(left);
    const isOurs = image && this.ownershipOf(before).judge(image, await tagsOf(image, left.region)) !== 'not ours';
    if (!isOurs || !['made', 'failed'].includes(phaseOf(image))) {
      return undefined;
    }
    const refusal = await deleteImage(left);
    return refusal === undefined ? { kind: 'pending', why: `${named(left)} was made by a deployment that failed, and goes`, waitSeconds: 5 } : undefined;
  }

  private async end(place: ImagePlace, image: Image): Promise<Progress> {
    const { memory, now } = this.request;
    const refusal = await deleteImage(place);
    if (refusal === undefined) {
      return { kind: 'pending', why: `${named(place)} was told to go`, waitSeconds: 5 };
    }
    const since = Number(memory.refusedSince ?? now);
    const users = await usersOf(place, image.Arn!);
    const why = `${named(place)} cannot be deleted: ${users === undefined ? refusal : `it is ${users}`}`;
    return now - since < USE_PATIENCE_MS
      ? { kind: 'pending', why, memory: { refusedSince: since } }
      : { kind: 'failed', reason: `${why}; take it from them and delete it then, or let it stay with the removal policy RETAIN` };
  }

  private placeOf(properties: Properties): ImagePlace {
    const { ImageName, NamePrefix } = properties;
    const name = ImageName ?? `${NamePrefix}-${originOf(this.maker.identityOf(properties), GENERATION_LENGTH)}`;
    return { region: this.maker.regionOf?.(properties), name };
  }

  private ownershipOf(properties: Properties): Ownership {
    return new Ownership(this.request.owner, this.maker.identityOf(properties));
  }
}

function tagsGiven(properties: MadeImageProperties | undefined): Readonly<Record<string, string>> {
  return JSON.parse(properties?.Tags ?? '{}');
}

/** Whether images are being made in a Region: then a quota may be one of those that pass. */
async function isBusy({ region }: ImagePlace): Promise<boolean> {
  return (await imagesIn(region, VisibilityType.PRIVATE)).some((image) => phaseOf(image) === 'in the making');
}

function idOf({ region, name }: ImagePlace): string {
  return region === undefined ? name : `${region}/${name}`;
}

/** Undefined for what we did not make. */
function placeOfId(id: string): ImagePlace | undefined {
  const [name, region] = id.split('/').reverse();
  return id.startsWith(FOUND) ? undefined : { region, name };
}

function attributesOf({ Name, Arn }: Image): Attributes {
  return { [IMAGE_ATTRIBUTES.name]: Name!, [IMAGE_ATTRIBUTES.arn]: Arn! };
}

function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
