// The template validator costs each jest worker over a second; the suites that want it turn it on themselves.
process.env.CDK_VALIDATION ??= 'false';
// Nobody reads where a resource was made; to find it out takes a tenth of a synthesis.
process.env.CDK_CONTEXT_JSON ??= JSON.stringify({ 'aws:cdk:disable-creation-stack-traces': true });
