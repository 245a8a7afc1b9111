import { createContext, type JSX, useContext } from 'solid-js';
import { Dynamic } from 'solid-js/web';

/** Of the next heading. The title of the page is 1. */
const Level = createContext(2);

/** A heading one level below the one that it stands under, so that a part fits into every page. `below`: one level more. */
export function Heading(props: { class?: string; below?: boolean; children: JSX.Element }) {
  return (
    <Dynamic component={`h${useContext(Level) + (props.below ? 1 : 0)}`} class={props.class}>
      {props.children}
    </Dynamic>
  );
}

/** What stands under a heading. `level`: of the headings in it. */
export function UnderHeading(props: { level?: number; children: JSX.Element }) {
  const level = useContext(Level);
  return <Level.Provider value={props.level ?? level + 1}>{props.children}</Level.Provider>;
}
