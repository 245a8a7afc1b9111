import { type EditorState, type Extension, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, WidgetType } from '@codemirror/view';
import { readJson } from '../../../shared/platform/read-json.ts';
import { isWithin } from '../schema-form/json-edit.ts';
import { mapJson } from './json-position.ts';

/** The places of a document whose texts are not shown. */
export type SecretPointers = (document: unknown) => readonly string[];

class Mask extends WidgetType {
  override eq(): boolean {
    return true;
  }
  toDOM(): HTMLElement {
    const dots = document.createElement('span');
    dots.textContent = '••••••••';
    dots.setAttribute('role', 'img');
    dots.setAttribute('aria-label', 'hidden secret');
    return dots;
  }
}
const mask = Decoration.replace({ widget: new Mask() });

/** Shows dots for the texts of secret places. They stay in the document, and are left out of what is copied. */
export function maskedValues(secrets: SecretPointers): Extension {
  const field = StateField.define<DecorationSet>({
    create: (state) => masksOf(state, secrets) ?? Decoration.none,
    update: (masks, { docChanged, changes, state }) => {
      if (!docChanged) return masks;
      // A text that is no JSON has no places: what was hidden stays hidden, with what is typed into it.
      return masksOf(state, secrets) ?? masks.map(changes);
    },
    provide: (field) => [
      EditorView.decorations.from(field),
      EditorView.atomicRanges.of((view) => view.state.field(field)),
    ],
  });
  return [
    field,
    EditorView.clipboardOutputFilter.of((text, state) =>
      hiddenTexts(state, state.field(field)).reduce((left, hidden) => left.replaceAll(hidden, ''), text),
    ),
  ];
}

/** Null while the text is no JSON. */
function masksOf(state: EditorState, secrets: SecretPointers): DecorationSet | null {
  const text = state.doc.toString();
  const { values, problem } = mapJson(text);
  if (problem) return null;
  const pointers = secrets(readJson(text));
  const ranges = [...values]
    .filter(([pointer, { from }]) => text[from] === '"' && pointers.some((each) => isWithin(pointer, each)))
    // The quotes stay, so that a text can be typed between them.
    .filter(([, { from, to }]) => to - from > 2)
    .map(([, { from, to }]) => mask.range(from + 1, to - 1));
  return Decoration.set(ranges, true);
}

function hiddenTexts(state: EditorState, masks: DecorationSet): string[] {
  const texts: string[] = [];
  masks.between(0, state.doc.length, (from, to) => {
    texts.push(state.sliceDoc(from, to));
  });
  return texts;
}
