import {
  maskOf,
  type PiiKind,
  type PiiTreatment,
  piiMark,
} from '../../../../shared/platform/redaction/pii/pii-kinds.ts';
import { t } from '../../../words/words.ts';

export interface KindWords {
  label: string;
  /** What is found, or who says that a value is one. */
  found: string;
  example: string;
}

const byMark = (kind: PiiKind) => t`only where a schema has x-pii: "${kind}"`;

export const kindWords: Record<PiiKind, KindWords> = {
  email: { label: t('Email address'), found: t('anywhere in a text'), example: 'ana@example.com' },
  phone: {
    label: t('Phone number'),
    found: t('with a country code, as in North America, or behind a word such as “tel”'),
    example: '+351 912 345 678',
  },
  card: {
    label: t('Card number'),
    found: t('of known issuers, with a valid check digit'),
    example: '4111 1111 1111 1111',
  },
  iban: {
    label: t('IBAN'),
    found: t('of known countries, with valid check digits'),
    example: 'DE89370400440532013000',
  },
  national_id: {
    label: t('National ID'),
    found: t('US, UK, DE, FR, IT, ES, NL and PL, by their check digits'),
    example: '44051401359',
  },
  ip: { label: t('IP address'), found: t('public addresses'), example: '203.0.113.9' },
  name: { label: t('Name'), found: byMark('name'), example: t('Ana Sousa') },
  address: { label: t('Address'), found: byMark('address'), example: t('Rua Augusta 1, Lisboa') },
  birth_date: { label: t('Date of birth'), found: byMark('birth_date'), example: '1990-02-28' },
};

export const choiceWords: Record<'off' | PiiTreatment, string> = {
  off: t('Leave as it is'),
  mask: t('Mask'),
  hash: t('Hash'),
  drop: t('Drop'),
};

/** What is stored of the example. */
export function shownAs(kind: PiiKind, choice: 'off' | PiiTreatment): string {
  const { example } = kindWords[kind];
  if (choice === 'off') return example;
  if (choice === 'hash') return piiMark(kind, '#kfjdpabc…');
  const shown = choice === 'mask' ? maskOf[kind](example) : '';
  return piiMark(kind, shown && `:${shown}`);
}
