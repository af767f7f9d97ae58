/** Which evidence each kind of proposal needs: the table of DESIGN section 7. */
import type { Evidence } from '../dream/evidence.ts';
import { refutes } from '../dream/said/refutes.ts';
import type { Lesson, ProposalKind } from '../dream/proposal.ts';
import { entriesOf, type Operation } from '../memory/operation.ts';
import { scopeOf } from '../memory/scope.ts';
import { notCarried } from './carried.ts';
import { neverRun, notDone, notSaid, partlySaid, tellsOfAnEnd } from './carried-by.ts';
import type { GuardContext } from './context.ts';
import { asksToRemember, givesReason } from './cues.ts';
import { editSays } from './edit-says.ts';
import { hostilityOf } from './hostile-text.ts';
import { isAgainst } from './is-against.ts';
import { proofOf } from './proofs.ts';
import { notSpokenOf } from './spoken-of.ts';
import { eventOf, groupCount, readSupport, type Support } from './support.ts';
import { at } from './written.ts';

export interface Verdict {
  /** What is not met, as a sentence; undefined when there is enough. */
  readonly missing?: string;
  /** What a person should weigh, although there is enough. */
  readonly reviews: readonly string[];
}

const enough: Verdict = { reviews: [] };
const look = (message: string): Verdict => ({ reviews: [message] });
const lacks = (missing: string): Verdict => ({ missing, reviews: [] });

/** A proposal's kind says which row it must meet, so it must be what it says. */
const allowed: Readonly<Record<ProposalKind, readonly Operation['op'][]>> = {
  learn: ['add', 'revise'],
  correct: ['add', 'revise', 'merge', 'retire'],
  merge: ['merge', 'retire'],
  retire: ['retire', 'revise'],
  promote: ['move', 'merge', 'retire', 'add'],
  reorganise: ['move', 'revise', 'add', 'retire'],
  enforce: [],
};

/** Judges a proposal by the evidence given, which may be less than it has: after a rejection only newer counts. */
export function enoughEvidence(ctx: GuardContext, evidence: readonly Evidence[]): Verdict {
  const { proposal } = ctx;
  const strange = proposal.operations.find(({ op }) => !allowed[proposal.kind].includes(op));
  if (strange !== undefined) return lacks(`A proposal to ${proposal.kind} does not ${strange.op} entries.`);
  if (proposal.operations.length === 0 && proposal.kind !== 'enforce') return lacks('It changes nothing.');
  const verdict = tabled(ctx, readSupport(ctx, evidence));
  const decidable = proposal.kind === 'learn' || proposal.kind === 'correct' || proposal.kind === 'retire';
  return verdict.missing !== undefined && decidable && isUnattributed(evidence)
    ? look(nobodysWords)
    : verdict;
}

/** A model wrote it, and does not say out of which session: a person decides. Words that are cited must be enough by themselves. */
export function isUnattributed(evidence: readonly Evidence[]): boolean {
  return (
    evidence.some(({ type }) => type === 'unattributed') &&
    evidence.every(({ type }) => type === 'unattributed' || type === 'entry')
  );
}

const nobodysWords = 'No session was found that says so: nobody but the model that wrote it stands for it.';

function tabled(ctx: GuardContext, support: Support): Verdict {
  const { proposal } = ctx;
  switch (proposal.kind) {
    case 'correct':
    case 'retire':
      return correcting(ctx, support);
    case 'learn':
      return learning(ctx, support);
    case 'merge':
    case 'reorganise':
      // The entries are the evidence.
      return rearranging(ctx);
    case 'promote': {
      const verdict = promoting(ctx, support);
      return verdict.missing === undefined ? rearranging(ctx) : verdict;
    }
    case 'enforce':
      return enforcing(ctx, support);
  }
}

function correcting(ctx: GuardContext, support: Support): Verdict {
  const proof = proofOf(ctx, support);
  if (support.statements.length + support.comments.length > 0) {
    const unspoken = proof === undefined ? unspokenChange(ctx, support) : undefined;
    return unspoken === undefined ? enough : lacks(unspoken);
  }
  if (proof === undefined) {
    return lacks('Neither a person said so, nor does Git or output in two independent sessions prove it.');
  }
  return proof === 'sure'
    ? enough
    : look('The repository suggests it, but does not prove which of them is right.');
}

/** A rule that nobody said, or an entry that would go without a word about it. */
function unspokenChange(ctx: GuardContext, support: Support): string | undefined {
  return notSaid(ctx, support) ?? unspokenRemoval(ctx, support);
}

function unspokenRemoval(ctx: GuardContext, support: Support): string | undefined {
  const said = [...support.statements, ...support.comments].map(({ quote }) => quote);
  for (const operation of ctx.proposal.operations) {
    const entry = operation.op === 'retire' ? ctx.store.entries.get(operation.entry) : undefined;
    const reason = entry === undefined ? undefined : notSpokenOf(entry, said, at(entry));
    if (reason !== undefined) return reason;
    if (entry !== undefined && !tellsOfAnEnd(said) && !said.some((words) => refutes(words, entry.text)))
      return `Nobody cited says that ${at(entry)} is no longer so.`;
  }
  return undefined;
}

/** Whose words must carry it; of a lost edit, the edit itself is the proof. */
const carriers: Readonly<Partial<Record<Lesson, typeof notDone>>> = {
  request: notSaid,
  preference: notSaid,
  mistake: notDone,
  workflow: notDone,
  fact: notDone,
  decision: notDone,
  location: notDone,
};

/** Its row of the table, by words that say what is written. */
function learning(ctx: GuardContext, support: Support): Verdict {
  const { lesson = 'preference' } = ctx.proposal;
  const verdict = lessons[lesson](ctx, support);
  if (verdict.missing !== undefined) return verdict;
  const uncarried = carriers[lesson]?.(ctx, support);
  if (uncarried !== undefined) return lacks(uncarried);
  // Of a lost edit, the edit says it.
  if (lesson === 'lost-edit' && !editSays(ctx, support.quotes))
    return lacks('No edit that is cited holds what would be written.');
  return carriers[lesson] === notSaid && partlySaid(ctx, support)
    ? { reviews: [...verdict.reviews, 'The words cited say it in other words, or only a part of it.'] }
    : verdict;
}

type Row = (ctx: GuardContext, support: Support) => Verdict;

const lessons: Readonly<Record<Lesson, Row>> = {
  request: (ctx, support) => {
    const asked = [...support.quotes.filter(({ trust }) => trust === 'person'), ...support.comments];
    if (asked.length === 0) return lacks('No person asked to remember it.');
    const explicit = asked.some((item) => asksToRemember(item.quote));
    return explicit ? enough : look('The words cited do not ask to remember anything.');
  },
  preference: (ctx, support) => {
    const said = [...support.statements, ...support.comments];
    if (said.length === 0) return lacks('No person said so; what agents or tools say is no preference.');
    if (support.people.size >= 2 || support.comments.length > 0) return enough;
    return groupCount(ctx, support.statements) >= 2
      ? look('One person said so; it becomes a rule for all who share this memory.')
      : look('One statement of one person; a second session would make it sure.');
  },
  mistake: (ctx, support) => {
    if (groupCount(ctx, support.bearing) >= 2) return enough;
    if (!failedThenWorked(ctx, support)) {
      return lacks('Seen in one session only, and no failure with what fixed it is cited.');
    }
    return namesRepository(ctx, support)
      ? look('One failure and one fix, in one session.')
      : lacks('Seen in one session only, and it names nothing of this repository.');
  },
  workflow: (ctx, support) => recurring(ctx, support, 3),
  fact: (ctx, support) => recurring(ctx, support, 2),
  decision: (ctx, support) => recurring(ctx, support, 2),
  location: (ctx, support) => recurring(ctx, support, 2),
  'lost-edit': (ctx, support) => {
    const edits = support.quotes.filter((quote) => {
      const event = eventOf(ctx, quote);
      const wrote = event?.tool?.action === 'write' || event?.tool?.action === 'edit';
      return wrote && event.rejected !== true && event.ok !== false;
    });
    if (edits.length === 0) return lacks('No edit of a memory file is cited.');
    const asked = support.quotes.some(({ trust }) => trust === 'person');
    return asked ? enough : look('An agent wrote it into its memory; no person is cited who asked for it.');
  },
};

function recurring(ctx: GuardContext, support: Support, sessions: number): Verdict {
  if (groupCount(ctx, support.bearing) >= sessions) return enough;
  if (support.comments.length > 0) return enough;
  const reasoned = support.statements.some((quote) => givesReason(wholeTurn(ctx, quote)));
  return reasoned
    ? look('One person said so, with the reason.')
    : lacks(`It takes ${sessions} independent sessions, or a person who gives the reason.`);
}

/** What the person said in that turn: the reason may stand in the next sentence. */
function wholeTurn(ctx: GuardContext, quote: Support['quotes'][number]): string {
  const spans = eventOf(ctx, quote)?.spans ?? [];
  return spans
    .filter((span) => span.trust === quote.trust)
    .map((span) => span.text)
    .join('\n');
}

function failedThenWorked(ctx: GuardContext, support: Support): boolean {
  return support.quotes.some((failure) => {
    if (eventOf(ctx, failure)?.ok !== false) return false;
    return support.quotes.some((fix) => {
      const later = fix.session === failure.session && fix.event > failure.event;
      return later && eventOf(ctx, fix)?.ok !== false;
    });
  });
}

/** Shorter names ("a", "go") stand in any text. */
const tellingName = 4;

function namesRepository({ repository }: GuardContext, { texts, quotes }: Support): boolean {
  const said = [...texts, ...quotes.map(({ quote }) => quote)].join('\n').toLowerCase();
  for (const path of repository.paths) {
    const parts = path.toLowerCase().split('/');
    if (parts.some((part) => part.length >= tellingName && said.includes(part))) return true;
  }
  return false;
}

function rearranging(ctx: GuardContext): Verdict {
  const reason = notCarried(ctx);
  return reason === undefined ? enough : lacks(reason);
}

function promoting(ctx: GuardContext, support: Support): Verdict {
  const from = new Set(
    ctx.proposal.operations.flatMap(entriesOf).flatMap((id) => {
      const file = ctx.store.entries.get(id)?.file;
      return file === undefined ? [] : [JSON.stringify(scopeOf(file))];
    }),
  );
  return from.size >= 2 || support.people.size >= 2
    ? enough
    : lacks('Only one agent, person or project has learned it so far.');
}

function enforcing(ctx: GuardContext, support: Support): Verdict {
  const written = support.entries.flatMap(({ at }) => at ?? []).sort()[0];
  if (support.entries.length === 0) return lacks('It names no entry that would be enforced.');
  const { suggestion } = ctx.proposal;
  if (suggestion === undefined) return lacks('It suggests no check.');
  if (hostilityOf(suggestion).some(({ kind }) => kind !== 'suspicious'))
    return lacks('Its suggestion is no check.');
  const strange = neverRun(ctx, support, [suggestion]);
  if (strange !== undefined) return lacks(strange);
  const enforced = support.entries.flatMap(({ entry }) => ctx.store.entries.get(entry) ?? []);
  const since = support.quotes.filter((quote) => {
    if (!enforced.some((entry) => isAgainst(ctx, quote, entry))) return false;
    const when = eventOf(ctx, quote)?.at ?? ctx.sessions.get(quote.session)?.startedAt;
    return written === undefined || (when !== undefined && when > written);
  });
  const violations = new Set(since.map(({ session, event }) => `${session} ${event}`)).size;
  if (violations < 2) return lacks('The entry was not violated twice since it was written.');
  return written === undefined ? look('Git does not know since when the entry is written.') : enough;
}
