/** A memory of so many entries, half of them about values that resemble each other, half about anything. */
import { domainNames, domains } from '../quality/domains.ts';
import { fillSlots, prepareSoil } from '../quality/plant/soil.ts';
import { createRandom, type Random } from '../quality/random.ts';
import { sets } from '../quality/sets.ts';

/** Below the 20,000 characters a topic file may have. */
const entriesPerFile = 150;

/** @returns memory files by path: topic files and the index that names them. */
export function bigMemory(entries: number, seed: number): Record<string, string> {
  const random = createRandom(seed);
  const { phrasings, materials } = sets.tune;
  const soils = domainNames.map((name) => prepareSoil(domains[name], materials[name], phrasings, random));
  const templates = [...phrasings.twins, ...phrasings.traps];
  const entry = (at: number): string => {
    if (at % 2 === 1) return sentence(random);
    const soil = random.pick(soils);
    const { a } = random.pick(templates);
    return fillSlots(a, soil.values(a));
  };
  const files: Record<string, string> = {};
  const index: string[] = [];
  for (let file = 0; file * entriesPerFile < entries; file += 1) {
    const count = Math.min(entriesPerFile, entries - file * entriesPerFile);
    const list = Array.from({ length: count }, (_, at) => `- ${entry(at)}\n`);
    files[`memory/topic-${file + 1}.md`] = `# Topic ${file + 1}\n\n${list.join('')}`;
    index.push(`- [Topic ${file + 1}](topic-${file + 1}.md)\n`);
  }
  return {
    ...files,
    'memory/MEMORY.md': `# Memory\n\n${index.join('')}`,
    'AGENTS.md': '# Agents\n\nNotes are in [memory/MEMORY.md](memory/MEMORY.md).\n',
  };
}

/** Made-up words in the order of English: unlike any other entry. */
function sentence(random: Random): string {
  const word = (): string =>
    Array.from({ length: random.between(2, 3) }, () => random.pick(syllables)).join('');
  const noun = (): string => `${random.chance(0.4) ? `${word()} ` : ''}${word()}`;
  const more = random.chance(0.5)
    ? ` before the ${noun()} is ${word()}ed`
    : ` with ${random.between(2, 900)} ${word()}s`;
  return `The ${noun()} ${word()}s the ${noun()}${more}.`;
}

const syllables =
  'ba be bi bo da de di do fa fi ka ke ki ko la le li lo ma me mi mo na ne no pa pe po ra re ri ro sa se so ta te ti to va ve vi vo'.split(
    ' ',
  );
