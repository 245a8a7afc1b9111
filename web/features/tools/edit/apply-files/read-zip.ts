import { strFromU8, unzipSync } from 'fflate';
import {
  type DefinitionFile,
  folders,
  maxFiles,
  maxFilesLength,
} from '../../../../../shared/files/file-schemas.ts';
import { formatNumber } from '../../../../kit/format.ts';
import { t } from '../../../../words/words.ts';

/** `tools/refund.yaml`, in whatever folder the four folders are. */
const own = new RegExp(`(?:^|/)((?:${Object.values(folders).join('|')})/[^/.][^/]*\\.yaml)$`);

/**
 * The definitions in a .zip; other files in it are left out.
 * @throws Error with what is wrong, for people
 */
export function readZip(bytes: Uint8Array): DefinitionFile[] {
  let length = 0;
  let count = 0;
  const entries = unzipped(bytes, ({ name, originalSize }) => {
    if (!own.test(name) || name.startsWith('__MACOSX/')) return false;
    length += originalSize;
    count++;
    if (length > maxFilesLength || count > maxFiles)
      throw new TooLarge(
        t`The .zip has more than ${formatNumber(maxFiles)} definitions, or more than ${maxFilesLength / 1024 / 1024} MB of them.`,
      );
    return true;
  });
  const files = new Map<string, string>();
  for (const [name, content] of Object.entries(entries)) {
    const path = own.exec(name)?.[1] ?? name;
    if (files.has(path)) throw new Error(t`The .zip has ${path} twice, in different folders.`);
    files.set(path, strFromU8(content));
  }
  if (files.size > 0) return [...files].map(([path, text]) => ({ path, text }));
  throw new Error(t`The .zip has no .yaml files in ${Object.values(folders).join(', ')}.`);
}

class TooLarge extends Error {}

function unzipped(
  bytes: Uint8Array,
  filter: (entry: { name: string; originalSize: number }) => boolean,
): Record<string, Uint8Array> {
  try {
    return unzipSync(bytes, { filter });
  } catch (error) {
    throw error instanceof TooLarge ? error : new Error(t('The file is no .zip, or it is damaged.'));
  }
}
