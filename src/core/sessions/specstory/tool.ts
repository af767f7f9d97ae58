/** One `<tool-use>` block of a SpecStory export: what was asked for and what came back. */
import { toolAction, toolUse } from '../actions.ts';
import { answerWords, isRefusal, rejectionWords, spansWithWords } from '../human-text.ts';
import { parseJson } from '../json-line.ts';
import { isObject, present } from '../json-value.ts';
import type { RawEvent } from '../format.ts';
import { echoesMemory } from '../memory-path.ts';
import { outcomeOf } from '../outcome.ts';
import type { ToolUse } from '../session.ts';

/** SpecStory's classes of tools, by a tool of that class which we know. */
const toolOfType: Readonly<Record<string, string>> = {
  shell: 'shell',
  read: 'read',
  write: 'edit',
  search: 'grep',
  task: 'update_plan',
};

interface Fence {
  readonly language: string;
  readonly text: string;
}

/**
 * The call, and its result when one was recorded. A person's words in it (an answer, the reason of a rejection) are
 * `claimed`: nothing in Markdown proves who typed them.
 * @param call pairs the two; SpecStory has no ids of its own
 */
export function specstoryToolEvents(
  attributes: string,
  body: string,
  call: string,
  at?: string,
): readonly RawEvent[] {
  const type = /data-tool-type="([^"]*)"/.exec(attributes)?.[1] ?? '';
  const name = /data-tool-name="([^"]*)"/.exec(attributes)?.[1] ?? (type || 'unknown');
  // "Input: ```" opens a fence in mid-line.
  const { prose, fences } = splitFences(body.replace(/^Input[^\n`]*: ```[ \t]*$/gm, '```js'));
  const script = name === 'exec' ? fences[0]?.text : undefined;
  const known = script === undefined ? knownTool(name, type) : name;
  const { input, output } =
    script === undefined ? readBody(known, prose, fences) : scriptBody(script, fences);
  const used = toolUse(known, input, call);
  const tool = { ...used.tool, name };
  const callEvent: RawEvent = {
    kind: 'tool_call',
    spans: [{ text: used.text, trust: 'agent' }],
    tool,
    ...present({ at }),
  };
  const answer = /^\*\*Answer:\*\*[ \t]*([\s\S]+)$/m.exec(prose)?.[1]?.trim();
  const text = answer ?? output;
  return text === undefined
    ? [callEvent]
    : [callEvent, { ...resultEvent(tool, text, answer), ...present({ at }) }];
}

function knownTool(name: string, type: string): string {
  return toolAction(name) === 'other' ? (toolOfType[type] ?? name) : name;
}

/** Codex's `exec` is a script that calls tools; what it runs in the shell is what matters. */
function scriptBody(script: string, fences: readonly Fence[]): Body {
  const command = /\bcmd["']?\s*:\s*("(?:[^"\\\n]|\\.)*")/.exec(script)?.[1];
  const parsed = command === undefined ? undefined : parseJson(command)?.value;
  return {
    input: { command: parsed ?? script },
    output: fences.length > 1 ? fences.at(-1)?.text : undefined,
  };
}

function resultEvent(tool: ToolUse<string>, text: string, answer: string | undefined): RawEvent {
  const refused = isRefusal(text);
  const reason = rejectionWords(text);
  const words = answer === undefined ? (reason === undefined ? answerWords(text) : [reason]) : [answer];
  const { name, action, call, command } = tool;
  const spans = echoesMemory(tool)
    ? [{ text, trust: 'echo' as const }]
    : spansWithWords(text, words, 'claimed');
  const ok = refused ? false : outcomeOf({ text, action, command });
  return {
    kind: 'tool_result',
    spans,
    tool: present({ name, action, call }),
    ...present({ ok }),
    ...(refused ? { rejected: true } : {}),
  };
}

/** Fences of a block. The last one ends at the last fence line, since output may hold fences of its own. */
function splitFences(body: string): { readonly prose: string; readonly fences: readonly Fence[] } {
  const lines = body.split('\n');
  const prose: string[] = [];
  const fences: Fence[] = [];
  for (let at = 0; at < lines.length; at++) {
    const open = /^```([\w+-]*)\s*$/.exec(lines[at] ?? '');
    if (!open) {
      prose.push(lines[at] ?? '');
      continue;
    }
    const end = closingFence(lines, at + 1);
    fences.push({ language: open[1] ?? '', text: unescaped(lines.slice(at + 1, end).join('\n')) });
    at = end;
  }
  return { prose: prose.join('\n'), fences };
}

/** The first fence line after which the block ends, or its next part begins. */
function closingFence(lines: readonly string[], from: number): number {
  for (let at = from; at < lines.length; at++) {
    if (!/^```\s*$/.test(lines[at] ?? '')) continue;
    const next = lines.slice(at + 1).find((line) => line.trim() !== '');
    if (next === undefined || /^(?:```[\w+-]*\s*$|\*\*|<\/|---$)/.test(next)) return at;
  }
  return lines.length;
}

function unescaped(text: string): string {
  return text.replaceAll('&#96;', '`').replaceAll(/^\\```/gm, '```');
}

interface Body {
  readonly input: unknown;
  readonly output: string | undefined;
}

function readBody(name: string, prose: string, fences: readonly Fence[]): Body {
  const action = toolAction(name);
  const last = fences.at(-1)?.text;
  const listed = inputList(prose);
  if (action === 'shell') return shellBody(prose, fences, listed);
  if (action === 'edit' || action === 'write') return changeBody(prose, fences, listed);
  const quoted = labelled(prose);
  if (action === 'ask' || action === 'plan') {
    return {
      input: {
        ...listed,
        question: prose
          .replace(/^[\s\S]*?<\/summary>/, '')
          .replace(/^\*\*Answer:[\s\S]*/m, '')
          .trim(),
      },
      output: last,
    };
  }
  if (Object.keys(listed).length + Object.keys(quoted).length > 0)
    return { input: { ...quoted, ...listed }, output: last };
  const path = pathIn(prose);
  const described = prose.replace(/<summary>[\s\S]*?<\/summary>/, '').trim();
  return { input: path === undefined ? { description: described } : { path }, output: last };
}

/** The command stands on the summary, on a line of its own, or in the first of two fences. */
function shellBody(prose: string, fences: readonly Fence[], listed: Readonly<Record<string, string>>): Body {
  const [first] = fences;
  const isCommand = first !== undefined && /^(?:bash|sh|shell|zsh|console|powershell)$/.test(first.language);
  const command =
    (isCommand ? first.text : undefined) ??
    /`([^`]+)`[ \t]*<\/summary>/.exec(prose)?.[1] ??
    /^[ \t]*`([^`]+)`[ \t]*$/m.exec(prose)?.[1] ??
    listed.command ??
    listed.cmd;
  const output = fences.length > (isCommand ? 1 : 0) ? fences.at(-1)?.text : undefined;
  return { input: { command: command?.replace(/^\[(?:bash|sh|zsh) -l?c ([\s\S]*)\]$/, '$1') }, output };
}

/** Diffs hold what was removed and added; a fence in another language is what was written, a plain one the answer. */
function changeBody(prose: string, fences: readonly Fence[], listed: Readonly<Record<string, string>>): Body {
  const diffs = fences.filter((fence) => fence.language === 'diff').map((fence) => fence.text);
  const written = fences.find((fence) => !['', 'text', 'diff'].includes(fence.language))?.text;
  const answer = fences.find((fence) => ['', 'text'].includes(fence.language))?.text;
  const side = (sign: string): string | undefined =>
    diffs.length === 0
      ? undefined
      : diffs
          .flatMap((diff) => diff.split('\n'))
          .filter((line) => line.startsWith(sign))
          .map((line) => line.slice(1))
          .join('\n');
  const path = pathIn(prose) ?? /^The file (\S+) has been/.exec(answer ?? '')?.[1];
  const input = present({ file_path: path, new_string: side('+') ?? written, old_string: side('-') });
  return { input: { ...input, ...listed }, output: answer };
}

function pathIn(prose: string): string | undefined {
  return (
    /^\*\*(?:Add|Update|Delete|Edit|Create|Write)\w*: `([^`]+)`\*\*/m.exec(prose)?.[1] ??
    /(?:Read|Edit|Create|Write|Delete)\w* file: ([^<\n]+?)<\/summary>/.exec(prose)?.[1] ??
    /^[ \t]*`([^`\n]+)`[ \t]*$/m.exec(prose)?.[1]
  );
}

/** `- key: value` below **Input:**. */
function inputList(prose: string): Readonly<Record<string, string>> {
  const list = /\*\*Input:\*\*\s*\n([\s\S]*?)(?:\n\*\*|$(?![\s\S]))/.exec(prose)?.[1] ?? '';
  const pairs = Array.from(list.matchAll(/^- ([\w-]+): (.*)$/gm), ([, key = '', value = '']) => [
    key,
    value.replace(/^`([\s\S]*)`$/, '$1'),
  ]);
  const fields: unknown = Object.fromEntries(pairs);
  return isObject(fields) ? (fields as Readonly<Record<string, string>>) : {};
}

/** path `./` pattern `providers/gemini` */
function labelled(prose: string): Readonly<Record<string, string>> {
  const pairs = Array.from(
    prose.matchAll(/\b(path|pattern|glob|query|url) `([^`]*)`/g),
    ([, key = '', value = '']) => [key, value],
  );
  return Object.fromEntries(pairs) as Readonly<Record<string, string>>;
}
