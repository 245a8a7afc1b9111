import { router } from '../trpc.ts';
import { applyImport } from './apply-import.ts';
import { createImport } from './create-import.ts';
import { getImport } from './get-import.ts';
import { getImportImpact } from './get-import-impact.ts';

export const importsRouter = router({
  create: createImport,
  get: getImport,
  impact: getImportImpact,
  createTools: applyImport,
});
