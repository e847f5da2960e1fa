import type {
  CreateStudioComponentRequest, DeleteStudioComponentRequest, GetStudioComponentRequest, ListStudioComponentsRequest, ListStudioComponentsResponse,
  StudioComponent, UpdateStudioComponentRequest,
} from '@aws-sdk/client-nimble';
import type { NimbleAccount } from './account';
import type { InStudio } from './context';
import { Kind, Resource, find, findLiving, living } from './resource';
import { given, readyStudio } from './studios';

const COMPONENT: Kind = {
  type: 'studio-component',
  noun: 'studio component',
  operation: 'StudioComponent',
  duration: 'studioComponent',
  created: 'STUDIO_COMPONENT_CREATED',
  updated: 'STUDIO_COMPONENT_UPDATED',
};

export function studioComponentOperations(account: NimbleAccount) {
  return {
    CreateStudioComponent({ studioId, tags, clientToken, ...settings }: CreateStudioComponentRequest): { studioComponent: StudioComponent } {
      readyStudio(account, studioId!);
      const studioComponentId = account.newId('component');
      const component = new Resource<StudioComponent & InStudio>(account, COMPONENT, studioComponentId, {
        ...settings, studioId: studioId!, studioComponentId,
      });
      account.components.set(studioComponentId, component);
      account.setTags(component.arn, tags);
      return { studioComponent: describe(account, component) };
    },

    GetStudioComponent({ studioId, studioComponentId }: GetStudioComponentRequest): { studioComponent: StudioComponent } {
      return { studioComponent: describe(account, find(account, account.components, 'studio component', studioComponentId!, studioId!)) };
    },

    ListStudioComponents({ studioId, states, types, maxResults, nextToken }: ListStudioComponentsRequest): ListStudioComponentsResponse {
      findLiving(account, account.studios, 'studio', studioId!);
      const components = living(account.components, studioId!).filter((component) =>
        (states?.includes(component.now) ?? true) && (types?.includes(component.settings.type!) ?? true));
      const { items, ...rest } = account.page(components, nextToken, maxResults);
      return { studioComponents: items.map((component) => describe(account, component)), ...rest };
    },

    UpdateStudioComponent(
      { studioId, studioComponentId, clientToken, ...settings }: UpdateStudioComponentRequest,
    ): { studioComponent: StudioComponent } {
      const component = findLiving(account, account.components, 'studio component', studioComponentId!, studioId!);
      component.update(given(settings));
      return { studioComponent: describe(account, component) };
    },

    DeleteStudioComponent({ studioId, studioComponentId }: DeleteStudioComponentRequest): { studioComponent: StudioComponent } {
      const component = findLiving(account, account.components, 'studio component', studioComponentId!, studioId!);
      component.delete();
      return { studioComponent: describe(account, component) };
    },
  };
}

function describe(account: NimbleAccount, component: Resource<StudioComponent & InStudio>): StudioComponent {
  const { studioId, ...settings } = component.settings;
  const { arn, createdAt, updatedAt, status } = component;
  return { ...settings, arn, createdAt, updatedAt, ...status, ...account.tagsOf(arn) } as StudioComponent;
}
