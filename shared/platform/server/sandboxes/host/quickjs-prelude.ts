/**
 * What a tool in JavaScript gets besides the language, and the only code that reads its input and writes its result: it
 * runs inside of QuickJS, before the tool, and keeps the functions that it needs.
 */
export const prelude = `(() => {
  'use strict';
  const { parse, stringify } = JSON;
  const { defineProperty } = Object;
  const { apply } = Reflect;
  const BigIntOf = BigInt, NumberOf = Number, StringOf = String, ErrorOf = Error, TypeErrorOf = TypeError;
  const join = (list) => apply(Array.prototype.join, list, [' ']);
  const then = Promise.prototype.then, resolve = Promise.resolve.bind(Promise);
  delete globalThis.performance;
  delete globalThis.navigator;

  // A number with more digits than a number of JavaScript has: computing rounds it, passing it on does not.
  class ExactNumber {
    #text;
    constructor(text) { this.#text = text; }
    static textOf(value) { return typeof value === 'object' && value !== null && #text in value ? value.#text : null; }
    valueOf() { return NumberOf(this.#text); }
    toString() { return this.#text; }
    toLocaleString() { return this.#text; }
  }
  const textOf = ExactNumber.textOf;

  class InvalidResult extends ErrorOf {}
  let mark = '', log, isFull = false, state = 'pending', settled;

  const shown = (value) => {
    if (typeof value === 'string') return value;
    if (value instanceof ErrorOf) return value.name + ': ' + value.message;
    if (typeof value === 'object' && value !== null && textOf(value) === null) {
      const text = stringify(value, (_key, each) => typeof each === 'bigint' ? StringOf(each) : textOf(each) ?? each);
      if (text !== undefined) return text;
    }
    return StringOf(value);
  };
  const print = (...values) => {
    // Each line costs the process garbage that its limit of memory counts.
    if (isFull) return;
    const texts = [];
    for (let index = 0; index < values.length; index += 1)
      defineProperty(texts, index, { value: shown(values[index]) });
    isFull = !log(join(texts));
  };
  globalThis.console = { log: print, info: print, warn: print, error: print, debug: print };

  return {
    start(write, unique) { log = write; mark = unique; },
    call(namespace, json, exact) {
      let root = parse(json);
      const numbers = parse(exact);
      for (const { path, text, integral } of numbers) {
        const value = integral ? BigIntOf(text) : new ExactNumber(text);
        let place = root;
        for (let index = 0; index < path.length - 1; index += 1) place = place[path[index]];
        if (path.length === 0) root = value;
        else defineProperty(place, path[path.length - 1], { value, enumerable: true, writable: true, configurable: true });
      }
      const done = (value) => { state = 'done'; settled = value; };
      const failed = (error) => { state = 'failed'; settled = error; };
      const main = (module) => {
        if (typeof module.$main !== 'function') throw new TypeErrorOf('main is no function');
        return module.$main(root);
      };
      if (namespace instanceof Promise)
        apply(then, apply(then, namespace, [main]), [done, failed]);
      else {
        const value = main(namespace);
        apply(then, resolve(value), [done, failed]);
      }
    },
    finish() {
      if (state === 'pending')
        throw new ErrorOf('main waits for a promise that nothing settles. There are no timers, and no network');
      if (state === 'failed') throw settled;
      const text = stringify(settled, (key, value) => {
        if (typeof value === 'bigint') return mark + StringOf(value);
        if (typeof value === 'number' && value - value !== 0)
          throw new InvalidResult((key === '' ? 'The result' : '"' + key + '" of the result') + ' is ' + value + ', which JSON does not have');
        return textOf(value) === null ? value : mark + textOf(value);
      });
      return text === undefined ? 'null' : text;
    },
    describe(error) {
      let name = '', message = '', stack = '';
      try {
        if (error instanceof ErrorOf) {
          name = error instanceof InvalidResult ? 'InvalidResult' : StringOf(error.name);
          message = StringOf(error.message);
          stack = StringOf(error.stack);
        } else message = shown(error);
      } catch {
        message = message || 'The code threw something that has no text';
      }
      return stringify({ name, message, stack });
    },
  };
})()`;
