/** Whether a clause says how things are. */
import { isPast, verbs, verbStem } from './verbs.ts';
import { copulas, haves, pastCopulas, subjects } from './vocabulary.ts';

/** `tells` how things are or were; `asks`; `orders` somebody to do something; `supposes` what might be or is to come. */
export type Mood = 'tells' | 'asks' | 'orders' | 'supposes';

const list = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** Words that may stand before a clause gets going. */
const openers = list(
  'and but so or then also well ok okay hm hmm oh yes no nope nah yeah hey sorry please pls just now actually btw fyi because ' +
    'since as though although while first next instead wait look listen anyway still again lol haha careful that which',
);

const questioners = list('where why how what who');

/** A supposition begins so; one with a condition reaches over its whole sentence. */
const supposers = list(
  "maybe perhaps imagine pretend suppose supposing let let's lets assuming provided should could would might may shall",
);
const conditions = list('if unless whether');
/** So does one whose verb is no past. */
const timeSupposers = list('when once until whenever till');
const modals = list('will would could should might may shall must');
const wishes = verbs('want wish plan go like need propose suggest consider intend hope prefer');
const futures = list('soon tomorrow eventually wish hope');
/** Before "may" they make a month of it. */
const monthly = list('in since last of until by from this early late');

/** What follows them is only said or believed: by others, and by oneself where it was so once. */
const saying = list('say says said claim claims claimed state states tells mention mentions list lists');
const believing = list(
  'thought assumed believed assume assumes expected heard guessed remembered wondered suspect whoever',
);

/** What people tell an agent to do begins so. */
const orders = list(
  'rename change move replace switch remove delete drop add update set make bump migrate swap upgrade downgrade raise lower ' +
    'increase decrease convert refactor rewrite implement fix create write run revert undo restore put turn shut clean cancel ' +
    'disable enable extract split merge rebase commit push open close try check look find show explain tell give read test ' +
    'review deploy do kill retire finish continue use keep take go forget ignore skip disregard stop leave correct strike call ' +
    'pass return start stick log print let bring build install avoid remember note see wait hold ensure dont',
);

const telling = new Set(['been', ...copulas, ...pastCopulas, ...haves]);

/** The words of a clause from the first that says something on. */
function body(words: readonly string[]): readonly string[] {
  const at = words.findIndex((word) => !openers.has(word));
  return at === -1 ? [] : words.slice(at);
}

/** "where does it come from", with or without its mark. */
function isQuestion(words: readonly string[]): boolean {
  const [first = '', second = ''] = body(words);
  return questioners.has(first) && (telling.has(second) || /^(?:do|does|did|come)$/.test(second));
}

/** "rename it", "please …", "don't use it". */
function isOrder(words: readonly string[]): boolean {
  const [first = '', second = ''] = body(words);
  const polite = words.includes('please') || words.includes('pls');
  if (polite && !words.some((word) => subjects.has(word) && word !== 'that')) return true;
  if (first === 'never' || (first === 'do' && second === 'not')) return !subjects.has(words[2] ?? '');
  return orders.has(first) && !telling.has(second) && second !== 'of';
}

/** "will", "is going to", "we want to": not so yet. A note that "should say" something is wrong now. */
function isYetToBe(words: readonly string[]): boolean {
  return words.some((word, at) => {
    const next = words[at + 1] ?? '';
    if (word === 'may' && monthly.has(words[at - 1] ?? '')) return false;
    if (modals.has(word)) return !/^(?:say|read|know|not)$/.test(next);
    return futures.has(word) || (next === 'to' && wishes.has(verbStem(word)) && !isPast(word));
  });
}

function isSupposition(words: readonly string[]): boolean {
  const [first = ''] = body(words);
  if (supposers.has(first) || conditions.has(first)) return true;
  if (!timeSupposers.has(first)) return false;
  return words.includes('is') || words.includes('are') || !words.some(isPast);
}

/** "if …", "unless …": nothing in its sentence is said to be so. */
export const isCondition = (words: readonly string[]): boolean => conditions.has(body(words)[0] ?? '');

/** "somebody said …", "you assume …", "I thought …"; but "I told you …", and "it should say …". */
export function isHearsay(words: readonly string[]): boolean {
  if (words.includes('should') || words.includes('must')) return false;
  if (words.some((word) => believing.has(word))) return true;
  const at = words.findIndex((word) => saying.has(word));
  return at !== -1 && !words.slice(Math.max(0, at - 2), at).some((word) => word === 'i' || word === 'we');
}

export function moodOf(words: readonly string[]): Mood {
  if (isQuestion(words)) return 'asks';
  if (isSupposition(words) || isYetToBe(words) || isHearsay(words)) return 'supposes';
  return isOrder(words) ? 'orders' : 'tells';
}
