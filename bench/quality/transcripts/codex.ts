/** Writes a session as Codex does: calls and their outputs as items, prompts twice. */
import { createRandom } from '../random.ts';
import { clockFrom, type Script, type Turn } from './turn.ts';

type Payload = Readonly<Record<string, unknown>>;

/** @returns the rollout and the name Codex would give it. */
export function codexTranscript(script: Script): { readonly path: string; readonly text: string } {
  const random = createRandom(Number.parseInt(script.id.slice(0, 8), 16));
  const clock = clockFrom(script.at);
  const rows: { timestamp: string; type: string; payload: Payload }[] = [];
  const add = (at: string, type: string, payload: Payload): void =>
    void rows.push({ timestamp: at, type, payload });
  const item = (at: string, payload: Payload): void => add(at, 'response_item', payload);

  add(script.at, 'session_meta', {
    id: script.id,
    timestamp: script.at,
    cwd: script.cwd,
    originator: 'codex_cli_rs',
    cli_version: '0.63.0',
    source: 'cli',
    model_provider: 'openai',
    git: { commit_hash: random.hex(40), branch: script.branch, repository_url: script.remote },
  });
  item(
    script.at,
    message(
      'user',
      'input_text',
      `<environment_context>\n  <cwd>${script.cwd}</cwd>\n</environment_context>`,
    ),
  );
  add(script.at, 'turn_context', {
    turn_id: '1',
    cwd: script.cwd,
    approval_policy: 'on-request',
    sandbox_policy: { mode: 'workspace-write' },
    model: 'gpt-5.1-codex',
    effort: 'medium',
    summary: 'auto',
  });
  const call = (turn: Turn, payload: Payload, output: Payload): void => {
    const id = `call_${random.hex(20)}`;
    item(clock(turn), { ...payload, call_id: id });
    item(clock(turn), { ...output, call_id: id });
  };
  for (const turn of script.turns) {
    if (turn.type === 'person') {
      const at = clock(turn);
      item(at, message('user', 'input_text', turn.text));
      add(at, 'event_msg', { type: 'user_message', message: turn.text, kind: 'plain' });
    } else if (turn.type === 'agent') item(clock(turn), message('assistant', 'output_text', turn.text));
    else if (turn.type === 'thinking')
      item(clock(turn), { type: 'reasoning', summary: [{ type: 'summary_text', text: turn.text }] });
    else if (turn.type === 'edit')
      call(turn, patch(turn), {
        type: 'custom_tool_call_output',
        output: result('Success. Updated the following files:\n', 0),
      });
    else if (turn.type === 'refusal') {
      call(turn, patch(turn), { type: 'custom_tool_call_output', output: 'patch rejected by user' });
      const at = clock({ type: 'person', text: turn.words });
      item(at, message('user', 'input_text', turn.words));
      add(at, 'event_msg', { type: 'user_message', message: turn.words, kind: 'plain' });
    } else {
      const { command, output, exit } = shellOf(turn);
      call(
        turn,
        {
          type: 'function_call',
          name: 'shell',
          arguments: JSON.stringify({ command: ['bash', '-lc', command], workdir: script.cwd }),
        },
        { type: 'function_call_output', output: result(output, exit) },
      );
    }
  }
  return {
    path: `${script.at.slice(0, 10).replaceAll('-', '/')}/rollout-${script.at.slice(0, 19).replaceAll(':', '-')}-${script.id}.jsonl`,
    text: rows.map((row) => `${JSON.stringify(row)}\n`).join(''),
  };
}

function message(role: string, type: string, text: string): Payload {
  return { type: 'message', role, content: [{ type, text }] };
}

function result(output: string, exit: number): string {
  return JSON.stringify({ output, metadata: { exit_code: exit, duration_seconds: 0.4 } });
}

function patch(turn: { path: string; before: string; after: string }): Payload {
  const lines = (mark: string, text: string): string =>
    text
      .split('\n')
      .map((line) => `${mark}${line}\n`)
      .join('');
  const input = `*** Begin Patch\n*** Update File: ${turn.path}\n@@\n${lines('-', turn.before)}${lines('+', turn.after)}*** End Patch`;
  return { type: 'custom_tool_call', status: 'completed', name: 'apply_patch', input };
}

/** Codex reads files and pages through the shell. */
function shellOf(turn: Extract<Turn, { type: 'run' | 'read' | 'fetch' }>): {
  command: string;
  output: string;
  exit: number;
} {
  if (turn.type === 'run') return turn;
  if (turn.type === 'read') return { command: `sed -n 1,200p ${turn.path}`, output: turn.content, exit: 0 };
  return { command: `curl -sL ${turn.url}`, output: turn.content, exit: 0 };
}
