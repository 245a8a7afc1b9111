import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'vite';
import { projectRoot } from '../paths.ts';

const run = promisify(execFile);
const entry = join(projectRoot, 'shared/client/interlock-client.ts');
const commandLine = join(projectRoot, 'api/cli/main.ts');

/**
 * Builds the client as a package: one file of JavaScript without dependencies, its types, and the command line as another.
 * @param into the folder of the tarball; it is made when it is missing
 * @returns the path of the tarball
 */
export async function packClient(into: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'interlock-client-'));
  try {
    await Promise.all([bundle(folder), bundleCommandLine(folder), writeTypes(folder)]);
    const { version, license } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'));
    const manifest = {
      name: 'interlock-client',
      version,
      description: 'The typed client of Interlock',
      license,
      type: 'module',
      engines: { node: '>=22' },
      exports: { '.': { types: './types/interlock-client.d.ts', default: './index.js' } },
      bin: { interlock: './interlock.js' },
      files: ['index.js', 'interlock.js', 'types'],
      sideEffects: false,
    };
    writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest, null, 2));
    writeFileSync(join(folder, 'README.md'), readFileSync(join(projectRoot, 'docs/engines.md')));
    mkdirSync(into, { recursive: true });
    const packed = await run('npm', ['pack', '--json', '--pack-destination', into], {
      cwd: folder,
      shell: process.platform === 'win32',
    });
    const [{ filename }] = JSON.parse(packed.stdout) as [{ filename: string }];
    return join(into, filename);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function bundle(outDir: string): Promise<void> {
  await build({
    configFile: false,
    root: projectRoot,
    publicDir: false,
    logLevel: 'error',
    build: {
      outDir,
      emptyOutDir: false,
      minify: false,
      target: 'es2024',
      lib: { entry, formats: ['es'], fileName: 'index' },
    },
  });
}

/** For Node, with the libraries that it uses. */
async function bundleCommandLine(outDir: string): Promise<void> {
  await build({
    configFile: false,
    root: projectRoot,
    publicDir: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      outDir,
      emptyOutDir: false,
      minify: false,
      target: 'node22',
      ssr: commandLine,
      rolldownOptions: { output: { entryFileNames: 'interlock.js', codeSplitting: false } },
    },
  });
}

async function writeTypes(folder: string): Promise<void> {
  const config = join(folder, 'tsconfig.json');
  const compilerOptions = {
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    rewriteRelativeImportExtensions: true,
    rootDir: join(projectRoot, 'shared/client'),
    outDir: join(folder, 'types'),
    types: [],
  };
  writeFileSync(
    config,
    JSON.stringify({
      extends: join(projectRoot, 'tsconfig.json'),
      compilerOptions,
      include: [],
      files: [entry],
    }),
  );
  await run(process.execPath, [join(projectRoot, 'node_modules/typescript/bin/tsc'), '-p', config]);
  rmSync(config);
}
