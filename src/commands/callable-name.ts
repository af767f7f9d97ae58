/** What a person has to type to call the command again, so that what we suggest can be copied. */
import { relative } from 'node:path';

/** @param script what Node was started with: a source file, a link in some bin folder, or one that npx made. */
export function callableName(script: string, cwd: string): string {
  if (script.endsWith('.ts')) {
    const path = relative(cwd, script);
    return `node ${path.startsWith('..') ? script : path}`;
  }
  // Linked into a project, or fetched for this call: not on the PATH.
  return /[\\/]node_modules[\\/]/.test(script) ? 'npx dreamkeeper' : 'dreamkeeper';
}
