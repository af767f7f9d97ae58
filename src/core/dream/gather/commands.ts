/** Shell command lines: cut into steps, named by tool, made general. */

export interface Step {
  /** As written, without environment assignments and redirections. */
  readonly text: string;
  /** The environment assignments before it, as written; empty when there are none. */
  readonly assigned: string;
  /** Words that name the tool: `pnpm test`, `go test`, `mise run lint`, `git commit`. */
  readonly tool: string;
  /** What joins it to the step before: `&&`, `||`, `;`, `|` or nothing. */
  readonly joint: string;
}

/** Quotes and escapes are minded; heredoc bodies and comments are dropped. */
export function splitCommand(command: string): { text: string; joint: string }[] {
  const source = command.replace(/<<-?\s*["']?(\w+)["']?[\s\S]*?\n\s*\1\b/g, ' ').replace(/\\\n/g, ' ');
  const steps: { text: string; joint: string }[] = [];
  let text = '';
  let joint = '';
  let quote = '';
  const push = (next: string): void => {
    if (text.trim() !== '') steps.push({ text: text.trim(), joint });
    text = '';
    joint = next;
  };
  for (let index = 0; index < source.length; index += 1) {
    const char = source.charAt(index);
    const next = source.charAt(index + 1);
    if (quote !== '') {
      if (char === '\\' && quote === '"') text += char + source.charAt(++index);
      else {
        if (char === quote) quote = '';
        text += char;
      }
    } else if (char === '\\') text += char + source.charAt(++index);
    else if (char === '"' || char === "'" || char === '`') {
      quote = char;
      text += char;
    } else if ((char === '&' && next === '&') || (char === '|' && next === '|')) {
      push(char + next);
      index += 1;
    } else if (char === ';' || char === '\n') push(';');
    else if (char === '|') push('|');
    else if (char === '#' && /(?:^|\s)$/.test(text)) {
      const end = source.indexOf('\n', index);
      index = end < 0 ? source.length : end - 1;
    } else text += char;
  }
  push('');
  return steps;
}

/** Tools whose first words after the name say what they do. */
const runners: Readonly<Record<string, number>> = {
  git: 1,
  gh: 2,
  go: 1,
  cargo: 1,
  npm: 1,
  pnpm: 1,
  yarn: 1,
  bun: 1,
  npx: 1,
  make: 1,
  just: 1,
  mise: 2,
  task: 1,
  docker: 1,
  kubectl: 1,
  terraform: 1,
  poetry: 1,
  uv: 2,
  pip: 1,
  bundle: 2,
  rake: 1,
  rails: 1,
  mix: 1,
  gradle: 1,
  mvn: 1,
  dotnet: 1,
  swift: 1,
  flutter: 1,
  dart: 1,
  deno: 1,
  composer: 1,
  php: 1,
  python: 1,
  python3: 1,
  node: 1,
  turbo: 1,
  nx: 1,
  bazel: 1,
  helm: 1,
  aws: 2,
  gcloud: 2,
  az: 2,
  systemctl: 1,
  brew: 1,
  apt: 1,
  'apt-get': 1,
  tofu: 1,
  pulumi: 1,
  rustup: 1,
  nix: 1,
};

/** `run` and its like say nothing themselves. */
const relay = new Set(['run', 'exec', 'compose', '-m', 'run-script', 'dlx', 'task']);

const opening = /^(?:[({]\s*)+/;
const assignments = /^(?:(?:export\s+)?[A-Za-z_]\w*=(?:"[^"]*"|'[^']*'|\S*)\s+)+/;

function strip(text: string): string {
  return text
    .replace(opening, '')
    .replace(assignments, '')
    .replace(/^(?:sudo|time|nohup|env|command|exec|timeout \S+|nice)\s+/, '')
    .replace(/\s*\d?>{1,2}\s*(?:&\d|\S+)/g, '')
    .replace(/\s*<\s*\S+/g, '')
    .replace(/[)}\s&]+$/, '')
    .trim();
}

/** Words of a command, quotes kept together. */
export function commandWords(text: string): string[] {
  return text.match(/(?:"(?:\\.|[^"\\])*"|'[^']*'|\\.|[^\s"'])+/g) ?? [];
}

/** The words that name what a command does, without flags and operands. */
export function toolName(text: string): string {
  const [name = '', ...rest] = commandWords(text);
  const base = name.replace(/^.*\//, '');
  let room = runners[base] ?? 0;
  const named = [base];
  for (const word of rest) {
    if (room === 0) break;
    if (word.startsWith('-') && word !== '-m') continue;
    if (!/^[-\w:.@/]+$/.test(word)) break;
    named.push(word);
    if (!relay.has(word)) room -= 1;
  }
  return named.join(' ');
}

/** A longer one is a script or data, and no step anybody repeats. */
const longestCommand = 8_000;

/** The steps of a command line; none of one that is too long to be typed. */
export function stepsOf(command: string): Step[] {
  if (command.length > longestCommand) return [];
  return splitCommand(command).flatMap(({ text, joint }) => {
    const bare = strip(text);
    const assigned = assignments.exec(text.replace(opening, ''))?.[0].trim() ?? '';
    return bare === '' ? [] : [{ text: bare, assigned, tool: toolName(bare), joint }];
  });
}

/** Only look, move about or print: they change nothing. */
const looking = new Set([
  'ls',
  'cd',
  'cat',
  'head',
  'tail',
  'echo',
  'printf',
  'pwd',
  'grep',
  'rg',
  'find',
  'sed',
  'awk',
  'wc',
  'sort',
  'uniq',
  'which',
  'true',
  'false',
  'sleep',
  'tee',
  'xargs',
  'cut',
  'tr',
  'diff',
  'less',
  'more',
  'file',
  'stat',
  'du',
  'df',
  'ps',
  'env',
  'date',
  'whoami',
  'test',
  '[',
  'jq',
  'tree',
  'type',
  'for',
  'while',
  'if',
  'do',
  'done',
  'then',
  'fi',
  'else',
  'read',
  'exit',
  'bat',
  'fd',
  'ag',
  'man',
  'git status',
  'git diff',
  'git log',
  'git show',
  'git branch',
  'git rev-parse',
  'git blame',
  'git ls-files',
  'git grep',
  'git reflog',
  'git merge-base',
  'git for-each-ref',
]);

/** Prepare the ground: no step of a workflow, yet they may be what another command was waiting for. */
const housekeeping = new Set([
  'export',
  'source',
  '.',
  'set',
  'mkdir',
  'touch',
  'rm',
  'cp',
  'mv',
  'chmod',
  'kill',
  'pkill',
  'git config',
  'git add',
  'git stash',
  'git worktree',
  'git remote',
]);

/** It changes nothing, or what it does cannot be told. */
export function isLooking(step: Pick<Step, 'tool'>): boolean {
  return looking.has(step.tool) || step.tool === '' || /[^\w\s:.@/+-]/.test(step.tool);
}

export function isTrivial(step: Pick<Step, 'tool'>): boolean {
  return isLooking(step) || housekeeping.has(step.tool);
}

/** Operands that change from run to run become `<path>`, `<n>`, `<text>`; flags and names stay. */
export function generaliseStep(text: string): string {
  return commandWords(text)
    .map((word, index, words) => {
      if (index === 0)
        return word.replace(/^.*\/(?=[^/]+$)/, (folder) => (folder.startsWith('./') ? folder : ''));
      if (/^["']/.test(word) || /\s/.test(word)) return '<text>';
      if (/^(?:-{1,2}[\w-]+|[A-Za-z_]\w*)=/.test(word)) return word.replace(/=.*/, '=<value>');
      if (word.startsWith('-')) return word;
      // `python -m package.module` names a program, whatever its last part looks like.
      if (words[index - 1] === '-m' && /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/.test(word)) return word;
      if (/^\d+$/.test(word) || /^[0-9a-f]{7,40}$/.test(word)) return '<n>';
      if (/^(?:\.{1,2}\/)?\.{3}$|^\.\/\.\.\.$/.test(word)) return word;
      if (/[/\\]/.test(word) && !/^@[\w-]+\/[\w-]+$/.test(word)) return '<path>';
      if (/\.\w{1,5}$/.test(word) && !/^v?\d/.test(word)) return '<path>';
      return word;
    })
    .join(' ');
}
