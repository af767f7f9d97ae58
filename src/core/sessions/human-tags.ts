/** Finds what an agent's harness wrapped in tags inside a human turn: command echoes, IDE notes, reminders, notifications. */
import type { Trust } from './session.ts';

/** Part of a turn's text. `harness`: put there by a program and not by a hand. */
export interface Part {
  readonly text: string;
  /** `typed` still has to be looked through for pasted text. */
  readonly by: 'typed' | 'harness';
  readonly trust: Trust;
}

/** The words between these tags are the person's; the tags are not. */
const personTags = new Set(['command-args', 'bash-input', 'user_query', 'user-memory-input']);

/** Instructions and memory that the harness reads back to the agent. */
const memoryTags = new Set([
  'environment_context',
  'user_instructions',
  'INSTRUCTIONS',
  'instructions',
  'permissions',
  'collaboration_mode',
  'apps_instructions',
  'skills_instructions',
  'skill',
  'rules',
  'user_rules',
  'always_applied_workspace_rules',
  'memories',
]);

const harnessTags = new Set([
  'command-name',
  'command-message',
  'command-contents',
  'bash-stdout',
  'bash-stderr',
  'local-command-stdout',
  'local-command-stderr',
  'local-command-caveat',
  'ide_opened_file',
  'ide_selection',
  'ide_diagnostics',
  'new-diagnostics',
  'system-reminder',
  'system_reminder',
  'system-notification',
  'task-notification',
  'agent-notification',
  'teammate-message',
  'user-prompt-submit-hook',
  'turn_aborted',
  'subagent_notification',
  'tool_use_error',
  'additional_data',
  'attached_files',
  'open_and_recently_viewed_files',
  'system_notification',
  'timestamp',
  'user_info',
  'git_status',
  'current_datetime',
  'reminder',
  'context',
]);

/** Memory inside a reminder: the reminder is then memory read back. */
export const memoryText =
  /^# (?:AGENTS\.md|CLAUDE\.md) instructions|^# claudeMd\b|^Contents of \S{0,400}?(?:CLAUDE|AGENTS|GEMINI|MEMORY)[\w.]{0,40}\.md(?: \(|:)|^Base directory for this skill:/m;

const opening = /<([A-Za-z][\w-]*)(?:\s[^<>]*)?>/g;

const maxUnclosed = 50;

/** After a notification the harness says where its output lies. */
const afterNotification = /^\s*(?:Read the output file|Full transcript available at)[^\n]*\n?/;

/** Cuts a turn into parts; joined they are the text again. */
export function tagParts(text: string): readonly Part[] {
  const parts: Part[] = [];
  const unclosed = new Set<string>();
  let done = 0;
  opening.lastIndex = 0;
  for (let match = opening.exec(text); match !== null; match = opening.exec(text)) {
    const tag = match[1] ?? '';
    if (unclosed.has(tag) || !isHarnessTag(tag, text, match.index)) continue;
    // A text with very many tags that never close is not worth a search for each.
    if (unclosed.size > maxUnclosed) break;
    const inside = opening.lastIndex;
    const close = `</${tag}>`;
    const end = endOf(tag, text, inside, close);
    // An unclosed tag of the harness was cut off: all that follows is its content.
    if (end < 0 && !knownTags(tag)) unclosed.add(tag);
    if (end < 0 && (unclosed.has(tag) || personTags.has(tag))) continue;
    const stop = end < 0 ? text.length : end;
    push(parts, typed(text.slice(done, match.index)));
    parts.push(
      ...tagged(tag, text.slice(match.index, inside), text.slice(inside, stop), end < 0 ? '' : close),
    );
    done = Math.min(text.length, stop + close.length);
    if (tag.endsWith('-notification')) done += pushNotice(parts, text.slice(done));
    opening.lastIndex = done;
  }
  push(parts, typed(text.slice(done)));
  return parts;
}

/**
 * What a program put into a turn may itself hold the closing tag, to make the rest look typed. So it goes on to the last
 * one: what a person typed between two such blocks is rather taken for pasted than the other way round.
 */
function endOf(tag: string, text: string, from: number, close: string): number {
  const isForeign = harnessTags.has(tag) || memoryTags.has(tag);
  const end = isForeign ? text.lastIndexOf(close) : text.indexOf(close, from);
  return end < from ? -1 : end;
}

function pushNotice(parts: Part[], following: string): number {
  const notice = afterNotification.exec(following)?.[0] ?? '';
  push(parts, harness(notice));
  return notice.length;
}

function knownTags(tag: string): boolean {
  return personTags.has(tag) || memoryTags.has(tag) || harnessTags.has(tag);
}

/** Known tags anywhere; any other tag only when it opens a line, as pasted mark-up does. */
function isHarnessTag(tag: string, text: string, at: number): boolean {
  return knownTags(tag) || at === 0 || text[at - 1] === '\n';
}

function tagged(tag: string, open: string, inside: string, close: string): readonly Part[] {
  if (personTags.has(tag)) return [harness(open), typed(inside), harness(close)].filter((p) => p.text !== '');
  const whole = open + inside + close;
  if (memoryTags.has(tag) || memoryText.test(inside)) return [{ text: whole, by: 'harness', trust: 'echo' }];
  if (harnessTags.has(tag)) return [harness(whole)];
  return [{ text: whole, by: 'typed', trust: 'pasted' }];
}

function typed(text: string): Part {
  return { text, by: 'typed', trust: 'person' };
}

function harness(text: string): Part {
  return { text, by: 'harness', trust: 'pasted' };
}

function push(parts: Part[], part: Part): void {
  if (part.text !== '') parts.push(part);
}
