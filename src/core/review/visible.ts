/** Makes characters that cannot be seen visible, so that foreign text reads as what it is. */
import { hiddenCharacters } from '../text/hidden.ts';

/** Terminal colours and cursor moves: tool output is full of them and they say nothing. */
const ansiSequence = /\u001B\[[0-?]*[ -/]*[@-~]/g;

/** What no font shows, beside the hidden characters proper: next line, lone surrogates, private use, unassigned. */
const unshown = /[\u0085\p{Cs}\p{Co}\p{Cn}]/gu;

const named = (character: string): string =>
  `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`;

/**
 * @returns the text with LF line endings, without terminal sequences, and with every character that cannot be seen
 * written as `⟨U+200B⟩`. Tabs and line feeds stay, and joiners where a script or an emoji needs them.
 */
export function visible(text: string): string {
  const plain = text
    .replace(/^\uFEFF/, '')
    .replace(ansiSequence, '')
    .replace(/\r\n?/g, '\n');
  let result = '';
  let from = 0;
  for (const { offset, codePoint } of hiddenCharacters(plain)) {
    const character = String.fromCodePoint(codePoint);
    result += plain.slice(from, offset) + named(character);
    from = offset + character.length;
  }
  return (result + plain.slice(from)).replace(unshown, named);
}

/** Cuts between code points and says so with an ellipsis. `length` counts UTF-16 units. */
export function clip(text: string, length: number): string {
  if (text.length <= length) return text;
  const end = Math.max(0, length - 1);
  const splitsPair = /[\uD800-\uDBFF]/.test(text.charAt(end - 1));
  return `${text.slice(0, splitsPair ? end - 1 : end).trimEnd()}…`;
}
