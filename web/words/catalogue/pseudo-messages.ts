import english from '../../../shared/words/messages/en.json' with { type: 'json' };
import type { Messages } from '../../../shared/words/translate-message.ts';
import { bracketed } from './pseudo.ts';

/** Each message in brackets: what is outside of them is no message of the catalogue. */
export default Object.fromEntries(Object.keys(english).map((key) => [key, bracketed(key)])) as Messages;
