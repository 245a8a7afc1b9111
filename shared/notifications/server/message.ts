import type { Member } from '../../identity/server/members.ts';
import type { Speaker } from '../../words/speak.ts';
import type { NoticeLine } from '../notice-lines.ts';

/** A message to one person, and what is in it. */
export interface Message {
  id: string;
  tenantId: string;
  /** A later message with the same tag takes its place where only one is shown: a line of the list, or this message. */
  tag: string;
  member: Member;
  kinds: string[];
  critical: boolean;
  lines: NoticeLine[];
  /** How many lines there are, also where not all of them are said. */
  count: number;
  /** Whose words these are. */
  speaker: Speaker;
}

/** `retry`: it may work later; `failed`: it will not. */
export type Sent =
  | { sent: true; executionId?: string }
  | { sent: false; error: string; retry: boolean; afterMs?: number };
