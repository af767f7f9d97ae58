import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { refusals } from '../../support/anthropic/server/refusal.ts';
import { guardSays } from '../../support/dream-input.ts';
import { managed, mirrorOf, usage } from './setting.ts';

const memory = {
  'CLAUDE.md': '# Shop\n\n## Build\n\n- Build with `pnpm build`.\n- Tests need a running database.\n',
};
const learned = 'The nightly job needs the replica to be awake.';
const wrote = { 'CLAUDE.md': `${memory['CLAUDE.md']}- ${learned}\n` };
const said = [['Careful, the nightly job needs the replica to be awake, because it reads from it.']];

describe('a dream at Anthropic', () => {
  it('reads the memory and the sessions, and what it changed is proposed with the words it rests on', async () => {
    const setting = await managed({ memory, wrote, said, instructions: 'Keep it short.' });
    const { proposals, remarks, notes } = await setting.dream();
    expect(proposals).toMatchObject([
      {
        kind: 'learn',
        title: `Learn: ${learned.slice(0, -1)}`,
        operations: [{ op: 'add', file: 'CLAUDE.md', heading: ['Shop', 'Build'], text: learned }],
        evidence: [
          { type: 'quote', session: setting.sessions[0], event: 1, quote: said[0]?.[0], trust: 'claimed' },
        ],
      },
    ]);
    expect(remarks).toEqual([]);
    expect(notes?.map(({ name }) => name)).toEqual(['dream', 'progress', 'carried']);
    const asked = setting.anthropic.requests.find(({ operation }) => operation === 'beta.dreams.create');
    expect(asked?.body).toMatchObject({
      instructions: 'Keep it short.',
      output_behavior: { type: 'create_new' },
      inputs: [{ type: 'memory_store' }, { type: 'sessions', session_ids: setting.sessions }],
    });
    expect(mirrorOf(setting)).toEqual({ '/CLAUDE.md': memory['CLAUDE.md'] });
  });

  it('pays what it used', async () => {
    const setting = await managed({ memory, wrote });
    const input = setting.input();
    await setting.dream(input);
    expect(input.purse.bills()).toMatchObject([
      { phase: 'dream', batch: false, inputTokens: usage.input_tokens, outputTokens: usage.output_tokens },
    ]);
  });

  it('puts away what it wrote, and keeps the mirror', async () => {
    const setting = await managed({ memory, wrote });
    await setting.dream();
    const { stores } = setting.anthropic;
    expect(stores.list().map(stores.isArchived)).toEqual([false, true]);
    expect(setting.asked()).toContain('beta.dreams.archive');
  });

  it('begins only where sessions are new', async () => {
    const none = await managed({ memory, said: [] });
    expect((await none.dream()).remarks).toEqual(['No session at Anthropic is new since the last dream.']);
    const some = await managed({ memory, wrote });
    const { notes = [] } = await some.dream();
    await some.notes.keep('with the journal', notes);
    expect((await some.dream()).remarks).toEqual(['No session at Anthropic is new since the last dream.']);
    some.anthropic.sessions.goOn(some.sessions[0] ?? '', []);
    expect((await some.dream()).remarks).toEqual([]);
  });

  it('says what nobody was found to have said, and leaves that to a person', async () => {
    const setting = await managed({ memory, wrote, said: [['Hello there.']] });
    const input = setting.input();
    const { proposals } = await setting.dream(input);
    expect(proposals.map(({ evidence }) => evidence)).toEqual([
      [{ type: 'unattributed', dream: expect.any(String) as string }],
    ]);
    const [findings = []] = await guardSays(input, proposals);
    expect(findings.map(({ severity }) => severity)).toEqual(['review']);
  });

  it('proposes no change of an entry that memory no longer has', async () => {
    const setting = await managed({
      memory,
      wrote: { 'CLAUDE.md': '# Shop\n\n## Build\n\n- Build with `pnpm build`.\n' },
    });
    await setting.dream({ urgent: false });
    const moved = setting.input().store;
    const other = await managed({ memory: { 'CLAUDE.md': '# Shop\n\n- Something else.\n' } });
    expect(moved.entries.size).toBe(2);
    const { proposals, remarks } = await setting.dream({ store: other.input().store });
    expect(proposals).toEqual([]);
    expect(remarks).toEqual(['1 changes are left out: memory changed while the dream ran.']);
  });
});

describe('what nobody has decided on', () => {
  const second = 'Deploys wait for the night.';
  const both = (contents: string): string => `${contents}- ${second}\n`;

  /** Two dreams, the second over a session more; the memory is as it was. */
  async function dreamedTwice() {
    const setting = await managed({
      memory,
      said,
      dream: ({ contents }, nth) => [
        {
          status: 'completed',
          output: { '/CLAUDE.md': nth === 0 ? wrote['CLAUDE.md'] : both(contents['/CLAUDE.md'] ?? '') },
        },
      ],
    });
    const first = await setting.dream();
    await setting.notes.keep('with the journal', first.notes ?? []);
    setting.anthropic.sessions.add();
    return { ...setting, first };
  }
  const titles = ({ proposals }: { readonly proposals: readonly { readonly title: string }[] }) =>
    proposals.map(({ title }) => title);

  it('is proposed again with what is new, and Anthropic is not asked for it twice', async () => {
    const { dream, first, anthropic } = await dreamedTwice();
    expect(titles(await dream())).toEqual([...titles(first), 'Learn: Deploys wait for the night']);
    const asked = anthropic.requests.filter(({ operation }) => operation === 'beta.dreams.create');
    expect(asked[1]?.body).toMatchObject({ inputs: [{}, { session_ids: [expect.any(String)] }] });
  });

  it('is proposed again where nothing is new', async () => {
    const setting = await managed({ memory, wrote, said });
    const first = await setting.dream();
    await setting.notes.keep('with the journal', first.notes ?? []);
    expect((await setting.dream()).proposals).toEqual(first.proposals);
  });

  it('is over when it was merged or rejected, or the entries are not there any more', async () => {
    const { dream, first } = await dreamedTwice();
    const closed = new Set(first.proposals.flatMap(({ signals }) => signals));
    expect(titles(await dream({ closed }))).toEqual(['Learn: Deploys wait for the night']);
  });
});

describe('a session that was forgotten', () => {
  it('does not come back by way of Anthropic', async () => {
    const setting = await managed({ memory, wrote, said: [['one'], ['two']] });
    const [first = '', second] = setting.sessions;
    const session = createHash('sha256').update(first).digest('hex');
    const at = '2026-03-20T00:00:00.000Z';
    await setting.dream({ decisions: [{ type: 'tombstone', at, session, reason: 'forgotten' }] });
    const asked = setting.anthropic.requests.find(({ operation }) => operation === 'beta.dreams.create');
    expect(asked?.body).toMatchObject({ inputs: [{}, { session_ids: [second] }] });
  });
});

describe('while it runs', () => {
  it('tells whoever waits how far it is, and looks less and less often', async () => {
    const running = { status: 'running', usage } as const;
    const setting = await managed({
      memory,
      dream: () => [{ status: 'pending' }, running, running, { status: 'completed' }],
    });
    await setting.dream();
    expect(setting.waits).toEqual([2_000, 4_000, 8_000]);
    expect(setting.steps.filter((step) => step.includes('so far'))).toEqual([
      expect.stringMatching(/^the dream drm_\d+ at Anthropic is pending, 0 tokens so far/),
      ...Array.from(
        { length: 2 },
        () => expect.stringContaining('is running, 1,100 tokens so far') as string,
      ),
    ]);
  });

  it('keeps nobody waiting who does not, and goes on when it is asked again', async () => {
    const setting = await managed({ memory, wrote });
    const first = await setting.dream({ urgent: false });
    expect(first.waiting).toMatch(/^the dream drm_\d+ at Anthropic is running/);
    expect(setting.waits).toEqual([]);
    setting.asked();
    const second = await setting.dream({ urgent: false });
    expect(second.proposals).toHaveLength(1);
    expect(setting.asked()).not.toContain('beta.dreams.create');
  });

  it('is asked for once, though the answer was lost', async () => {
    const setting = await managed({ memory, wrote });
    setting.anthropic.fail('beta.dreams.create', { drop: 'answer' });
    await expect(setting.dream()).rejects.toThrow('the connection to Anthropic broke');
    expect((await setting.dream()).proposals).toHaveLength(1);
    expect(setting.asked().filter((name) => name === 'beta.dreams.create')).toHaveLength(1);
  });

  it('is asked for again when it was not heard', async () => {
    const setting = await managed({ memory, wrote });
    setting.anthropic.fail('beta.dreams.create', { drop: 'request' });
    await expect(setting.dream()).rejects.toThrow('the connection to Anthropic broke');
    expect((await setting.dream()).proposals).toHaveLength(1);
  });

  it('is paid once when the process dies before its proposals are kept', async () => {
    const setting = await managed({ memory, wrote });
    await setting.dream();
    const input = setting.input();
    const again = await setting.dream(input);
    expect(again.proposals).toHaveLength(1);
    expect(input.purse.bills()).toEqual([]);
    expect(setting.asked().filter((name) => name === 'beta.dreams.create')).toHaveLength(1);
  });

  it('is cancelled where it costs more than it may, and leaves nothing behind', async () => {
    const setting = await managed({
      memory,
      allowance: { tokens: 2_000 },
      dream: () => [
        { status: 'running', usage },
        { status: 'running', usage: { input_tokens: 5_000 }, output: { '/half.md': '- Half.\n' } },
      ],
    });
    const input = setting.input();
    const { proposals, remarks } = await setting.dream(input);
    expect(proposals).toEqual([]);
    expect(remarks).toEqual([expect.stringContaining('The budget was spent before the dream')]);
    expect(input.purse.bills()).toMatchObject([{ inputTokens: 5_000, outputTokens: 100 }]);
    expect(setting.anthropic.stores.list()).toHaveLength(1);
    expect(setting.asked().slice(-3)).toEqual([
      'beta.dreams.retrieve',
      'beta.memoryStores.delete',
      'beta.dreams.archive',
    ]);
  });

  it('is cancelled at the next look where Anthropic did not do it', async () => {
    const setting = await managed({
      memory,
      allowance: { tokens: 2_000 },
      dream: () => [{ status: 'running', usage: { input_tokens: 5_000 } }],
    });
    setting.anthropic.fail('beta.dreams.cancel', refusals.forbidden());
    await expect(setting.dream()).rejects.toThrow('cancelling a dream: Anthropic refused (403)');
    const { remarks } = await setting.dream();
    expect(remarks).toEqual([expect.stringContaining('The budget was spent before the dream')]);
    expect(setting.asked().filter((name) => name === 'beta.dreams.create')).toHaveLength(1);
  });

  it('takes half as many sessions after one that was too dear', async () => {
    const setting = await managed({
      memory,
      said: [['one'], ['two'], ['three'], ['four']],
      allowance: { tokens: 1_200 },
      dream: (_asked, nth) => [
        { status: nth === 0 ? 'running' : 'completed', usage: { input_tokens: nth === 0 ? 9_000 : 10 } },
      ],
    });
    await setting.dream();
    await setting.dream();
    const bodies = setting.anthropic.requests.flatMap(({ operation, body }) =>
      operation === 'beta.dreams.create' ? [body] : [],
    );
    expect(bodies[1]).toMatchObject({ inputs: [{}, { session_ids: setting.sessions.slice(0, 2) }] });
  });
});

describe('what goes wrong', () => {
  it.each([
    ['timeout', 'ran out of time', 'half as many'],
    ['internal_error', 'failed inside Anthropic’s service', 'tried again'],
    ['memory_store_org_limit_exceeded', 'no room for another memory store', 'Delete or archive'],
    ['input_memory_store_too_large', 'found the memory too large', 'Make the memory smaller'],
    ['input_memory_store_unavailable', 'could not read the mirror', 'makes it anew'],
    ['input_session_unavailable', 'could not read one of the sessions', 'does without'],
    ['<script>', 'failed (of an unknown kind)', 'lists the reasons'],
  ])('is said so that a person can act on it: %s', async (type, what, remedy) => {
    const setting = await managed({
      memory,
      dream: () => [{ status: 'failed', usage, output: { '/half.md': '' }, error: { type, message: 'no' } }],
    });
    const input = setting.input();
    await expect(setting.dream(input)).rejects.toMatchObject({
      code: 'model',
      message: expect.stringContaining(what) as string,
      remedy: expect.stringContaining(remedy) as string,
    });
    expect(input.purse.bills()).toHaveLength(1);
    expect(setting.anthropic.stores.list()).toHaveLength(1);
  });

  it('is tried again by itself only later, and at once when somebody asks', async () => {
    const error = { type: 'internal_error', message: 'no' };
    const setting = await managed({
      memory,
      dream: (_asked, nth) => [nth === 0 ? { status: 'failed', error } : { status: 'completed' }],
    });
    await expect(setting.dream()).rejects.toThrow('failed inside');
    const later = await setting.dream({ urgent: false });
    expect(later.waiting).toMatch(/failed inside .*; it is tried again after 2026-04-01T06:00:00.000Z$/);
    expect((await setting.dream()).waiting).toBeUndefined();
  });

  it('does without a session that is gone', async () => {
    const setting = await managed({ memory, wrote, said: [['one'], ['two']] });
    const [first = '', second] = setting.sessions;
    setting.anthropic.fail('beta.dreams.create', {
      before: () => setting.anthropic.sessions.delete(first),
    });
    await expect(setting.dream()).rejects.toThrow(first);
    await setting.dream();
    const last = setting.anthropic.requests.findLast(({ operation }) => operation === 'beta.dreams.create');
    expect(last?.body).toMatchObject({ inputs: [{}, { session_ids: [second] }] });
  });

  it('makes the mirror anew where somebody deleted it', async () => {
    const setting = await managed({ memory, wrote });
    const { notes = [] } = await setting.dream();
    await setting.notes.keep('with the journal', notes);
    const { client } = setting;
    const [mirror = ''] = setting.anthropic.stores.list();
    await client.beta.memoryStores.delete(mirror);
    setting.anthropic.sessions.add();
    await setting.dream();
    const made = setting.anthropic.requests.filter(
      ({ operation }) => operation === 'beta.memoryStores.create',
    );
    expect(made).toHaveLength(2);
  });

  it('has a sentence for what Anthropic refuses', async () => {
    const setting = await managed({ memory });
    setting.anthropic.fail('beta.dreams.create', refusals.forbidden());
    await expect(setting.dream()).rejects.toMatchObject({
      message: expect.stringContaining('starting a dream at Anthropic: Anthropic refused (403)') as string,
      remedy: expect.stringContaining('ANTHROPIC_API_KEY') as string,
    });
    expect((await setting.notes.read('managed')).has('dream')).toBe(false);
  });
});

describe('the mirror', () => {
  it('writes only what changed', async () => {
    const two = { ...memory, 'memory/style.md': '# Style\n\n- Prefer small functions.\n' };
    const setting = await managed({ memory: two });
    const { notes = [] } = await setting.dream();
    await setting.notes.keep('with the journal', notes);
    setting.anthropic.sessions.add();
    setting.asked();
    const changed = { ...two, 'memory/style.md': '# Style\n\n- Prefer pure functions.\n' };
    const other = await managed({ memory: changed });
    await setting.dream({ store: other.input().store });
    const writes = setting.asked().filter((name) => /memories\.(create|update|delete)$/.test(name));
    expect(writes).toEqual(['beta.memoryStores.memories.update']);
  });

  it('says which file does not fit before anything is sent', async () => {
    const setting = await managed({ memory: { 'CLAUDE.md': `- ${'many words '.repeat(10_000)}\n` } });
    await expect(setting.dream()).rejects.toMatchObject({
      code: 'limit',
      message: 'CLAUDE.md has 110003 bytes, and a memory at Anthropic takes 102400',
    });
  });
});
