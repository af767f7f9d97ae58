/** Whether clauses of what people state are one rule in different words. */
import { isFunctionWord } from '../../core/dream/gather/frame-words.ts';
import { readClaim } from '../../core/text/claim/claim.ts';
import { likeness } from '../../core/text/claim/same-claim.ts';
import { similarity } from '../../core/text/similarity.ts';
import { chosenAlternatives, specifics, valueConflicts } from '../../core/text/specifics.ts';
import { stems } from '../../core/text/words.ts';

/** Word similarity from which two clauses say the same; measured on the paraphrases of bench/quality. */
const sameWords = 0.5;
/** Share of the words of the shorter clause that the longer one must hold, where both name the same thing. */
const withinNamed = 0.5;
const leastShared = 2;

/** Says that a rule lasts or whom it binds, not what it is. */
const frame =
  /\b(?:always|generally|usually|ever|again|any ?more|from now on|around here|here|please|pls|whenever you (?:work on|touch) (?:this|it|this code)|in (?:any of |all )?(?:this|our|the) (?:repo(?:sitory)?s?|projects?|code ?base|code base|team|workspace|monorepo|modules|services)|(?:you|we|one|ppl|people|devs|everybody|everyone|anyone|agents)(?: (?:should|must|have to|has to|need to|are to))?|everyone does|as everyone does|instead|just|straight|directly|simply)\b/gi;
const prohibits =
  /\b(?:(?:nobody|no one|no-one)(?: here| on this team)? (?:(?:should|may|must|can|shall)|is allowed to)|under no circumstances(?: should (?:you|we))?)\b/gi;
const consequence = /,?\s*\b(?:else|otherwise|or else|because)\b.*$/i;

/** What a statement says, without what only frames it. */
export function coreOf(text: string): string {
  return text
    .replace(prohibits, 'never')
    .replace(consequence, '')
    .replace(frame, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

const clauseBoundary =
  /[.;]\s+|,\s+(?=(?:we|always|never|don't|do not|but)\b)|\s+and\s+(?=(?:we|never|always|don't|do not)\b)/i;
const pause = /,\s+(?=[\p{L}]+ )/u;

/** "Never X, we Y", "don't X, do Y instead": two clauses, and whoever states one of them states that rule. */
export function clausesOf(text: string): string[] {
  return text
    .split(clauseBoundary)
    .flatMap((part) => {
      const [first = '', ...rest] = part.split(pause);
      const second = rest.join(', ');
      const turns = denied(first) && !isFunctionWord(second.split(' ')[0] ?? '');
      return turns ? [first, second] : [part];
    })
    .map(coreOf)
    .filter((clause) => clause !== '');
}

/** Verbs and determiners that any rule can be put with; they tell no two rules apart. */
const light: ReadonlySet<string> = new Set(
  stems(
    'use using run write put add keep make take get set call give go leave let have through every each all new whole always must should only when whenever once before after',
  ),
);

/** Names that mean one thing: code, paths, identifiers, versions. */
function namesOf(text: string): Set<string> {
  const code = [...text.matchAll(/`([^`]+)`/g)].map((match) => (match[1] ?? '').toLowerCase());
  const named = specifics(text)
    .filter(
      ({ kind, value }) => kind !== 'negation' && kind !== 'number' && /[\W_\d]|\p{Ll}\p{Lu}/u.test(value),
    )
    .map(({ value }) => value);
  return new Set([...code, ...named]);
}

/** What an imperative begins with: "ask the team" and "check with the team" differ in nothing that binds. */
function verbOf(clause: string): string | undefined {
  return stems(
    clause.replace(/^(?:(?:do|to|don['’]?t|not|never|does|doesn['’]?t|shouldn['’]?t)\s+)+/i, ''),
  )[0];
}

/** The words that tell a clause from others; the verb only where both have it. */
function tellingWords(clause: string, other: string): Set<string> {
  const verb = verbOf(clause);
  const named = new Set(stems(other));
  const all = new Set(stems(clause).filter((stem) => stem !== 'not'));
  const telling = [...all].filter((stem) => !light.has(stem) && (stem !== verb || named.has(stem)));
  return telling.length >= leastShared ? new Set(telling) : all;
}

const measures: ReadonlySet<string> = new Set(['number', 'version', 'date']);

/** Two values of a kind that cannot both hold. */
function differ(a: string, b: string): boolean {
  const measured = valueConflicts(a, b).some(
    (each) => measures.has(each.a.kind) && measures.has(each.b.kind),
  );
  return measured || chosenAlternatives(a, b).length > 0;
}

/** "Before merging" and "after merging". */
function opposed(a: string, b: string): boolean {
  const says = (text: string, word: string): boolean => new RegExp(`\\b${word}\\b`, 'i').test(text);
  return (says(a, 'before') && says(b, 'after')) || (says(a, 'after') && says(b, 'before'));
}

const denied = (clause: string): boolean => stems(clause).includes('not');

/** The nearest of `shared` before and after a word. */
function neighbours(
  order: readonly string[],
  word: string,
  shared: ReadonlySet<string>,
): (string | undefined)[] {
  const at = order.indexOf(word);
  const isShared = (other: string): boolean => shared.has(other);
  return [order.slice(0, at).findLast(isShared), order.slice(at + 1).find(isShared)];
}

/** Different words in the same place are different choices: "unit tests", "browser tests". */
function choosesOtherwise(a: string, b: string, onlyA: readonly string[], onlyB: readonly string[]): boolean {
  const [orderA, orderB] = [stems(a), stems(b)];
  const shared = new Set(
    orderA.filter((word) => orderB.includes(word) && !light.has(word) && word !== 'not'),
  );
  return onlyA.some((word) => {
    const place = neighbours(orderA, word, shared);
    return onlyB.some((other) =>
      neighbours(orderB, other, shared).some((near, side) => near !== undefined && near === place[side]),
    );
  });
}

/** Whether two clauses of rules, as `clausesOf` gives them, say the same. */
export function sameClause(a: string, b: string): boolean {
  if (likeness(readClaim(a), readClaim(b), true) === 'same') return true;
  if (denied(a) !== denied(b) || differ(a, b) || opposed(a, b)) return false;
  const [wordsA, wordsB] = [tellingWords(a, b), tellingWords(b, a)];
  const shared = [...wordsA].filter((word) => wordsB.has(word)).length;
  const onlyA = [...wordsA].filter((word) => !wordsB.has(word));
  const onlyB = [...wordsB].filter((word) => !wordsA.has(word));
  const share = shared / Math.max(1, Math.min(wordsA.size, wordsB.size));
  const names = namesOf(a);
  if ([...namesOf(b)].some((name) => names.has(name))) {
    const otherObject = onlyA.length === 1 && onlyB.length === 1 && verbOf(a) === verbOf(b);
    return share >= withinNamed && !otherObject;
  }
  if (choosesOtherwise(a, b, onlyA, onlyB)) return false;
  const more = onlyA.length === 0 || onlyB.length === 0 || similarity(a, b) >= sameWords;
  return shared >= leastShared && more;
}

/** Whether a statement says all that another says, clause by clause. */
export function saysAllOf(text: string, other: string): boolean {
  const clauses = clausesOf(text);
  return clausesOf(other).every((clause) => clauses.some((own) => sameClause(own, clause)));
}
