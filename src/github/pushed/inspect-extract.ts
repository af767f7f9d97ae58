/** What of the signals of a session may stay, when somebody pushed them without the session: its words stayed with its author. */
import type { Extract } from '../../core/dream/ledger.ts';
import type { Signal } from '../../core/dream/signal.ts';
import { asHandedIn } from '../../core/sessions/proved.ts';
import type { Redactor } from '../../core/sessions/redact.ts';
import type { Redacted } from '../../core/sessions/session.ts';
import { extractPath } from '../../ledger/layout.ts';
import { decodeExtract } from '../../ledger/records.ts';

export type InspectedExtract =
  | { readonly type: 'write'; readonly extract: Extract }
  | {
      readonly type: 'quarantine';
      readonly reason: 'secret' | 'size' | 'schema';
      readonly kinds: readonly string[];
    };

/** The signals of the longest sessions take a tenth of it. */
const mostBytes = 4 * 2 ** 20;

/** @throws what the redactor throws: nothing passes unchecked. */
export async function inspectExtract(
  pushed: { readonly path: string; readonly data: Buffer; readonly person: Redacted | undefined },
  redactor: Redactor,
): Promise<InspectedExtract> {
  const { path, data, person } = pushed;
  if (data.length > mostBytes) return { type: 'quarantine', reason: 'size', kinds: [] };
  const extract = decoded(data.toString('utf8'), path);
  if (extract === undefined) return { type: 'quarantine', reason: 'schema', kinds: [] };
  const found = (await redactor.find(textsIn(extract))).flat();
  const kinds = [...new Set(found.map(({ kind }) => kind))].sort();
  if (kinds.length > 0) return { type: 'quarantine', reason: 'secret', kinds };
  const { events: _none, ...session } = asHandedIn({ ...extract.session, events: [] }, person);
  const by = session.people[0];
  return {
    type: 'write',
    extract: { ...extract, session, signals: extract.signals.flatMap((signal) => asSaid(signal, by)) },
  };
}

function decoded(text: string, path: string): Extract | undefined {
  try {
    const extract = decodeExtract(text);
    const { id } = extract.session;
    return extractPath(id) === path && extract.signals.every(({ session }) => session === id)
      ? extract
      : undefined;
  } catch {
    return undefined;
  }
}

/** @param by who typed the words; undefined: nobody proves that anybody did, and nothing was asked for. */
function asSaid(signal: Signal, by: string | undefined): readonly Signal[] {
  if (by === undefined && signal.kind === 'request') return [];
  const quotes = signal.quotes.map(({ person, trust, ...quote }) => ({
    ...quote,
    trust: by === undefined && trust === 'person' ? ('claimed' as const) : trust,
    ...(by === undefined || person === undefined ? {} : { person: by }),
  }));
  if (signal.kind === 'statement' && by === undefined) return [{ ...signal, quotes, trust: 'claimed' }];
  if (signal.kind === 'memory-edit' && by === undefined) return [{ ...signal, quotes, requested: false }];
  return [{ ...signal, quotes }];
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}
