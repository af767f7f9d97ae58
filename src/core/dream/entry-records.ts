/** How sessions bear on each entry: kept on the ledger as entries.json (DESIGN section 6). */
import type { Store } from '../memory/entry.ts';
import { entriesNaming, indexStore, matchesOf } from '../memory/statement-index.ts';
import type { RepositoryFacts } from './repository.ts';
import type { EntryRecord } from './ledger.ts';
import type { Signal } from './signal.ts';

type Count = 'support' | 'violated' | 'contradicted';

interface Counted {
  readonly support: Set<string>;
  readonly violated: Set<string>;
  readonly contradicted: Set<string>;
}

type Bearing = readonly [entry: string, count: Count];

interface Lookup {
  readonly matches: (text: string) => ReturnType<typeof matchesOf>;
  readonly naming: (name: string) => readonly string[];
}

/** What a signal says of which entries. A correction in the sense of an entry means that it was not followed. */
function bearingsOf(signal: Signal, { matches, naming }: Lookup): Bearing[] {
  switch (signal.kind) {
    case 'request':
    case 'statement': {
      const corrected = signal.kind === 'statement' && signal.correction;
      return matches(signal.text).flatMap(({ entry: { id }, relation }): Bearing[] => {
        if (relation === 'related') return [];
        if (relation === 'conflict') return [[id, 'contradicted']];
        return [[id, 'support'], ...(corrected ? [[id, 'violated'] as const] : [])];
      });
    }
    case 'refutation':
      return signal.targets.flatMap(naming).map((id) => [id, 'contradicted']);
    case 'failure':
      return signal.rules.flatMap(naming).map((id) => [id, 'violated']);
    case 'ask':
    case 'commands':
    case 'lookup':
    case 'memory-edit':
    case 'missing':
    case 'value':
      return [];
  }
}

function lookupIn(store: Store): Lookup {
  const index = indexStore(store);
  const named = new Map<string, readonly string[]>();
  return {
    matches: (text) => matchesOf(index, text),
    naming(name) {
      const known = named.get(name) ?? entriesNaming(store, name).map(({ id }) => id);
      named.set(name, known);
      return known;
    },
  };
}

/**
 * Sessions for, against and in breach of each entry, counted once per session; entries that none bears on are left out.
 * `applied` stays 0: that a note was followed leaves no words to cite.
 */
export function entryRecords(
  store: Store,
  signals: readonly Signal[],
  { origins }: RepositoryFacts,
): Map<string, EntryRecord> {
  const lookup = lookupIn(store);
  const counted = new Map<string, Counted>();
  for (const signal of signals) {
    for (const [id, count] of bearingsOf(signal, lookup)) {
      const sets = counted.get(id) ?? { support: new Set(), violated: new Set(), contradicted: new Set() };
      counted.set(id, sets);
      sets[count].add(signal.session);
    }
  }
  return new Map(
    [...counted]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([id, { support, violated, contradicted }]) => {
        const entry = store.entries.get(id);
        const touched = entry === undefined ? undefined : origins.get(entry.file)?.[entry.lines[0] - 1]?.at;
        const record = {
          support: support.size,
          applied: 0,
          violated: violated.size,
          contradicted: contradicted.size,
        };
        return [id, touched === undefined ? record : { ...record, lastTouched: touched }];
      }),
  );
}
