import {
  DescribeImageBuildersCommand, ImageBuilderState, StartImageBuilderCommand, StopImageBuilderCommand,
} from '@aws-sdk/client-appstream';
import { appstream } from './client';
import { textsOfBuilder } from './errors';
import type { Phase, Startable } from './running-state';
import { absentIfNotFound } from '../engine/errors';

/** Image builders, as something that is read, started and stopped by name. */
export const imageBuilders: Startable = {
  noun: 'image builder',
  async read(name) {
    const answer = await absentIfNotFound(() => appstream.send(new DescribeImageBuildersCommand({ Names: [name] })));
    const builder = answer?.ImageBuilders?.[0];
    return builder && {
      state: String(builder.State),
      phase: phaseOf(builder.State),
      errors: textsOfBuilder(builder.StateChangeReason, builder.ImageBuilderErrors),
    };
  },
  async start(name) {
    await appstream.send(new StartImageBuilderCommand({ Name: name }));
  },
  async stop(name) {
    await appstream.send(new StopImageBuilderCommand({ Name: name }));
  },
};

/** A builder takes no call in its intermediate states, not even while it starts. */
function phaseOf(state: ImageBuilderState | undefined): Phase {
  switch (state) {
    case ImageBuilderState.RUNNING:
      return 'running';
    case ImageBuilderState.STOPPED:
      return 'stopped';
    case ImageBuilderState.PENDING:
    case ImageBuilderState.PENDING_IMAGE_IMPORT:
    case ImageBuilderState.PENDING_QUALIFICATION:
    case ImageBuilderState.PENDING_SYNCING_APPS:
    case ImageBuilderState.REBOOTING:
    case ImageBuilderState.SNAPSHOTTING:
    case ImageBuilderState.STOPPING:
    case ImageBuilderState.SYNCING_APPS:
    case ImageBuilderState.UPDATING:
    case ImageBuilderState.UPDATING_AGENT:
      return 'busy';
    case ImageBuilderState.DELETING:
      return 'going';
    case ImageBuilderState.FAILED:
      return 'failed';
    default:
      throw new Error(`an image builder is in the unknown state ${state}`);
  }
}
