export * from './component-configuration';
export * from './initialization-script';
export * from './instance-type';
export * from './launch-profile';
export * from './session-persistence';
export * from './streaming-image';
export * from './studio';
export * from './studio-component';
