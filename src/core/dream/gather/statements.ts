/** Requests to remember, general statements and corrections, from people's sentences (DESIGN sections 5 and 7). */
import type { SignalOf } from '../signal.ts';
import { forbids, statedClaim } from './claims.ts';
import { isOnlyFrame, marksOf, type Mark } from './frame-marks.ts';
import { type Reading, type Sentence, quotesOf } from './reading.ts';
import { tellsOfAnEnd } from '../said/denials.ts';
import { pointsBack, requestedLesson } from './remember-requests.ts';
import { isReaction } from './speech.ts';
import { teachesNothing } from './teaches-nothing.ts';
import { stripPleasantries } from './wording.ts';

type Draft<K extends 'request' | 'statement'> = Omit<SignalOf<K>, 'id' | 'session'>;

/** A sentence, and what those beside it in the same message say of it. */
interface Placed {
  readonly sentence: Sentence;
  readonly said: ReadonlySet<Mark>;
  /** The words answer what an agent did: they refuse a call, or react, or follow such words in the same message. */
  readonly correction: boolean;
}

/** "Standing order." before a rule and "Every time." behind it are no rules, but make one of what they stand beside. */
function place(sentences: readonly Sentence[]): Placed[] {
  const placed: Placed[] = [];
  let before = new Set<Mark>();
  let reacted = false;
  for (const sentence of sentences) {
    if (sentence.previous === undefined) {
      before = new Set();
      reacted = false;
    }
    reacted ||= sentence.afterAgent && isReaction(sentence.text);
    const text = stripPleasantries(sentence.text);
    const marks = isOnlyFrame(text) ? marksOf(text) : undefined;
    const last = placed.at(-1);
    if (
      marks !== undefined &&
      !pointsBack(sentence.text) &&
      sentence.previous !== undefined &&
      last !== undefined
    )
      placed[placed.length - 1] = { ...last, said: new Set([...last.said, ...marks]) };
    if (marks !== undefined) before = marks;
    placed.push({
      sentence,
      said: marks === undefined ? before : new Set(),
      correction: sentence.rejection || reacted,
    });
    if (marks === undefined) before = new Set();
  }
  return placed;
}

function requestOf(reading: Reading, { sentence, said }: Placed): Draft<'request'> | undefined {
  const text = sentence.trust === 'person' ? requestedLesson(sentence, said) : undefined;
  if (text === undefined) return undefined;
  const pointed = pointsBack(sentence.text) ? sentence.previous : undefined;
  const quotes = quotesOf(reading.session, [
    ...(pointed === undefined ? [] : [[sentence.event, pointed] as const]),
    [sentence.event, sentence.text],
  ]);
  const at = sentence.event.at;
  return quotes.length === 0
    ? undefined
    : { kind: 'request', text, quotes, ...(at === undefined ? {} : { at }) };
}

function statementOf(reading: Reading, placed: Placed, completing: boolean): Draft<'statement'> | undefined {
  const { sentence, said, correction } = placed;
  // That something is gone is no rule to follow; what took its place may be.
  if (tellsOfAnEnd(sentence.text)) return undefined;
  // What is ordered after the agent acted, and names code, may be a rule: it has to recur in another session to be one.
  const namesCode = sentence.afterAgent && sentence.text.includes('`');
  const opening = !sentence.afterAgent && !correction;
  const claim = statedClaim(sentence.text, correction || completing || namesCode, said, opening);
  const quotes = quotesOf(reading.session, [[sentence.event, sentence.text]]);
  if (claim === undefined || quotes.length === 0 || teachesNothing(claim.text)) return undefined;
  const at = sentence.event.at;
  return {
    kind: 'statement',
    quotes,
    correction,
    trust: sentence.trust,
    ...claim,
    ...(at === undefined ? {} : { at }),
  };
}

/** "Don't use A." followed by "Use B." is one rule, quoted twice. */
function joined(first: Draft<'statement'>, second: Draft<'statement'>): Draft<'statement'> {
  return {
    ...first,
    ...second,
    text: `${first.text} ${second.text}`,
    general: first.general || second.general,
    correction: first.correction || second.correction,
    quotes: [...first.quotes, ...second.quotes],
  };
}

export function gatherStatements(reading: Reading): (Draft<'request'> | Draft<'statement'>)[] {
  const found: (Draft<'request'> | Draft<'statement'>)[] = [];
  let last: { readonly sentence: Sentence; readonly draft: Draft<'statement'> } | undefined;
  for (const placed of place(reading.sentences)) {
    const { sentence } = placed;
    const request = requestOf(reading, placed);
    if (request !== undefined) found.push(request);
    const next = last?.sentence.event === sentence.event && last.sentence.text === sentence.previous;
    const forbidden = next && last !== undefined && forbids(last.draft.text) ? last.draft : undefined;
    const draft = request === undefined ? statementOf(reading, placed, forbidden !== undefined) : undefined;
    if (draft !== undefined && forbidden !== undefined && !forbids(draft.text)) {
      found[found.indexOf(forbidden)] = joined(forbidden, draft);
      last = undefined;
    } else {
      if (draft !== undefined) found.push(draft);
      last = draft === undefined ? undefined : { sentence, draft };
    }
  }
  return found;
}
