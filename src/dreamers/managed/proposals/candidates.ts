/** The proposals that one lesson of a dream at Anthropic could be, the most telling first. */
import { createHash } from 'node:crypto';
import type { DreamInput } from '../../../core/dream/dreamer.ts';
import type { Evidence, Quote } from '../../../core/dream/evidence.ts';
import type { Draft, Lesson, Proposal } from '../../../core/dream/proposal.ts';
import { asksToRemember, givesReason } from '../../../core/guard/cues.ts';
import { entriesOf, type Operation } from '../../../core/memory/operation.ts';
import { specifics } from '../../../core/text/specifics.ts';
import { entryEvidence } from '../../embedded/evidence.ts';
import { factOf } from '../../embedded/store/stale.ts';
import { titled } from '../../embedded/title.ts';
import { ownSignal } from '../carry.ts';
import type { Change } from '../difference/difference.ts';
import type { Placed } from '../difference/place.ts';
import type { Piece } from './pieces.ts';

export interface About {
  readonly input: DreamInput;
  /** `drm_…` */
  readonly dream: string;
  /** Words of the sessions that speak of it. */
  readonly cited: readonly Quote[];
  /** Ids of the signals that rest on the same words. */
  readonly signals: readonly string[];
}

interface Kind {
  readonly kind: Proposal['kind'];
  readonly lesson?: Lesson;
  /** The entries are the evidence; else words of sessions must be. */
  readonly rearranges?: true;
}

/** The first whose evidence is enough is proposed. */
export function candidatesFor(piece: Piece, about: About): readonly Draft[] {
  const [change] = piece.changes;
  const cited = citedFor(change, about.cited);
  const facts = goneFrom(change, about.input);
  return kindsOf(change, cited).map((kind) => draftOf(piece, kind, { ...about, cited, facts }));
}

/** What a rewording no longer names, and Git shows deleted or renamed: for that nobody need say so. */
function goneFrom(change: Change, { repository }: DreamInput): readonly Evidence[] {
  if (change.kind !== 'revise') return [];
  const after = change.to.entry.text;
  const named = specifics(change.from.entry.text).map(({ value }) => value);
  return [...new Set(named)].flatMap((path): Evidence[] => {
    const deletion = after.includes(path) ? undefined : repository.deleted.get(path);
    return deletion === undefined ? [] : [factOf({ deleted: path, deletion })];
  });
}

/** That a tool says something of it is no reason for an entry to go: people say so, or nobody does. */
function citedFor({ kind }: Change, cited: readonly Quote[]): readonly Quote[] {
  return kind === 'retire' ? cited.filter(isStatement) : cited;
}

const isStatement = ({ trust }: Quote): boolean => trust === 'person' || trust === 'claimed';

function kindsOf(change: Change, cited: readonly Quote[]): readonly Kind[] {
  switch (change.kind) {
    case 'add':
      return lessonsOf(cited).map((lesson) => ({ kind: 'learn', lesson }));
    case 'revise':
      // A rewording that brings nothing in and leaves nothing out needs nobody's words.
      return [{ kind: 'reorganise', rearranges: true }, { kind: 'correct' }];
    case 'merge':
      return [{ kind: 'merge', rearranges: true }, { kind: 'correct' }];
    case 'move':
      return [
        { kind: 'reorganise', rearranges: true },
        { kind: 'promote', rearranges: true },
      ];
    case 'retire':
      // Of two that say the same one may go.
      return [{ kind: 'merge', rearranges: true }, { kind: 'retire' }];
  }
}

/** By what was said, and by whom: the evidence table decides which of them it is enough for. */
function lessonsOf(cited: readonly Quote[]): readonly Lesson[] {
  const said = cited.filter(isStatement);
  const asked = said.some(({ trust, quote }) => trust === 'person' && asksToRemember(quote));
  const reasoned = said.some(({ quote }) => givesReason(quote));
  return [
    ...(asked ? (['request'] as const) : []),
    ...(reasoned ? (['decision'] as const) : []),
    ...(said.length > 0 ? (['preference'] as const) : []),
    'fact',
    ...(cited.some(({ trust }) => trust === 'tool') ? (['mistake'] as const) : []),
  ];
}

function draftOf(
  piece: Piece,
  { kind, lesson, rearranges }: Kind,
  about: About & { readonly facts: readonly Evidence[] },
): Draft {
  const { input, dream, cited, facts } = about;
  const { operations } = piece;
  const touched = operations.flatMap(entriesOf).flatMap((id) => input.store.entries.get(id) ?? []);
  const entries = touched.map((entry) => entryEvidence(input, entry));
  const nobody: Evidence = { type: 'unattributed', dream };
  const found: readonly Evidence[] = [...cited, ...facts];
  const words = rearranges === true ? [] : found.length > 0 ? found : [nobody];
  return {
    kind,
    ...(lesson === undefined ? {} : { lesson }),
    title: titleOf(piece),
    rationale: rationaleOf(rearranges === true, about),
    operations: [...operations],
    evidence: [...words, ...entries],
    strength: strengthOf(rearranges === true, about),
    signals: [...about.signals, idOf(operations)],
  };
}

type Cited = Pick<About, 'cited'> & { readonly facts: readonly Evidence[] };

function rationaleOf(rearranges: boolean, { cited, facts }: Cited): string {
  if (rearranges) return 'A dream at Anthropic rearranged it; it says the same as before.';
  const sessions = new Set(cited.map(({ session }) => session)).size;
  if (sessions === 0 && facts.length > 0)
    return 'A dream at Anthropic wrote it; Git shows that what it no longer names is gone.';
  if (sessions === 0)
    return 'A dream at Anthropic wrote it out of the sessions it read. Where it has it from could not be found.';
  return `A dream at Anthropic wrote it; ${sessions === 1 ? 'one session speaks' : `${sessions} sessions speak`} of it.`;
}

function strengthOf(rearranges: boolean, { cited, facts }: Cited): Draft['strength'] {
  if (rearranges || facts.length > 0 || cited.some(({ trust }) => trust === 'person')) return 'supported';
  return new Set(cited.map(({ session }) => session)).size >= 2 ? 'supported' : 'suggested';
}

function titleOf({ changes: [change, ...others] }: Piece): string {
  const also = others.length === 0 ? '' : ` and ${others.length} more`;
  switch (change.kind) {
    case 'add':
      return titled('Learn', change.to.entry.text);
    case 'retire':
      return titled('Remove', change.from.entry.text);
    case 'move':
      return titled(`Move to ${targetOf(change.to)}`, `${change.to.entry.text}${also}`);
    case 'revise':
      return titled('Reword', change.to.entry.text);
    case 'merge':
      return titled(`Merge ${change.from.length} notes`, change.to.entry.text);
  }
}

const targetOf = ({ entry, headings }: Placed): string => (headings.at(-1) ?? entry.file).slice(0, 40);

/** The same change is the same signal whenever it is dreamed again. */
function idOf(operations: readonly Operation[]): string {
  return `${ownSignal}${createHash('sha256').update(JSON.stringify(operations)).digest('hex').slice(0, 16)}`;
}
