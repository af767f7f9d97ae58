/** One vocabulary for the tools of all agents: what a call does, to what, and which words of it can be quoted. */
import type { JsonObject } from './json-value.ts';
import { asObject, asObjects, asString, present } from './json-value.ts';
import { parseJson } from './json-line.ts';
import type { ToolAction, ToolUse } from './session.ts';
import { shellCommand } from './shell-command.ts';

const names: Readonly<Record<Exclude<ToolAction, 'other'>, string>> = {
  shell:
    'bash shell exec exec_command local_shell local_shell_call run_shell_command shell_command shell_exec run_terminal run_terminal_cmd run_terminal_command run_command execute execute_command execute_bash terminal powershell container.exec bashexecution run_in_terminal',
  read: 'read read_file view view_file read_many_files open open_file notebookread fs_read ls list list_dir list_directory list_files read_files view_image get_file_contents',
  write: 'write write_file create create_file write_to_file save_file fs_write',
  edit: 'edit multiedit replace edit_file str_replace str_replace_editor str_replace_based_edit_tool search_replace replace_in_file replace_string_in_file apply_patch applypatch patch insert insert_edit_into_file notebookedit edit_notebook update_file multi_edit strreplace',
  search:
    'grep glob search search_file_content grep_search codebase_search file_search find_file find search_dir search_file search_files ripgrep rg find_by_name semantic_search',
  fetch:
    'webfetch web_fetch fetch websearch web_search web_search_call google_web_search read_web_page fetch_url open_url',
  task: 'task agent subagent spawn_agent dispatch_agent delegate new_task runsubagent',
  ask: 'askuserquestion ask_user ask_followup_question request_user_input question ask',
  plan: 'exitplanmode enterplanmode exit_plan_mode todowrite todo_write todoread update_plan taskcreate taskupdate write_todos updatetodo manage_todo_list create_plan',
};

const actions = new Map<string, ToolAction>(
  Object.entries(names).flatMap(([action, list]) =>
    list.split(' ').map((name) => [name, action as ToolAction]),
  ),
);

/** What a tool does, by the name its agent gives it. Tools of MCP servers are `other`: their names promise nothing. */
export function toolAction(name: string): ToolAction {
  if (/^mcp(?:__|[.:/])/i.test(name)) return 'other';
  return actions.get(name.toLowerCase().replace(/^(?:functions?|default_api|tools?)[.:]/, '')) ?? 'other';
}

const maxPairs = 2_000;

/**
 * The normalised tool of a call and the text of its event: the command of a shell call, the new text of an edit or
 * write, the pattern of a search, else `key: value` pairs on one line of at most 2,000 characters.
 * @param input as recorded: an object, or a string, which may hold JSON
 */
export function toolUse(
  name: string,
  input: unknown,
  call?: string,
): { readonly tool: ToolUse<string>; readonly text: string } {
  const value = typeof input === 'string' ? (parseJson(input)?.value ?? input) : input;
  const fields = asObject(value) ?? {};
  const action = actionOf(name, fields);
  const named = { name, call };
  if (action === 'shell') return shellUse(named, value);
  if (action === 'edit' || action === 'write') return changeUse(named, action, value, fields);
  const path = first(fields, pathKeys);
  const query = first(fields, action === 'fetch' ? ['url', 'query', ...queryKeys] : queryKeys);
  if (action === 'search' || action === 'fetch') {
    return { tool: present({ ...named, action, path, query }), text: query ?? pairs(value) };
  }
  if (action === 'read') return { tool: present({ ...named, action, path }), text: pairs(value) };
  const plan = action === 'plan' ? asString(fields.plan) : undefined;
  return { tool: present({ ...named, action }), text: plan ?? pairs(value) };
}

interface Named {
  readonly name: string;
  readonly call: string | undefined;
}

/** Anthropic's text editor is one tool with a command for each action. */
function actionOf(name: string, fields: JsonObject): ToolAction {
  const action = toolAction(name);
  if (action !== 'edit' || first(fields, ['path']) === undefined) return action;
  if (fields.command === 'view') return 'read';
  return fields.command === 'create' ? 'write' : action;
}

function shellUse(named: Named, input: unknown): { tool: ToolUse<string>; text: string } {
  const command = shellCommand(input);
  // Codex changes files by a command of this name.
  const patch = command === undefined ? undefined : patchIn(command);
  if (patch !== undefined && /(?:^|&&|;|\n)[ \t]*apply_?patch\b/.test(command ?? ''))
    return patchUse(named, patch);
  return { tool: present({ ...named, action: 'shell' as const, command }), text: command ?? pairs(input) };
}

function changeUse(
  named: Named,
  action: 'edit' | 'write',
  input: unknown,
  fields: JsonObject,
): { tool: ToolUse<string>; text: string } {
  const raw = asString(input) ?? first(fields, ['input', 'patch', 'patchText', 'diff']);
  if (raw !== undefined && patchIn(raw) !== undefined) return patchUse(named, raw);
  const edits = asObjects(fields.edits);
  const texts = edits.length > 0 ? edits : [fields];
  const text = joined(texts, newTextKeys);
  const replaced = action === 'edit' ? joined(texts, oldTextKeys) : undefined;
  const path = first(fields, pathKeys);
  return { tool: present({ ...named, action, path, replaced }), text: text ?? (raw || pairs(input)) };
}

function patchUse(named: Named, patch: string): { tool: ToolUse<string>; text: string } {
  const path = /^(?:\*\*\* (?:Add|Update|Delete) File: |\+\+\+ (?:b\/)?)(.+)$/m.exec(patch)?.[1]?.trim();
  return { tool: present({ ...named, action: 'edit' as const, path }), text: patch };
}

function patchIn(text: string): string | undefined {
  return /(?:^|[\s'"])(\*\*\* Begin Patch\n[\s\S]*?(?:^\*\*\* End Patch|(?![\s\S])))/m.exec(text)?.[1];
}

const pathKeys =
  'file_path path filePath filepath absolute_path notebook_path target_file filename file relative_workspace_path target_directory dir_path directory TargetFile AbsolutePath'.split(
    ' ',
  );
const queryKeys = 'pattern query regex search_term searchTerm search q glob_pattern file_name'.split(' ');
const newTextKeys =
  'new_string newString newText new_str new_text content contents file_text replacement replace text code_edit new_source'.split(
    ' ',
  );
const oldTextKeys = 'old_string oldString oldText old_str old_text search'.split(' ');

function first(fields: JsonObject, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const value = asString(fields[key]);
    if (value !== undefined) return value;
  }
  return undefined;
}

function joined(edits: readonly JsonObject[], keys: readonly string[]): string | undefined {
  const texts = edits.flatMap((edit) => first(edit, keys) ?? []);
  return texts.length > 0 ? texts.join('\n') : undefined;
}

/** The input on one line, cut to 2,000 characters. */
function pairs(input: unknown): string {
  const fields = asObject(input);
  const line = fields
    ? Object.entries(fields)
        .map(([key, value]) => `${key}: ${oneLine(value)}`)
        .join(', ')
    : oneLine(input);
  return line.length > maxPairs ? `${line.slice(0, maxPairs - 1)}…` : line;
}

function oneLine(value: unknown): string {
  if (value === undefined) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.slice(0, maxPairs).replace(/\s*\n\s*/g, ' ');
}
