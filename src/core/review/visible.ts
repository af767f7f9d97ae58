/** Makes characters that cannot be seen visible, so that foreign text reads as what it is. */

/** Control, format (bidirectional marks, zero width, tags), surrogate, private-use and unassigned characters; line separators. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\u{3164}\u{115F}\u{1160}\u{FFA0}\u{2800}]/gu;

/** Terminal colours and cursor moves: tool output is full of them and they say nothing. */
const ansiSequence = /\u001B\[[0-?]*[ -/]*[@-~]/g;

const zeroWidthJoiner = '\u200D';
const zeroWidthNonJoiner = '\u200C';

/** Joiners are spelling in some scripts and glue in emoji; there they stay. */
function belongs(character: string, before: string, after: string): boolean {
  if (character === zeroWidthJoiner && /[\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F]$/u.test(before)) {
    return /^\p{Extended_Pictographic}/u.test(after);
  }
  if (character !== zeroWidthJoiner && character !== zeroWidthNonJoiner) return false;
  const spelling =
    /[\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}]/u;
  return spelling.test(before) && spelling.test(after);
}

/**
 * @returns the text with LF line endings, without terminal sequences, and with every character that cannot be seen
 * written as `⟨U+200B⟩`. Tabs and line feeds stay.
 */
export function visible(text: string): string {
  const plain = text.replace(ansiSequence, '').replace(/\r\n?/g, '\n');
  return plain.replace(unseen, (character, offset: number) => {
    if (character === '\n' || character === '\t') return character;
    const before = plain.slice(Math.max(0, offset - 2), offset);
    const after = plain.slice(offset + character.length, offset + character.length + 2);
    if (belongs(character, before, after)) return character;
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return `⟨U+${code}⟩`;
  });
}

/** Cuts between code points and says so with an ellipsis. `length` counts UTF-16 units. */
export function clip(text: string, length: number): string {
  if (text.length <= length) return text;
  const end = Math.max(0, length - 1);
  const splitsPair = /[\uD800-\uDBFF]/.test(text.charAt(end - 1));
  return `${text.slice(0, splitsPair ? end - 1 : end).trimEnd()}…`;
}
