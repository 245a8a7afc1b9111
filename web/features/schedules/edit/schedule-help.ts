import type { FormHelp } from '../../../kit/form-help/form-help.tsx';
import { t } from '../../../words/words.ts';

/** Help beside the fields of a schedule, by their labels. */
export const scheduleHelp: FormHelp = {
  [t('Starts')]: {
    text: t('A tool, a playbook or a batch. It is started as you, with the rights that you have then.'),
  },
  [t('Title')]: {
    text: t('What people read in the list of schedules.'),
    example: t('Refunds of the night'),
  },
  [t('Times by')]: {
    text: t('A cron expression for those who know it, a fixed distance, or a calendar in words.'),
  },
  [t('Cron expression')]: {
    text: t('Minute, hour, day of the month, month, day of the week.'),
    example: '30 6 * * MON-FRI',
  },
  [t('Every')]: {
    text: t('The distance between two starts.'),
    example: '15',
  },
  [t('Time zone')]: {
    text: t('The clock by which the times are read, also when summer time begins or ends.'),
    example: 'Europe/Berlin',
  },
  [t('While one runs')]: {
    text: t('What happens when a time comes and the start before has not ended.'),
  },
  [t('Jitter in minutes')]: {
    text: t('Each start is moved by a random time up to this, so that not everything starts at once.'),
    example: '5',
  },
  [t('Ends after so many runs')]: {
    text: t('The schedule ends by itself. Empty: it goes on.'),
    example: '30',
  },
};
