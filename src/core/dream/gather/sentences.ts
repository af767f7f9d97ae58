/** Cuts typed prose into sentences that stay verbatim substrings. */

/** Cut at line breaks, and after . ! ? ; before white space. What stands in code ends a sentence only before a capital. */
const boundary = /\n+|(?<=[.!?;]["')\]]?)\s+(?=\S)|(?<=[.!?;]`)\s+(?=\p{Lu})/u;

/** A full stop after these ends nothing. */
const abbreviation = /(?:\b(?:e\.g|i\.e|etc|vs|cf|approx|resp|Mr|Mrs|Dr|St|No)|\b[A-Z])\.$/;

/** What goes on for longer without a full stop is pasted or hostile, and no rule of anybody. */
const longestSentence = 1_500;

const listMarker = /^\s*(?:[-*+•]|\d+[.)])\s+/;

/**
 * Splits text into sentences, list markers left out. Code spans are never cut.
 * @returns trimmed, verbatim substrings of `text`, in order.
 */
export function splitSentences(text: string): string[] {
  const sentences: string[] = [];
  for (const piece of text.split(boundary)) {
    const last = sentences.at(-1);
    const open =
      last !== undefined && last.length <= longestSentence && (abbreviation.test(last) || oddBackticks(last));
    const joined = open ? rejoin(text, last, piece) : undefined;
    if (joined !== undefined) sentences[sentences.length - 1] = joined;
    else {
      const trimmed = piece.replace(listMarker, '').trim();
      if (trimmed !== '') sentences.push(trimmed);
    }
  }
  return sentences.filter((sentence) => sentence.length <= longestSentence);
}

function oddBackticks(text: string): boolean {
  return (text.split('`').length - 1) % 2 === 1;
}

/** Two pieces that were cut wrongly, as they stand in the text; undefined across a line break. */
function rejoin(text: string, first: string, second: string): string | undefined {
  const from = text.indexOf(first);
  const to = text.indexOf(second, from + first.length);
  if (from < 0 || to < 0) return undefined;
  const whole = text.slice(from, to + second.length).trim();
  return whole.includes('\n') ? undefined : whole;
}
