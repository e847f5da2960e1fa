// The template validator costs each jest worker over a second; the suites that want it turn it on themselves.
process.env.CDK_VALIDATION ??= 'false';
