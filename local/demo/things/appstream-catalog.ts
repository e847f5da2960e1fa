import {
  type AppStreamClient, DescribeEntitlementsCommand, DescribeThemeForStackCommand, type Entitlement, ListEntitledApplicationsCommand,
  ResourceNotFoundException, type Theme,
} from '@aws-sdk/client-appstream';
import { pages, type Thing } from './reader';

/** What the catalog page of a stack shows to whom: its entitlements and its theme. */
export async function catalogThings(client: AppStreamClient, StackName: string): Promise<Thing[]> {
  const entitlements = await pages(async (NextToken) => {
    const { Entitlements: items, NextToken: next } = await client.send(new DescribeEntitlementsCommand({ StackName, NextToken }));
    return { items, next };
  });
  const theme = await themeOf(client, StackName);
  return [
    ...await Promise.all(entitlements.map((entitlement) => entitlementThing(client, entitlement))),
    ...theme ? [themeThing(StackName, theme)] : [],
  ];
}

async function entitlementThing(client: AppStreamClient, entitlement: Entitlement): Promise<Thing> {
  const { Name: EntitlementName, StackName, AppVisibility, Attributes = [] } = entitlement;
  const applications = await pages(async (NextToken) => {
    const command = new ListEntitledApplicationsCommand({ StackName, EntitlementName, NextToken });
    const { EntitledApplications, NextToken: next } = await client.send(command);
    return { items: EntitledApplications?.map(({ ApplicationIdentifier }) => ApplicationIdentifier!), next };
  });
  const people = Attributes.map(({ Name, Value }) => `${Name} ${Value}`).join(', ');
  return {
    kind: 'entitlement',
    name: EntitlementName!,
    detail: `of ${people} to ${AppVisibility === 'ALL' ? 'all applications' : applications.join(', ')}`,
    facts: { ...entitlement, applications },
  };
}

function themeThing(name: string, theme: Theme): Thing {
  return { kind: 'theme', name, state: theme.State, detail: `${JSON.stringify(theme.ThemeTitleText)}, ${theme.ThemeStyling}`, facts: theme };
}

/** A stack need not have one. */
async function themeOf(client: AppStreamClient, StackName: string): Promise<Theme | undefined> {
  try {
    return (await client.send(new DescribeThemeForStackCommand({ StackName }))).Theme;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) {
      return undefined;
    }
    throw error;
  }
}
