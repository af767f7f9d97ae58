/** English verbs by one stem for all their forms, and whether a form is past. */
import { stemmer } from 'stemmer';

/** Past forms that share no stem with their verb. */
const irregular: ReadonlyMap<string, string> = new Map(
  (
    'took take,taken take,threw throw,thrown throw,tore tear,torn tear,gave give,given give,got get,gotten get,went go,' +
    'gone go,done do,did do,does do,ran run,kept keep,found find,sent send,built build,made make,held hold,said say,' +
    'meant mean,thought think,told tell,knew know,wrote write,written write,saw see,seen see,had have,has have,' +
    'chose choose,chosen choose,lay lie,sold sell,brought bring,forgot forget,forgotten forget,withdrew withdraw,' +
    'withdrawn withdraw,wound wind,died die,dying die,stuck stick,became become,quitting quit,axed axe,axing axe,' +
    'left leave,spent spend,fell fall'
  )
    .split(',')
    .map((pair) => pair.split(' '))
    .map(([form = '', verb = '']) => [form, verb]),
);

/** Forms that are past tense or participle without "-ed". */
const irregularPast = new Set([
  ...[...irregular.keys()].filter((form) => !/^(?:has|does)$|ing$/.test(form)),
  ...'was were cut put set shut quit split read sunset'.split(' '),
]);

/** One stem for all forms of a verb, irregular ones too. */
export function verbStem(word: string): string {
  return stemmer(irregular.get(word) ?? word);
}

export const isPast = (word: string): boolean => /[^e]ed$/.test(word) || irregularPast.has(word);

/** The verbs of a list, as stems. */
export const verbs = (text: string): ReadonlySet<string> => new Set(text.split(' ').map(verbStem));
