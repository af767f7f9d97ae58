/** How much may be asked. */
import { expect, it } from 'vitest';
import { aSetting, refusal } from '../../support/forge/setting.ts';

/** Longer than any test takes, and moved on by hand. */
async function clocked() {
  let ahead = 0;
  const setting = await aSetting({}, { now: () => new Date(Date.now() + ahead) });
  const { octokit, at } = setting;
  return {
    ...setting,
    wait: (seconds: number) => (ahead += seconds * 1_000),
    comment: (issue_number = 1) => octokit.rest.issues.createComment({ ...at, issue_number, body: 'Hm.' }),
  };
}

it('refuses too many comments in a minute, and says how long to wait', async () => {
  const { github, octokit, at, comment, wait } = await clocked();
  await octokit.rest.issues.create({ ...at, title: 'One' });
  github.rateLimits.enforceSecondary({ creations: 2 });
  await comment();
  await comment();
  const over = comment();
  await expect(over).rejects.toMatchObject({
    status: 403,
    message: expect.stringContaining('secondary rate limit') as string,
    response: { headers: { 'retry-after': expect.stringMatching(/^(59|60)$/) as string } },
  });
  await octokit.rest.repos.get(at);
  wait(61);
  await comment();
});

it('counts points of reads and writes, for each installation by itself, and keeps the time to itself', async () => {
  const { github, octokit, at } = await clocked();
  github.rateLimits.enforceSecondary({ points: 7, retryAfter: false });
  await octokit.rest.issues.createLabel({ ...at, name: 'dream' });
  await octokit.rest.repos.get(at);
  await octokit.rest.repos.get(at);
  await expect(octokit.rest.repos.get(at)).rejects.toMatchObject({
    status: 403,
    response: {
      headers: expect.not.objectContaining({ 'retry-after': expect.anything() as string }) as object,
    },
  });
  await github.as('ana').rest.repos.get(at);
});

it('allows no more in an hour than it says, however slowly they come', async () => {
  const { github, octokit, at, comment, wait } = await clocked();
  await octokit.rest.issues.create({ ...at, title: 'One' });
  github.rateLimits.enforceSecondary({ creationsAnHour: 3 });
  for (let count = 0; count < 3; count += 1) {
    await comment();
    wait(120);
  }
  expect((await refusal(comment())).status).toBe(403);
});
