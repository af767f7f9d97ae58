/** An action of SWE-agent: a line of shell, or one of its own commands, which look like shell. */
import { toolUse } from './actions.ts';
import { present } from './json-value.ts';
import type { ToolUse } from './session.ts';

/**
 * @param openFile the file that its window-based `edit` changes
 * @param call pairs the call with its result
 */
export function readAction(
  action: string,
  openFile: string | undefined,
  call: string,
): { readonly tool: ToolUse<string>; readonly text: string } {
  const text = action.trim();
  const [line = '', ...rest] = text.split('\n');
  const [name = '', ...words] = line
    .trim()
    .split(/\s+/)
    .map((word) => word.replace(/^["']|["']$/g, ''));
  const [first, second] = words;
  const body = rest.join('\n').replace(/\n?end_of_edit\s*$/, '');
  if (name === 'submit') return { ...toolUse(name, {}, call), text: name };
  const input = (() => {
    if (/^(?:open|goto|scroll_(?:down|up))$/.test(name))
      return name === 'open' ? present({ path: first }) : undefined;
    if (name === 'create') return present({ path: first, content: '' });
    if (name === 'edit') return present({ path: openFile, new_string: body });
    if (/^(?:find_file|search_dir|search_file)$/.test(name)) return present({ query: first, path: second });
    return undefined;
  })();
  if (input === undefined) return toolUse('bash', { command: text }, call);
  return toolUse(name, input, call);
}
