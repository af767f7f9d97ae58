/** Groups people's statements that are one rule in different words. */
import { similarity, similarPairs } from '../../core/text/similarity.ts';
import { specifics, valueConflicts } from '../../core/text/specifics.ts';
import { stems } from '../../core/text/words.ts';

/** Word similarity from which two statements say the same; measured on the paraphrases of bench/quality. */
const sameStatement = 0.6;
/** Lower bound on similarity for pairs that are looked at at all. */
const worthALook = 0.35;
/** Share of the shorter statement that the longer one must hold: one says more, neither says otherwise. */
const within = 0.6;
const withinWithoutName = 0.75;
const leastShared = 3;

/** Says that a rule lasts or whom it binds, not what it is. */
const frame =
  /\b(?:always|generally|usually|by default|as a rule|by convention|in general|at all times|ever|from now on|going forward|around here|here|please|pls|whenever you work on (?:this|it)|in (?:this|our|the) (?:repo(?:sitory)?|project|codebase|team|workspace|monorepo)|(?:that|this) is how we (?:work|do it)|our (?:convention|rule|policy|standard|practice) is to|(?:you|we|one|everybody|everyone|agents) (?:should|must|have to|has to|need to)|everyone does|as everyone does|instead|just|straight|directly|simply)\b/gi;

const prohibits =
  /\b(?:(?:nobody|no one|no-one) (?:here )?(?:should|may|must|can|shall)|under no circumstances)\b/gi;

/** What a statement says, without what only frames it. */
export function coreOf(text: string): string {
  return text
    .replace(prohibits, 'never')
    .replace(/,?\s*\b(?:else|otherwise|or else)\b.*$/i, '')
    .replace(frame, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Names that mean one thing: code, paths, identifiers, versions. */
function namesOf(text: string): Set<string> {
  return new Set(
    specifics(text)
      .filter(
        ({ kind, value }) => kind !== 'negation' && kind !== 'number' && /[\W_\d]|\p{Ll}\p{Lu}/u.test(value),
      )
      .map(({ value }) => value),
  );
}

/** What an imperative begins with: "ask the team" and "check with the team" differ in nothing that binds. */
function verbOf(text: string): string | undefined {
  return /^(?:(?:we|you|do|don['’]?t|not|never|shouldn['’]?t|to)\s+)*([\p{L}]+)/iu
    .exec(text)?.[1]
    ?.toLowerCase();
}

/** Two values of a kind that cannot both hold. Where both name the same thing only numbers can differ. */
function differ(a: string, b: string, named: boolean): boolean {
  const conflicts = valueConflicts(a, b).filter(
    (each) => each.a.value !== verbOf(a) || each.b.value !== verbOf(b),
  );
  const measures = ['number', 'version', 'date'];
  return named
    ? conflicts.some((each) => measures.includes(each.a.kind) && measures.includes(each.b.kind))
    : conflicts.length > 0;
}

/** Whether two statements are one rule. */
export function sameRule(a: string, b: string): boolean {
  const [coreA, coreB] = [coreOf(a), coreOf(b)];
  const [stemsA, stemsB] = [new Set(stems(coreA)), new Set(stems(coreB))];
  const shared = [...stemsA].filter((stem) => stemsB.has(stem)).length;
  const share = shared / Math.max(1, Math.min(stemsA.size, stemsB.size));
  const names = namesOf(coreA);
  const named = [...namesOf(coreB)].some((name) => names.has(name));
  const alike =
    similarity(coreA, coreB) >= sameStatement ||
    (named && shared >= 2 && share >= within) ||
    (shared >= leastShared && share >= withinWithoutName);
  return alike && !differ(coreA, coreB, named);
}

/**
 * Groups of items whose texts are one rule. Every item is in exactly one group; order is kept. Single linkage: in a
 * group each item is like at least one other.
 */
export function clusterBy<T>(items: readonly T[], text: (item: T) => string): T[][] {
  const texts = items.map(text);
  const parent = items.map((_, index) => index);
  const find = (index: number): number => {
    let root = index;
    while (parent[root] !== undefined && parent[root] !== root) root = parent[root] ?? root;
    return root;
  };
  for (const { a, b } of similarPairs(texts.map(coreOf), worthALook)) {
    if (!sameRule(texts[a] ?? '', texts[b] ?? '')) continue;
    const [low, high] = [find(a), find(b)].sort((x, y) => x - y);
    if (low !== undefined && high !== undefined) parent[high] = low;
  }
  const groups = new Map<number, T[]>();
  items.forEach((item, index) => {
    const root = find(index);
    const group = groups.get(root);
    if (group === undefined) groups.set(root, [item]);
    else group.push(item);
  });
  return [...groups.values()];
}
