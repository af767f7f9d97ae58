/** An agent at work: it is told something, uses tools of ours, and comes to an end, by itself or by ours. */
import type Anthropic from '@anthropic-ai/sdk';
import { DreamkeeperError, RetryLaterError } from '../../../core/error.ts';
import { askMind, BudgetSpentError, type Mind } from '../../anthropic/mind.ts';
import { ToolRefusal, toolParam, type Tool } from './tool.ts';

export interface AgentLimits {
  /** Requests of one agent. */
  readonly turns: number;
  /** Uses of tools of one agent. */
  readonly uses: number;
  /** Tokens of one answer, its thinking included. */
  readonly answer: number;
}

/** Ten proposals of ten lookups each, and time to think; no honest agent needs more. */
const agentLimits: AgentLimits = { turns: 60, uses: 240, answer: 16_000 };

/** Turns in a row in which it only asks what it has asked before: it goes in circles. */
const mostIdleTurns = 3;
/** Answers in a row that are too long, or empty. */
const mostFailedTurns = 3;

export interface AgentParts {
  /** As remarks name it: "the lead". */
  readonly name: string;
  /** For bills and errors: "consolidating". */
  readonly doing: string;
  /** The last of these is the end of what the cache keeps for all agents. */
  readonly system: readonly string[];
  readonly tools: readonly Tool[];
  /** The tool that ends its turn. */
  readonly finish: string;
  /** Nothing was paid for before it: what befalls its first request is thrown. */
  readonly first?: boolean;
  readonly limits?: Partial<AgentLimits>;
}

/** `stopped`: by us, or by what befell it; the sentence says why. */
export type End =
  { readonly end: 'finished' } | { readonly end: 'stopped'; readonly why: string; readonly spent?: true };

export interface Conversation {
  /**
   * Lets the agent work until it comes to an end. Once it was stopped it stays so.
   * @throws what the first request of a dream throws, before anything is lost; and aborts.
   */
  say(words: string): Promise<End>;
}

export function converse(mind: Mind, parts: AgentParts): Conversation {
  const state: State = { messages: [], turns: 0, uses: 0, idle: 0, failed: 0, asked: new Set() };
  let over: End | undefined;
  return {
    async say(words) {
      if (over !== undefined) return over;
      state.messages.push({ role: 'user', content: [{ type: 'text', text: words }] });
      for (;;) {
        const end = (await turn(mind, parts, state)) ?? limitOf(parts, state);
        if (end === undefined) continue;
        if (end.end === 'stopped') over = end;
        return end;
      }
    },
  };
}

interface State {
  readonly messages: Anthropic.MessageParam[];
  turns: number;
  uses: number;
  idle: number;
  failed: number;
  /** Every use of a tool there was. */
  readonly asked: Set<string>;
}

const stopped = (why: string): End => ({ end: 'stopped', why });

function limitOf({ name, limits }: AgentParts, { turns, uses, idle, failed }: State): End | undefined {
  const most = { ...agentLimits, ...limits };
  if (turns >= most.turns) return stopped(`${name} did not come to an end in ${most.turns} turns.`);
  if (uses >= most.uses) return stopped(`${name} did not come to an end with ${most.uses} uses of tools.`);
  if (idle >= mostIdleTurns) return stopped(`${name} asked the same again and again.`);
  if (failed >= mostFailedTurns) return stopped(`${name} gave answers that were cut or empty.`);
  return undefined;
}

/** @returns how it ended; undefined when it goes on. */
async function turn(mind: Mind, parts: AgentParts, state: State): Promise<End | undefined> {
  const answer = await asked(mind, parts, state);
  if ('end' in answer) return answer;
  state.turns += 1;
  const { content, stop_reason: reason } = answer;
  if (reason === 'refusal') return stopped(`The model declined to go on as ${parts.name}.`);
  if (reason === 'model_context_window_exceeded')
    return stopped(`${parts.name} had more to read than it can hold.`);
  if (content.length > 0) state.messages.push({ role: 'assistant', content });
  const uses = content.filter((block) => block.type === 'tool_use');
  const cut = reason === 'max_tokens';
  state.failed = cut || content.length === 0 ? state.failed + 1 : 0;
  if (uses.length === 0) {
    if (!cut && content.length > 0 && reason !== 'pause_turn') return { end: 'finished' };
    state.messages.push({ role: 'user', content: [{ type: 'text', text: goOn }] });
    return undefined;
  }
  const results = cut ? uses.map(notDone) : await useAll(parts, state, uses);
  state.messages.push({ role: 'user', content: results });
  return !cut && uses.some(({ name }) => name === parts.finish) ? { end: 'finished' } : undefined;
}

const goOn = 'Your answer was cut or empty, so nothing came of it. Go on, with less at once.';

const notDone = ({ id }: Anthropic.ToolUseBlock): Anthropic.ToolResultBlockParam => ({
  type: 'tool_result',
  tool_use_id: id,
  is_error: true,
  content: goOn,
});

/** What befalls an agent that has begun ends it, and what it has is kept: it was paid for. */
async function asked(mind: Mind, parts: AgentParts, state: State): Promise<Anthropic.Message | End> {
  try {
    return await askMind(mind, {
      phase: 'consolidate',
      doing: parts.doing,
      request: requestOf(parts, state),
    });
  } catch (error) {
    const nothingLost = parts.first === true && state.turns === 0;
    if (nothingLost || mind.signal?.aborted === true) throw error;
    if (error instanceof BudgetSpentError)
      return {
        end: 'stopped',
        why: `The budget was spent before ${parts.name} came to an end.`,
        spent: true,
      };
    if (error instanceof RetryLaterError || error instanceof DreamkeeperError)
      return stopped(`${parts.name} was interrupted: ${error.message}.`);
    throw error;
  }
}

const cached = { cache_control: { type: 'ephemeral' } } as const;

/** The tools and the store are read from the cache by every request, what was said before by the next. */
function requestOf({ system, tools, limits }: AgentParts, { messages }: State) {
  return {
    max_tokens: limits?.answer ?? agentLimits.answer,
    system: system.map((text, at) => ({
      type: 'text' as const,
      text,
      ...(at === system.length - 1 ? cached : {}),
    })),
    tools: tools.map(toolParam),
    messages: messages.map((message, at) =>
      at === 0 || at === messages.length - 1 ? withCachedEnd(message) : message,
    ),
  };
}

function withCachedEnd(message: Anthropic.MessageParam): Anthropic.MessageParam {
  const { content } = message;
  if (typeof content === 'string' || message.role !== 'user') return message;
  return {
    ...message,
    content: content.map((block, at) =>
      at === content.length - 1 && (block.type === 'text' || block.type === 'tool_result')
        ? { ...block, ...cached }
        : block,
    ),
  };
}

/** One after the other: a draft is checked beside those before it. */
async function useAll(
  { tools }: AgentParts,
  state: State,
  uses: readonly Anthropic.ToolUseBlock[],
): Promise<Anthropic.ToolResultBlockParam[]> {
  const results: Anthropic.ToolResultBlockParam[] = [];
  let isNew = false;
  for (const { id, name, input } of uses) {
    const key = JSON.stringify([name, input]);
    isNew ||= !state.asked.has(key);
    state.asked.add(key);
    state.uses += 1;
    results.push({ type: 'tool_result', tool_use_id: id, ...(await use(tools, name, input)) });
  }
  state.idle = isNew ? 0 : state.idle + 1;
  return results;
}

async function use(
  tools: readonly Tool[],
  name: string,
  input: unknown,
): Promise<{ readonly content: string; readonly is_error?: true }> {
  const tool = tools.find((each) => each.name === name);
  if (tool === undefined) return { content: 'There is no such tool.', is_error: true };
  try {
    return { content: await tool.use(input) };
  } catch (error) {
    if (error instanceof ToolRefusal) return { content: error.message, is_error: true };
    throw error;
  }
}
