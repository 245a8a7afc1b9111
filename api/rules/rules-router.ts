import { router } from '../trpc.ts';
import { archiveRule } from './archive-rule.ts';
import { createRule } from './create-rule.ts';
import { getRule } from './get-rule.ts';
import { listRules } from './list-rules.ts';
import { reorderRules } from './reorder-rules.ts';
import { tryRules } from './try-rules.ts';
import { unarchiveRule } from './unarchive-rule.ts';
import { updateRule } from './update-rule.ts';

export const rulesRouter = router({
  list: listRules,
  get: getRule,
  create: createRule,
  update: updateRule,
  archive: archiveRule,
  unarchive: unarchiveRule,
  reorder: reorderRules,
  try: tryRules,
});
