import { t } from '../../../../../words/words.ts';
import type { ProviderForm } from '../provider-form.ts';
import { DatabaseLimits } from './database-limits.tsx';
import { DatabaseOutputFields } from './database-output.tsx';
import { DatabaseStatement } from './database-statement.tsx';

export const databaseForm: ProviderForm = {
  label: t('Database: a query or a write'),
  title: t('Statement'),
  lead: t(
    'One statement that never changes. A name in braces, like {orderId}, is a parameter: its value goes to the database apart from the statement.',
  ),
  Config: DatabaseStatement,
  Output: DatabaseOutputFields,
  Limits: DatabaseLimits,
};
