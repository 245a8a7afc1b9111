import { SaxesParser } from 'saxes';

export interface XmlElement {
  name: string;
  ns: string;
  attributes: { name: string; ns: string; value: string }[];
  children: XmlElement[];
  /** All text directly in it. */
  text: string;
  /** Prefixes in force here. */
  prefixes: Record<string, string>;
}

/** The text is no XML that is read; `message` is for people. */
export class XmlError extends Error {}

const maxDepth = 200;
const maxElements = 200_000;

/**
 * The root element of a document. A DOCTYPE is refused, and with it every entity besides the five of XML: nothing outside
 * of the text is ever read. Runs in an isolate.
 * @throws XmlError
 */
export function readXml(text: string): XmlElement {
  const parser = new SaxesParser({ xmlns: true, position: true });
  const open: XmlElement[] = [];
  let root: XmlElement | null = null;
  let count = 0;
  const fail = (message: string): never => {
    throw new XmlError(message);
  };
  parser.on('error', (error) => fail(`it is not well-formed (${error.message.slice(0, 120)})`));
  parser.on('doctype', () =>
    fail('it has a DOCTYPE, which is never read: entities and external files are refused'),
  );
  parser.on('opentag', (tag) => {
    if (++count > maxElements) fail(`it has more than ${maxElements} elements`);
    if (open.length >= maxDepth) fail(`it is nested deeper than ${maxDepth} elements`);
    const parent = open.at(-1);
    const declared = Object.keys(tag.ns ?? {}).length > 0;
    const element: XmlElement = {
      name: tag.local,
      ns: tag.uri,
      attributes: Object.values(tag.attributes)
        .filter(({ prefix, name }) => prefix !== 'xmlns' && name !== 'xmlns')
        .map(({ local, uri, value }) => ({ name: local, ns: uri, value })),
      children: [],
      text: '',
      prefixes: declared ? { ...parent?.prefixes, ...tag.ns } : (parent?.prefixes ?? {}),
    };
    if (parent) parent.children.push(element);
    else root ??= element;
    open.push(element);
  });
  parser.on('closetag', () => {
    open.pop();
  });
  const addText = (piece: string) => {
    const element = open.at(-1);
    if (element) element.text += piece;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.write(text.replace(/^\ufeff/, '')).close();
  return root ?? fail('it is empty');
}

export const attributeOf = ({ attributes }: XmlElement, name: string): string | undefined =>
  attributes.find((each) => each.name === name && each.ns === '')?.value;

export const childrenOf = ({ children }: XmlElement, name: string): XmlElement[] =>
  children.filter((each) => each.name === name);

/** A name with its namespace, as `{namespace}name`. */
export function qnameOf(element: XmlElement, text: string): string {
  const [prefix, local] = text.includes(':') ? (text.split(':', 2) as [string, string]) : ['', text];
  return `{${element.prefixes[prefix] ?? ''}}${local}`;
}
