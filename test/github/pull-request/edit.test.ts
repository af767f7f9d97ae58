import { describe, expect, it } from 'vitest';
import { guardAgain } from '../../../src/guard-again.ts';
import { dreamWork } from '../../../src/jobs/handlers.ts';
import { changeProposals } from '../../../src/review.ts';
import { person, agent, session } from '../../support/session.ts';
import { aDreamedRepository, aJobContext, type Dreamed } from '../dreamed.ts';
import { aClone } from '../person.ts';
import { branchTip, onlyPull, requestsOf, shownAt, writes } from './seen.ts';

const at = { owner: 'acme', repo: 'shop' };
const later = '2026-03-22T18:00:00.000Z';

async function dreamAgain(dreamed: Dreamed, words: string): Promise<string> {
  const place = await dreamed.place();
  const more = session({ id: `more-${words.length}`, day: 21, by: 'ben' }, person(words), agent('I will.'));
  await place.ledger.write('Take in a session', () => Promise.resolve({ sessions: [more] }));
  const payload = { kind: 'dream', repository: String(dreamed.repository.id), asked: true } as const;
  return (await dreamWork(place, payload, later, aJobContext())).outcome;
}

async function drop(dreamed: Dreamed, number: number): Promise<void> {
  const place = await dreamed.place();
  const options = { ...place, now: shownAt, person: 'ana' };
  await changeProposals(options, { action: 'drop', numbers: [number] }, guardAgain(place));
  await place.pullRequests.show(shownAt);
}

describe('the pull request of a dream that changes', { timeout: 120_000 }, () => {
  it('is the same one for the dream that replaces it', async () => {
    const dreamed = await aDreamedRepository();
    const first = await dreamed.open();
    expect(await dreamAgain(dreamed, 'Remember: releases are cut on Tuesdays.')).toBe('proposed');
    const second = await dreamed.open();
    expect(second.id).not.toBe(first.id);
    expect(second).toMatchObject({ branch: first.branch, pullRequest: first.pullRequest });
    const issue = onlyPull(dreamed);
    expect(issue.title).toContain('5 changes from 4 sessions');
    expect(issue.pull.headSha).toBe(second.head);
    expect(issue.body).toContain(second.id);
    expect(issue.comments.size).toBe(1);
    const place = await dreamed.place();
    expect(await place.pullRequests.isTouched(second, await dreamed.decisions())).toBe(false);
  });

  it('is closed with a word when nothing is left to propose, and its branch goes', async () => {
    const dreamed = await aDreamedRepository();
    const first = await dreamed.open();
    const clone = await aClone(dreamed);
    const proposed = clone.git('show', `origin/${first.branch ?? ''}:CLAUDE.md`);
    clone.commit('Write it ourselves', { 'CLAUDE.md': `${proposed}\n` });
    await clone.push('main');
    expect(await dreamAgain(dreamed, 'Thanks, that is all.')).toBe('nothing');
    const issue = onlyPull(dreamed);
    expect(issue.closed?.by.login).toBe('dreamkeeper[bot]');
    expect([...issue.comments.values()].map(({ body }) => body).join()).toContain(
      '**Closed.** Replaced by dream',
    );
    expect(branchTip(dreamed, first.branch)).toBeUndefined();
    const place = await dreamed.place();
    expect(writes(await requestsOf(dreamed, () => place.pullRequests.show(shownAt)))).toEqual([]);
  });

  it('says so when the guard does not let what is kept be rendered again', async () => {
    const dreamed = await aDreamedRepository();
    const before = onlyPull(dreamed).pull.headSha;
    const place = await dreamed.place();
    // The job ends before it shows what was left out, and the config finds fault with the rest.
    const options = { ...place, now: shownAt, person: 'ana' };
    await changeProposals(options, { action: 'drop', numbers: [1] }, guardAgain(place));
    const clone = await aClone(dreamed);
    clone.commit('Redact more', { '.github/dreamkeeper.yml': "redact: ['pnpm lint']\n" });
    await clone.push('main');
    const next = await dreamed.place();
    await next.pullRequests.show(shownAt);
    await next.pullRequests.show(shownAt);
    const issue = onlyPull(dreamed);
    expect(issue.pull.headSha).toBe(before);
    const [status, ...others] = [...issue.comments.values()];
    expect(others).toEqual([]);
    expect(status?.body).toMatch(/cannot be brought up to date: proposal \d+ cannot stand/);
    expect(status?.body).toMatch(/dream drop \d/);
  });

  it('shows what was left out: text, branch, check and labels', async () => {
    const dreamed = await aDreamedRepository();
    const before = await dreamed.open();
    const goes = before.proposals.find(({ kind }) => kind === 'retire')?.number ?? 0;
    await drop(dreamed, goes);
    const after = await dreamed.open();
    const issue = onlyPull(dreamed);
    expect(issue.title).toContain('3 changes');
    expect(issue.pull.headSha).toBe(after.head);
    expect(branchTip(dreamed, after.branch)).toBe(after.head);
    expect(after.heads).toContain(before.head);
    expect(issue.body).toContain('(left out)');
    expect([...issue.labels]).not.toContain('dreamkeeper:removes');
    const heads = [...dreamed.repository.checkRuns.values()].map(({ headSha }) => headSha);
    expect(heads).toEqual([before.head, after.head]);
    const place = await dreamed.place();
    expect(await place.pullRequests.isTouched(after, await dreamed.decisions())).toBe(true);
  });

  it('keeps a tick that nobody has recorded yet, and shows it once it is', async () => {
    const dreamed = await aDreamedRepository();
    const ticked = (onlyPull(dreamed).body ?? '').replace('[x]', '[ ]').replaceAll('\n', '\r\n');
    const number = onlyPull(dreamed).number;
    await dreamed.github.as('ben').rest.pulls.update({ ...at, pull_number: number, body: ticked });
    const place = await dreamed.place();
    expect(await place.pullRequests.isTouched(await dreamed.open(), [])).toBe(true);
    await place.pullRequests.show(shownAt);
    expect(onlyPull(dreamed).body).toBe(ticked);
    const [, dropped = ''] = /\[ \] <!-- dreamkeeper:(\d+) -->/.exec(ticked) ?? [];
    await drop(dreamed, Number(dropped));
    expect(onlyPull(dreamed).body).toContain('(left out)');
  });
});

describe('a branch that a person has committed to', { timeout: 120_000 }, () => {
  it('is never written over', async () => {
    const dreamed = await aDreamedRepository();
    const open = await dreamed.open();
    const clone = await aClone(dreamed);
    clone.git('checkout', '-q', open.branch ?? '');
    clone.commit('Say it better', { 'CLAUDE.md': '# Notes\n\n- Mine.\n' });
    await clone.push('HEAD');
    expect(await dreamAgain(dreamed, 'Remember: releases are cut on Tuesdays.')).toBe('deferred');
    expect(branchTip(dreamed, open.branch)).toBe(clone.git('rev-parse', 'HEAD'));
    const [comment] = [...onlyPull(dreamed).comments.values()];
    expect(comment?.body).toContain('Somebody has committed');
    const runs = [...dreamed.repository.checkRuns.values()];
    expect(runs.at(-1)).toMatchObject({ headSha: clone.git('rev-parse', 'HEAD'), conclusion: 'neutral' });
  });

  it('is still ours when only its base was merged into it', async () => {
    const dreamed = await aDreamedRepository();
    const open = await dreamed.open();
    const clone = await aClone(dreamed);
    clone.commit('Go on', {
      'src/app.ts': 'export const more = 1;\n',
      'CLAUDE.md': `Intro.\n\n${clone.git('show', 'HEAD:CLAUDE.md')}\n`,
    });
    await clone.push('main');
    await dreamed.github.as('ana').rest.pulls.updateBranch({ ...at, pull_number: onlyPull(dreamed).number });
    const merged = branchTip(dreamed, open.branch);
    expect(merged).not.toBe(open.head);
    const place = await dreamed.place();
    expect(await place.pullRequests.tipOf(open)).toEqual({ whose: 'ours', commit: merged, head: open.head });
    expect(await place.pullRequests.isTouched(open, [])).toBe(false);
    await place.pullRequests.show(shownAt);
    expect(branchTip(dreamed, open.branch)).toBe(merged);
  });
});

describe('a dream that somebody touches while another is dreamed in its place', { timeout: 120_000 }, () => {
  it('stands, and what is new waits', async () => {
    const dreamed = await aDreamedRepository();
    const first = await dreamed.open();
    const ticked = (onlyPull(dreamed).body ?? '').replace('[x]', '[ ]');
    const pull_number = onlyPull(dreamed).number;
    // After it was looked at whether somebody reviews it, and before it is shown.
    dreamed.github.fail('repos/get', {
      after: () => dreamed.github.as('ben').rest.pulls.update({ ...at, pull_number, body: ticked }),
    });
    const payload = { kind: 'dream', repository: String(dreamed.repository.id), asked: true } as const;
    const clone = await aClone(dreamed);
    clone.commit('Go on', { 'README.md': '# Shop\n' });
    await clone.push('main');
    await dreamWork(await dreamed.place(), payload, later, aJobContext());
    expect(await dreamed.open()).toMatchObject({ id: first.id, head: first.head });
    expect(branchTip(dreamed, first.branch)).toBe(first.head);
    expect(onlyPull(dreamed).body).toBe(ticked);
  });
});
