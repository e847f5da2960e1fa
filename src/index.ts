export * as appstream from './appstream';
export * as gameliftstreams from './gameliftstreams';
export * as nimblestudio from './nimblestudio';
export * from './lifecycle-settings';
