/**
 * `due`: by due date. `urgency`: critical first, then what is overdue, then by severity. `age`: what has waited longest
 * first. `case`: by exception, the oldest first.
 */
export const inboxSorts = ['due', 'urgency', 'severity', 'age', 'case'] as const;
export type InboxSort = (typeof inboxSorts)[number];
