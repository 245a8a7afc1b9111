import { type Accessor, createEffect, createMemo, createSignal, on, onCleanup } from 'solid-js';
import {
  beatMs,
  goneMs,
  type PresenceDoing,
  presenceDoings,
} from '../../../../shared/presence/presence-kinds.ts';
import { hearsOfPeople } from '../../../api/live.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, type Outputs } from '../../../api/trpc.ts';

/** Something that a page shows. */
export interface Place {
  type: 'exception' | 'run';
  id: string;
  /** Of the run. */
  stepId?: string;
}

export type PersonHere = Outputs['presence']['here']['places'][number]['people'][number];

/** After the last key, someone is still typing for so long; who fills in a form thinks longer. */
const typingMs: Readonly<Record<Exclude<PresenceDoing, 'looking'>, number>> = {
  commenting: 8_000,
  completing: 40_000,
};
/** A page that is not looked at for so long counts as closed. */
const hiddenMs = 10_000;
/** What mounts and unmounts together is said once. */
const togetherMs = 50;
/** Everyone at a place hears of a change at once, and asks a little apart. */
const apartMs = 250;

const tab = crypto.randomUUID();
const keyOf = ({ type, id, stepId = '' }: Place): string => `${type}/${id}/${stepId}`;

/** What parts of this page show, and what is done there. */
const shown = new Set<{ place: Place; doing: PresenceDoing }>();
const [others, setOthers] = createSignal<ReadonlyMap<string, PersonHere[]>>(new Map());
let tenant = '';
let timer: ReturnType<typeof setTimeout> | undefined;
let hiddenTimer: ReturnType<typeof setTimeout> | undefined;
let away = false;
let sending = false;
let changed = false;
let heardAt = 0;

function placesNow() {
  const places = new Map<string, Place & { doing: PresenceDoing }>();
  for (const { place, doing } of away ? [] : shown) {
    const before = places.get(keyOf(place))?.doing ?? 'looking';
    const more = presenceDoings.indexOf(doing) > presenceDoings.indexOf(before) ? doing : before;
    places.set(keyOf(place), { ...place, doing: more });
  }
  return [...places.values()].slice(-6);
}

/** No one clicked: a beat begins no trace. */
const said = () => ({ tenant, unasked: true });

function sendAfter(ms: number): void {
  clearTimeout(timer);
  timer = setTimeout(() => void send(), ms);
}

async function send(): Promise<void> {
  if (sending) {
    changed = true;
    return;
  }
  sending = true;
  changed = false;
  const at = placesNow();
  try {
    // A request that hangs is a lost beat, and not the last one.
    const signal = AbortSignal.timeout(beatMs);
    const { places } = await api.presence.here.mutate({ tab, at }, { context: said(), signal });
    heardAt = Date.now();
    setOthers(new Map(places.map(({ people, ...place }) => [keyOf(place), people])));
  } catch {
    // The next beat says it again. Meanwhile no one is shown who may be gone.
    if (Date.now() - heardAt > goneMs) setOthers(new Map());
  } finally {
    sending = false;
    if (changed) sendAfter(togetherMs);
    else if (at.length > 0) sendAfter(beatMs);
  }
}

/** The page is being closed: nothing is waited for. */
const leave = () => {
  if (shown.size > 0) void api.presence.here.mutate({ tab, at: [] }, { context: said() }).catch(() => {});
};
const look = () => {
  clearTimeout(hiddenTimer);
  if (document.visibilityState === 'visible') {
    away = false;
    sendAfter(0);
  } else
    hiddenTimer = setTimeout(() => {
      away = true;
      sendAfter(0);
    }, hiddenMs);
};
const hear = () => sendAfter(Math.random() * apartMs);

function show(entry: { place: Place; doing: PresenceDoing }): void {
  if (shown.size === 0) {
    addEventListener('pagehide', leave);
    addEventListener('pageshow', look);
    document.addEventListener('visibilitychange', look);
    hearsOfPeople.add(hear);
    // Opened in the background: no one looks at it yet.
    away = document.visibilityState === 'hidden';
  }
  tenant = tenantSlug();
  shown.add(entry);
  sendAfter(togetherMs);
}

function hide(entry: { place: Place; doing: PresenceDoing }): void {
  shown.delete(entry);
  if (shown.size === 0) {
    removeEventListener('pagehide', leave);
    removeEventListener('pageshow', look);
    document.removeEventListener('visibilitychange', look);
    hearsOfPeople.delete(hear);
    clearTimeout(hiddenTimer);
    away = false;
  }
  sendAfter(togetherMs);
}

export interface Presence {
  /** Who else has it open. */
  people: Accessor<readonly PersonHere[]>;
  /** The person types here. */
  note: (doing: Exclude<PresenceDoing, 'looking'>) => void;
  /** What was typed is sent or gone. */
  rest: () => void;
}

/** Says that this page shows a place, while its owner is there. @param place undefined: nothing that others see */
export function createPresence(place: Accessor<Place | undefined>): Presence {
  const key = createMemo(() => {
    const at = place();
    return at && keyOf(at);
  });
  let entry: { place: Place; doing: PresenceDoing } | undefined;
  let typing: ReturnType<typeof setTimeout> | undefined;
  const set = (doing: PresenceDoing) => {
    if (!entry || entry.doing === doing) return;
    entry.doing = doing;
    sendAfter(togetherMs);
  };
  const rest = () => {
    clearTimeout(typing);
    set('looking');
  };
  createEffect(
    on(key, () => {
      const at = place();
      if (!at) return;
      const mine = { place: at, doing: 'looking' as const };
      entry = mine;
      show(mine);
      onCleanup(() => {
        clearTimeout(typing);
        hide(mine);
      });
    }),
  );
  return {
    people: createMemo(() => others().get(key() ?? '') ?? [], [], { equals: samePeople }),
    note(doing) {
      set(doing);
      clearTimeout(typing);
      typing = setTimeout(rest, typingMs[doing]);
    },
    rest,
  };
}

const samePeople = (a: readonly PersonHere[], b: readonly PersonHere[]) =>
  JSON.stringify(a) === JSON.stringify(b);
