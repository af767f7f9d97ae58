/** Which files agents load as memory, wherever they are. */
import type { ToolUse } from './session.ts';
import { programsOf } from './shell-command.ts';

const memoryFile =
  /(?:^|[\s/\\"'=:])(?:(?:CLAUDE|AGENTS|GEMINI|MEMORY)(?:\.\w+)?\.md|\.(?:cursor|windsurf|cline)rules|copilot-instructions\.md|[\w.-]+\.instructions\.md|(?:\.claude\/rules|\.cursor\/rules|memory|memories)\/[^\s"']*\.mdc?)(?:$|[\s"'|;&):,])/i;

/** Whether a path is one that some agent reads as its memory. */
export function isMemoryPath(path: string): boolean {
  return memoryFile.test(path);
}

/** Programs that only show what is in files. */
export const showing = new Set(
  'cat head tail less more bat sed awk grep egrep fgrep rg ag ack find ls tree wc nl jq yq git echo printf diff sort uniq cut tr column xxd hexdump od strings file stat gh which type'.split(
    ' ',
  ),
);

/** Whether a call reads memory back: what comes is an echo and no evidence. */
export function echoesMemory(tool: ToolUse<string>): boolean {
  if (tool.action === 'read' || tool.action === 'search')
    return tool.path !== undefined && isMemoryPath(tool.path);
  if (tool.action !== 'shell' || tool.command === undefined) return false;
  return isMemoryPath(tool.command) && programsOf(tool.command).every((program) => showing.has(program));
}
