export * from './application';
export * from './application-source';
export * from './location';
export * from './log-output';
export * from './runtime-environment';
export * from './stream-class';
export * from './stream-group';
export * from './stream-group-grants';
