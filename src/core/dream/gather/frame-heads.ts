/** Whether the head of a sentence is nothing but frame, and what it says of the rest. */
import { type Cut, cutsOf, lastClause, longestHead, type Unframed } from './frame-cuts.ts';
import {
  condition,
  has,
  intoMemory,
  keepsThis,
  type Mark,
  marksOf,
  mostly,
  ofTheTeam,
  recalls,
  rulesItself,
  shareOfFrame,
} from './frame-marks.ts';
import { norms, reactions, wordsOf } from './frame-words.ts';

/** A rule that is named before it is told: "the rule that", "our habit to", "required to". */
const named = new RegExp(
  String.raw`\b(?:rules?|polic(?:y|ies)|conventions?|standards?|practi[cs]e|habit|principle|guidelines?|agreement|agreed|decided|supposed|required|mandatory|obliged|expected)(?: (?:is|are|was|here|now))? (?:that|to)$`,
  'i',
);

/** A concession names what does not count: "no matter what the ticket says". */
const concession = /^(?:no matter (?:what|how|who|if|whether)|whatever|regardless of|even if|however)\b/i;

function frameOf({ head, by }: Cut): { readonly marks: ReadonlySet<Mark> } | undefined {
  const clause = by === 'comma' ? head : lastClause(head);
  const words = wordsOf(clause);
  if (by === 'word' && named.test(head) && words.length <= longestHead && !denies.test(clause))
    return { marks: new Set(['rule']) };
  if (by === 'comma' && concession.test(head)) return { marks: new Set(['rule']) };
  if (words.length === 0 || wordsOf(head).length > longestHead) return undefined;
  const share = shareOfFrame(clause);
  const marks = marksOf(clause);
  if (by === 'mark') return beforeMark(head, clause, share, marks);
  if (share < 1 || (condition.test(clause) && !ofTheTeam.test(clause))) return undefined;
  if (by === 'comma')
    return marks.size > 0 || has(words, reactions) || remark.test(clause) ? { marks } : undefined;
  if (/\b(?:revert|undo|redo|stop)\b/i.test(clause)) return undefined;
  const reason = by === 'subject' && has(words, reactions) && /\b(?:since|because|as)$/i.test(clause);
  return marks.size > 0 || reason ? { marks } : undefined;
}

/** A colon marks a frame by itself, so that most of the words are enough; purposes and talk of oneself go with it. */
function beforeMark(
  head: string,
  clause: string,
  share: number,
  marks: Set<Mark>,
): { readonly marks: ReadonlySet<Mark> } | undefined {
  if (share >= mostly && (intoMemory.test(clause) || keptForGood.test(head))) marks.add('keep');
  if (share === 1) return { marks: keepsThis.test(clause) ? marks.add('keep') : marks };
  if (sparing.test(head) && share >= mostly) return { marks };
  const named = marks.has('keep') || has(wordsOf(clause), norms) || rulesItself.test(clause);
  if (named && share >= mostly) return { marks };
  const whole = marksOf(head);
  if (/^so\b/i.test(clause) && whole.has('keep')) return { marks: whole };
  return /^(?:i|i'm|we're)\b/i.test(clause) && share >= mostly ? { marks } : undefined;
}

const keptForGood = /\bto be (?:kept|noted|remembered|recorded|stored)\b/i;

/** For whose sake it is said: "to spare the next agent this". */
const sparing = /^(?:to|so that)\b.*\b(?:agents?|sessions?|you|me|i|we|us)\b/i;

/** Says nothing of the matter: "just so you know", "that isn't how this works". */
const remark = /^(?:just|so|that|this|it|as|what|how|well|btw|the|another|one|you)\b/i;

const forbidding =
  /\b(?:forbidden|not (?:allowed|permitted|ok(?:ay)?|acceptable)|prohibited|banned|against (?:our|the) \w+)\b(?:.*\sto)?$/i;
/** A head that denies cannot be dropped: "nobody is allowed to". */
const denies =
  /\b(?:nobody|no one|no-one|none of us|no circumstances|not|never|\w+n['’]t|dont|doesnt|cant|wont|isnt)\b/i;

export function withoutHead(text: string): Unframed | undefined {
  const found = cutsOf(text)
    .map((cut) => ({ cut, frame: frameOf(cut) }))
    .filter(({ cut, frame }) => frame !== undefined && cut.rest.trim() !== '')
    .sort((a, b) => rankOf(b.cut) - rankOf(a.cut));
  for (const { cut, frame } of found) {
    if (frame === undefined) continue;
    const keeps = cut.by === 'word' || cut.by === 'subject';
    if (forbidding.test(cut.head) && /\b(?:should|must|to) be\b/i.test(cut.head)) continue;
    if (forbidding.test(cut.head) && keeps) return { rest: `never ${cut.rest}`, marks: new Set(['rule']) };
    if (keeps && denies.test(lastClause(cut.head)) && !recalls.test(lastClause(cut.head))) continue;
    return { rest: cut.rest, marks: frame.marks };
  }
  return undefined;
}

/** The longest head goes first: all before the rule is frame. */
const rankOf = (cut: Cut): number => cut.head.length;
