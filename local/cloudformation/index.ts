export { CloudFormation, type CloudFormationOptions, type StackResult } from './cloudformation';
export type { StackEvent } from './events';
export { RESPONSE_PREFIX } from './response-urls';
