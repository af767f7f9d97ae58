/** SWE-agent trajectories: a run without a person, on a task that a template wraps around an issue. */
import { sha256Hex } from '../../text/sha256.ts';
import { toolUse } from '../actions.ts';
import {
  UnusableTranscriptError,
  type Format,
  type RawEvent,
  type RawHeader,
  type Source,
} from '../format.ts';
import { headValues } from '../json-head.ts';
import { isDeeperThan, parseJson } from '../json-line.ts';
import {
  asNumber,
  asObject,
  asObjects,
  asString,
  isObject,
  present,
  type JsonObject,
} from '../json-value.ts';
import { outcomeOf } from '../outcome.ts';
import { recording, type Draft } from '../recording.ts';
import type { ToolUse } from '../session.ts';
import { readAction } from '../swe-agent-action.ts';

export const sweAgent: Format = {
  name: 'swe-agent',
  about: 'SWE-agent trajectories (.traj); nobody types into them, so they hold no words of a person',
  detect(head) {
    const [first] = headValues(head);
    if (!isObject(first)) return 0;
    const [step] = asObjects(first.trajectory);
    if (step && 'action' in step && ('observation' in step || 'response' in step)) return 2;
    const messages = asObjects(first.history);
    if (messages.some((message) => 'role' in message && ('message_type' in message || 'agent' in message)))
      return 2;
    return 'trajectory' in first && 'environment' in first ? 1 : 0;
  },
  parse: (source) =>
    recording(
      { agent: 'swe-agent', format: 'swe-agent', interactive: false },
      drafts(source),
      'a SWE-agent trajectory without a single step',
    ),
};

async function* drafts(source: Source): AsyncGenerator<Draft> {
  const document = asObject(parseJson(await source.text())?.value);
  if (document === undefined)
    throw new UnusableTranscriptError('the JSON of the trajectory is cut off or damaged');
  if (isDeeperThan(document, 200))
    throw new UnusableTranscriptError('the JSON is nested deeper than 200 levels');
  const history = asObjects(document.history).filter((message) => message.is_demo !== true);
  const steps = asObjects(document.trajectory);
  const events = [...taskOf(history), ...(steps.length > 0 ? stepEvents(steps) : historyEvents(history))];
  yield { type: 'header', header: headerOf(document, steps, source.path, events) };
  for (const event of events) yield { type: 'event', event };
}

/** The task: the first message of the user that is neither a demonstration nor an observation of a call. */
function taskOf(history: readonly JsonObject[]): readonly RawEvent[] {
  const first = history.find((message) => message.role === 'user');
  const text = first && asString(first.content);
  // A template wrote it around an issue; nobody typed it to the agent.
  return text === undefined ? [] : [{ kind: 'system', spans: [{ text, trust: 'pasted' }] }];
}

function stepEvents(steps: readonly JsonObject[]): readonly RawEvent[] {
  let openFile: string | undefined;
  return steps.flatMap((step, index) => {
    const call = `step-${index + 1}`;
    const action = asString(step.action);
    const used = action === undefined ? undefined : readAction(action, openFile, call);
    const state = asObject(step.state) ?? asObject(parseJson(asString(step.state) ?? '')?.value);
    const shown = asString(state?.open_file);
    openFile = shown === undefined || shown === 'n/a' ? (used?.tool.path ?? openFile) : shown;
    return [
      ...saidEvents(asString(step.thought) ?? (action === undefined ? asString(step.response) : undefined)),
      ...(used ? [callEvent(used)] : []),
      ...(used ? resultEvents(used.tool, asString(step.observation)) : []),
    ];
  });
}

/** Without a trajectory the messages are all there is; results answer the calls before them. */
function historyEvents(history: readonly JsonObject[]): readonly RawEvent[] {
  const task = history.find((message) => message.role === 'user');
  let open: readonly ToolUse<string>[] = [];
  return history.flatMap((message, index): readonly RawEvent[] => {
    if (message.role === 'system' || message === task) return [];
    const content = asString(message.content);
    if (message.role !== 'assistant') {
      const tools = open;
      open = [];
      return tools.flatMap((tool) => resultEvents(tool, content && withoutPrompt(content)));
    }
    const calls = callsOf(message, `step-${index + 1}`);
    open = calls.map(({ tool }) => tool);
    return [...saidEvents(asString(message.thought) ?? content), ...calls.map(callEvent)];
  });
}

interface Used {
  readonly tool: ToolUse<string>;
  readonly text: string;
}

function callsOf(message: JsonObject, call: string): readonly Used[] {
  const calls = asObjects(message.tool_calls).flatMap((one): readonly Used[] => {
    const called = asObject(one.function);
    const name = asString(called?.name);
    return name === undefined ? [] : [toolUse(name, called?.arguments, asString(one.id) ?? call)];
  });
  const action = asString(message.action);
  return calls.length > 0 || action === undefined ? calls : [readAction(action, undefined, call)];
}

function saidEvents(text: string | undefined): readonly RawEvent[] {
  const said = text?.trim() ?? '';
  return said === '' ? [] : [{ kind: 'agent', spans: [{ text: said, trust: 'agent' }] }];
}

function callEvent({ tool, text }: Used): RawEvent {
  return { kind: 'tool_call', spans: [{ text, trust: 'agent' }], tool };
}

function resultEvents(
  { name, action, call, command }: ToolUse<string>,
  output: string | undefined,
): readonly RawEvent[] {
  if (output === undefined) return [];
  const failed = /^(?:Your proposed edit has introduced new syntax error|Your edit was not applied)/m.test(
    output,
  );
  const ok = outcomeOf({ text: output, command, action, flag: failed ? false : undefined });
  return [
    {
      kind: 'tool_result',
      spans: [{ text: output, trust: 'tool' }],
      tool: present({ name, action, call }),
      ...present({ ok }),
    },
  ];
}

/** The state line and prompt that the harness prints below each observation. */
function withoutPrompt(text: string): string {
  return text.replace(/\n?\(Open file: [^\n]*\)\n\(Current directory: [^\n]*\)\n(?:bash-\$)?\s*$/, '');
}

function headerOf(
  document: JsonObject,
  steps: readonly JsonObject[],
  path: string,
  events: readonly RawEvent[],
): Partial<RawHeader> {
  const info = asObject(document.info);
  const stats = asObject(info?.model_stats);
  const sent = asNumber(stats?.tokens_sent);
  const received = asNumber(stats?.tokens_received);
  const replay =
    asObject(document.replay_config) ?? asObject(parseJson(asString(document.replay_config) ?? '')?.value);
  const state = steps[0]?.state;
  const usage =
    sent === undefined || received === undefined || sent + received === 0
      ? undefined
      : { inputTokens: sent, outputTokens: received, ...present({ usd: asNumber(stats?.instance_cost) }) };
  return present({
    id: idOf(path, events),
    model: asString(
      asObject(asObject(replay?.agent)?.model)?.name ?? asObject(asObject(replay?.actions))?.model,
    ),
    cwd: asString((asObject(state) ?? asObject(parseJson(asString(state) ?? '')?.value))?.working_dir),
    usage,
  });
}

/** There is no id in the file: the file's name and how the run began stay the same while it grows. */
function idOf(path: string, events: readonly RawEvent[]): string {
  const begun = events.slice(0, 3).map((event) => event.spans.map((span) => span.text).join(''));
  const name = path.slice(path.lastIndexOf('/') + 1);
  return `swe-agent-${sha256Hex(JSON.stringify([name, begun])).slice(0, 32)}`;
}
