import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DefinitionFile, folders } from '../../shared/files/file-schemas.ts';
import { errorMessage } from '../../shared/platform/error-message.ts';
import { UsageError } from './output.ts';

/** The files of a folder, those of the four folders in it and no others. @throws UsageError when there are none */
export async function readFolder(folder: string): Promise<DefinitionFile[]> {
  const found: DefinitionFile[] = [];
  for (const each of Object.values(folders))
    for (const name of await namesIn(join(folder, each)))
      found.push({ path: `${each}/${name}`, text: await readFile(join(folder, each, name), 'utf8') });
  if (found.length > 0) return found;
  throw new UsageError(
    `${folder} has no files in ${Object.values(folders).join(', ')}. \`interlock export ${folder}\` writes them.`,
  );
}

/** A path of the server must not lead out of the folder. */
const isOwn = (path: string): boolean =>
  Object.values(folders).some((each) => path.startsWith(`${each}/`)) &&
  /^[a-z]+\/[a-z][a-z0-9_]*\.yaml$/.test(path);

/** Writes files into a folder; those of the four folders that are no longer there go. @returns how many were written */
export async function writeFolder(folder: string, files: readonly DefinitionFile[]): Promise<number> {
  const foreign = files.find(({ path }) => !isOwn(path));
  if (foreign) throw new Error(`${foreign.path} is no path of a definition. Nothing was written.`);
  const wanted = new Set(files.map(({ path }) => path));
  for (const each of Object.values(folders)) {
    await mkdir(join(folder, each), { recursive: true });
    for (const name of await namesIn(join(folder, each)))
      if (!wanted.has(`${each}/${name}`)) await rm(join(folder, each, name));
  }
  let written = 0;
  for (const { path, text } of files) {
    if ((await readFile(join(folder, path), 'utf8').catch(() => null)) === text) continue;
    await writeFile(join(folder, path), text);
    written++;
  }
  return written;
}

async function namesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw new UsageError(`${folder} cannot be read. ${errorMessage(error)}`);
  });
  return entries
    .filter((each) => each.isFile() && each.name.endsWith('.yaml'))
    .map(({ name }) => name)
    .sort();
}
