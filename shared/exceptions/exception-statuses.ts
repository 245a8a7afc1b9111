export const severities = ['low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof severities)[number];

export const exceptionStatuses = ['open', 'in_progress', 'resolved'] as const;
export type ExceptionStatus = (typeof exceptionStatuses)[number];
