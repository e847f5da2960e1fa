import * as cdk from 'aws-cdk-lib';
import * as gameliftstreams from 'aws-cdk-lib/aws-gameliftstreams';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct, Dependable, IConstruct, IDependable } from 'constructs';
import { associationOf } from './association-rules';
import { Launch, MAX_DESCRIPTION_LENGTH } from './launch-contract';
import { checkLocationName } from './location-name';
import { checkCount, checkInteger, checkLength, checkPattern, checkSeconds, fail } from '../../private/errors';
import { Permission } from '../../private/lifecycle-engine';
import { checkSameEnvironment, resourceOf } from '../../private/references';
import { checkDescription, defaultDescription } from '../description';
import { DisplayResolution, LaunchOptions } from '../launch-options';

const MAX_PIXELS = 2_073_600;

/** The options of a launch as a controller takes them: JSON. Fails for what GameLift Streams would reject. */
export function renderLaunch(scope: Construct, options: LaunchOptions): string {
  const { displayResolution: display } = options;
  validate(scope, options);
  const launch: Launch = {
    Description: options.description ?? defaultDescription(scope, MAX_DESCRIPTION_LENGTH),
    Locations: options.locations,
    SessionLengthSeconds: options.sessionLength?.toSeconds(),
    AdditionalLaunchArgs: options.additionalLaunchArgs,
    AdditionalEnvironmentVariables: options.additionalEnvironmentVariables,
    RoleArn: options.role?.roleRef.roleArn,
    DisplayConfiguration: display && { Resolution: { Width: display.width, Height: display.height } },
  };
  return cdk.Stack.of(scope).toJsonString(launch);
}

/** Where something is launched, and what. */
export interface Stage {
  readonly streamGroup: gameliftstreams.IStreamGroupRef;
  readonly application: gameliftstreams.IApplicationRef;
}

/** What must be there before something is launched, and until it has ended. The association is looked for at synthesis: it may be made later. */
export function neededToLaunch(scope: Construct, { streamGroup, application }: Stage): IDependable {
  checkSameEnvironment(scope, streamGroup);
  checkSameEnvironment(scope, application);
  const dependable: IDependable = {};
  Dependable.implement(dependable, {
    get dependencyRoots(): IConstruct[] {
      const association = associationOf(scope, streamGroup, application);
      return [resourceOf(streamGroup), resourceOf(application), ...association ? [association] : []];
    },
  });
  return dependable;
}

/** What a controller needs to launch with a role. */
export function passRolePermissions({ role }: LaunchOptions): Permission[] {
  return role === undefined ? [] : [{
    statement: new iam.PolicyStatement({
      actions: ['iam:PassRole'],
      resources: [role.roleRef.roleArn],
      conditions: { StringEquals: { 'iam:PassedToService': 'gameliftstreams.amazonaws.com' } },
    }),
  }];
}

function validate(scope: Construct, options: LaunchOptions): void {
  checkDescription(scope, options.description, MAX_DESCRIPTION_LENGTH);
  checkLocations(scope, options.locations);
  checkSeconds(scope, 'sessionLength', options.sessionLength, { min: 1, max: 86_400 });
  checkCount(scope, 'additionalLaunchArgs', options.additionalLaunchArgs, { min: 0, max: 100 });
  checkEnvironment(scope, options.additionalEnvironmentVariables);
  checkRole(scope, options.role);
  checkDisplay(scope, options.displayResolution);
}

function checkLocations(scope: Construct, locations: string[]): void {
  checkCount(scope, 'locations', locations, { min: 1, max: 100 });
  for (const [index, name] of cdk.Token.isUnresolved(locations) ? [] : locations.entries()) {
    checkLocationName(scope, name);
    if (locations.indexOf(name) !== index) {
      fail(scope, `locations must have each location once, got ${JSON.stringify(name)} more than once`);
    }
  }
}

function checkEnvironment(scope: Construct, variables: { [name: string]: string } = {}): void {
  if (cdk.Token.isUnresolved(variables)) return;
  checkCount(scope, 'additionalEnvironmentVariables', Object.keys(variables), { min: 0, max: 50 });
  for (const [name, value] of Object.entries(variables)) {
    checkPattern(scope, 'additionalEnvironmentVariables: name', name, /^[_a-zA-Z][_a-zA-Z0-9]{0,255}$/,
      'have 1 to 256 letters, digits and "_", and not begin with a digit');
    checkLength(scope, `additionalEnvironmentVariables: value of ${name}`, value, { min: 0, max: 4096 });
  }
}

/** The name of a role that is made in the app is a token; its L1 knows what is behind it. */
function checkRole(scope: Construct, role: iam.IRoleRef | undefined): void {
  if (!role) return;
  const resource = resourceOf(role);
  const name: unknown = iam.CfnRole.isCfnRole(resource) ? resource.stack.resolve(resource.roleName) : role.roleRef.roleName;
  if (name === undefined) {
    fail(scope, `role must have a name that starts with "GameLiftStreams-", got one whose name CloudFormation makes: ${JSON.stringify(role.node.path)}`);
  }
  // What is still a reference then, only the deployment knows.
  checkPattern(scope, 'role', typeof name === 'string' ? name : undefined, /^GameLiftStreams-.+$/, 'have a name that starts with "GameLiftStreams-"');
}

function checkDisplay(scope: Construct, resolution: DisplayResolution | undefined): void {
  if (!resolution) return;
  const { width, height } = resolution;
  for (const [name, pixels] of Object.entries({ width, height })) {
    checkInteger(scope, `displayResolution: ${name}`, pixels, { min: 320, max: 4096 });
  }
  if (cdk.Token.isUnresolved(width) || cdk.Token.isUnresolved(height)) return;
  if (width % 2 !== 0 || height % 2 !== 0 || width * height > MAX_PIXELS) {
    fail(scope, `displayResolution must be of even numbers and at most ${MAX_PIXELS} pixels, got ${width} x ${height}`);
  }
}
