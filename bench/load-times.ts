import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { barChart } from './chart';
import { atMost, type Section } from './figure';
import { best, inNewProcess, milliseconds, type Measurement } from './measurement';

const root = join(__dirname, '..');
const assets = join(root, 'assets');
const PROCESSES = 10;
const AWS_CUSTOM_RESOURCE = join(root, 'node_modules/aws-cdk-lib/custom-resource-handlers/dist/custom-resources/aws-custom-resource-handler/index.js');
/** What the handler of AwsCustomResource loads for a call of the service; Lambda's runtime has it. */
const CLIENTS: Record<string, string> = {
  appstream: '@aws-sdk/client-appstream', gameliftstreams: '@aws-sdk/client-gameliftstreams', nimblestudio: '@aws-sdk/client-nimble',
};
/** Loads files one after the other, and of `file#name` what is exported by that name, and prints what that took. */
const SCRIPT = `
  const files = process.argv.slice(1);
  const [begin, used] = [performance.now(), process.cpuUsage()];
  files.map((each) => each.split('#')).forEach(([file, name]) => require(file)[name]);
  const { user, system } = process.cpuUsage(used);
  console.log(JSON.stringify({ cpu: (user + system) / 1000, wall: performance.now() - begin }));
`;

/** How large each bundle is, and how long a new process needs to load it, beside what a Lambda function could be instead. */
export function coldStarts(): Section {
  const folder = mkdtempSync(join(tmpdir(), 'cdk-app-streaming-bench-'));
  try {
    const empty = join(folder, 'empty.js');
    writeFileSync(empty, 'exports.handler = async () => {};\n');
    const services = readdirSync(assets).filter((name) => name in CLIENTS);
    const bundleOf = (service: string) => join(assets, service, 'index.js');
    const loads = new Map<string, string[]>([
      ['an empty function', [empty]],
      ...services.flatMap((service): [string, string[]][] => [
        [`this library: ${service}`, [bundleOf(service)]],
        [`AwsCustomResource: ${service}`, [AWS_CUSTOM_RESOURCE, require.resolve(CLIENTS[service])]],
      ]),
    ]);
    const times = loadTimes(loads);
    return {
      title: 'Cold start of a handler',
      notes: [
        `What \`require\` of the code takes in a new process, processor time, the best of ${PROCESSES}. AwsCustomResource is its handler and then the client `
        + 'of the service, from node_modules as Lambda\'s runtime has it; our bundles contain their clients.',
      ],
      figures: [
        ...services.map((service) => ({ what: `${service}: bundle, minified`, figure: kibibytes(bundleOf(service)) })),
        { what: 'AwsCustomResource: handler alone, without a client', figure: kibibytes(AWS_CUSTOM_RESOURCE) },
        ...[...times].map(([what, time]) => ({ what: `${what}: cold require`, figure: milliseconds(time) })),
        ...services.map((service) => {
          const ratio = times.get(`this library: ${service}`)!.cpu / times.get(`AwsCustomResource: ${service}`)!.cpu;
          return { what: `${service}: cold require / AwsCustomResource with its client`, figure: ratio.toFixed(2), goal: atMost(ratio, 0.85) };
        }),
      ],
      charts: { 'cold-require.svg': barChart('Cold require of a handler', 'ms', [...times].map(([label, { cpu }]) => ({ label, value: cpu }))) },
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** How long the import of the package takes, beside that of the L1s that it is made of. */
export function importTimes(compiled: string): Section {
  // aws-cdk-lib loads a class when it is named.
  const l1s = [['appstream', 'CfnFleet'], ['gameliftstreams', 'CfnApplication'], ['nimblestudio', 'CfnStudio']]
    .map(([module, name]) => `${require.resolve(`aws-cdk-lib/aws-${module}`)}#${name}`);
  const core = `${require.resolve('aws-cdk-lib')}#Stack`;
  const times = loadTimes(new Map([
    ['aws-cdk-lib alone (its Stack)', [core]],
    ['the L1 module of AppStream', [core, l1s[0]]],
    ['the L1 modules of all three services', [core, ...l1s]],
    ['this library', [core, join(compiled, 'src')]],
  ]));
  return {
    title: 'Import',
    notes: [
      `What \`require\` takes in a new process, processor time, the best of ${PROCESSES}. Every app needs aws-cdk-lib; it is in all of the figures. It loads `
      + 'a class when it is named, this library all of its own at once.',
    ],
    figures: [...times].map(([what, time]) => ({ what: `import of ${what}`, figure: milliseconds(time) })),
    charts: { 'import.svg': barChart('Import of the package', 'ms', [...times].map(([label, { cpu }]) => ({ label, value: cpu }))) },
  };
}

/** In turn, so that what disturbs the machine for a while disturbs all of them. */
function loadTimes(loads: ReadonlyMap<string, readonly string[]>): Map<string, Measurement> {
  const times = new Map<string, Measurement>();
  for (let process = 0; process < PROCESSES; process += 1) {
    for (const [what, files] of loads) {
      const time = inNewProcess<Measurement>(['-e', SCRIPT, ...files], { AWS_REGION: 'us-east-1' });
      times.set(what, best(time, times.get(what) ?? time));
    }
  }
  return times;
}

function kibibytes(file: string): string {
  return `${(statSync(file).size / 1024).toFixed(0)} KiB`;
}
