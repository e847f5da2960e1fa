import { existsSync, readdirSync, readFileSync, statSync } from 'fs';
import { isBuiltin } from 'module';
import { join } from 'path';

const assets = join(__dirname, '..', '..', 'assets');

const lambda = join(__dirname, '..', '..', 'lambda');
const services = readdirSync(lambda).filter((folder) => existsSync(join(lambda, folder, 'index.ts')));

test.each(services)('the bundle of %s has at most 320 KB', (service) => {
  expect(statSync(join(assets, service, 'index.js')).size).toBeLessThanOrEqual(320_000);
});

test.each(services)('the bundle of %s needs no module of the Lambda runtime', (service) => {
  const needed = [...readFileSync(join(assets, service, 'index.js'), 'utf8').matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name]) => name);
  expect(needed.length).toBeGreaterThan(0);
  expect(needed.filter((name) => !isBuiltin(name))).toEqual([]);
});

test('the licences of what is bundled are beside it', () => {
  const notices = readFileSync(join(assets, 'THIRD-PARTY-NOTICES.txt'), 'utf8');
  expect(notices).toContain('@aws-sdk/client-appstream 3.1112.0 (Apache-2.0)');
  expect(notices).toContain('@smithy/core');
});
