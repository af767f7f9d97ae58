/** What agents search for and where they find it. */
import type { SignalOf } from '../signal.ts';
import { type Call, type Reading, quotesOf, textOf } from './reading.ts';
import { repositoryPath } from './repository-path.ts';

/** A name that a person could ask for: an identifier or file name, no pattern. */
const nameable = /^(?:func |def |class |type |interface |const |fn |struct |export )?[A-Za-z_][\w.-]{3,60}$/;

/** Calls after a search in which its find is used. */
const reach = 4;

function usedAfter(reading: Reading, search: Call): string[] {
  const listed = textOf(search.result);
  return reading.calls
    .slice(search.index + 1, search.index + 1 + reach)
    .flatMap(({ call, result }) => {
      const path = call.tool?.path;
      const touches = call.tool?.action === 'read' || call.tool?.action === 'edit';
      return touches && path !== undefined && result?.ok !== false
        ? [repositoryPath(reading.session.cwd, path)]
        : [];
    })
    .filter((path) => listed.includes(path));
}

export function gatherLookups(reading: Reading): Omit<SignalOf<'lookup'>, 'id' | 'session'>[] {
  const seen = new Set<string>();
  return reading.calls.flatMap((search) => {
    const query = search.call.tool?.action === 'search' ? search.call.tool.query : undefined;
    if (query === undefined || !nameable.test(query) || seen.has(query)) return [];
    const found = [...new Set(usedAfter(reading, search))];
    const quotes = quotesOf(reading.session, [[search.result, found[0] ?? '']]);
    if (found.length === 0 || quotes.length === 0) return [];
    seen.add(query);
    return [
      {
        kind: 'lookup' as const,
        quotes,
        query,
        found,
        ...(search.call.at === undefined ? {} : { at: search.call.at }),
      },
    ];
  });
}
