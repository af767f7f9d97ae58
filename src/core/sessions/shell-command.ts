/** Shell command lines: taken out of what agents wrap them in, and cut into the programs they run. */
import { asArray, asObject, asString } from './json-value.ts';

const wrapper = /^(?:\S*\/)?(?:bash|sh|zsh|dash|pwsh|powershell(?:\.exe)?|cmd(?:\.exe)?)$/;
const flag = /^(?:-[a-z]*c|-Command|\/c)$/i;

/**
 * The command line of a shell call: a string, a list of arguments, or an object holding either. `bash -lc "…"` is
 * unwrapped. Undefined when there is none.
 */
export function shellCommand(input: unknown): string | undefined {
  if (typeof input === 'string') return unwrapped(input);
  if (Array.isArray(input)) return fromArguments(asArray(input));
  const fields = asObject(input);
  if (fields === undefined) return undefined;
  for (const key of ['command', 'cmd', 'script', 'commands', 'CommandLine', 'action']) {
    const value = fields[key];
    if (asString(value) !== undefined || asArray(value).length > 0 || asObject(value))
      return shellCommand(value);
  }
  return undefined;
}

function fromArguments(list: readonly unknown[]): string | undefined {
  const words = list.filter((word): word is string => typeof word === 'string');
  const [program, option, command] = words;
  if (program === undefined) return undefined;
  if (option !== undefined && command !== undefined && wrapper.test(program) && flag.test(option))
    return command;
  return words.map(quoted).join(' ');
}

function quoted(word: string): string {
  return /^[\w@%+=:,./~-]+$/.test(word) || word.includes('\n')
    ? word
    : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

function unwrapped(command: string): string | undefined {
  const text = command.trim();
  const match = /^(\S+)\s+(-[a-z]*c)\s+(["'])([\s\S]*)\3$/.exec(text);
  const [, program = '', , quote = '', inside = ''] = match ?? [];
  if (match === null || !wrapper.test(program) || hasBare(inside, quote)) return text || undefined;
  return quote === '"' ? inside.replace(/\\(["\\$`])/g, '$1') : inside.replaceAll(String.raw`'\''`, "'");
}

/** Whether the quote closes before the end, so that the text is more than one quoted argument. */
function hasBare(inside: string, quote: string): boolean {
  const rest = quote === '"' ? inside.replace(/\\[\s\S]/g, '') : inside.replaceAll(String.raw`'\''`, '');
  return rest.includes(quote);
}

/** The first words of each simple command of a line, without assignments, `cd`, `sudo`, `time` and the like. */
export function programsOf(command: string): readonly string[] {
  const bare = command.replace(/<<-?\s*(['"]?)(\w+)\1[\s\S]*?(?:^\s*\2\s*$|(?![\s\S]))/gm, ' ');
  return bare.split(/\|\|?|&&|;|\n/).flatMap((part) => programOf(part) ?? []);
}

/** Like `programsOf`, of the first command of each pipe only: what makes the output that the rest cuts. */
export function sourcesOf(command: string): readonly string[] {
  const bare = command.replace(/<<-?\s*(['"]?)(\w+)\1[\s\S]*?(?:^\s*\2\s*$|(?![\s\S]))/gm, ' ');
  return bare.split(/\|\||&&|;|\n/).flatMap((pipe) => programOf(pipe.split('|', 1)[0] ?? '') ?? []);
}

const prefix =
  /^(?:\s|\(|\{\s|[A-Za-z_]\w*=(?:"[^"]*"|'[^']*'|\S*)\s|(?:sudo|time|command|exec|nice|nohup|env)\s|timeout\s+\S+\s)+/;

function programOf(part: string): string | undefined {
  const words = ` ${part}`.replace(prefix, '').trim();
  const program = /^\S+/.exec(words)?.[0].replace(/^.*\//, '');
  if (program === undefined || program.startsWith('#')) return undefined;
  return ['cd', 'export', 'set', 'source', '.', 'pushd', 'popd', 'true'].includes(program)
    ? undefined
    : program;
}
