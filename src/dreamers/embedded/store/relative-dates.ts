/** Dates that were true only on the day of writing, made absolute from the commit that wrote their line. */
import type { DreamInput } from '../../../core/dream/dreamer.ts';
import type { Draft } from '../../../core/dream/proposal.ts';
import type { LineOrigin } from '../../../core/dream/repository.ts';
import type { Entry } from '../../../core/memory/entry.ts';
import { absoluteDates, relativeDates } from '../../../core/text/dates.ts';
import { entryEvidence } from '../evidence.ts';
import type { RuleResult } from '../rule.ts';
import { isRewordable } from './rewordable.ts';
import { plainTitle } from './topic.ts';

/** Entries corrected in one proposal; more are not read. */
const mostEntries = 6;

interface Dated {
  readonly entry: Entry;
  readonly phrases: readonly string[];
  readonly text: string;
  /** Of the line that holds the phrase: the rest of the entry may be younger. */
  readonly origin: LineOrigin;
}

/** One proposal per file; its entries are alike and are judged alike. */
export function relativeDateRule(input: DreamInput): RuleResult {
  const proposals = input.store.files.flatMap((file): Draft[] => {
    const dated = file.entries.flatMap((entry) => datedEntry(input, entry)).slice(0, mostEntries);
    return dated.length === 0 ? [] : [draftOf(input, file.path, dated)];
  });
  return { proposals, questions: [], leads: [] };
}

function datedEntry(input: DreamInput, entry: Entry): Dated[] {
  if (!isRewordable(entry)) return [];
  const found = relativeDates(entry.text);
  const origins = input.repository.origins.get(entry.file);
  if (found.length === 0 || origins === undefined) return [];
  const wrote = found.map(
    ({ offset }) => origins[entry.lines[0] - 1 + entry.text.slice(0, offset).split('\n').length - 1],
  );
  const [origin] = wrote;
  // Lines written on different days would each need their own date: rare, and left alone.
  if (origin === undefined || wrote.some((line) => line?.at.slice(0, 10) !== origin.at.slice(0, 10)))
    return [];
  const text = absoluteDates(entry.text, origin.at, input.config.dream.zone);
  return text === entry.text ? [] : [{ entry, phrases: found.map(({ phrase }) => phrase), text, origin }];
}

function draftOf(input: DreamInput, file: string, dated: readonly Dated[]): Draft {
  const phrases = [...new Set(dated.flatMap((each) => each.phrases.map((phrase) => phrase.toLowerCase())))];
  const [first] = phrases;
  const what =
    phrases.length === 1 && first !== undefined ? `“${first}”` : `${phrases.length} relative dates`;
  const days = [...new Set(dated.map((each) => each.origin.at.slice(0, 10)))];
  return {
    kind: 'correct',
    title: `Make ${what} absolute in ${plainTitle(file.slice(file.lastIndexOf('/') + 1))}`,
    rationale: `${phrases.map((phrase) => `“${phrase}”`).join(', ')} meant the day of writing, which Git dates ${days.join(', ')}. A later reader would take it for another day.`,
    operations: dated.map(({ entry, text }) => ({ op: 'revise', entry: entry.id, text })),
    evidence: dated.map(({ entry, origin: { commit, at, author } }) => ({
      ...entryEvidence(input, entry),
      commit,
      at,
      author,
    })),
    strength: 'proved',
    signals: [`store:relative-dates:${dated.map(({ entry }) => entry.id).join(',')}`],
  };
}
