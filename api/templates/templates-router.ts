import { router } from '../trpc.ts';
import { getTemplate } from './get-template.ts';
import { installTemplate } from './install-template.ts';
import { listTemplates } from './list-templates.ts';

export const templatesRouter = router({
  list: listTemplates,
  get: getTemplate,
  install: installTemplate,
});
