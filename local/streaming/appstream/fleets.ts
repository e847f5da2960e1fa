import type {
  CreateFleetRequest, DeleteFleetRequest, DescribeFleetsRequest, DescribeFleetsResult, Fleet, FleetState, StartFleetRequest, StopFleetRequest,
  UpdateFleetRequest,
} from '@aws-sdk/client-appstream';
import type { AppStreamAccount, FleetRecord, FleetSettings } from './account';
import { capacityStatus } from './fleet-capacity';
import { checkFleet, roundToMinute } from './fleet-rules';
import { applyUpdate, checkUpdatable } from './fleet-update';
import { findImage } from './images';
import { checkFamily } from './instance-types';
import { page } from '../pagination';

/** Fleets: STOPPED when created, then STARTING → RUNNING → STOPPING → STOPPED as asked (the API's FleetState). */
export function fleetOperations(account: AppStreamAccount) {
  return {
    CreateFleet({ Tags, ...input }: CreateFleetRequest): { Fleet: Fleet } {
      const settings = withImage(account, {
        // That Always-On is the default, and the two durations, are inferred; StreamView and the idle timeout are the API's text.
        FleetType: 'ALWAYS_ON',
        MaxUserDurationInSeconds: 57_600,
        DisconnectTimeoutInSeconds: 900,
        StreamView: 'APP',
        EnableDefaultInternetAccess: false,
        ...input,
        IdleDisconnectTimeoutInSeconds: input.IdleDisconnectTimeoutInSeconds ?? 0,
        Name: input.Name!,
        InstanceType: input.InstanceType!,
        Arn: account.arn('fleet', input.Name!),
        CreatedTime: account.now(),
      });
      checkFleet(account, settings);
      if (account.fleets.has(settings.Name)) {
        account.refuse('ResourceAlreadyExistsException', `The fleet ${settings.Name} already exists.`);
      }
      const fleet: FleetRecord = { settings: rounded(settings), state: account.timed<FleetState>('STOPPED'), staleReads: 0 };
      account.fleets.set(settings.Name, fleet);
      account.tags.set(settings.Arn!, Tags ?? {});
      return { Fleet: describe(account, fleet) };
    },

    UpdateFleet(input: UpdateFleetRequest): { Fleet: Fleet } {
      if (input.Name === undefined) {
        // Inferred: optional in the model, but a fleet cannot be renamed, so there is no other way to say which.
        return account.refuseCombination('Name is required.');
      }
      const fleet = account.fleet(input.Name);
      checkUpdatable(account, fleet, input);
      const settings = withImage(account, applyUpdate(account, fleet.settings, input));
      checkFleet(account, settings);
      if (settings.Platform !== fleet.settings.Platform && fleet.state.now !== 'STOPPED') {
        // https://docs.aws.amazon.com/appstream2/latest/developerguide/update-fleets-new-image.html. Code and sentence are inferred.
        account.refuse('ResourceInUseException', `The fleet ${input.Name} must be stopped for an image of another operating system.`);
      }
      fleet.settings = rounded(settings);
      return { Fleet: describe(account, fleet) };
    },

    DeleteFleet({ Name }: DeleteFleetRequest): object {
      const fleet = account.fleet(Name!);
      // The sentence: https://github.com/hashicorp/terraform-provider-aws/issues/22625
      if ([...account.associations.values()].includes(Name!)) {
        account.refuse('ResourceInUseException', `The fleet ${Name} is associated with a stack. To delete the fleet, you must dissociate it from the stack.`);
      }
      if (account.applicationFleets.some(({ FleetName }) => FleetName === Name) && account.readings.deleteFleetWithApplications === 'refused') {
        account.refuse('ResourceInUseException', `The fleet ${Name} is associated with applications.`);
      }
      if (fleet.state.now !== 'STOPPED') {
        // The rule: https://docs.aws.amazon.com/appstream2/latest/developerguide/managing-stacks-fleets.html. The sentence is inferred.
        account.refuse('ResourceInUseException', `The fleet ${Name} cannot be deleted while it is ${fleet.state.now}. The fleet must be stopped.`);
      }
      account.fleets.delete(Name!);
      const associations = account.applicationFleets;
      associations.splice(0, associations.length, ...associations.filter(({ FleetName }) => FleetName !== Name));
      account.tags.delete(fleet.settings.Arn!);
      return {};
    },

    DescribeFleets({ Names, NextToken }: DescribeFleetsRequest): DescribeFleetsResult {
      const fleets = Names?.length ? Names.map((name) => account.fleet(name)) : [...account.fleets.values()];
      const { items, ...rest } = page(fleets, account.pageSize, NextToken);
      return { Fleets: items.map((fleet) => describe(account, fleet, shownState(fleet))), ...rest };
    },

    StartFleet({ Name }: StartFleetRequest): object {
      const fleet = account.fleet(Name!);
      switch (fleet.state.now) {
        case 'STOPPED':
          start(account, fleet);
          break;
        case 'STOPPING':
          account.refuse(account.readings.startWhileStopping, `The fleet ${Name} cannot be started while it is STOPPING.`);
          break;
        default:
          if (account.readings.startWhenStarted === 'refused') {
            account.refuse('OperationNotPermittedException', `The fleet ${Name} cannot be started while it is ${fleet.state.now}.`);
          }
      }
      return {};
    },

    StopFleet({ Name }: StopFleetRequest): object {
      const fleet = account.fleet(Name!);
      const state = fleet.state.now;
      if (state === 'STOPPING' || state === 'STOPPED') {
        if (account.readings.stopWhenStopped === 'refused') {
          account.refuse('ConcurrentModificationException', `The fleet ${Name} cannot be stopped while it is ${state}.`);
        }
        return {};
      }
      if (state === 'STARTING' && !mayStopWhileStarting(account, fleet)) {
        account.refuse('ConcurrentModificationException', `The fleet ${Name} cannot be stopped while it is STARTING.`);
      }
      stop(account, fleet);
      return {};
    },
  };
}

function start(account: AppStreamAccount, fleet: FleetRecord): void {
  const { Name } = fleet.settings;
  const stuck = account.script.takeStuckStart(Name);
  const duration = account.script.takeSlowStart(Name) ?? account.durations.fleetStart;
  const heldUp = stuck?.recoversAfterMs ?? 0;
  fleet.stuck = stuck && { errors: stuck.errors, until: account.now().getTime() + heldUp };
  fleet.state.enter('STARTING', ...heldUp < Infinity ? [{ to: 'RUNNING' as const, after: heldUp + duration }] : []);
  fleet.staleReads = account.script.takeStaleReads(Name);
}

/** Inferred: whoever streams from a fleet that is stopped is disconnected for good. */
function stop(account: AppStreamAccount, fleet: FleetRecord): void {
  account.liveSessions(fleet.settings.Name).forEach((session) => session.state.enter('EXPIRED'));
  fleet.stuck = undefined;
  fleet.state.enter('STOPPING', { to: 'STOPPED', after: account.durations.fleetStop });
  fleet.staleReads = account.script.takeStaleReads(fleet.settings.Name);
}

function mayStopWhileStarting(account: AppStreamAccount, fleet: FleetRecord): boolean {
  switch (account.readings.stopWhileStarting) {
    case 'accepted':
      return true;
    case 'accepted-once-stuck':
      return fleetErrors(account, fleet).length > 0;
    default:
      return false;
  }
}

/** The state that a describe shows. */
function shownState(fleet: FleetRecord): FleetState {
  if (fleet.staleReads > 0) {
    fleet.staleReads -= 1;
    return fleet.state.before;
  }
  return fleet.state.now;
}

function describe(account: AppStreamAccount, fleet: FleetRecord, state = fleet.state.now): Fleet {
  const { ComputeCapacity, ...settings } = fleet.settings;
  return {
    ...settings,
    State: state,
    ComputeCapacityStatus: capacityStatus(fleet.settings, state, account.liveSessions(settings.Name)),
    FleetErrors: state === 'STARTING' ? [...fleetErrors(account, fleet)] : [],
  };
}

function fleetErrors(account: AppStreamAccount, { stuck }: FleetRecord) {
  return stuck && account.now().getTime() < stuck.until ? stuck.errors : [];
}

/** A fleet knows its image by name and ARN, whichever was given. That its platform is the image's, whatever was given, is inferred. */
function withImage(account: AppStreamAccount, settings: FleetSettings): FleetSettings {
  if (settings.FleetType === 'ELASTIC') {
    return settings;
  }
  const image = findImage(account, settings);
  checkFamily(account, settings.InstanceType, image);
  return { ...settings, ImageName: image.Name, ImageArn: image.Arn, Platform: image.Platform };
}

function rounded(settings: FleetSettings): FleetSettings {
  return { ...settings, IdleDisconnectTimeoutInSeconds: roundToMinute(settings.IdleDisconnectTimeoutInSeconds) };
}
