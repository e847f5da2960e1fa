import type { Thing } from '../../../local/demo/things/reader';
import type { World } from '../../../local/demo/world';

/** An office that is open, without what a test says otherwise. */
export function aWorld(world: Partial<World> = {}): World {
  return {
    things: [
      aFleet(),
      { kind: 'builder', name: 'builder', state: 'STOPPED', facts: { Tags: {} } },
      { kind: 'stack', name: 'office', detail: 'streams desktops', facts: { fleets: ['desktops'] } },
    ],
    deployments: [{
      name: 'Office',
      status: 'CREATE_COMPLETE',
      resources: [{ logicalId: 'Fleet', physicalId: 'desktops', type: 'AWS::AppStream::Fleet' }],
      outputs: { FleetName: 'desktops' },
    }],
    ...world,
  };
}

/** A fleet that runs. */
export function aFleet(facts: object = {}): Thing {
  return {
    kind: 'fleet', name: 'desktops', state: 'RUNNING', detail: '2 of 2 instances run', facts: { Description: 'Desktops', Tags: { owner: 'me' }, ...facts },
  };
}

export const NOTHING: World = { things: [], deployments: [] };
