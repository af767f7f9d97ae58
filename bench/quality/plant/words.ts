/** What people say that should change the memory. */
import type { Lesson } from '../domain.ts';
import type { Turn } from '../transcripts/turn.ts';
import { fillSlots, type Planting, type Soil } from './soil.ts';

export function plantRefuted(soil: Soil, count: number): Planting[] {
  return soil.random.sample(soil.material.stale, count).map((fact): Planting => {
    const [template = ''] = soil.templates(soil.phrasings.refuted, 1);
    const said = fillSlots(template, { subject: fact.subject, old: fact.old, new: fact.new });
    return {
      notes: [{ topic: fact.topic, text: fact.note }],
      scenes: [answered(soil, `I'll go by the notes: ${fact.note}`, said)],
      planted: { kind: 'refuted', sort: 'replaced', note: fact.note, replacement: fact.new, said: [said] },
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
    const said = sayings(soil, soil.phrasings.requests, lesson, 1);
    return {
      notes: [],
      scenes: said.map((text) => answered(soil, soil.random.pick(soil.phrasings.agent), text)),
      planted: { kind: 'asked', sort: 'request', keys: keysOf(lesson, said), said },
    };
  });
}

export function plantStatements(soil: Soil, lessons: readonly Lesson[]): Planting[] {
  return lessons.map((lesson): Planting => {
    const said = sayings(soil, soil.phrasings.statements, lesson, soil.random.between(2, 3));
    return {
      notes: [],
      scenes: said.map((text) => answered(soil, soil.random.pick(soil.phrasings.agent), text)),
      planted: { kind: 'asked', sort: 'statement', keys: keysOf(lesson, said), said },
    };
  });
}

/** The agent does what it should not, and is told so, sometimes in the words that refuse an edit. */
export function plantCorrections(soil: Soil, lessons: readonly Lesson[]): Planting[] {
  return lessons.map((lesson): Planting => {
    const said = sayings(soil, soil.phrasings.corrections, lesson, soil.random.between(2, 3));
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
      planted: { kind: 'asked', sort: 'correction', keys: keysOf(lesson, said), said },
    };
  });
}

/** The same lesson in other words each time: another template, another way to put it. */
function sayings(soil: Soil, templates: readonly string[], lesson: Lesson, count: number): string[] {
  const first = soil.random.between(0, 1);
  return soil.templates(templates, count).map((template, at) =>
    fillSlots(template, {
      do: lesson.do[(first + at) % lesson.do.length] ?? '',
      dont: lesson.dont[(first + at) % lesson.dont.length] ?? '',
    }),
  );
}

/** A proposal says the lesson when it names what one of the sayings named. */
function keysOf(lesson: Lesson, said: readonly string[]): string[][] {
  return said.map((text) => lesson.keys.filter((key) => text.toLowerCase().includes(key.toLowerCase())));
}

function answered(soil: Soil, before: string, text: string): Turn[] {
  return [
    { type: 'agent', text: before },
    { type: 'person', text },
    { type: 'agent', text: soil.random.pick(soil.phrasings.agent) },
  ];
}
