/** Where people say that something changed, is wrong or is gone: the sentences that say it, with what stands beside them. */
import type { SignalOf } from '../signal.ts';
import { mayRefute } from '../said/denials.ts';
import { type Reading, quotesOf, type Sentence } from './reading.ts';

/** The sentences of one person's span each, in order. */
function spansOf(sentences: readonly Sentence[]): Sentence[][] {
  const spans: Sentence[][] = [];
  for (const sentence of sentences) {
    const open = sentence.previous === undefined ? undefined : spans.at(-1);
    if (open === undefined) spans.push([sentence]);
    else open.push(sentence);
  }
  return spans;
}

/** A sentence that may refute with its neighbours, and two such with what is between; none within another. */
function windowsOf(span: readonly Sentence[]): Sentence[][] {
  const telling = span.map(({ text }) => mayRefute(text));
  const windows = telling.flatMap((tells, at) => {
    if (!tells) return [];
    const around = [Math.max(0, at - 1), Math.min(span.length - 1, at + 1)] as const;
    return telling[at + 2] === true ? [around, [at, at + 2] as const] : [around];
  });
  const isWithinAnother = ([from, to]: readonly [number, number], at: number): boolean =>
    windows.some(
      ([a, b], other) => other !== at && a <= from && b >= to && (b - a > to - from || other < at),
    );
  return windows
    .filter((window, at) => !isWithinAnother(window, at))
    .map(([from, to]) => span.slice(from, to + 1));
}

/** What is refuted only memory can tell, so the words are kept as they were said, with what stands beside them. */
export function gatherRefutations(reading: Reading): Omit<SignalOf<'refutation'>, 'id' | 'session'>[] {
  const typed = reading.sentences.filter(({ trust }) => trust === 'person');
  return spansOf(typed)
    .flatMap(windowsOf)
    .flatMap((window) => {
      const quotes = quotesOf(
        reading.session,
        window.map(({ event, text }) => [event, text] as const),
      );
      const at = window[0]?.event.at;
      const text = window.map((sentence) => sentence.text).join('\n');
      return quotes.length === 0
        ? []
        : [{ kind: 'refutation' as const, quotes, ...(at === undefined ? {} : { at }), text }];
    });
}
