/** How sessions bear on each entry: kept on the ledger as entries.json (DESIGN section 6). */
import type { Store } from '../memory/entry.ts';
import { comparedText } from '../memory/entry.ts';
import { entriesNaming, indexStore, matchesOf } from '../memory/statement-index.ts';
import type { RepositoryFacts } from './repository.ts';
import type { EntryRecord } from './ledger.ts';
import { negated } from '../text/negations.ts';
import { specifics } from '../text/specifics.ts';
import { generaliseStep } from './gather/commands.ts';
import { entriesSharing, refutes } from './said/refutes.ts';
import type { Signal } from './signal.ts';

type Count = 'support' | 'applied' | 'violated' | 'contradicted';

type Counted = Readonly<Record<Count, Set<string>>>;

const nobody = (): Counted => ({
  support: new Set(),
  applied: new Set(),
  violated: new Set(),
  contradicted: new Set(),
});

type Bearing = readonly [entry: string, count: Count];

interface Lookup {
  readonly matches: (text: string) => ReturnType<typeof matchesOf>;
  readonly naming: (name: string) => readonly string[];
  readonly refuted: (said: string) => readonly string[];
  readonly prescribing: (step: string) => readonly string[];
}

/** What a signal says of which entries. A correction in the sense of an entry means that it was not followed. */
function bearingsOf(signal: Signal, { matches, naming, refuted, prescribing }: Lookup): Bearing[] {
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
      return refuted(signal.text).map((id) => [id, 'contradicted']);
    case 'failure':
      return signal.rules.flatMap(naming).map((id) => [id, 'violated']);
    case 'commands':
      return signal.steps.flatMap(prescribing).map((id) => [id, 'applied']);
    case 'ask':
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
  const prescribed = commandsIn(store);
  return {
    matches: (text) => matchesOf(index, text),
    naming(name) {
      const known = named.get(name) ?? entriesNaming(store, name).map(({ id }) => id);
      named.set(name, known);
      return known;
    },
    refuted: (said) =>
      entriesSharing(index, said)
        .filter(({ text }) => refutes(said, text))
        .map(({ id }) => id),
    prescribing: (step) => prefixesOf(step).flatMap((prefix) => prescribed.get(prefix) ?? []),
  };
}

/** Entries by the commands they tell agents to run, generalised like the steps of a session. */
function commandsIn(store: Store): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const entry of store.entries.values()) {
    if (negated(comparedText(entry)).length > 0) continue;
    const commands = specifics(entry.text).filter(({ kind }) => kind === 'command');
    for (const { value } of commands) {
      const step = generaliseStep(value);
      if (step.includes(' ')) found.set(step, [...(found.get(step) ?? []), entry.id]);
    }
  }
  return found;
}

/** `pnpm test --watch` begins with `pnpm test`; a single word is no command to follow. */
function prefixesOf(step: string): string[] {
  const words = step.split(' ');
  return words.slice(1).map((_, at) => words.slice(0, at + 2).join(' '));
}

/**
 * Sessions for, against and in breach of each entry, and those whose agent ran what it prescribes, counted once per
 * session; entries that none bears on are left out.
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
      const sets = counted.get(id) ?? nobody();
      counted.set(id, sets);
      sets[count].add(signal.session);
    }
  }
  return new Map(
    [...counted]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([id, { support, applied, violated, contradicted }]) => {
        const entry = store.entries.get(id);
        const touched = entry === undefined ? undefined : origins.get(entry.file)?.[entry.lines[0] - 1]?.at;
        const record = {
          support: support.size,
          applied: applied.size,
          violated: violated.size,
          contradicted: contradicted.size,
        };
        return [id, touched === undefined ? record : { ...record, lastTouched: touched }];
      }),
  );
}
