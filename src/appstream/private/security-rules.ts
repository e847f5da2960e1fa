import * as cdk from 'aws-cdk-lib';
import { CfnAppBlockBuilder, CfnFleet, CfnImageBuilder, CfnStack } from 'aws-cdk-lib/aws-appstream';
import { IConstruct } from 'constructs';
import { SecurityBaseline } from '../security-baseline';
import { UserAction } from '../user-settings';

/** What a resource does against a rule. */
interface Breach {
  /** What is wrong with the value, after the name of the property. */
  readonly wrong: string;
  /** Which of the things that the rule looks at, where a resource has several. */
  readonly part?: string;
}

interface Rule {
  readonly name: string;
  /** What it looks at, as the template has it. */
  readonly property: string;
  readonly breaches: (resource: IConstruct) => Breach[];
  readonly why: string;
  readonly reference: string;
}

/** Something in a resource that is against a rule. */
export interface Finding {
  /** What acknowledges it. */
  readonly id: string;
  readonly property: string;
  readonly sentence: string;
}

const END_USER_COMPUTE = 'CIS AWS End User Compute Services Benchmark v1.2.0';
const FOUNDATIONS = 'CIS AWS Foundations Benchmark v3.0.0';

/** Everything that is checked of AppStream's resources. What only the deployment knows breaks no rule. */
const RULES: readonly Rule[] = [
  {
    name: 'maxUserDuration',
    property: 'MaxUserDurationInSeconds',
    breaches: secondsOfFleet((fleet) => fleet.maxUserDurationInSeconds, 600, SecurityBaseline.MAX_USER_DURATION),
    why: 'what has got into a session has no longer than that',
    reference: `${END_USER_COMPUTE}, 5.3`,
  },
  {
    name: 'disconnectTimeout',
    property: 'DisconnectTimeoutInSeconds',
    breaches: secondsOfFleet((fleet) => fleet.disconnectTimeoutInSeconds, 60, SecurityBaseline.DISCONNECT_TIMEOUT),
    why: 'until then a session that its user has left can be taken up again',
    reference: `${END_USER_COMPUTE}, 5.4`,
  },
  {
    name: 'idleDisconnectTimeout',
    property: 'IdleDisconnectTimeoutInSeconds',
    breaches: secondsOfFleet((fleet) => fleet.idleDisconnectTimeoutInSeconds, 60, SecurityBaseline.IDLE_DISCONNECT_TIMEOUT),
    why: 'until then the session of somebody who has walked away is open to whoever comes by, and 0 is for ever',
    reference: `${END_USER_COMPUTE}, 5.5`,
  },
  {
    name: 'defaultInternetAccess',
    property: 'EnableDefaultInternetAccess',
    breaches: ofInstance(({ enableDefaultInternetAccess }) => (enableDefaultInternetAccess === true ? [{ wrong: 'must be false, got true' }] : [])),
    why: 'instances reach the internet by public addresses of their own and not through the VPC, where it can be controlled',
    reference: `${END_USER_COMPUTE}, 5.6`,
  },
  {
    name: 'instanceMetadata',
    property: 'DisableIMDSV1',
    breaches: ofInstance(({ disableImdsv1 }) => (disableImdsv1 === undefined || disableImdsv1 === false
      ? [{ wrong: `must be true, got ${shown(disableImdsv1)}` }] : [])),
    why: 'version 1 of the instance metadata service gives the credentials of the role to whoever makes an application fetch a URL',
    reference: `${FOUNDATIONS}, 5.6`,
  },
  {
    name: 'instanceRole',
    property: 'IamRoleArn',
    breaches: ofInstance(({ iamRoleArn }) => (iamRoleArn === undefined ? [{ wrong: 'must be the ARN of a role, got none' }] : [])),
    why: 'applications that find no role need keys on the image, which do not expire',
    reference: `${FOUNDATIONS}, 1.18`,
  },
  {
    name: 'userSettings',
    property: 'UserSettings',
    breaches: openActions,
    why: 'data gets in and out of sessions by it',
    reference: 'AppStream enables what is not forbidden, https://docs.aws.amazon.com/appstream2/latest/APIReference/API_UserSetting.html',
  },
];

/** The ids of all rules; those of findings may have a part in brackets. */
export const RULE_IDS: readonly string[] = RULES.map(idOf);

/** Whatever is against the rules in a resource of AppStream; nothing in any other construct. */
export function findings(construct: IConstruct): Finding[] {
  return RULES.flatMap((rule) => rule.breaches(construct).map(({ wrong, part }): Finding => ({
    id: part === undefined ? idOf(rule) : `${idOf(rule)}[${part}]`,
    property: rule.property,
    sentence: `${rule.property} ${wrong}: ${rule.why} (${rule.reference})`,
  })));
}

function idOf({ name }: Rule): string {
  return `cdk-app-streaming/appstream:${name}`;
}

function secondsOfFleet(read: (fleet: CfnFleet) => number | undefined, min: number, limit: cdk.Duration): Rule['breaches'] {
  return (resource) => {
    if (!CfnFleet.isCfnFleet(resource)) return [];
    const seconds: unknown = resource.stack.resolve(read(resource));
    const max = limit.toSeconds();
    const isKnown = seconds === undefined || typeof seconds === 'number';
    return !isKnown || (seconds !== undefined && seconds >= min && seconds <= max) ? []
      : [{ wrong: `must be ${min} to ${max}, got ${shown(seconds)}` }];
  };
}

/** What streaming instances have in common, as far as it is known. */
interface Instance {
  readonly enableDefaultInternetAccess: unknown;
  readonly disableImdsv1: unknown;
  readonly iamRoleArn: unknown;
}

function ofInstance(breaches: (instance: Instance) => Breach[]): Rule['breaches'] {
  return (resource) => {
    const isInstance = CfnFleet.isCfnFleet(resource) || CfnImageBuilder.isCfnImageBuilder(resource)
      || CfnAppBlockBuilder.isCfnAppBlockBuilder(resource);
    if (!isInstance) return [];
    const { enableDefaultInternetAccess, disableImdsv1, iamRoleArn } = resource;
    return breaches(resource.stack.resolve({ enableDefaultInternetAccess, disableImdsv1, iamRoleArn }));
  };
}

/** The actions that let data in or out. */
const DATA_ACTIONS = [
  UserAction.CLIPBOARD_COPY_FROM_LOCAL_DEVICE, UserAction.CLIPBOARD_COPY_TO_LOCAL_DEVICE,
  UserAction.FILE_UPLOAD, UserAction.FILE_DOWNLOAD, UserAction.PRINTING_TO_LOCAL_DEVICE,
];

function openActions(resource: IConstruct): Breach[] {
  if (!CfnStack.isCfnStack(resource)) return [];
  const settings: unknown = resource.stack.resolve(resource.userSettings ?? []);
  if (!isListOfSettings(settings)) return [];
  return DATA_ACTIONS.flatMap((part) => {
    const permission = settings.find(({ action }) => action === part)?.permission;
    return permission === undefined || permission === 'ENABLED' ? [{ part, wrong: `must have ${part} "DISABLED", got ${shown(permission)}` }] : [];
  });
}

/** Whether all of it is known, so that an action which is not there is one that is not given. */
function isListOfSettings(value: unknown): value is { readonly action: string; readonly permission: unknown }[] {
  return Array.isArray(value) && value.every((each) => typeof each?.action === 'string');
}

function shown(value: unknown): string {
  return value === undefined ? 'none, which leaves it to AppStream' : JSON.stringify(value);
}
