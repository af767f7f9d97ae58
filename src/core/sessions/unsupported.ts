/** Recordings of agents we know but do not read, so that the refusal can name them. */
import { headValues } from './json-head.ts';
import type { JsonObject } from './json-value.ts';
import { asNumber, asObject, asObjects, asString, isObject } from './json-value.ts';

interface Known {
  readonly what: string;
  /** Whether one of the first values of the file is such a thing; strict, for it is asked before any format we read. */
  readonly is: (value: JsonObject) => boolean;
}

const sessions: readonly Known[] = [
  { what: 'a Droid session', is: isDroid },
  { what: 'a Kimi session', is: (value) => value.type === 'metadata' && 'protocol_version' in value },
  { what: 'a Grok session', is: isGrok },
  {
    what: 'a Qwen Code session',
    is: (value) => 'uuid' in value && Array.isArray(asObject(value.message)?.parts),
  },
  {
    what: 'an Antigravity session',
    is: (value) => asNumber(value.step_index) !== undefined && 'source' in value,
  },
  {
    what: 'a QwenPaw session',
    is: (value) =>
      isObject(asObject(asObject(value.agent)?.memory)) && 'toolkit' in (asObject(value.agent) ?? {}),
  },
  { what: 'a Posit Assistant session', is: isPosit },
  { what: 'a Kiro session', is: isKiro },
  {
    what: 'an Amp thread',
    is: (value) => /^T-[\w-]+$/.test(asString(value.id) ?? '') && Array.isArray(value.messages),
  },
  {
    what: 'a Cline or Roo log',
    is: (value) => asNumber(value.ts) !== undefined && ('say' in value || 'ask' in value),
  },
  { what: 'a Goose session', is: (value) => 'working_dir' in value && 'schedule_id' in value },
  { what: 'a ChatGPT export', is: (value) => isObject(value.mapping) && 'create_time' in value },
];

const sidecars: readonly Known[] = [
  {
    what: 'the state of a Kimi session',
    is: (value) => isObject(asObject(value.agents)?.main) && 'lastPrompt' in value,
  },
  {
    what: 'the summary of a Grok session',
    is: (value) => 'chat_format_version' in value && 'num_messages' in value,
  },
  {
    what: 'the statistics of a Grok session',
    is: (value) => 'turnCount' in value && 'userMessageCount' in value,
  },
  {
    what: 'the metadata of a Vibe session',
    is: (value) => isObject(value.stats) && isObject(value.environment) && 'session_id' in value,
  },
  {
    what: 'an index of Posit Assistant conversations',
    is: (value) => Array.isArray(value.conversations) && 'schemaVersion' in value,
  },
];

/**
 * @returns a sentence that names the recording and says that it cannot be read; undefined for everything else
 */
export function unsupportedFormat(head: string): string | undefined {
  if (head.startsWith('SQLite format 3\0')) {
    return 'an SQLite database: agents that keep sessions in one (OpenCode, Cursor, Kiro) must export them first; see docs/formats.md';
  }
  const values = headValues(head).flatMap((value) =>
    Array.isArray(value) ? asObjects(value).slice(0, 1) : [value],
  );
  const objects = values.filter(isObject);
  const session = sessions.find(({ is }) => objects.some(is));
  if (session !== undefined)
    return `${session.what}: this agent's format is not supported; see docs/formats.md`;
  const sidecar = sidecars.find(({ is }) => objects.some(is));
  return sidecar === undefined ? undefined : `${sidecar.what}, not a transcript`;
}

/** Its own files begin with `session_start`; its stream has flat rows where others have a message. */
function isDroid(value: JsonObject): boolean {
  if (value.type === 'session_start') return asString(value.id) !== undefined && 'owner' in value;
  const inSession = asString(value.session_id) ?? asString(value.sessionId);
  const flat = value.type === 'message' && asString(value.text) !== undefined;
  return inSession !== undefined && (flat || (value.type === 'tool_call' && 'parameters' in value));
}

/** Rows of `type` and `content`, without the message that others wrap it in. */
function isGrok(value: JsonObject): boolean {
  if (value.type === 'backend_tool_call') return true;
  if (value.type === 'user')
    return 'content' in value && ('prompt_index' in value || 'synthetic_reason' in value);
  return value.type === 'assistant' && 'content' in value && 'model_id' in value;
}

function isPosit(value: JsonObject): boolean {
  if (asObjects(value.messages).some((message) => Array.isArray(message.lmMessageIds))) return true;
  const message = asObject(value.message);
  return (
    asNumber(value.id) !== undefined && asString(message?.role) !== undefined && 'content' in (message ?? {})
  );
}

function isKiro(value: JsonObject): boolean {
  return (
    'conversation_id' in value &&
    asObjects(value.history).some((turn) => isObject(turn.user) && 'assistant' in turn)
  );
}
