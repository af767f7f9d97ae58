/** The session model that every transcript format is parsed into (DESIGN section 5). */

declare const redactedBrand: unique symbol;

/** Text that went through the redactor. Transcript text leaves ingestion in no other type. */
export type Redacted = string & { readonly [redactedBrand]: true };

/** Who stands behind a span, from most to least trusted. `echo` is memory read back: no evidence at all. */
export type Trust = 'person' | 'claimed' | 'pasted' | 'agent' | 'tool' | 'echo';

export type EventKind = 'person' | 'agent' | 'thinking' | 'tool_call' | 'tool_result' | 'system';

/** What a tool does, whatever the agent calls it (`Bash`, `shell`, `run_shell_command` are all `shell`). */
export type ToolAction =
  'shell' | 'read' | 'write' | 'edit' | 'search' | 'fetch' | 'task' | 'ask' | 'plan' | 'other';

export interface Span<T extends string = Redacted> {
  readonly text: T;
  readonly trust: Trust;
}

/** On a tool_call: what was asked for. On a tool_result: which call it answers. */
export interface ToolUse<T extends string = Redacted> {
  /** As the agent named it: `Bash`, `shell`, `mcp__linear__create_issue`. */
  readonly name: T;
  readonly action: ToolAction;
  /** Pairs a result with its call. */
  readonly call?: T;
  /** `shell`: the command line as one string, without a wrapping `bash -lc`. */
  readonly command?: T;
  /** `read`, `write`, `edit`, `search`: the file or folder touched, as the agent wrote it. */
  readonly path?: T;
  /** `search`: the pattern. `fetch`: the URL. */
  readonly query?: T;
  /** `edit`: the text that was replaced. The new text is the event's span, so that it can be quoted. */
  readonly replaced?: T;
}

export interface Event<T extends string = Redacted> {
  /** Counts from 1; citations name it, so it never changes for an event once stored. */
  readonly n: number;
  /** ISO 8601 in UTC. */
  readonly at?: string;
  readonly kind: EventKind;
  readonly spans: readonly Span<T>[];
  readonly tool?: ToolUse<T>;
  /** tool_result: whether the call succeeded, judged by what happened and not only by flags. */
  readonly ok?: boolean;
  /** tool_result: a person refused the call. */
  readonly rejected?: boolean;
}

export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cacheReadTokens?: number;
  readonly cacheWriteTokens?: number;
  readonly usd?: number;
}

/** Everything about a session but its events. */
export interface SessionHeader<T extends string = Redacted> {
  /** Stable across re-ingestion: the agent's own id, else derived from the content. */
  readonly id: T;
  /** The agent: `claude-code`, `codex`, `gemini-cli`, ... */
  readonly agent: T;
  readonly format: FormatName;
  readonly startedAt?: string;
  readonly endedAt?: string;
  readonly cwd?: T;
  /** `owner/name` or a remote URL, where the transcript says so. */
  readonly repository?: T;
  readonly branch?: T;
  readonly model?: T;
  readonly usage?: Usage;
  /** A person could type into it. CI runs and headless runs are not. */
  readonly interactive: boolean;
  /** People whose words are in it, as far as known; the submitter when the recording is interactive. */
  readonly people: readonly T[];
  /** Who handed it in, authenticated by whoever took it in. */
  readonly submittedBy?: T;
  /** The session that this one resumes, forks, was spawned by, plans for or implements. */
  readonly parent?: T;
  readonly title?: T;
  readonly pullRequest?: T;
}

export interface Session<T extends string = Redacted> extends SessionHeader<T> {
  readonly events: readonly Event<T>[];
}

/** A session whose events are read one after the other, as often as asked: it may be larger than memory should hold. */
export interface StreamedSession extends SessionHeader {
  readonly eventCount: number;
  readonly events: Iterable<Event>;
}

export function whole({ eventCount, events, ...header }: StreamedSession): Session {
  return { ...header, events: [...events] };
}

export const formatNames = [
  'claude-code',
  'codex',
  'codex-legacy',
  'gemini-cli',
  'copilot-cli',
  'opencode',
  'cursor',
  'pi',
  'specstory',
  'aider',
  'swe-agent',
  'entire',
  'anthropic-messages',
  'openai-messages',
  'stream-json',
  'managed-agents',
  'otel-genai',
  'tau-bench',
  // What people said in reviews on GitHub; the App alone makes it.
  'github-review',
  // Our own: a session read back from a ledger.
  'dreamkeeper',
] as const;
export type FormatName = (typeof formatNames)[number];
