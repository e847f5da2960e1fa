import * as cdk from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { l1Pair } from '../../bench/synth/l1-pair';
import { libraryPair } from '../../bench/synth/library-pair';
import { thinnestPair } from '../../bench/synth/thinnest-pair';

interface Resource {
  readonly Type: string;
  readonly Properties: { readonly Name?: string; readonly UserSettings?: { readonly Action: string }[] };
  readonly DependsOn?: string[];
}

/** The resources by type, without the names and logical ids that their author chose, and with sets in one order. */
function resourcesOf(pair: typeof libraryPair, roleArn?: string): Record<string, Resource> {
  const stack = new cdk.Stack(new cdk.App(), 'Test');
  pair(stack, 0, roleArn);
  const resources: Record<string, Resource> = Template.fromStack(stack).toJSON().Resources;
  let text = JSON.stringify(resources).replace(/fleet\/[^"]*/, 'fleet/name');
  for (const [id, { Type, Properties }] of Object.entries(resources)) {
    text = text.replaceAll(`"${id}"`, `"${Type}"`).replaceAll(`"${Properties.Name}"`, '"name"');
  }
  const anonymous: Record<string, Resource> = JSON.parse(text);
  Object.values(anonymous).forEach(({ Properties, DependsOn }) => {
    DependsOn?.sort();
    Properties.UserSettings?.sort((a, b) => (a.Action < b.Action ? -1 : 1));
  });
  return anonymous;
}

test.each([
  ['given', 'arn:aws:iam::111111111111:role/given', 3],
  ['made', undefined, 4],
])('what is measured against each other is the same template, with a role that is %s', (_, roleArn, resources) => {
  const library = resourcesOf(libraryPair, roleArn);
  expect(Object.keys(library)).toHaveLength(resources);
  expect(resourcesOf(l1Pair, roleArn)).toEqual(library);
  expect(resourcesOf(thinnestPair, roleArn)).toEqual(library);
});
