/** tau-bench results: an array of runs, each a chat with a simulated user. Also its few-shot files, a displayed chat a line. */
import { chatDrafts, saysSomething } from '../chat-messages.ts';
import type { Format, Parsed, RawEvent, Source } from '../format.ts';
import { UnusableTranscriptError } from '../format.ts';
import { claimedSpans, humanSpans } from '../human-text.ts';
import { readDocument } from '../json-document.ts';
import { headValues } from '../json-head.ts';
import { jsonLines } from '../json-line.ts';
import type { JsonObject } from '../json-value.ts';
import { asArray, asNumber, asObject, asObjects, asString, isObject } from '../json-value.ts';
import type { Draft } from '../recording.ts';
import { finishedId, recording } from '../recording.ts';
import { resultEvent } from '../tool-events.ts';

/** The user is simulated: whatever it says is only claimed. */
const fixed = { agent: 'tau-bench', format: 'tau-bench', interactive: false } as const;
const nothing = 'a tau-bench run in which nobody said or did anything';

export const tauBench: Format = {
  name: 'tau-bench',
  about: 'tau-bench results (an array of task runs) and few-shot files',
  detect(head) {
    const [first] = headValues(head);
    const run = Array.isArray(first) ? asObject((first as unknown[])[0]) : undefined;
    if (run !== undefined && isRun(run)) return 2;
    return isObject(first) && asString(first.messages_display) !== undefined ? 2 : 0;
  },
  async *parse(source) {
    const [first] = headValues(await source.head());
    yield* isObject(first) ? displayedChats(source) : runs(source);
  },
};

function isRun(run: JsonObject): boolean {
  return 'task_id' in run && ('traj' in run || 'reward' in run);
}

async function* runs(source: Source): AsyncGenerator<Parsed> {
  let sessions = 0;
  for (const [index, run] of asArray(await readDocument(source)).entries()) {
    const messages = asObjects(asObject(run)?.traj);
    if (!isObject(run) || !saysSomething(messages)) {
      yield { type: 'skipped', line: index + 1, reason: nothing };
      continue;
    }
    sessions++;
    // Trials of one task may begin alike.
    const id = finishedId(fixed.agent, [run.task_id, run.trial, messages]);
    yield* recording({ ...fixed, id, title: titleOf(run) }, chatDrafts(messages), nothing);
  }
  if (sessions === 0) throw new UnusableTranscriptError(nothing);
}

/** The reward judges the run as a whole and belongs to no call, so it is kept where a person reads it. */
function titleOf(run: JsonObject): string {
  const of = (key: string): string => String(asNumber(run[key]) ?? asString(run[key]) ?? '?');
  return `tau-bench task ${of('task_id')}, trial ${of('trial')}: reward ${of('reward')}`;
}

async function* displayedChats(source: Source): AsyncGenerator<Parsed> {
  let sessions = 0;
  for await (const row of jsonLines(source)) {
    if (row.type === 'skipped') {
      yield row;
      continue;
    }
    const text = asString(row.value.messages_display)?.trim();
    if (text === undefined || !turn.test(text)) {
      yield { type: 'skipped', line: row.line, reason: nothing };
      continue;
    }
    sessions++;
    yield* recording({ ...fixed, id: finishedId(fixed.agent, text) }, displayed(text), nothing);
  }
  if (sessions === 0) throw new UnusableTranscriptError(nothing);
}

const turn = /^(user|assistant|tool): /;

async function* displayed(text: string): AsyncGenerator<Draft> {
  for (const part of text.split(/^(?=(?:user|assistant|tool): )/m)) {
    const role = turn.exec(part)?.[1];
    const said = part.replace(turn, '').trimEnd();
    // `None` is what Python prints for a message that only calls a tool; the call itself is not displayed.
    if (said === '' || (role === 'assistant' && said === 'None')) continue;
    yield await Promise.resolve({ type: 'event', event: displayedEvent(role, said) });
  }
}

function displayedEvent(role: string | undefined, text: string): RawEvent {
  if (role === 'tool') return resultEvent({ text, trust: 'claimed' });
  if (role === 'assistant') return { kind: 'agent', spans: [{ text, trust: 'agent' }] };
  return { kind: 'person', spans: claimedSpans(humanSpans(text)) };
}
