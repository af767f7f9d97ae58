/** Events of tool calls and their results, for the formats that keep the two apart. */
import { toolUse } from './actions.ts';
import type { PatchedFile } from './apply-patch.ts';
import { patchedFiles } from './apply-patch.ts';
import type { RawEvent } from './format.ts';
import { answerWords, isRefusal, rejectionWords, spansWithWords } from './human-text.ts';
import { present } from './json-value.ts';
import { echoesMemory } from './memory-path.ts';
import { outcomeOf } from './outcome.ts';
import type { Span, ToolUse } from './session.ts';

export interface Call {
  readonly name: string;
  readonly input: unknown;
  readonly callId?: string | undefined;
  readonly at?: string | undefined;
}

/** One event for a call; one per file for a patch, so that each edit can be found under its path. */
export function callEvents(call: Call): readonly RawEvent[] {
  const { tool, text } = toolUse(call.name, call.input, call.callId);
  const files = tool.action === 'edit' ? patchedFiles(text) : [];
  const base = { ...present({ at: call.at }), kind: 'tool_call' as const };
  if (files.length === 0) return [{ ...base, spans: agentSpans(text), tool }];
  return files.map((file) => ({ ...base, spans: agentSpans(file.added), tool: patchTool(tool, file) }));
}

function patchTool({ name, call }: ToolUse<string>, file: PatchedFile): ToolUse<string> {
  return {
    name,
    ...present({ call }),
    action: file.change === 'add' ? 'write' : 'edit',
    path: file.path,
    ...(file.removed === '' ? {} : { replaced: file.removed }),
  };
}

function agentSpans(text: string): readonly Span<string>[] {
  return text === '' ? [] : [{ text, trust: 'agent' }];
}

export interface Result {
  readonly text: string;
  /** The call that is answered, when it is known. */
  readonly tool?: ToolUse<string> | undefined;
  /** What the recording says about success. */
  readonly flag?: boolean | undefined;
  readonly exitCode?: number | undefined;
  readonly at?: string | undefined;
  /** What a person's words in a result are worth in this recording. */
  readonly trust: 'person' | 'claimed';
  /** The recording says in its own way that a person refused the call; `words` are theirs. */
  readonly refused?: { readonly words?: string | undefined } | undefined;
  /** What a person answered, where the recording keeps answers apart. */
  readonly answers?: readonly string[] | undefined;
}

/** The event of a result: who speaks in it, and whether the call succeeded. */
export function resultEvent(result: Result): RawEvent {
  const { text, tool } = result;
  const rejected = isRejected(result);
  const ok = rejected
    ? false
    : outcomeOf({
        text,
        ...present({
          flag: result.flag,
          exitCode: result.exitCode,
          command: tool?.command,
          action: tool?.action,
        }),
      });
  return {
    ...present({ at: result.at, tool }),
    kind: 'tool_result',
    spans: resultSpans(result),
    ...present({ ok }),
    ...(rejected ? { rejected } : {}),
  };
}

/** The output of a sub-agent that ran in the background is fetched by a tool of its own. */
const ofSubAgent = '<task_type>local_agent</task_type>';

/** Harnesses mark a refusal as an error. A call that is said to have succeeded merely returned such words. */
function isRejected({ refused, flag, text }: Result): boolean {
  return refused !== undefined || (flag !== true && isRefusal(text));
}

function resultSpans(result: Result): readonly Span<string>[] {
  const { text, tool } = result;
  const words = personWords(result);
  // A server or an unknown tool can return the words of a refusal itself.
  const forgeable = tool === undefined || tool.action === 'other';
  if (words.length > 0) return spansWithWords(text, words, forgeable ? 'claimed' : result.trust);
  if (text === '') return [];
  // An approved plan is repeated below the approval.
  if (tool?.action === 'task' || tool?.action === 'plan' || text.slice(0, 400).includes(ofSubAgent))
    return [{ text, trust: 'agent' }];
  return [{ text, trust: tool !== undefined && echoesMemory(tool) ? 'echo' : 'tool' }];
}

function personWords(result: Result): readonly string[] {
  if (isRejected(result)) {
    const words = result.refused?.words ?? rejectionWords(result.text);
    return words === undefined ? [] : [words];
  }
  if (result.tool?.action !== 'ask') return [];
  return result.answers !== undefined && result.answers.length > 0
    ? result.answers
    : answerWords(result.text);
}
