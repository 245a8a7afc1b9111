import { type DatabaseEngine, engineNames } from '../../../../../../shared/tools/database/engines.ts';
import { statementNames } from '../../../../../../shared/tools/providers/database/statement-names.ts';

const engineOf = (engine: unknown): DatabaseEngine =>
  engineNames.find((each) => each === engine) ?? 'postgresql';

export const databaseConfigRules = {
  start: { engine: 'postgresql', url: '', statement: '', readOnly: true, maxRows: 100 },
  // Braces in a statement have rules of their own.
  templates: [],
  names: ({ engine, statement }: Record<string, unknown>) => ({
    path: '/config/statement',
    names: statementNames({ engine: engineOf(engine), statement }),
  }),
  optionalTexts: ['url', 'ca'],
};
