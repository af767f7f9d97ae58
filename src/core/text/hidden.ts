/** Characters a reviewer cannot see, which carry text past them (DESIGN section 8, taint). */

export interface HiddenCharacter {
  /** UTF-16 offset into the text. */
  readonly offset: number;
  readonly codePoint: number;
  readonly name: string;
}

interface Place {
  readonly text: string;
  /** Arabic, Hebrew or their like is in the text. */
  readonly rightToLeft: boolean;
  readonly offset: number;
  readonly codePoint: number;
  readonly before: string;
  readonly after: string;
}

interface HiddenClass {
  readonly name: string;
  readonly pattern: RegExp;
  /** Where it has a job and is fine. */
  readonly legitimate?: (place: Place) => boolean;
}

const joinedScript =
  /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Thaana}\p{Script=Nko}\p{Script=Tibetan}]/u;
const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const wide =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uffef]/u;
const emojiPart = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\u{fe0f}]/u;
const variationSelector = /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/u;
const blackFlag = /\u{1f3f4}[\u{e0020}-\u{e007e}]{0,8}$/u;

const classes: readonly HiddenClass[] = [
  {
    name: 'byte order mark',
    pattern: /\ufeff/,
    legitimate: ({ offset }) => offset === 0,
  },
  {
    name: 'zero-width joiner',
    pattern: /\u200d/,
    legitimate: ({ before, after }) =>
      (emojiPart.test(before) && /\p{Extended_Pictographic}/u.test(after)) || joinedScript.test(before),
  },
  { name: 'zero-width non-joiner', pattern: /\u200c/, legitimate: ({ before }) => joinedScript.test(before) },
  { name: 'zero-width character', pattern: /[\u200b\u2060-\u2064\u206a-\u206f\u034f\u00ad\u180e]/ },
  {
    name: 'direction mark',
    pattern: /[\u200e\u200f\u061c]/,
    legitimate: (place) => place.rightToLeft,
  },
  { name: 'bidirectional control', pattern: /[\u202a-\u202e\u2066-\u2069]/ },
  {
    name: 'tag character',
    pattern: /[\u{e0000}-\u{e007f}]/u,
    // The flags of England, Scotland and Wales are spelled with tags.
    legitimate: ({ text, offset }) => blackFlag.test(text.slice(Math.max(0, offset - 18), offset)),
  },
  {
    name: 'variation selector',
    pattern: variationSelector,
    legitimate: ({ before, codePoint }) =>
      before !== '' &&
      (codePoint >= 0xe0100
        ? /\p{Script=Han}/u.test(before)
        : /[^\s]/u.test(before) && !variationSelector.test(before)),
  },
  {
    name: 'unusual space',
    pattern: /[\u1680\u2000-\u200a\u205f\u2028\u2029\u2800\u3164\u115f\u1160\uffa0]/,
  },
  {
    name: 'ideographic space',
    pattern: /\u3000/,
    legitimate: ({ before, after }) => wide.test(before) || wide.test(after),
  },

  {
    name: 'control character',
    pattern: /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufff9-\ufffb]/,
  },
];

// One cheap look decides for most texts; the classes are asked only about what it finds.
const suspicious =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u034f\u061c\u115f\u1160\u1680\u180e\u2000-\u200f\u2028-\u202e\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e01ef}]/gu;

/**
 * Invisible characters that have no job where they stand, in order. A leading byte order mark, emoji sequences, and
 * joiners and direction marks in scripts that need them are fine.
 */
export function hiddenCharacters(text: string): HiddenCharacter[] {
  const found: HiddenCharacter[] = [];
  const place = { text, rightToLeft: rightToLeft.test(text) };
  for (const match of text.matchAll(suspicious)) {
    const offset = match.index;
    const codePoint = match[0].codePointAt(0) ?? 0;
    const here: Place = {
      ...place,
      offset,
      codePoint,
      before: characterBefore(text, offset),
      after: String.fromCodePoint(text.codePointAt(offset + match[0].length) ?? 0x20),
    };
    const kind = classes.find(({ pattern }) => pattern.test(match[0]));
    if (kind === undefined || kind.legitimate?.(here) === true) continue;
    found.push({ offset, codePoint, name: kind.name });
  }
  return found;
}

function characterBefore(text: string, offset: number): string {
  const low = text.charCodeAt(offset - 1);
  const size = low >= 0xdc00 && low <= 0xdfff ? 2 : 1;
  return text.slice(Math.max(0, offset - size), offset);
}
