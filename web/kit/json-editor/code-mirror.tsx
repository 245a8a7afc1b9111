import { closeBrackets, closeBracketsKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import {
  bracketMatching,
  codeFolding,
  foldGutter,
  foldKeymap,
  indentOnInput,
  indentUnit,
  syntaxTree,
} from '@codemirror/language';
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { Annotation, Compartment, EditorState, Prec } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
  placeholder,
  tooltips,
} from '@codemirror/view';
import { createEffect, on, onCleanup, onMount } from 'solid-js';
import type { Issue } from '../../../shared/platform/error-codes.ts';
import { editorTheme } from './editor-theme.ts';
import { mapJson, rangeOf } from './json-position.ts';
import { maskedValues, type SecretPointers } from './masked-values.ts';

export interface JsonEditorHandle {
  /** Focuses the editor, and with a pointer moves to its value. */
  focus: (pointer?: string) => void;
  /** Replaces the selection with a text: as a JSON string, or inside the string at the cursor. */
  insertText: (text: string) => void;
}

export interface JsonEditorProps {
  text: string;
  onChange?: (text: string) => void;
  /** Shown at the places of their pointers. */
  issues?: readonly Issue[];
  /** Whose texts are shown as dots. */
  secrets?: SecretPointers | undefined;
  label: string;
  describedBy?: string;
  readOnly?: boolean;
  /** Undo and redo are those of the page. */
  sharedHistory?: boolean;
  placeholder?: string;
  /** ⌘↵ inside the editor. */
  onSubmit?: () => void;
  handle?: (handle: JsonEditorHandle) => void;
  /** Default fills its parent. */
  height?: string;
}

/** Marks a change from outside, so that it is not reported back. */
const fromOutside = Annotation.define<boolean>();

/** CodeMirror; loaded when an editor is first shown. */
export default function CodeMirror(props: JsonEditorProps) {
  let host!: HTMLDivElement;
  let view: EditorView | undefined;
  const attributes = new Compartment();
  const editable = new Compartment();

  const diagnostics = (): Diagnostic[] => {
    const text = props.text;
    const map = mapJson(text);
    if (map.problem && text.trim() !== '') {
      const at = Math.min(map.problem.at, text.length);
      return [
        { from: at, to: Math.min(at + 1, text.length), severity: 'error', message: map.problem.message },
      ];
    }
    return (props.issues ?? []).map((issue) => {
      const { from, to } = rangeOf(map, issue.path);
      return { from, to: Math.min(to, text.length), severity: 'error', message: issue.message };
    });
  };
  const readOnly = () => [
    EditorState.readOnly.of(props.readOnly ?? false),
    EditorView.editable.of(!props.readOnly),
  ];
  const contentAttributes = () =>
    EditorView.contentAttributes.of({
      'aria-label': props.label,
      ...(props.describedBy ? { 'aria-describedby': props.describedBy } : {}),
      tabindex: '0',
    });

  onMount(() => {
    // An element outside the page belongs to its template's document, which has no window to make style sheets.
    if (!host.isConnected) document.adoptNode(host.getRootNode());
    // In a shadow root CodeMirror uses constructed style sheets, which a strict `style-src` allows.
    const root = host.attachShadow({ mode: 'open' });
    view = new EditorView({
      parent: root,
      root,
      state: EditorState.create({
        doc: props.text,
        extensions: [
          lineNumbers(),
          highlightActiveLineGutter(),
          foldGutter({ openText: '▾', closedText: '▸' }),
          codeFolding(),
          props.sharedHistory ? [] : history(),
          drawSelection(),
          indentOnInput(),
          indentUnit.of('  '),
          EditorState.tabSize.of(2),
          EditorView.lineWrapping,
          bracketMatching(),
          closeBrackets(),
          highlightActiveLine(),
          highlightSelectionMatches(),
          json(),
          props.secrets ? maskedValues(props.secrets) : [],
          lintGutter(),
          tooltips({ position: 'absolute' }),
          placeholder(props.placeholder ?? ''),
          editorTheme,
          editable.of(readOnly()),
          attributes.of(contentAttributes()),
          Prec.highest(
            keymap.of([
              // The page's own key; without this CodeMirror would insert a line.
              { key: 'Mod-Enter', run: () => Boolean(props.onSubmit?.()) || true, preventDefault: true },
            ]),
          ),
          keymap.of([
            ...closeBracketsKeymap,
            ...defaultKeymap,
            ...searchKeymap,
            ...(props.sharedHistory ? [] : historyKeymap),
            ...foldKeymap,
            ...lintKeymap,
            // Tab is not bound: it moves the focus, as everywhere on the page. ⌘] and ⌘[ indent.
          ]),
          EditorView.updateListener.of((update) => {
            if (!update.docChanged) return;
            if (update.transactions.some((each) => each.annotation(fromOutside))) return;
            props.onChange?.(update.state.doc.toString());
          }),
        ],
      }),
    });
    props.handle?.({
      insertText: (text) => {
        if (!view) return;
        const { from } = view.state.selection.main;
        const node = syntaxTree(view.state).resolveInner(from, -1);
        const inString =
          (node.name === 'String' || node.name === 'PropertyName') && node.from < from && from < node.to;
        const inserted = JSON.stringify(text);
        view.dispatch(view.state.replaceSelection(inString ? inserted.slice(1, -1) : inserted), {
          scrollIntoView: true,
        });
        view.focus();
      },
      focus: (pointer) => {
        if (!view) return;
        const { from } = rangeOf(mapJson(view.state.doc.toString()), pointer ?? '');
        view.focus();
        if (pointer === undefined) return;
        view.dispatch({
          selection: { anchor: from },
          effects: EditorView.scrollIntoView(from, { y: 'center' }),
        });
      },
    });
  });
  onCleanup(() => view?.destroy());

  createEffect(
    on(
      () => props.text,
      (text) => {
        if (!view || view.state.doc.toString() === text) return;
        view.dispatch({
          changes: { from: 0, to: view.state.doc.length, insert: text },
          annotations: fromOutside.of(true),
        });
      },
      { defer: true },
    ),
  );
  // While someone types, a mistake is often something unfinished.
  let marking: ReturnType<typeof setTimeout> | undefined;
  const mark = () => view?.dispatch(setDiagnostics(view.state, diagnostics()));
  createEffect(
    on([() => props.text, () => props.issues], () => {
      clearTimeout(marking);
      marking = setTimeout(mark, 250);
    }),
  );
  onCleanup(() => clearTimeout(marking));
  createEffect(
    on(
      () => [props.label, props.readOnly, props.describedBy],
      () =>
        view?.dispatch({
          effects: [attributes.reconfigure(contentAttributes()), editable.reconfigure(readOnly())],
        }),
      { defer: true },
    ),
  );

  return (
    <div
      ref={host}
      data-json-editor
      class="h-full min-h-0"
      // Native, not delegated: it must run before the page's own listener on the document.
      on:keydown={(event) => {
        // Outside the shadow root the target is this element, which does not look like an input.
        const isPlain = !event.metaKey && !event.ctrlKey && event.key !== 'Escape';
        // An Esc that closed the search panel is used up.
        if (isPlain || (event.key === 'Escape' && event.defaultPrevented)) event.stopPropagation();
      }}
    />
  );
}
