/** How big a store is. */
import type { Size } from '../dream/journal.ts';
import { tokens } from '../text/tokens.ts';
import { alwaysLoaded } from './audience.ts';
import type { Store } from './entry.ts';

/** Files, entries (lead-ins are none), UTF-8 bytes and estimated tokens of a store, and tokens of what is always loaded. */
export function sizeOf(store: Store): Size {
  const measured = store.files.map(({ path, text }) => ({ path, text, tokens: tokens(text) }));
  const sum = (list: readonly { readonly tokens: number }[]): number =>
    list.reduce((all, each) => all + each.tokens, 0);
  return {
    files: store.files.length,
    entries: [...store.entries.values()].filter(({ kind }) => kind !== 'lead-in').length,
    bytes: measured.reduce((all, { text }) => all + byteLength(text), 0),
    tokens: sum(measured),
    alwaysLoaded: sum(measured.filter(({ path }) => alwaysLoaded(store, path))),
  };
}

/** UTF-8 bytes of a text. */
export function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
