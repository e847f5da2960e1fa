import * as cdk from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { Finding, findings, RULE_IDS } from './private/security-rules';

/** What becomes of a finding. */
export enum FindingSeverity {
  /** It is reported, and fails synthesis in the CDK's strict mode only. */
  WARNING = 'warning',
  /** Nothing is deployed until it is mended or acknowledged. */
  ERROR = 'error',
}

/** How findings are reported. */
export interface AppStreamChecksProps {
  /**
   * What becomes of what is found.
   *
   * @default FindingSeverity.WARNING
   */
  readonly severity?: FindingSeverity;
}

/**
 * Checks the fleets, stacks, image builders and app block builders of an app against a security baseline, whether they are L1s or not.
 *
 * Of fleets, Elastic ones too: the three durations of `SecurityBaseline`. Of fleets and builders: no default internet access, version 2 of
 * the instance metadata service alone, a role. Of stacks: no clipboard, file transfer and printing. Each rule has an id,
 * `cdk-app-streaming/appstream:…`, which findings show, and by which they are acknowledged.
 *
 * It comes in two forms. As an aspect it annotates what it finds. As a plug-in for validation, which is what the rule packs of cdk-nag are as
 * well, it adds to the CDK's validation report. Take one of them: with both, findings come twice.
 *
 * A value that only the deployment knows is no finding, and what a property override changes goes unseen.
 *
 * @see https://www.cisecurity.org/benchmark/amazon_web_services
 * @example
 * import * as cdk from 'aws-cdk-lib';
 * import { appstream } from 'cdk-app-streaming';
 *
 * declare const app: cdk.App;
 * declare const kiosk: appstream.Fleet;
 *
 * cdk.Aspects.of(app).add(new appstream.AppStreamChecks({ severity: appstream.FindingSeverity.ERROR }));
 * cdk.Validations.of(kiosk).acknowledge({
 *   id: 'cdk-app-streaming/appstream:idleDisconnectTimeout',
 *   reason: 'visitors of the exhibition look on and touch nothing',
 * });
 */
export class AppStreamChecks implements cdk.IAspect, cdk.IPolicyValidationPlugin {
  /** The name of the checks in validation reports. */
  public readonly name: string = 'AppStreamChecks';

  /** The ids of the rules. */
  public readonly ruleIds?: string[] = [...RULE_IDS];

  private readonly severity: FindingSeverity;

  constructor(props: AppStreamChecksProps = {}) {
    this.severity = props.severity ?? FindingSeverity.WARNING;
  }

  /** Annotates a resource of AppStream with what is against the rules, as an aspect. */
  public visit(node: IConstruct): void {
    for (const { id, sentence } of findings(node)) {
      if (this.severity === FindingSeverity.WARNING) {
        cdk.Annotations.of(node).addWarningV2(id, sentence);
      } else if (!isAcknowledged(node, id)) {
        cdk.Validations.of(node).addError(id, sentence);
      }
    }
  }

  /** Reports what is against the rules, as a plug-in for validation. */
  public validate(context: cdk.IPolicyValidationContext): cdk.PolicyValidationPluginReport {
    const paths = context.stackTemplates.map(({ stackConstructPath }) => `${stackConstructPath}/`);
    const resources = context.appConstruct.node.findAll().filter(({ node }) => paths.some((path) => node.path.startsWith(path)));
    const violations = resources.flatMap((resource) =>
      findings(resource).filter(({ id }) => !isAcknowledged(resource, id)).map((finding) => this.violation(resource, finding)));
    return { success: violations.length === 0 || this.severity === FindingSeverity.WARNING, violations };
  }

  private violation({ node }: IConstruct, { id, property, sentence }: Finding): cdk.PolicyViolation {
    return {
      ruleName: id,
      description: sentence,
      severity: this.severity,
      violatingResources: [{ constructPath: node.path, locations: [`Properties.${property}`] }],
    };
  }
}

/**
 * Whether somebody has acknowledged a finding on the resource or around it, by `Validations`.
 *
 * The CDK itself lets no annotated error be acknowledged, and of plug-ins only what is acknowledged under the plug-in's name.
 */
function isAcknowledged(resource: IConstruct, id: string): boolean {
  const entries = resource.node.scopes.flatMap(({ node }) => node.metadata);
  // What is acknowledged under no name is kept as if it were for annotations.
  return entries.some(({ type, data }) => type === cdk.Validations.ACKNOWLEDGED_RULES_METADATA_KEY && `Annotation::${id}` in data);
}
