import {
  AssociateSoftwareToImageBuilderCommand, DescribeSoftwareAssociationsCommand, DisassociateSoftwareFromImageBuilderCommand, SoftwareDeploymentStatus,
  type SoftwareAssociations, StartSoftwareDeploymentToImageBuilderCommand,
} from '@aws-sdk/client-appstream';
import { appstream } from './client';
import { imageBuilders } from './image-builders';
import { absenceOf, NOT_FOUND_PATIENCE_MS, sentenceOf } from './running-state';
import type { ImageBuilderSoftwareProperties } from '../../src/appstream/private/image-builder-software-contract';
import type { Controller, Progress, Request } from '../engine/controller';

type SoftwareRequest = Request<ImageBuilderSoftwareProperties>;

/** Brings software onto an image builder that runs, and what is not wanted any more from it. */
export const imageBuilderSoftware: Controller<ImageBuilderSoftwareProperties> = async (request) => {
  const { wanted, before, startedAt, now } = request;
  const { ImageBuilderName: name, ImageBuilderArn } = wanted ?? before!;
  const builder = await imageBuilders.read(name);
  if (!wanted && builder?.phase !== 'running') {
    // It goes, or is not there to be changed.
    return { kind: 'ready', id: name };
  }
  if (!builder) {
    return now - startedAt < NOT_FOUND_PATIENCE_MS
      ? { kind: 'pending', id: name, why: `image builder ${name} is not there` }
      : { kind: 'failed', id: name, reason: absenceOf(imageBuilders, name) };
  }
  const found = await associationsOf(ImageBuilderArn);
  if (isSettled(found, request)) {
    // As in a rollback, whatever the builder is doing by then.
    return { kind: 'ready', id: name };
  }
  const sentence = `image builder ${name} ${sentenceOf(builder)}`;
  switch (builder.phase) {
    case 'running':
      return deploy(name, found, request);
    case 'starting':
    case 'busy':
      return { kind: 'pending', id: name, why: sentence };
    case 'stopped':
    case 'going':
    case 'failed':
      return { kind: 'failed', id: name, reason: `${sentence}, and only one that runs takes software: start it, then deploy again` };
  }
};

/** Whether all that is wanted is there, and nothing that was and is not. */
function isSettled(found: readonly SoftwareAssociations[], { wanted, before }: SoftwareRequest): boolean {
  const names = namesIn(wanted);
  return names.every((name) => found.some(({ SoftwareName, Status }) => SoftwareName === name && Status === SoftwareDeploymentStatus.INSTALLED))
    && !found.some(({ SoftwareName }) => namesIn(before).includes(SoftwareName!) && !names.includes(SoftwareName!));
}

async function deploy(name: string, found: readonly SoftwareAssociations[], request: SoftwareRequest): Promise<Progress> {
  const { wanted, before, memory } = request;
  const names = namesIn(wanted);
  const isIn = (statuses: readonly (string | undefined)[]) => found.filter(({ Status }) => statuses.includes(Status));
  const {
    STAGED_FOR_INSTALLATION, PENDING_INSTALLATION, STAGED_FOR_UNINSTALLATION, PENDING_UNINSTALLATION, FAILED_TO_INSTALL, FAILED_TO_UNINSTALL,
  } = SoftwareDeploymentStatus;
  const missing = names.filter((each) => !found.some(({ SoftwareName, Status }) => SoftwareName === each && Status !== STAGED_FOR_UNINSTALLATION));
  if (missing.length > 0) {
    await appstream.send(new AssociateSoftwareToImageBuilderCommand({ ImageBuilderName: name, SoftwareNames: missing }));
    return pending(name, `${missing.join(', ')} is staged on image builder ${name}`, 0);
  }
  // What is being installed leaves when it is there.
  const notNow: (string | undefined)[] = [PENDING_INSTALLATION, STAGED_FOR_UNINSTALLATION, PENDING_UNINSTALLATION, FAILED_TO_UNINSTALL];
  const unwanted = found.filter(({ SoftwareName, Status }) =>
    namesIn(before).includes(SoftwareName!) && !names.includes(SoftwareName!) && !notNow.includes(Status)).map(({ SoftwareName }) => SoftwareName!);
  if (unwanted.length > 0) {
    await appstream.send(new DisassociateSoftwareFromImageBuilderCommand({ ImageBuilderName: name, SoftwareNames: unwanted }));
    return pending(name, `${unwanted.join(', ')} is to leave image builder ${name}`, 0);
  }
  const failed = isIn([FAILED_TO_INSTALL, FAILED_TO_UNINSTALL]);
  if (failed.length > 0 && memory.started !== undefined) {
    const reasons = failed.map(({ SoftwareName, Status, DeploymentError = [] }) =>
      `${SoftwareName} ${Status}${DeploymentError.map(({ ErrorMessage }) => `: ${ErrorMessage}`).join('')}`);
    return { kind: 'failed', id: name, reason: `on image builder ${name}: ${reasons.join('; ')}` };
  }
  if (failed.length > 0 || isIn([STAGED_FOR_INSTALLATION, STAGED_FOR_UNINSTALLATION]).length > 0) {
    await appstream.send(new StartSoftwareDeploymentToImageBuilderCommand({ ImageBuilderName: name, RetryFailedDeployments: true }));
    return { ...pending(name, `software is being deployed to image builder ${name}`), memory: { started: 1 } };
  }
  return pending(name, `software is being deployed to image builder ${name}`);
}

function pending(id: string, why: string, waitSeconds?: number): Progress & { kind: 'pending' } {
  return { kind: 'pending', id, why, waitSeconds };
}

async function associationsOf(AssociatedResource: string): Promise<SoftwareAssociations[]> {
  const all: SoftwareAssociations[] = [];
  let NextToken: string | undefined;
  do {
    const page = await appstream.send(new DescribeSoftwareAssociationsCommand({ AssociatedResource, NextToken }));
    all.push(...page.SoftwareAssociations ?? []);
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return all;
}

function namesIn(properties: ImageBuilderSoftwareProperties | undefined): string[] {
  return JSON.parse(properties?.Software ?? '[]');
}
