/** Prompts are Markdown files beside the code, so that they can be read and judged as what they are. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, 'prompts');
const texts = new Map<string, string>();

/**
 * @param name of a file in prompts/, without `.md`.
 * @param values what stands for each `{{name}}` in it; foreign text is no value, it goes into data blocks.
 * @throws {Error} when a value is missing or of no use: prompt and code have parted.
 */
export function promptOf(name: string, values: Readonly<Record<string, string>> = {}): string {
  const text = texts.get(name) ?? readFileSync(join(folder, `${name}.md`), 'utf8').trim();
  texts.set(name, text);
  const used = new Set<string>();
  const filled = text.replace(/\{\{(\w+)\}\}/g, (_, key: string) => {
    const value = values[key];
    if (value === undefined) throw new Error(`The prompt ${name} needs ${key}.`);
    used.add(key);
    return value;
  });
  const unused = Object.keys(values).find((key) => !used.has(key));
  if (unused !== undefined) throw new Error(`The prompt ${name} has no place for ${unused}.`);
  return filled;
}
