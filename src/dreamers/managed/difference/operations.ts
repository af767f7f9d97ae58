/** A change at Anthropic as operations on the base. */
import type { Store } from '../../../core/memory/entry.ts';
import type { Operation } from '../../../core/memory/operation.ts';
import type { Change } from './difference.ts';
import { sectionKey, titleOf, type Placed } from './place.ts';

/** Applied to the base, the operations of all changes of a difference make it say what the output says. */
export function operationsOf(change: Change, base: Store): readonly Operation[] {
  switch (change.kind) {
    case 'add':
      return [{ op: 'add', ...targetOf(change.to, base), text: textOf(change.to) }];
    case 'retire':
      return [{ op: 'retire', entry: change.from.entry.id }];
    case 'move':
      return [{ op: 'move', entry: change.from.entry.id, ...targetOf(change.to, base) }];
    case 'revise':
      return revised(change.from, change.to, base);
    case 'merge': {
      const entries = change.from.map(({ entry }) => entry.id);
      return [{ op: 'merge', entries, ...targetOf(change.to, base), text: textOf(change.to) }];
    }
  }
}

/** No operation both moves and rewords. */
function revised(from: Placed, to: Placed, base: Store): readonly Operation[] {
  if (sectionKey(from) === sectionKey(to))
    return [{ op: 'revise', entry: from.entry.id, text: to.entry.text }];
  return [
    { op: 'retire', entry: from.entry.id },
    { op: 'add', ...targetOf(to, base), text: textOf(to) },
  ];
}

/** The words above a list go with what stands under them, where they turn its meaning round. */
function textOf({ entry, forbidden }: Placed): string {
  return forbidden && entry.leadIn !== undefined ? `${entry.leadIn} ${entry.text}` : entry.text;
}

/** What an operation can name: six headings of 300 characters. */
const most = { headings: 6, characters: 300 };

function targetOf({ entry, headings }: Placed, base: Store): { file: string; heading?: string[] } {
  const there = base.files.find(({ path }) => path === entry.file);
  const title = there === undefined ? undefined : titleOf(there);
  const path = [...(title === undefined ? [] : [title]), ...headings]
    .map((text) => text.slice(0, most.characters))
    .filter((text) => text !== '')
    .slice(0, most.headings);
  return { file: entry.file, ...(path.length === 0 ? {} : { heading: path }) };
}
