/** What a dream looks at, gathered once before anything is decided: the store, the repository and all signals. */
import type { Config } from './core/config.ts';
import type { Orientation } from './core/dream/dreamer.ts';
import type { Decision } from './core/dream/journal.ts';
import type { Extract, LedgerView } from './core/dream/ledger.ts';
import type { Repository } from './core/dream/repository.ts';
import type { Store } from './core/memory/entry.ts';
import { references } from './core/memory/lint/references.ts';
import { relativeDates } from './core/text/dates.ts';

/** Memory files whose line origins are asked for; blame is one Git process each. */
const mostOrigins = 40;

/** @param options `now` is ISO 8601 in UTC. */
export async function orient(
  options: {
    readonly repository: Repository;
    readonly config: Config;
    readonly now: string;
    readonly signal?: AbortSignal;
  },
  read: {
    readonly store: Store;
    readonly base: string;
    readonly view: LedgerView;
    readonly extracts: readonly Extract[];
    readonly decisions: readonly Decision[];
  },
): Promise<Orientation> {
  const { store, base, view, extracts, decisions } = read;
  const files = store.files.map((file) => file.path);
  const dated = store.files.filter((file) => relativeDates(file.text).length > 0).map((file) => file.path);
  const shallowFirst = files.toSorted(
    (a, b) => a.split('/').length - b.split('/').length || (a < b ? -1 : 1),
  );
  const origins = [...new Set([...dated, ...shallowFirst])].slice(0, mostOrigins);
  const named = [...store.entries.values()].flatMap((entry) => references(entry).map(({ path }) => path));
  return {
    store,
    repository: await options.repository.facts(base, { origins, ignored: [...new Set(named)] }),
    sessions: extracts.map((extract) => extract.session),
    signals: extracts.flatMap((extract) => extract.signals),
    decisions,
    config: options.config,
    now: options.now,
    readSession: (id) => view.session(id),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  };
}
