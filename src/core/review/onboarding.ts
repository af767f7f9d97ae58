/** The pull request that asks whether a repository wants Dreamkeeper: what was found, what will happen, how to say no. */
import { configPath, type Config } from '../config.ts';
import { sha256Hex } from '../text/sha256.ts';
import { whoLoads, type FoundMemory } from './found-memory.ts';
import { inlineCode } from './inert.ts';
import { count, thousands } from './wording.ts';

export interface Onboarding {
  /** As it is before there is a config: defaults, or what the organisation says. */
  readonly config: Pick<Config, 'dream' | 'ledger'>;
  readonly memory: readonly FoundMemory[];
  readonly visibility: 'public' | 'private' | 'internal';
}

export const onboardingTitle = 'Set up Dreamkeeper';

/** Where the published package can be read. */
const docs = 'https://unpkg.com/dreamkeeper/docs';
const mostFiles = 25;

/** @returns Markdown; begins with a marker by which it is known whether somebody edited it. */
export function onboardingBody(onboarding: Onboarding): string {
  const text = [
    `**Merging this says yes.** Until then Dreamkeeper stores nothing and proposes nothing.`,
    `It adds one file, \`${configPath}\`, in which every default is written out. Change it here, or at any time later.`,
    ...memorySection(onboarding.memory),
    ...plan(onboarding.config),
    ...transcripts(onboarding),
    '### How to say no',
    'Close this pull request: it will not come back, and nothing was kept. To stop later, comment `/dream pause` under a dream, ' +
      'delete the file, or take the App out of the repository. What was kept by then is on the branch `dreamkeeper`: delete it.',
    `[Configuration](${docs}/configuration.md) · [How it works](${docs}/how-it-works.md) · [Security and privacy](${docs}/security.md)`,
  ].join('\n\n');
  return `${markerFor(text)}\n${text}\n`;
}

/** Whether the text is as we wrote it, whichever version of us did. */
export function isUneditedOnboarding(body: string): boolean {
  const [first = '', ...rest] = body.replaceAll('\r\n', '\n').trimEnd().split('\n');
  return first === markerFor(rest.join('\n'));
}

function markerFor(text: string): string {
  return `<!-- dreamkeeper-onboarding:${sha256Hex(text).slice(0, 16)} -->`;
}

function memorySection(memory: readonly FoundMemory[]): readonly string[] {
  if (memory.length === 0)
    return ['### Memory found', 'None yet. The first thing worth remembering starts one, by pull request.'];
  const rows = memory.slice(0, mostFiles).map(({ path, entries, tokens, audience }) => {
    const cells = [cell(path), thousands(entries), thousands(tokens), whoLoads(audience, cell)];
    return `| ${cells.join(' | ')} |`;
  });
  const rest = memory.length - rows.length;
  const table = ['| file | entries | tokens | loaded by |', '|---|--:|--:|---|', ...rows].join('\n');
  return [
    '### Memory found',
    table,
    ...(rest > 0 ? [`… and ${count(rest, 'more file')}.`] : []),
    ...cost(memory),
  ];
}

/** What every session pays, whatever it is about. */
function cost(memory: readonly FoundMemory[]): readonly string[] {
  const always = memory.filter(({ audience }) => audience.some(({ when }) => when === 'always'));
  const tokens = always.reduce((sum, file) => sum + file.tokens, 0);
  if (always.length < 2) return [];
  return [
    `${count(always.length, 'file')} of these, ${thousands(tokens)} tokens, are loaded into every session of some agent.`,
  ];
}

function plan({ dream }: Pick<Config, 'dream'>): readonly string[] {
  const when =
    dream.cron === undefined
      ? `After ${count(dream.sessions, 'new session')}, or after ${dream.after} hours with anything new, but at least ${dream.apart} hours apart`
      : `When \`${dream.cron}\` (${inlineCode(dream.zone)}) comes and there is anything new`;
  return [
    '### What will happen, and when',
    [
      '1. **Within minutes of merging**: a first look at what is there already. If notes repeat or contradict each other, or name files that are gone, one pull request proposes to mend them.',
      '2. **As you hand in transcripts** of agents, with `npx dreamkeeper ingest <files> --push` or from a workflow: secrets are taken out, then they are kept.',
      `3. **${when}**: one pull request with at most ${count(dream.proposals, 'change')}, each with the words that caused it. Untick what is wrong; merging is the approval.`,
    ].join('\n'),
    'Nothing changes in memory unless somebody merges it. One pull request is open at a time.',
  ];
}

function transcripts({ config: { ledger }, visibility }: Onboarding): readonly string[] {
  if (ledger.repository !== undefined)
    return [
      '### Where transcripts will live',
      `On a branch of their own in ${inlineCode(ledger.repository)}, which must be private: ${detail[ledger.detail]}, for ${count(ledger.retention, 'day')}. They can be read by everybody who can read that repository, and by nobody else.`,
    ];
  const readers =
    visibility === 'internal' ? 'everybody in your enterprise' : 'everybody who can read this repository';
  const kept = `On the branch \`dreamkeeper\` of this repository, which is never merged: ${detail[ledger.detail]}, for ${count(ledger.retention, 'day')}. They can be read by ${readers}, and by nobody else.`;
  const isPublic =
    '**This repository is public.** Nothing is kept, and no dream begins, until `ledger.repository` names a private repository or `ledger.public: true` stands in the file: everybody could read the transcripts.';
  return [
    '### Where transcripts will live',
    ...(visibility === 'public' && !ledger.public ? [isPublic] : []),
    visibility === 'public' ? kept.replace(readers, 'everybody').replace(', and by nobody else', '') : kept,
    ...(visibility === 'private' ? [] : [elsewhere]),
  ];
}

const elsewhere = `**Better: keep them in a private repository.** Let \`ledger.repository\` name one that this App is installed on too, and name this repository under \`sources:\` in the \`${configPath}\` there.`;

const detail = {
  signals: 'only what was learned from them, with the words it rests on',
  condensed: 'what people and agents said, commands and errors, other output cut short',
  full: 'as they are, without secrets',
} as const satisfies Record<Config['ledger']['detail'], string>;

/** A pipe ends a cell of a table, in code too. */
function cell(text: string): string {
  return inlineCode(text).replaceAll('|', String.raw`\|`);
}
