/** What planting draws from: a domain, one set of material and phrasings, and chance. Nothing is drawn twice. */
import type { Domain, Material, Topic } from '../domain.ts';
import type { Phrasings } from '../phrasings.ts';
import type { Planted } from '../planted.ts';
import type { Random } from '../random.ts';
import type { Turn } from '../transcripts/turn.ts';

export interface Soil {
  readonly random: Random;
  readonly domain: Domain;
  readonly material: Material;
  readonly phrasings: Phrasings;
  /** A template filled; pools that run dry begin anew. */
  fill(template: string, values?: Readonly<Record<string, string>>): string;
  /** Values that fill every slot, for templates that come in pairs. */
  values(hint: string): Readonly<Record<string, string>>;
  /** So many templates that were not given out before. */
  templates<T>(list: readonly T[], count: number): T[];
}

/** One planted thing: what it adds to memory, and what happens in so many independent sessions. */
export interface Planting {
  /** `apart` notes stand elsewhere than their topic. */
  readonly notes: readonly { readonly topic: Topic; readonly text: string; readonly apart?: true }[];
  readonly scenes: readonly (readonly Turn[])[];
  readonly planted?: Planted;
}

export function prepareSoil(domain: Domain, material: Material, phrasings: Phrasings, random: Random): Soil {
  const taught = JSON.stringify(material);
  const pool = (items: readonly string[]): (() => string) => {
    let left: string[] = [];
    return () => {
      if (left.length === 0) left = random.sample(items, items.length);
      return left.pop() ?? '';
    };
  };
  const service = pool(domain.services);
  // What memory names is no news: commands of lessons and workflows stay out of the notes.
  const command = pool(domain.commands.filter((candidate) => !taught.includes(candidate)));
  const file = pool(domain.files);
  const folder = pool(domain.folders);
  const choice = pool(domain.choices.map((pair) => pair.join('\n')));
  const given = new Set<unknown>();

  const values = (hint: string): Readonly<Record<string, string>> => {
    const [person = '', person2 = ''] = random.sample(domain.people, 2);
    const ports = /\bports?\b/i.test(hint);
    const n = ports ? random.between(3_000, 4_999) : random.between(2, 30);
    const m = ports ? random.between(5_000, 9_999) : n + random.between(1, 30);
    const [use = '', other = ''] = /\{(use|other)\}/.test(hint) ? choice().split('\n') : [];
    const drawn = (slot: string, draw: () => string): string => (hint.includes(`{${slot}`) ? draw() : '');
    const serviceName = drawn('service', service);
    return {
      service: serviceName,
      slug: serviceName.replaceAll(' ', '-'),
      command: drawn('command', command),
      file: drawn('file', file),
      file2: drawn('file2', file),
      folder: drawn('folder', folder),
      folder2: drawn('folder2', folder),
      area: random.pick(domain.areas),
      person,
      person2,
      use,
      other,
      n: String(n),
      m: String(m),
      arg: random.pick(domain.areas).replaceAll(' ', '_'),
    };
  };
  return {
    random,
    domain,
    material,
    phrasings,
    values,
    fill: (template, own) => fillSlots(template, own ?? values(template)),
    templates(list, count) {
      const fresh = list.filter((item) => !given.has(item));
      const taken = random.sample(fresh, count);
      taken.forEach((item) => given.add(item));
      return taken;
    },
  };
}

/** Slots that `values` does not name stay as they are. */
export function fillSlots(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (slot, name: string) => values[name] ?? slot);
}
