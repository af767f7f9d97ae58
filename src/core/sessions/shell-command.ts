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

/**
 * The program of each simple command of a line, of a pipe only the first: it makes the output that the rest cuts. Without
 * assignments, `cd`, `sudo`, `time`, keywords and the like.
 */
function sourcesOf(command: string): readonly string[] {
  return withoutTexts(command)
    .split(/\|\||&&|[;\n]/)
    .flatMap((pipe) => programOf(pipe.split('|', 1)[0] ?? '') ?? []);
}

const hereDocument = /<<-?\s*(['"]?)(\w+)\1[\s\S]*?(?:^[ \t]*\2[ \t]*$|(?![\s\S]))/gm;
const quotedText = /"(?:\\[\s\S]|[^"\\])*(?:"|$)|'[^']*(?:'|$)/g;

/** Here-documents and quoted texts may hold anything that looks like a command. */
function withoutTexts(command: string): string {
  return command.replace(hereDocument, ' ').replace(quotedText, "''");
}

const prefix =
  /^(?:\s|\(|\{\s|!\s|[A-Za-z_]\w*=\S*\s|(?:sudo|time|command|exec|nice|nohup|env|do|then|else|if|while|until)\s|timeout\s+\S+\s)+/;
const silent = new Set(
  'cd export set source . pushd popd true for done fi case esac in sleep wait'.split(' '),
);

function programOf(part: string): string | undefined {
  const words = ` ${part}`.replace(prefix, '').trim();
  const program = /^\S+/.exec(words)?.[0].replace(/^.*\//, '');
  return program === undefined || program.startsWith('#') || silent.has(program) ? undefined : program;
}

/** Programs that only show what is in files or elsewhere. */
const showing = new Set(
  'cat head tail less more bat sed awk grep egrep fgrep rg ag ack find ls tree wc nl jq yq git echo printf diff sort uniq cut tr column xxd hexdump od strings file stat gh which type'.split(
    ' ',
  ),
);

/** Whether all that is run shows text: failures in that text are somebody else's. */
export function isOnlyShowing(command: string): boolean {
  const programs = sourcesOf(command);
  return programs.length > 0 && programs.every((program) => showing.has(program));
}
