/** A repository whose agents run at Anthropic: the stand-in, its sessions, and what the dreamer is given. */
import type Anthropic from '@anthropic-ai/sdk';
import type { DreamDraft, DreamInput } from '../../../src/core/dream/dreamer.ts';
import { configSchema } from '../../../src/core/config.ts';
import { passingNotes, type Notes } from '../../../src/core/dream/notes.ts';
import type { Allowance } from '../../../src/core/dream/purse.ts';
import { openAnthropic } from '../../../src/dreamers/anthropic/client.ts';
import { createManagedDreamer } from '../../../src/dreamers/managed/dreamer.ts';
import type { Session } from '../../../src/core/sessions/session.ts';
import { person, session } from '../../support/session.ts';
import { anAnthropic } from '../../support/anthropic/setting.ts';
import type { AnthropicStandIn } from '../../support/anthropic/start.ts';
import type { DreamAsked, DreamStep } from '../../support/anthropic/dreams/dream.ts';
import { personSays } from '../../support/anthropic/sessions/session.ts';
import { dreamInput } from '../../support/dream-input.ts';

export type Memory = Readonly<Record<string, string>>;

export interface ManagedWorld {
  readonly memory: Memory;
  /** What a person says in each session at Anthropic. */
  readonly said?: readonly (readonly string[])[];
  /** The sessions as the ledger has them, where more happened than was said. @param ids as at Anthropic */
  readonly happened?: (ids: readonly string[]) => readonly Session[];
  /** What the dream makes of the memory; by default what `dream` says. */
  readonly wrote?: Memory;
  readonly dream?: (asked: DreamAsked, nth: number) => readonly DreamStep[];
  readonly allowance?: Allowance;
  readonly instructions?: string;
}

export interface ManagedSetting {
  readonly anthropic: AnthropicStandIn;
  readonly client: Anthropic;
  readonly sessions: readonly string[];
  readonly notes: Notes;
  /** What somebody who waited was told. */
  readonly steps: string[];
  /** Milliseconds between looks. */
  readonly waits: number[];
  /** A dream of a process of its own: it knows what the ledger knows, and nothing else. */
  readonly dream: (over?: Partial<DreamInput>) => Promise<DreamDraft>;
  readonly input: (over?: Partial<DreamInput>) => DreamInput;
  /** Names of what was asked for since it was last looked at. */
  readonly asked: () => string[];
}

export const usage = { input_tokens: 1_000, output_tokens: 100 };

export async function managed(world: ManagedWorld): Promise<ManagedSetting> {
  const { anthropic, client } = await anAnthropic({ dream: world.dream ?? (() => stepsOf(world.wrote)) });
  const said = world.said ?? [['The nightly job needs the replica.']];
  const sessions = said.map((texts, day) =>
    anthropic.sessions.add({
      events: texts.map(personSays),
      createdAt: new Date(Date.UTC(2026, 2, day + 10)),
    }),
  );
  const notes = passingNotes();
  const steps: string[] = [];
  const waits: number[] = [];
  const dreamer = createManagedDreamer({
    open: () => openAnthropic({ apiKey: anthropic.key, baseURL: anthropic.url, maxRetries: 0 }),
    wait: (milliseconds) => Promise.resolve(void waits.push(milliseconds)),
  });
  const config = configSchema.parse({
    managed: { agent: 'agent_0000000001' },
    dream: world.instructions === undefined ? {} : { instructions: world.instructions },
  });
  const saidOnly = (): readonly Session[] =>
    said.map((texts, at) =>
      session({ id: sessions[at] ?? '', day: at + 1 }, ...texts.map((text) => person(text, 'claimed'))),
    );
  const known = world.happened?.(sessions) ?? saidOnly();
  const input = (over: Partial<DreamInput> = {}): DreamInput => ({
    ...dreamInput({
      memory: world.memory,
      sessions: known,
      config,
      notes,
      ...(world.allowance === undefined ? {} : { allowance: world.allowance }),
    }),
    progress: (step) => void steps.push(step),
    ...over,
  });
  let seen = 0;
  return {
    anthropic,
    client,
    sessions,
    notes,
    steps,
    waits,
    input,
    dream: (over) => dreamer.dream(input(over)),
    asked() {
      const fresh = anthropic.requests.slice(seen).map(({ operation }) => operation);
      seen = anthropic.requests.length;
      return fresh;
    },
  };
}

function stepsOf(wrote: Memory | undefined): readonly DreamStep[] {
  const output = wrote && Object.fromEntries(Object.entries(wrote).map(([path, text]) => [`/${path}`, text]));
  return [
    { status: 'running', usage },
    { status: 'completed', usage, ...(output === undefined ? {} : { output }) },
  ];
}

/** The store that dreams read. */
export function mirrorOf({ anthropic }: ManagedSetting): Memory {
  const [id = ''] = anthropic.stores.list();
  return anthropic.stores.contents(id);
}
