import {
  AppBlockBuilderState, DescribeAppBlockBuildersCommand, StartAppBlockBuilderCommand, StopAppBlockBuilderCommand,
} from '@aws-sdk/client-appstream';
import { appstream } from './client';
import { textsOfBuilder } from './errors';
import type { Phase, Startable } from './running-state';
import { absentIfNotFound } from '../engine/errors';

/** App block builders, as something that is read, started and stopped by name. */
export const appBlockBuilders: Startable = {
  noun: 'app block builder',
  async read(name) {
    const answer = await absentIfNotFound(() => appstream.send(new DescribeAppBlockBuildersCommand({ Names: [name] })));
    const builder = answer?.AppBlockBuilders?.[0];
    return builder && {
      state: String(builder.State),
      phase: phaseOf(builder.State),
      errors: textsOfBuilder(builder.StateChangeReason, builder.AppBlockBuilderErrors),
    };
  },
  async start(name) {
    await appstream.send(new StartAppBlockBuilderCommand({ Name: name }));
  },
  async stop(name) {
    await appstream.send(new StopAppBlockBuilderCommand({ Name: name }));
  },
};

/** A builder takes no call in its intermediate states, not even while it starts. */
function phaseOf(state: AppBlockBuilderState | undefined): Phase {
  switch (state) {
    case AppBlockBuilderState.RUNNING:
      return 'running';
    case AppBlockBuilderState.STOPPED:
      return 'stopped';
    case AppBlockBuilderState.STARTING:
    case AppBlockBuilderState.STOPPING:
      return 'busy';
    default:
      throw new Error(`an app block builder is in the unknown state ${state}`);
  }
}
