/**
 * `due`: by due date. `urgency`: critical first, then what is overdue, then by severity. `age`: what has waited longest
 * first. `case`: by exception, the oldest first.
 */
export const inboxSorts = ['due', 'urgency', 'severity', 'age', 'case'] as const;
export type InboxSort = (typeof inboxSorts)[number];

/** What the inbox can be grouped by. */
export const inboxGroupings = ['case', 'playbook', 'severity', 'age', 'type'] as const;
export type InboxGrouping = (typeof inboxGroupings)[number];

/** The key of the group of what belongs to none. */
export const noGroup = 'none';
