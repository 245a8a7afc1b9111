import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { projectRoot } from '../paths.ts';
import { deploymentFiles } from './files.ts';

// `npm run deploy:files` writes docker-compose.yml and what is in deploy/kubernetes and deploy/temporal.

for (const [path, text] of deploymentFiles()) {
  const file = join(projectRoot, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  console.log(path);
}
