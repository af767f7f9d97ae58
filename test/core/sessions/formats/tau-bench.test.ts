import { describe, expect, it } from 'vitest';
import { tauBench } from '../../../../src/core/sessions/formats/tau-bench.ts';
import { fixture } from '../../../support/fixture.ts';
import { sourceOf } from '../../../support/source.ts';
import { outline, read } from './read.ts';

describe('tau-bench results', () => {
  it('are one session a trial, with an id of its own though trials begin alike', async () => {
    const { sessions } = await read(tauBench, fixture('tau-bench/runs.json'));
    expect(sessions.map(({ header }) => header.title)).toEqual([
      'tau-bench task 4, trial 0: reward 0',
      'tau-bench task 4, trial 1: reward 1',
    ]);
    expect(new Set(sessions.map(({ header }) => header.id)).size).toBe(2);
  });

  it('have a simulated user, whose words are only claimed', async () => {
    const { sessions } = await read(tauBench, fixture('tau-bench/runs.json'));
    expect(sessions[0]?.header.interactive).toBe(false);
    expect(outline(sessions[0]?.events ?? [])).toEqual([
      'system | echo: You are a helpful assistant.',
      'person | claimed: What is the weather in Oslo? Always use Celsius.',
      'tool_call other | agent: city: Oslo',
      'tool_result other failed | tool: Error: no such station',
      'agent | agent: I could not find out.',
    ]);
  });

  it('are read as displayed in few-shot files, one session a line', async () => {
    const { sessions } = await read(tauBench, fixture('tau-bench/few-shot.jsonl'));
    expect(outline(sessions[0]?.events ?? [])).toEqual([
      'person | claimed: Cancel my flight.⏎I mean it.',
      'tool_result failed | tool: Error: user not found',
      'agent | agent: Who are you?',
    ]);
  });

  it('skip a run without a conversation and refuse a file of only such runs', async () => {
    const empty = { task_id: 1, trial: 0, reward: 0, traj: [] };
    const source = sourceOf(JSON.stringify([empty]), 'runs.json');
    await expect(read(tauBench, source)).rejects.toThrow('nobody said or did anything');
  });
});
