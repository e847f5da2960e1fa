import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'fs';
import { dirname, join } from 'path';
import * as ts from 'typescript';

const root = join(__dirname, '..');
/** Below node_modules, so that what is compiled finds aws-cdk-lib. */
const outDir = join(root, 'node_modules', '.cache', 'cdk-app-streaming-bench');

/**
 * Compiles the library, and what is measured beside it, as the package is compiled.
 *
 * What runs the benchmarks translates TypeScript on the way and follows source maps, which makes each resource of a synthesis far slower.
 *
 * @returns the folder of what is compiled.
 */
export function compileLibrary(): string {
  rmSync(outDir, { recursive: true, force: true });
  for (const folder of ['src', join('bench', 'synth')]) {
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .forEach((file) => compile(join(folder, file)));
  }
  symlinkSync(join(root, 'assets'), join(outDir, 'assets'));
  return outDir;
}

function compile(file: string): void {
  const { outputText } = ts.transpileModule(readFileSync(join(root, file), 'utf8'), {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS, esModuleInterop: true },
  });
  const target = join(outDir, file.replace(/\.ts$/, '.js'));
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, outputText);
}
