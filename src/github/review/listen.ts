/** Hears what people said since we last listened, oldest first, and answers each once. */
import { isHandled } from '../../core/dream/decisions.ts';
import type { Decision } from '../../core/dream/journal.ts';
import { parseCommand, suggested, type ParsedCommand } from '../../core/review/command.ts';
import { proposalOn } from '../../core/review/on-lines.ts';
import { mayWrite, permissionOf } from '../people.ts';
import { readNow, type Conversation } from './conversation.ts';
import { orRefused, refuse } from './refusal.ts';
import { readSaid, type Said } from './said.ts';
import { carryOut } from './verbs.ts';

export interface Heard {
  /** Issues and pull requests in which something was asked for, lately or long ago, and answered. */
  readonly answered: readonly number[];
}

/** @param number of one issue or pull request; without it, all of them. */
export async function listen(talk: Conversation, number: number | undefined): Promise<Heard> {
  const { place, now } = talk;
  const pull = (await readNow(talk)).open?.pullRequest;
  const may = asker(talk);
  const numbers = new Set<number>();
  let strangers = 0;
  for (const said of await readSaid(place.hosted, { number, pull, now })) {
    const heard = await hear(talk, said, may, strangers < mostStrangers);
    if (heard === 'answered') numbers.add(said.number);
    if (heard === 'stranger') strangers += 1;
  }
  return { answered: [...numbers] };
}

/** Signs to those who may not, in one job: whoever writes a thousand comments shall not use up what GitHub lets us write. */
const mostStrangers = 20;

/** `answered`: there is an answer on the ledger. `stranger`: its author may not, and was given a sign now. */
type HeardOne = 'answered' | 'stranger' | 'nothing';

async function hear(
  talk: Conversation,
  said: Said,
  may: (person: string) => Promise<boolean>,
  signs: boolean,
): Promise<HeardOne> {
  const { open, decisions } = await readNow(talk);
  const on = open !== undefined && said.on !== undefined ? proposalOn(open, said.on) : undefined;
  const parsed = parseCommand(said.text, on) ?? suggestion(said, on);
  if (parsed === undefined) return 'nothing';
  if (isHandled(decisions, said.event)) {
    // Where the last attempt ended before it.
    await mark(said, outcomeOf(decisions, said.event));
    return 'answered';
  }
  if (!(await may(said.person))) {
    if (!signs || said.reactions === undefined || said.reactions.confused > 0) return 'nothing';
    await mark(said, 'refused');
    return 'stranger';
  }
  // Seen when its author might not: what they may by now is no reason to do it.
  if ((said.reactions?.confused ?? 0) > 0 && (await said.isFrom?.('confused', await talk.place.bot())))
    return 'nothing';
  if (said.reactions?.eyes === 0) await said.react?.('eyes');
  const outcome = await answer(talk, said, parsed);
  await mark(said, outcome);
  return 'answered';
}

/** A suggested change on the lines of a proposal needs no command. */
function suggestion({ on, text }: Said, number: number | undefined): ParsedCommand | undefined {
  const lines = on === undefined || number === undefined ? undefined : suggested(text);
  return lines === undefined || number === undefined
    ? undefined
    : { command: { verb: 'revise', number, text: lines, verbatim: true } };
}

async function answer(talk: Conversation, said: Said, parsed: ParsedCommand): Promise<'done' | 'refused'> {
  if ('command' in parsed)
    return orRefused(talk, said, parsed.command.verb, () => carryOut(talk, said, parsed.command));
  await refuse(talk, said, 'command', parsed.mistake);
  return 'refused';
}

async function mark(said: Said, outcome: 'done' | 'refused'): Promise<void> {
  const reaction = outcome === 'done' ? 'rocket' : 'confused';
  if (said.reactions?.[reaction] === 0) await said.react?.(reaction);
}

function outcomeOf(decisions: readonly Decision[], event: string): 'done' | 'refused' {
  const found = decisions.find((decision) => decision.type === 'command' && decision.event === event);
  return found?.type === 'command' ? found.outcome : 'done';
}

/** Everybody is asked about once in a job. */
function asker({ place }: Conversation): (person: string) => Promise<boolean> {
  const known = new Map<string, Promise<boolean>>();
  return (person) => {
    const found = known.get(person) ?? permissionOf(place.hosted, person).then(mayWrite);
    known.set(person, found);
    return found;
  };
}
