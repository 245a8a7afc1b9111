import type { Issue } from '../../../platform/error-codes.ts';
import { readDatabaseUrl } from '../../database/database-url.ts';
import { engineFacts } from '../../database/engines.ts';
import type { DatabaseTool } from './config.ts';

/** What only the connector shows: another engine, or no user. */
export async function completeDatabase({ config, auth }: DatabaseTool): Promise<{ issues: Issue[] }> {
  const { engine, url = '' } = config;
  const issues: Issue[] = [];
  if ('problem' in readDatabaseUrl(url, engine)) {
    const message = `The connector is not one for ${engineFacts(engine).label}`;
    issues.push({ path: '/config/engine', message, keyword: 'connector' });
  }
  if (auth.type === 'none' && engine !== 'mongodb') {
    const message = `${engineFacts(engine).label} needs a user name and a password`;
    issues.push({ path: '/auth/type', message, keyword: 'auth' });
  }
  return { issues };
}
