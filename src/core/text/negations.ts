/** Where a text says no, and to what. */
import { withoutMarkup } from './markup.ts';
import { stems } from './words.ts';

export type Negation = 'not' | 'without' | 'except' | 'instead' | 'only';

export interface Negated {
  readonly negation: Negation;
  /** Stems of what is denied: at most three, up to the end of the clause. */
  readonly scope: readonly string[];
}

const patterns: readonly (readonly [Negation, RegExp])[] = [
  ['instead', /\b(?:instead of|rather than|in place of)\b/giu],
  ['except', /\b(?:except(?: for)?|unless|other than|apart from|excluding|but not)\b/giu],
  ['without', /\bwithout\b/giu],
  [
    'not',
    /\b(?:(?:do|does|did|is|are|was|were|must|should|will|would|can|could|may|has|have|need)(?: not|n['’]?t)|cannot|won['’]t|can['’]t|not|never|avoid|refrain from|no longer|no|neither|nor|none|forbidden|prohibited|disallowed)\b/giu,
  ],
  ['only', /\bonly\b/giu],
];

/** Every negation of a text, with its scope, in order. Code is looked past but counts as words of the scope. */
export function negated(text: string): Negated[] {
  const found: (Negated & { at: number })[] = [];
  let rest = withoutMarkup(text, true);
  for (const [negation, pattern] of patterns) {
    const source = rest;
    rest = source.replace(pattern, (match, offset: number) => {
      if (insideCode(source, offset)) return match;
      found.push({ negation, at: offset, scope: scopeAfter(source.slice(offset + match.length)) });
      return ' '.repeat(match.length);
    });
  }
  return found.sort((a, b) => a.at - b.at).map(({ negation, scope }) => ({ negation, scope }));
}

function scopeAfter(text: string): string[] {
  const clause = /^[^.;:!?\n](?:[^,;:!?\n.]|[.,:](?=\S))*/u.exec(text.slice(0, 200))?.[0] ?? '';
  return stems(clause).slice(0, 3);
}

function insideCode(text: string, offset: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', offset) + 1, offset);
  return (line.split('`').length - 1) % 2 === 1;
}
