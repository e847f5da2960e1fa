import type {
  EulaAcceptance, LaunchProfile, LaunchProfileMembership, StreamingImage, Studio, StudioComponent, StudioMembership,
} from '@aws-sdk/client-nimble';
import { type InStudio, NimbleContext } from './context';
import type { Resource } from './resource';
import type { BackupRecord, SessionRecord, StreamRecord } from './session-record';

/** The resources of one account in one region. */
export class NimbleAccount extends NimbleContext {
  public readonly studios = new Map<string, Resource<Studio>>();
  public readonly images = new Map<string, Resource<StreamingImage & InStudio>>();
  public readonly components = new Map<string, Resource<StudioComponent & InStudio>>();
  public readonly profiles = new Map<string, Resource<LaunchProfile & InStudio>>();
  public readonly sessions = new Map<string, SessionRecord>();
  public readonly streams = new Map<string, StreamRecord>();
  /** Every URL that was handed out. */
  public readonly secrets: string[] = [];
  public readonly backups = new Map<string, BackupRecord>();
  /** By the id of the studio or the launch profile, then by principal. */
  public readonly studioMembers = new Map<string, Map<string, StudioMembership>>();
  public readonly profileMembers = new Map<string, Map<string, LaunchProfileMembership>>();
  /** By studio. */
  public readonly acceptances = new Map<string, EulaAcceptance[]>();
}
