import type { Outputs } from '../../../api/trpc.ts';
import { counted, inSentence, t } from '../../../words/words.ts';
import { severityWords } from '../parts/exception-words.ts';

export type Suggestions = Outputs['exceptions']['suggestions'];
export type Suggestion = Suggestions['items'][number];

/** "run on 37 of 52 similar exceptions, 34 succeeded" */
export const alikeWords = ({ kind, cases, succeeded }: Suggestion, of: number): string =>
  kind === 'tool'
    ? t`run on ${cases} of ${of} similar exceptions, ${succeeded} succeeded`
    : t`started on ${cases} of ${of} similar exceptions, ${succeeded} completed`;

/** What "like" means: "52 resolved exceptions of payments with the severity high". */
export const likeWords = ({ domain, severity, cases }: Suggestions['like']): string =>
  severity === null
    ? counted(cases, '{0} resolved exception of {1}|{0} resolved exceptions of {1}', domain)
    : counted(
        cases,
        '{0} resolved exception of {1} with severity {2}|{0} resolved exceptions of {1} with severity {2}',
        domain,
        inSentence(severityWords[severity]),
      );
