/** The words and marks of what somebody said, lower-cased, with what is looked for collapsed into one token. */

export interface Range {
  readonly start: number;
  readonly end: number;
}

export interface Token extends Range {
  /** A word in lower case, a mark, or `OLD` and `NEW` where a value or thing that is looked for stands. */
  readonly text: string;
}

/** Capitals keep them apart from words. */
export const old = 'OLD';
export const now = 'NEW';

export const isMark = (word: string): boolean => word === old || word === now;

const word =
  /`[^`\n]+`|\p{L}[\p{L}\p{M}'’]*(?:[-./_:@#+][\p{L}\p{N}_]+(?:['’]\p{L}+)?)*|[#@]?[\p{L}\p{N}_]+(?:[-./_:@#+][\p{L}\p{N}_]+)*|->|=>|[→=.,;:!?()\n–—-]/gu;

const auxiliary = 'is|are|was|were|do|does|did|has|have|had|ca|can|wo|will|would|should|could|must|need';
const negative = new RegExp(`^(${auxiliary})n'?t$`);
const contracted = /^(.+)('s|'re|'ve|'d|'ll|'m)$/;
const spelledOut: Readonly<Record<string, string>> = {
  "'re": 'are',
  "'m": 'am',
  "'ve": 'have',
  "'d": 'had',
  "'ll": 'will',
};

/** "isn't" is two words, so is "that's"; "dont" and "thats" too. */
function opened(token: Token): Token[] {
  const parts = partsOf(token.text);
  return parts.map((text) => ({ ...token, text }));
}

function partsOf(text: string): string[] {
  if (text === 'cannot') return ['can', 'not'];
  if (text === 'thats' || text === 'theres') return [text.slice(0, -1), "'s"];
  const denied = negative.exec(text)?.[1];
  if (denied !== undefined) return [denied === 'ca' ? 'can' : denied === 'wo' ? 'will' : denied, 'not'];
  const [, base, ending] = contracted.exec(text) ?? [];
  return base === undefined || ending === undefined ? [text] : [base, spelledOut[ending] ?? ending];
}

function wordsBetween(text: string, from: number, to: number): Token[] {
  return [...text.slice(from, to).matchAll(word)].flatMap((match) => {
    const start = from + match.index;
    const plain = match[0].toLowerCase().replaceAll('’', "'");
    return opened({ text: plain, start, end: start + match[0].length });
  });
}

/** The tokens of a text, with each of the given ranges as one. */
export function tokensOf(text: string, olds: readonly Range[] = [], news: readonly Range[] = []): Token[] {
  const ranges = [
    ...olds.map((range) => ({ ...withTicks(text, range), text: old })),
    ...news.map((range) => ({ ...withTicks(text, range), text: now })),
  ].sort((a, b) => a.start - b.start);
  const tokens: Token[] = [];
  let from = 0;
  for (const range of ranges) {
    if (range.start < from) continue;
    tokens.push(...wordsBetween(text, from, range.start), range);
    from = range.end;
  }
  return [...tokens, ...wordsBetween(text, from, text.length)];
}

/** A span of code is one thing with its marks. */
function withTicks(text: string, { start, end }: Range): Range {
  return text[start - 1] === '`' && text[end] === '`' ? { start: start - 1, end: end + 1 } : { start, end };
}
