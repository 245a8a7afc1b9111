import type { ReadContext } from '../../events/server/change-context.ts';
import type { WriteContext } from '../../tools/server/write-tool.ts';

/** What exporting needs. */
export type ExportContext = ReadContext;

/** What planning and applying need. */
export type FilesContext = WriteContext;
