import { router } from '../trpc.ts';
import { assignException } from './assign-exception.ts';
import { attachFile } from './attach-file.ts';
import { commentOnException } from './comment-on-exception.ts';
import { createException } from './create-exception.ts';
import { detachFile } from './detach-file.ts';
import { getException } from './get-exception.ts';
import { getKnownInputs } from './get-known-inputs.ts';
import { getSuggestions } from './get-suggestions.ts';
import { getTimeline } from './get-timeline.ts';
import { linkException } from './link-exception.ts';
import { listAttachments } from './list-attachments.ts';
import { listDomains } from './list-domains.ts';
import { listExceptions } from './list-exceptions.ts';
import { listViews } from './list-views.ts';
import { removeView } from './remove-view.ts';
import { reopenException } from './reopen-exception.ts';
import { resolveException } from './resolve-exception.ts';
import { saveView } from './save-view.ts';
import { unlinkException } from './unlink-exception.ts';
import { updateException } from './update-exception.ts';
import { writeDomain } from './write-domain.ts';

export const exceptionsRouter = router({
  list: listExceptions,
  create: createException,
  get: getException,
  update: updateException,
  assign: assignException,
  resolve: resolveException,
  reopen: reopenException,
  comment: commentOnException,
  link: linkException,
  unlink: unlinkException,
  attachments: listAttachments,
  attach: attachFile,
  detach: detachFile,
  timeline: getTimeline,
  suggestions: getSuggestions,
  knownInputs: getKnownInputs,
  views: listViews,
  saveView: saveView,
  removeView: removeView,
  domains: listDomains,
  writeDomain: writeDomain,
});
