/** What people say that should change the memory. */
import type { Lesson } from '../domain.ts';
import type { Planted } from '../planted.ts';
import type { Turn } from '../transcripts/turn.ts';
import { fillSlots, type Planting, type Soil } from './soil.ts';

export function plantRefuted(soil: Soil, count: number): Planting[] {
  return soil.random.sample(soil.material.stale, count).map((fact): Planting => {
    const [template = ''] = soil.templates(soil.phrasings.refuted, 1);
    const said = fillSlots(template, { subject: fact.subject, old: fact.old, new: fact.new });
    return {
      notes: [{ topic: fact.topic, text: fact.note }],
      scenes: [answered(soil, `I'll go by the notes: ${fact.note}`, said)],
      planted: {
        kind: 'refuted',
        sort: 'replaced',
        note: fact.note,
        replacement: fact.new,
        answer: fact.note.replaceAll(fact.old, fact.new),
        said: [said],
      },
    };
  });
}

export function plantGone(soil: Soil, count: number): Planting[] {
  return soil.random.sample(soil.material.gone, count).map((fact): Planting => {
    const [template = ''] = soil.templates(soil.phrasings.gone, 1);
    const said = fillSlots(template, { thing: fact.thing });
    return {
      notes: [{ topic: fact.topic, text: fact.note }],
      scenes: [answered(soil, `The notes mention ${fact.thing}, I will look there.`, said)],
      planted: { kind: 'refuted', sort: 'gone', note: fact.note, said: [said] },
    };
  });
}

export function plantRequests(soil: Soil, lessons: readonly Lesson[]): Planting[] {
  return lessons.map((lesson): Planting => {
    const { said, planted } = plantLesson(soil, 'request', lesson, 1);
    return {
      notes: [],
      scenes: said.map((text) => answered(soil, soil.random.pick(soil.phrasings.agent), text)),
      planted,
    };
  });
}

export function plantStatements(soil: Soil, lessons: readonly Lesson[]): Planting[] {
  return lessons.map((lesson): Planting => {
    const { said, planted } = plantLesson(soil, 'statement', lesson, soil.random.between(2, 3));
    return {
      notes: [],
      scenes: said.map((text) => answered(soil, soil.random.pick(soil.phrasings.agent), text)),
      planted,
    };
  });
}

/** The agent does what it should not, and is told so, sometimes in the words that refuse an edit. */
export function plantCorrections(soil: Soil, lessons: readonly Lesson[]): Planting[] {
  return lessons.map((lesson): Planting => {
    const { said, planted } = plantLesson(soil, 'correction', lesson, soil.random.between(2, 3));
    return {
      notes: [],
      scenes: said.map((text): Turn[] => {
        const path = soil.random.pick(soil.domain.files);
        const edit = { path, before: `step ${soil.random.hex(4)}`, after: `step ${soil.random.hex(4)}` };
        if (soil.random.chance(0.3)) return [{ type: 'refusal', ...edit, words: text }];
        return [
          { type: 'edit', ...edit },
          { type: 'agent', text: soil.random.pick(soil.phrasings.agent) },
          { type: 'person', text },
          { type: 'edit', path, before: edit.after, after: `step ${soil.random.hex(4)}` },
        ];
      }),
      planted,
    };
  });
}

type Half = 'do' | 'dont';

const templatesOf = { request: 'requests', statement: 'statements', correction: 'corrections' } as const;

/**
 * The same lesson in other words each time: another template, another way to put it. What is said each time is one half
 * of the lesson, what to do or what not to do; the other half may come along.
 */
function plantLesson(
  soil: Soil,
  sort: keyof typeof templatesOf,
  lesson: Lesson,
  count: number,
): { readonly said: readonly string[]; readonly planted: Planted } {
  const half: Half = sort === 'request' || soil.random.chance(0.7) ? 'do' : 'dont';
  const other: Half = half === 'do' ? 'dont' : 'do';
  const fitting = soil.phrasings[templatesOf[sort]].filter((template) => template.includes(`{${half}}`));
  const first = soil.random.between(0, 1);
  const templates = soil.templates(fitting, count);
  const said = templates.map((template, at) =>
    fillSlots(template, {
      do: lesson.do[(first + at) % lesson.do.length] ?? '',
      dont: lesson.dont[(first + at) % lesson.dont.length] ?? '',
    }),
  );
  const mixed = templates.some((template) => template.includes(`{${other}}`));
  const besides = mixed ? keysOf(lesson, other) : [];
  const answer = sentence(half === 'do' ? (lesson.do[0] ?? '') : `do not ${lesson.dont[0] ?? ''}`);
  return { said, planted: { kind: 'asked', sort, keys: keysOf(lesson, half), besides, answer, said } };
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

/** What every way to put this half names. */
function keysOf(lesson: Lesson, half: Half): string[] {
  return lesson.keys.filter((key) =>
    lesson[half].every((text) => text.toLowerCase().includes(key.toLowerCase())),
  );
}

function answered(soil: Soil, before: string, text: string): Turn[] {
  return [
    { type: 'agent', text: before },
    { type: 'person', text },
    { type: 'agent', text: soil.random.pick(soil.phrasings.agent) },
  ];
}
