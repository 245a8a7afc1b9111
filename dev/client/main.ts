import { join } from 'node:path';
import { cacheDir } from '../paths.ts';
import { packClient } from './pack.ts';

// `npm run client:pack` prints the path of the package.
console.log(await packClient(join(cacheDir, 'client')));
