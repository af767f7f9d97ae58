/** How big a store is. */
import type { Size } from '../dream/journal.ts';
import { tokens } from '../text/tokens.ts';
import type { Store } from './entry.ts';

/** UTF-8 bytes of a text, without encoding it. */
export function byteLength(text: string): number {
  let bytes = 0;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) bytes += 1;
    else if (unit < 0x800) bytes += 2;
    else if (unit >= 0xd800 && unit < 0xdc00 && index + 1 < text.length) {
      bytes += 4;
      index += 1;
    } else bytes += 3;
  }
  return bytes;
}

/** Files, entries (lead-ins are no entries of their own), UTF-8 bytes and estimated tokens. */
export function sizeOf(store: Store): Size {
  return {
    files: store.files.length,
    entries: [...store.entries.values()].filter((entry) => entry.kind !== 'lead-in').length,
    bytes: store.files.reduce((sum, file) => sum + byteLength(file.text), 0),
    tokens: store.files.reduce((sum, file) => sum + tokens(file.text), 0),
  };
}
