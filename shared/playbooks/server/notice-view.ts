import type { z } from 'zod';
import type { NoticeRow } from '../db/notices.ts';
import type { noticeSchema } from '../inbox-schemas.ts';

export function noticeView(row: NoticeRow): z.infer<typeof noticeSchema> {
  return {
    id: row.id,
    kind: row.kind,
    text: row.text,
    exceptionId: row.exception_id,
    runId: row.run_id,
    stepId: row.step_id,
    credentialId: row.credential_id,
    toolId: row.tool_id,
    scheduleId: row.schedule_id,
    unread: row.unread,
    createdAt: row.created_at.toISOString(),
  };
}
