/** Steps that are the same although they were about different things: `deploy --to staging`, `deploy --to production`. */
import { commandWords, toolName } from '../../../core/dream/gather/commands.ts';

/** A step, and the work it was done in. */
export interface Occurrence {
  readonly step: string;
  readonly group: string;
}

/** An operand that differs this often is an operand; fewer could be two commands. */
const differing = 3;
/** What differs stands for itself in this many independent pieces of work: then it is a name. */
const named = 3;

interface Slot {
  /** Whether the word before says that a value follows. */
  readonly flagged: boolean;
  /** Whether it stands right behind the tool's name, where commands are. */
  readonly first: boolean;
  readonly groups: Map<string, Set<string>>;
}

/**
 * Words in which otherwise equal steps of independent work differ become `<value>`. What follows a flag differs as soon
 * as there are two; another word must differ three times and recur nowhere, since `db create` and `db drop` are two things.
 * @returns the general form of each step that has one
 */
export function generalForms(occurrences: readonly Occurrence[]): ReadonlyMap<string, string> {
  const slots = readSlots(occurrences);
  const forms = new Map<string, string>();
  for (const { step } of occurrences) {
    if (forms.has(step)) continue;
    const words = commandWords(step);
    const open = words.map((_, at) => isOpen(slots.get(slotKey(words, at))));
    if (open.includes(true))
      forms.set(step, words.map((word, at) => (open[at] ? '<value>' : word)).join(' '));
  }
  return forms;
}

function readSlots(occurrences: readonly Occurrence[]): ReadonlyMap<string, Slot> {
  const slots = new Map<string, Slot>();
  for (const { step, group } of occurrences) {
    const words = commandWords(step);
    const operands = commandWords(toolName(step)).length;
    words.forEach((word, at) => {
      if (at < operands || word.startsWith('-') || word.startsWith('<')) return;
      const key = slotKey(words, at);
      const slot = slots.get(key) ?? {
        flagged: isValueFlag(words[at - 1]),
        first: at === operands,
        groups: new Map<string, Set<string>>(),
      };
      slots.set(key, slot);
      slot.groups.set(word, (slot.groups.get(word) ?? new Set<string>()).add(group));
    });
  }
  return slots;
}

function slotKey(words: readonly string[], at: number): string {
  return [at, ...words.map((word, index) => (index === at ? '' : word))].join('\0');
}

function isValueFlag(word: string | undefined): boolean {
  return word !== undefined && /^-{1,2}[A-Za-z]/.test(word);
}

function isOpen(slot: Slot | undefined): boolean {
  if (slot === undefined) return false;
  const groups = [...slot.groups.values()].map((each) => each.size);
  if (slot.flagged) return groups.length >= 2;
  const most = slot.first ? 1 : named - 1;
  return groups.length >= differing && groups.every((count) => count <= most);
}
