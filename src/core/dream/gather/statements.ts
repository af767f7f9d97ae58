/** Requests to remember, general statements and corrections, from people's sentences (DESIGN sections 5 and 7). */
import type { SignalOf } from '../signal.ts';
import { completes, isReaction, statedClaim } from './claims.ts';
import { type Reading, type Sentence, quotesOf } from './reading.ts';
import { readRefutation } from './refutations.ts';
import { pointsBack, requestedLesson } from './remember-requests.ts';

type Draft<K extends 'request' | 'statement'> = Omit<SignalOf<K>, 'id' | 'session'>;

function requestOf(reading: Reading, sentence: Sentence): Draft<'request'> | undefined {
  const text = sentence.trust === 'person' ? requestedLesson(sentence) : undefined;
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

/** The words answer what an agent did: they refuse a call, or react, or follow such words in the same breath. */
function isCorrection(sentence: Sentence): boolean {
  if (sentence.rejection) return true;
  if (!sentence.afterAgent) return false;
  return isReaction(sentence.text) || (sentence.previous !== undefined && isReaction(sentence.previous));
}

function statementOf(reading: Reading, sentence: Sentence): Draft<'statement'> | undefined {
  // That something is gone is no rule to follow; what took its place may be.
  const refuted = readRefutation(sentence.text);
  if (refuted !== undefined && refuted.replacement === undefined) return undefined;
  const correction = isCorrection(sentence);
  const claim = statedClaim(sentence.text, correction);
  const quotes = quotesOf(reading.session, [[sentence.event, sentence.text]]);
  if (claim === undefined || quotes.length === 0) return undefined;
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
  for (const sentence of reading.sentences) {
    const request = requestOf(reading, sentence);
    const statement = request === undefined ? statementOf(reading, sentence) : undefined;
    if (request !== undefined) found.push(request);
    if (statement === undefined) {
      last = undefined;
      continue;
    }
    const follows = last?.sentence.event === sentence.event && last.sentence.text === sentence.previous;
    if (last !== undefined && follows && completes(last.draft.text, statement.text)) {
      found[found.indexOf(last.draft)] = joined(last.draft, statement);
      last = undefined;
    } else {
      found.push(statement);
      last = { sentence, draft: statement };
    }
  }
  return found;
}
