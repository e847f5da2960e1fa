/** Amazon GameLift Streams: nothing here yet. */
export {};
