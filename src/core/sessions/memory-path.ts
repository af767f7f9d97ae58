/** Which files agents load as memory, wherever they are. */
import type { ToolUse } from './session.ts';
import { isOnlyShowing } from './shell-command.ts';

const memoryFile =
  /(?:^|[\s/\\"'=:])(?:(?:CLAUDE|AGENTS|GEMINI|MEMORY)(?:\.\w+)?\.md|\.(?:cursor|windsurf|cline)rules|copilot-instructions\.md|[\w.-]{1,200}\.instructions\.md|(?:\.claude\/rules|\.cursor\/rules|memory|memories)\/[^\s"']{0,300}\.mdc?)(?:$|[\s"'|;&):,])/i;

/** Whether a path is one that some agent reads as its memory. */
export function isMemoryPath(path: string): boolean {
  return memoryFile.test(path);
}

/** Whether a call reads memory back: what comes is an echo and no evidence. */
export function echoesMemory(tool: ToolUse<string>): boolean {
  if (tool.action === 'read' || tool.action === 'search')
    return tool.path !== undefined && isMemoryPath(tool.path);
  if (tool.action !== 'shell' || tool.command === undefined) return false;
  return isMemoryPath(tool.command) && isOnlyShowing(tool.command);
}
