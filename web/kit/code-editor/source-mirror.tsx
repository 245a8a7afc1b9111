import { closeBrackets, closeBracketsKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching, indentOnInput, indentUnit } from '@codemirror/language';
import { type Diagnostic, lintGutter, setDiagnostics } from '@codemirror/lint';
import { searchKeymap } from '@codemirror/search';
import { Annotation, Compartment, EditorState, type Extension } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
  tooltips,
} from '@codemirror/view';
import { createEffect, on, onCleanup, onMount } from 'solid-js';
import { editorTheme } from '../json-editor/editor-theme.ts';

export type SourceLanguage = 'javascript' | 'typescript' | 'python';

export interface CodeEditorProps {
  text: string;
  onChange: (text: string) => void;
  language: SourceLanguage;
  label: string;
  describedBy?: string | undefined;
  /** Shown at its place, from 1. */
  problem?: { line: number; column: number; message: string } | null;
}

/** Marks a change from outside, so that it is not reported back. */
const fromOutside = Annotation.define<boolean>();

async function languageOf(language: SourceLanguage): Promise<Extension> {
  if (language === 'python')
    return [(await import('@codemirror/lang-python')).python(), indentUnit.of('    ')];
  const { javascript } = await import('@codemirror/lang-javascript');
  return [javascript({ typescript: language === 'typescript' }), indentUnit.of('  ')];
}

/** CodeMirror for programs; loaded when an editor is first shown, and each language when it is chosen. */
export default function SourceMirror(props: CodeEditorProps) {
  let host!: HTMLDivElement;
  let view: EditorView | undefined;
  const language = new Compartment();
  const attributes = new Compartment();
  const contentAttributes = () =>
    EditorView.contentAttributes.of({
      'aria-label': props.label,
      tabindex: '0',
      ...(props.describedBy ? { 'aria-describedby': props.describedBy } : {}),
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
          history(),
          drawSelection(),
          indentOnInput(),
          EditorView.lineWrapping,
          bracketMatching(),
          closeBrackets(),
          highlightActiveLine(),
          lintGutter(),
          tooltips({ position: 'absolute' }),
          editorTheme,
          language.of([]),
          attributes.of(contentAttributes()),
          // Tab is not bound: it moves the focus, as everywhere on the page. ⌘] and ⌘[ indent.
          // ⌘↵ is the page's own key; CodeMirror would insert a line.
          keymap.of([
            ...closeBracketsKeymap,
            ...defaultKeymap.filter(({ key }) => key !== 'Mod-Enter'),
            ...searchKeymap,
            ...historyKeymap,
          ]),
          EditorView.updateListener.of((update) => {
            if (!update.docChanged) return;
            if (update.transactions.some((each) => each.annotation(fromOutside))) return;
            props.onChange(update.state.doc.toString());
          }),
        ],
      }),
    });
  });
  onCleanup(() => view?.destroy());

  createEffect(() => {
    const wanted = props.language;
    void languageOf(wanted).then((extension) => {
      if (wanted === props.language) view?.dispatch({ effects: language.reconfigure(extension) });
    });
  });
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
  createEffect(
    on(
      () => props.describedBy,
      () => view?.dispatch({ effects: attributes.reconfigure(contentAttributes()) }),
      { defer: true },
    ),
  );
  createEffect(() => {
    const { problem } = props;
    if (view) view.dispatch(setDiagnostics(view.state, problem ? [diagnostic(view.state, problem)] : []));
  });

  return (
    <div
      ref={host}
      class="h-full min-h-0"
      // Native, not delegated: it must run before the page's own listener on the document.
      on:keydown={(event) => {
        // Outside the shadow root the target is this element, which does not look like an input.
        const isPlain = !event.metaKey && !event.ctrlKey && event.key !== 'Escape';
        if (isPlain || (event.key === 'Escape' && event.defaultPrevented)) event.stopPropagation();
      }}
    />
  );
}

function diagnostic(
  { doc }: EditorState,
  { line, column, message }: { line: number; column: number; message: string },
): Diagnostic {
  const { from, to } = doc.line(Math.min(Math.max(line, 1), doc.lines));
  const at = Math.min(from + Math.max(column, 1) - 1, to);
  return { from: at, to: Math.min(at + 1, to), severity: 'error', message };
}
