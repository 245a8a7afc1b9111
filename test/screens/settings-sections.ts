import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../dev/paths.ts';

/** The sections of the settings, as the pages list them: their module is of the browser. */
export const settingsSections = (): string[] =>
  [
    ...readFileSync(join(projectRoot, 'web/features/settings/sections.ts'), 'utf8').matchAll(
      / id: '([^']+)'/g,
    ),
  ].map((found) => found[1]!);

/** The patterns of the addresses of web/routes.tsx, such as `/tools/$toolId`. */
export const routePaths = (): string[] =>
  [...readFileSync(join(projectRoot, 'web/routes.tsx'), 'utf8').matchAll(/ path: '([^']+)'/g)].map(
    (found) => found[1]!,
  );
