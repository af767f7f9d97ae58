/** What a dream at Anthropic changed, as proposals: one lesson each, of the kind that its evidence is enough for. */
import type { DreamInput } from '../../../core/dream/dreamer.ts';
import type { Quote } from '../../../core/dream/evidence.ts';
import type { Draft } from '../../../core/dream/proposal.ts';
import type { Finding } from '../../../core/guard/finding.ts';
import { createAttribution, type Sought } from './attribute.ts';
import { candidatesFor } from './candidates.ts';
import type { Piece } from './pieces.ts';

export interface Drafting {
  readonly input: DreamInput;
  /** What the dream read: only these can have told it anything. */
  readonly sessions: readonly string[];
  /** `drm_…` */
  readonly dream: string;
}

/** @returns in the order of the pieces; what is not enough for any kind is left to the guard to withhold, with its reason. */
export async function draftsOf(pieces: readonly Piece[], drafting: Drafting): Promise<readonly Draft[]> {
  const { input, dream } = drafting;
  const quotes = await attributed(pieces.map(soughtIn), drafting);
  const signals = signalIndex(input);
  const choices = pieces.map((piece, at) => {
    const cited = quotes[at] ?? [];
    const about = { input, dream, cited, signals: [...new Set(cited.flatMap(signals))] };
    return candidatesFor(piece, about);
  });
  return chosen(choices, (all) => input.check(all));
}

/** Best first. */
export const ranked = (drafts: readonly Draft[]): readonly Draft[] =>
  drafts.toSorted((a, b) => rankOf(a) - rankOf(b));

/** What is wrong in memory comes first, what nobody was found to have said last. */
function rankOf({ kind, evidence }: Draft): number {
  if (evidence.some(({ type }) => type === 'unattributed')) return 3;
  if (kind === 'correct' || kind === 'retire') return 0;
  return kind === 'learn' ? 1 : 2;
}

/** What is new in a piece, or else what goes; a move says nothing new. */
function soughtIn({ changes }: Piece): Sought {
  const texts = (of: (change: Piece['changes'][number]) => readonly string[]): string =>
    changes.flatMap(of).join('\n');
  const before = texts((change) => {
    if (change.kind === 'add') return [];
    const from = 'entry' in change.from ? [change.from] : change.from;
    return from.map(({ entry }) => entry.text);
  });
  const after = texts((change) => ('to' in change ? [change.to.entry.text] : []));
  return after === '' ? { text: before, known: '', goes: true } : { text: after, known: before };
}

async function attributed(
  sought: readonly Sought[],
  { input, sessions }: Drafting,
): Promise<readonly (readonly Quote[])[]> {
  const attribution = createAttribution(sought);
  const known = new Set<string>(input.sessions.map(({ id }) => id));
  for (const id of sessions) {
    input.signal?.throwIfAborted();
    const session = known.has(id) ? await input.readSession(id) : undefined;
    if (session !== undefined) attribution.read(session);
  }
  return attribution.quotes();
}

/** Ids of the signals that rest on the event of a quote. */
function signalIndex({ signals }: DreamInput): (quote: Quote) => readonly string[] {
  const key = ({ session, event }: Quote): string => `${session}\n${event}`;
  const byEvent = new Map<string, string[]>();
  for (const { id, quotes } of signals)
    for (const quote of quotes) byEvent.set(key(quote), [...(byEvent.get(key(quote)) ?? []), id]);
  return (quote) => byEvent.get(key(quote)) ?? [];
}

type Check = (drafts: readonly Draft[]) => Promise<readonly (readonly Finding[])[]>;

/** Of each piece the first candidate that nothing blocks, else the first. */
async function chosen(choices: readonly (readonly Draft[])[], check: Check): Promise<readonly Draft[]> {
  const picked = new Map<number, Draft>();
  const most = Math.max(0, ...choices.map(({ length }) => length));
  for (let round = 0; round < most; round += 1) {
    const open = choices.flatMap((list, at) => {
      const draft = picked.has(at) ? undefined : list[round];
      return draft === undefined ? [] : [{ at, draft }];
    });
    const findings = open.length === 0 ? [] : await check(open.map(({ draft }) => draft));
    for (const [index, { at, draft }] of open.entries())
      if (!blocks(findings[index] ?? [])) picked.set(at, draft);
  }
  return choices.flatMap((list, at) => picked.get(at) ?? list.find(citesMore) ?? list[0] ?? []);
}

/** Its reason tells more than that it is no rearrangement. */
const citesMore = ({ evidence }: Draft): boolean => evidence.some(({ type }) => type !== 'entry');

/** Too much going at once is no matter of kinds. */
const blocks = (findings: readonly Finding[]): boolean =>
  findings.some(({ check, severity }) => severity === 'block' && check !== 'loss');
