/** Full-text search over what a dream knows: the entries of the store, and what was noticed in sessions. */
import MiniSearch from 'minisearch';
import type { Quote } from '../../../core/dream/evidence.ts';
import type { Signal } from '../../../core/dream/signal.ts';
import { comparedText, type Entry, type Store } from '../../../core/memory/entry.ts';
import { stems } from '../../../core/text/words.ts';
import type { Observation } from '../observation.ts';

export type Search<T> = (query: string) => readonly T[];

/** So many are read; who wants others asks otherwise. */
const mostHits = 12;

export const searchEntries = (store: Store): Search<Entry> =>
  searchBy(
    [...store.entries.values()],
    (entry) => `${entry.file.replaceAll('/', ' ')}\n${comparedText(entry)}`,
  );

/** Something noticed in a session. */
export interface Noticed {
  readonly id: string;
  readonly session: string;
  /** What it is said to be, and what it says. */
  readonly text: string;
  readonly quotes: readonly Quote[];
}

export function searchNoticed(noticed: readonly Noticed[]): Search<Noticed> {
  return searchBy(noticed, ({ text, quotes }) => [text, ...quotes.map(({ quote }) => quote)].join('\n'));
}

export function noticedIn(
  observations: readonly Observation[],
  signals: readonly Signal[],
): readonly Noticed[] {
  const observed = observations.map(({ id, session, lesson, text, quotes }) => ({
    ...{ id, session, quotes },
    text: `${lesson}: ${text}`,
  }));
  return [...observed, ...signals.flatMap(signalNoticed)];
}

/** Lookups, values and plain runs of commands are too many to say anything one by one: rules look at them together. */
function signalNoticed(signal: Signal): Noticed[] {
  const text = signalText(signal);
  const { id, session, quotes } = signal;
  return text === undefined ? [] : [{ id, session, quotes, text: `${signal.kind}: ${text}` }];
}

function signalText(signal: Signal): string | undefined {
  switch (signal.kind) {
    case 'request':
    case 'statement':
    case 'refutation':
      return signal.text;
    case 'memory-edit':
      return `${signal.file}: ${signal.added.map(({ text }) => text).join(' / ')}`;
    case 'failure':
      return [signal.command, signal.error, signal.fix?.command ?? signal.fix?.edit ?? ''].join(' → ');
    case 'missing':
      return signal.suggestion === undefined
        ? signal.name
        : `${signal.name}, did you mean ${signal.suggestion}`;
    case 'ask':
      return signal.topic;
    case 'commands':
    case 'lookup':
    case 'value':
      return undefined;
  }
}

/** Words are compared as everywhere in Dreamkeeper: stemmed, stop words left out, names whole. */
function searchBy<T>(items: readonly T[], textOf: (item: T) => string): Search<T> {
  const index = new MiniSearch<{ id: number; text: string }>({
    fields: ['text'],
    tokenize: stems,
    processTerm: (term) => term,
  });
  index.addAll(items.map((item, id) => ({ id, text: textOf(item) })));
  return (query) =>
    index
      .search(query, { fuzzy: 0.2 })
      .slice(0, mostHits)
      .flatMap(({ id }) => items[Number(id)] ?? []);
}
