import type { World } from '../../../local/demo/world';

/** An office that is open, without what a test says otherwise. */
export function aWorld(world: Partial<World> = {}): World {
  return {
    fleets: [{
      Name: 'desktops',
      Arn: 'arn:fleet',
      State: 'RUNNING',
      InstanceType: 'stream.standard.large',
      Description: 'Desktops',
      ComputeCapacityStatus: { Desired: 2, Running: 2 },
    }],
    builders: [{ Name: 'builder', Arn: 'arn:builder', State: 'STOPPED' }],
    stacks: [{ Name: 'office', Arn: 'arn:stack', associatedFleets: ['desktops'] }],
    tags: { 'arn:fleet': { owner: 'me' }, 'arn:builder': {}, 'arn:stack': {} },
    deployments: [{
      name: 'Office',
      status: 'CREATE_COMPLETE',
      resources: [{ logicalId: 'Fleet', physicalId: 'desktops', type: 'AWS::AppStream::Fleet' }],
      outputs: { FleetName: 'desktops' },
    }],
    ...world,
  };
}

export const NOTHING: World = { fleets: [], builders: [], stacks: [], tags: {}, deployments: [] };
