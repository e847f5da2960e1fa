import * as cdk from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** A finding that is known and meant. */
interface Acknowledgement {
  readonly id: string;
  readonly reason: string;
}

/**
 * Every finding of cdk-nag's AwsSolutions pack, and of aws-cdk-lib's own validation, that the library's own resources cannot avoid, and why.
 * One entry per finding; none covers more than it names.
 */
const ACKNOWLEDGEMENTS = {
  functionRuntime: {
    id: 'AwsSolutions-L1',
    reason: 'the runtime is the newest that the bundled handlers are tested on; a newer one comes with a release of the library',
  },
  machineLog: {
    id: 'AwsSolutions-SF1',
    reason: 'the log of an execution would hold ResponseURL, with which anybody could answer CloudFormation; the function logs each step without it',
  },
  runningHoursLog: {
    id: 'AwsSolutions-SF1',
    reason: 'the function logs each step of an execution, and the execution holds no more than a date',
  },
  machineTracing: {
    id: 'AwsSolutions-SF2',
    reason: 'tracing is a setting of the stack (LifecycleSettings), off unless asked for because it is billed',
  },
  executionsOfAppStream: executionsOf('AppStream'),
  executionsOfAppStreamSessions: executionsOf('AppStreamSessions'),
  executionsOfAppStreamAccount: executionsOf('AppStreamAccount'),
  executionsOfGameLiftStreams: executionsOf('GameLiftStreams'),
  executionsOfNimbleStudio: executionsOf('NimbleStudio'),
  networkInterfacesAndTracing: {
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason: 'the actions with which a function joins a VPC or writes traces take no resource',
  },
  attributesToDelete: {
    id: 'CloudFormation-Validate::F3002',
    reason: 'AttributesToDelete is in aws-cdk-lib\'s own L1; its validator knows an older description of the type',
  },
  imdsOfAppBlockBuilders: {
    id: 'CloudFormation-Validate::F3002',
    reason: 'DisableIMDSV1 is in aws-cdk-lib\'s own L1; its validator knows an older description of the type',
  },
  describeActions: {
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason: 'what reads states and tags in AppStream takes no resource',
  },
  taggedFleets: {
    id: 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:appstream:<AWS::Region>:<AWS::AccountId>:fleet/*]',
    reason: 'a fleet that was replaced must be stopped under its old name; a condition on the tag of this stack keeps all others out',
  },
  displacedFleets: {
    id: 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:appstream:<AWS::Region>:<AWS::AccountId>:fleet/*]',
    reason: 'a fleet that was replaced is taken from its stack, and given back by a rollback, under its old name; '
      + 'a condition on the tag of this stack keeps all others out',
  },
  displacedStacks: {
    id: 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:appstream:<AWS::Region>:<AWS::AccountId>:stack/*]',
    reason: 'a fleet is taken from a stack that was replaced under its old name; a condition on the tag of this stack keeps all others out',
  },
  fleetsOfStacks: {
    id: 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:appstream:<AWS::Region>:<AWS::AccountId>:stack/*]',
    reason: 'the fleet of a stack that was replaced is looked up under its old name; IAM knows no condition for the action, which only reads',
  },
  taggedImageBuilders: {
    id: 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:appstream:<AWS::Region>:<AWS::AccountId>:image-builder/*]',
    reason: 'a builder that was replaced must be stopped under its old name; a condition on the tag of this stack keeps all others out',
  },
  taggedAppBlockBuilders: {
    id: 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:appstream:<AWS::Region>:<AWS::AccountId>:app-block-builder/*]',
    reason: 'a builder that was replaced must be stopped under its old name; a condition on the tag of this stack keeps all others out',
  },
  taggedImages: {
    id: 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:appstream:<AWS::Region>:<AWS::AccountId>:image/*]',
    reason: 'an image that was replaced must be deleted under its old name; a condition on the tag of this stack keeps all others out',
  },
  taggedImagesEverywhere: {
    id: 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:appstream:*:<AWS::AccountId>:image/*]',
    reason: 'a copy that was replaced must be deleted where it was made; a condition on the tag of this stack keeps all others out',
  },
  sharesOfImages: {
    id: 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:appstream:<AWS::Region>:<AWS::AccountId>:image/*]',
    reason: 'who has an image that was replaced is asked under its old name; IAM knows no condition for the action, which only reads',
  },
  sharesOfImagesEverywhere: {
    id: 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:appstream:*:<AWS::AccountId>:image/*]',
    reason: 'who has a copy that was replaced is asked where it was made; IAM knows no condition for the action, which only reads',
  },
  imageTransfers: {
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason: 'imports and exports of images take no resource',
  },
  amisOfRole: {
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason: 'EC2 describes AMIs without a resource, and the id of an AMI that is to be made is not known',
  },
  taggedStreamGroups: {
    id: 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:gameliftstreams:<AWS::Region>:<AWS::AccountId>:streamgroup/*]',
    reason: 'what was done to a stream group that was replaced must be undone under its old id; a condition on the tag of this stack keeps all others out',
  },
  taggedApplications: {
    id: 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:gameliftstreams:<AWS::Region>:<AWS::AccountId>:application/*]',
    reason: 'an application that was replaced must be disassociated under its old id; a condition on the tag of this stack keeps all others out',
  },
  streamingSessions: {
    id: nimbleWildcard('streaming-session'),
    reason: 'Nimble Studio makes up the ids of sessions; a condition on the tag of this stack keeps all others out of what changes one, '
      + 'and one that has gone, which has no tags, can still be asked for',
  },
  membersOfLaunchProfiles: {
    id: nimbleWildcard('launch-profile'),
    reason: 'members are also removed from a launch profile that was replaced, whose id no template knows by then; they are let into named ones only',
  },
  membersOfStudios: {
    id: nimbleWildcard('studio'),
    reason: 'members are also removed from a studio that was replaced, whose id no template knows by then; they are let into named ones only',
  },
  eulas: {
    id: nimbleWildcard('eula'),
    reason: 'the list of agreements comes from an attribute that only the deployment knows',
  },
  eulaAcceptances: {
    id: nimbleWildcard('eula-acceptance'),
    reason: 'acceptances are listed and not looked up, so the action takes no single one',
  },
  listStreamUrls: {
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason: 'the action that lists stream URLs takes no resource',
  },
  sessionsOfFleets: {
    id: 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:appstream:<AWS::Region>:<AWS::AccountId>:fleet/*]',
    reason: 'the sessions of a fleet that was replaced are listed under its old name; IAM knows no condition for the action, which only reads',
  },
  sessionsOfStacks: {
    id: 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:appstream:<AWS::Region>:<AWS::AccountId>:stack/*]',
    reason: 'the sessions of a stack that was replaced are listed under its old name; IAM knows no condition for the action, which only reads',
  },
  sessionsOfAssociatedStacks: {
    id: 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:appstream:<AWS::Region>:<AWS::AccountId>:stack/*]',
    reason: 'which stacks have the fleet is known only when it is to be stopped; the action also takes the fleet, which is named, and only reads',
  },
  endOfSessions: {
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason: 'ExpireSession and DrainSessionInstance take no resource; they stand in a role of their own',
  },
  usersOfThePool: {
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason: 'EnableUser and DisableUser take no resource; they stand in a role of their own',
  },
  usageReports: {
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason: 'an account has one subscription to usage reports, and the actions take no resource; they stand in a role of their own',
  },
  credentialSecret: {
    id: 'AwsSolutions-SMG4',
    reason: 'what the secret holds expires by itself, and a lifecycle resource writes it anew',
  },
  contentBucket: {
    id: 'AwsSolutions-S1',
    reason: 'the bucket holds copies of assets for as long as the streaming service reads them; who wants access logged brings a bucket',
  },
} as const satisfies Record<string, Acknowledgement>;

/** The executions of one engine. */
function executionsOf(engine: string): Acknowledgement {
  return {
    id: 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:'
      + `${engine}Lifecycle-{"Fn::Select":[2,{"Fn::Split":["/",{"Ref":"AWS::StackId"}]}]}:*]`,
    reason: 'an older request is ended by the ARN of its execution, known only when it runs; the state machine is named',
  };
}

/** All resources of a type of Nimble Studio's. */
function nimbleWildcard(type: string): string {
  return `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:nimble:<AWS::Region>:<AWS::AccountId>:${type}/*]`;
}

/** A finding in the list. */
export type Finding = keyof typeof ACKNOWLEDGEMENTS;

/** Says that a finding is known and meant. */
export function acknowledge(scope: IConstruct, finding: Finding): void {
  const { id, reason } = ACKNOWLEDGEMENTS[finding];
  const { region, account } = cdk.Stack.of(scope);
  cdk.Validations.of(scope).acknowledge({
    // A checker writes an ARN as the stack does: with what the stack knows of its environment.
    id: id.replace('<AWS::Region>', cdk.Token.isUnresolved(region) ? '<AWS::Region>' : region)
      .replace('<AWS::AccountId>', cdk.Token.isUnresolved(account) ? '<AWS::AccountId>' : account),
    reason,
  });
}
