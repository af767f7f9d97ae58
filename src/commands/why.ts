/** `dreamkeeper why`: why a line of memory is there, with the words that caused it. */
import { realpathSync } from 'node:fs';
import { isAbsolute, relative, resolve } from 'node:path';
import type { Command } from 'commander';
import { openWorkplace, type Workplace } from '../compose.ts';
import type { Evidence } from '../core/dream/evidence.ts';
import { extractorVersion } from '../core/dream/gather/gather.ts';
import type { LedgerView } from '../core/dream/ledger.ts';
import type { Signal } from '../core/dream/signal.ts';
import { DreamkeeperError } from '../core/error.ts';
import { unattributedSentence } from '../core/review/support.ts';
import type { TerminalStyle } from '../core/review/terminal.ts';
import { visible } from '../core/review/visible.ts';
import { blameLine } from '../git/line.ts';
import { parseLocation, why, type Bearing, type Why } from '../why.ts';
import { addVerb, answer, type CommonOptions, type Shell } from './verb.ts';

export function addWhy(program: Command, shell: Shell): void {
  addVerb(program, shell, {
    name: 'why',
    examples: [['dreamkeeper why CLAUDE.md:12'], ['dreamkeeper why memory/testing.md:3 --json']],
  })
    .argument('<file:line>', 'path of a memory file, and a line number')
    .action(async (location: string, options: CommonOptions) => {
      const { file, line } = parseLocation(location);
      const workplace = await openWorkplace(options.repo, shell.settings);
      const found = await blamed(workplace, file, line, options.repo);
      const view = await workplace.ledger.read();
      const answered = await why(found, view, () => signalsOf(view));
      answer(shell, options, answered, () => text(answered, shell.terminal.style));
    });
}

/** The path is meant from the top of the repository or, as shells complete it, from the folder one is in. */
async function blamed({ repository }: Workplace, file: string, line: number, folder: string) {
  const { workTree } = repository.site;
  const fromHere = workTree === undefined ? file : relative(workTree, resolve(realpathSync(folder), file));
  const paths = isAbsolute(file) ? [fromHere] : [...new Set([file, fromHere.replaceAll('\\', '/')])];
  for (const path of paths.filter((each) => !each.startsWith('..'))) {
    const found = await blameLine(repository.site, path, line);
    if (found !== undefined) return found;
  }
  throw new DreamkeeperError('usage', `${file} has no line ${line}`, {
    remedy: 'Name the file by its path from the top of the repository or from here; it must be known to git.',
  });
}

async function signalsOf(view: LedgerView): Promise<Signal[]> {
  const extracts = await view.extracts(extractorVersion);
  return [...extracts.values()].flatMap(({ signals }) => signals);
}

function text(found: Why, style: TerminalStyle): string {
  const head = `${style.bold(`${found.file}:${found.line}`)}  ${visible(found.text.trim())}`;
  const when = found.at === null ? '' : ` on ${found.at.slice(0, 10)}`;
  const commit = found.commit === null ? 'not committed yet' : `commit ${found.commit.slice(0, 10)}`;
  const where = found.pullRequest === null ? commit : `${commit}, pull request #${found.pullRequest}`;
  if (found.dream === null) {
    const who =
      found.author === null ? 'Nobody has committed it yet' : `Written by ${visible(found.author)}${when}`;
    return [head, '', `${who} (${commit}), not by a dream.`, ...bearingText(found)].join('\n');
  }
  return [
    head,
    '',
    `Proposal ${found.proposal ?? ''} of dream ${found.dream}${when} (${where}): ${visible(found.title ?? '')}`,
    visible(found.rationale ?? ''),
    '',
    ...found.evidence.map((item) => evidenceText(item, style)),
  ].join('\n');
}

function bearingText({ supported, violated }: Why): string[] {
  const said = ({ person, at, session, event, quote }: Bearing): string =>
    `  “${visible(quote)}” — ${person ?? 'unknown'}${at === undefined ? '' : `, ${at.slice(0, 10)}`}, ${session} event ${event}`;
  const list = (title: string, items: readonly Bearing[]): string[] =>
    items.length === 0 ? [] : ['', title, ...items.map(said)];
  return supported.length + violated.length === 0
    ? ['', 'No session on the ledger supports or contradicts it.']
    : [...list('Sessions that say the same:', supported), ...list('Sessions that say otherwise:', violated)];
}

function evidenceText(item: Evidence, style: TerminalStyle): string {
  switch (item.type) {
    case 'quote': {
      const who = [item.person ?? item.trust, item.at?.slice(0, 10), `${item.session} event ${item.event}`];
      return `“${visible(item.quote)}”\n  ${style.dim(`— ${who.filter((part) => part !== undefined).join(', ')}`)}`;
    }
    case 'comment':
      return `“${visible(item.quote)}”\n  ${style.dim(`— ${item.person}, ${item.url}`)}`;
    case 'entry':
      return `${item.file}:${item.lines[0]} said: ${visible(item.text)}`;
    case 'unattributed':
      return unattributedSentence(visible(item.dream));
    case 'fact':
      return `${visible(item.path)} ${item.fact}${item.to === undefined ? '' : ` to ${visible(item.to)}`}${
        item.at === undefined ? '' : ` on ${item.at.slice(0, 10)}`
      }`;
  }
}
