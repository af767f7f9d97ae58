/** Writes notes the way teams keep them: in one CLAUDE.md, or in topic files behind an index. */
import type { Topic } from './domain.ts';

export const layouts = ['single', 'topics'] as const;
export type Layout = (typeof layouts)[number];

type Sections = ReadonlyMap<Topic | 'gotchas', readonly string[]>;

const titles: Readonly<Record<Topic | 'gotchas', string>> = {
  build: 'Building',
  testing: 'Testing',
  data: 'Data',
  deploy: 'Deployment',
  style: 'Style',
  team: 'Team',
  gotchas: 'Good to know',
};

/** @returns the memory files by path. */
export function writeStore(layout: Layout, name: string, sections: Sections): Record<string, string> {
  const list = (notes: readonly string[]): string => notes.map((note) => `- ${note}\n`).join('');
  if (layout === 'single') {
    const body = [...sections].map(([topic, notes]) => `## ${titles[topic]}\n\n${list(notes)}`);
    return { 'CLAUDE.md': `# ${name}\n\nNotes for agents that work here.\n\n${body.join('\n')}` };
  }
  const index = [...sections.keys()].map((topic) => `- [${titles[topic]}](${topic}.md): ${about[topic]}\n`);
  return {
    'AGENTS.md': `# ${name}\n\nWhat we know is in [memory/MEMORY.md](memory/MEMORY.md); read the topic you need.\n`,
    'memory/MEMORY.md': `# Memory\n\n${index.join('')}`,
    ...Object.fromEntries(
      [...sections].map(([topic, notes]) => [`memory/${topic}.md`, `# ${titles[topic]}\n\n${list(notes)}`]),
    ),
  };
}

const about: Readonly<Record<Topic | 'gotchas', string>> = {
  build: 'how it is compiled and packed',
  testing: 'suites, fixtures, what they need',
  data: 'what is stored and what it means',
  deploy: 'environments, releases, operations',
  style: 'how code is written',
  team: 'who to ask',
  gotchas: 'what surprised us',
};
