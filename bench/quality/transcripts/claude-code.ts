/** Writes a session as Claude Code does: one content block a row. */
import { createRandom } from '../random.ts';
import { clockFrom, type Script, type Turn } from './turn.ts';

type Row = Readonly<Record<string, unknown>>;

const refused =
  "The user doesn't want to proceed with this tool use. The tool use was rejected (eg. if it was a file edit, the new_string was NOT written to the file). To tell you how to proceed, the user said:\n";

/** @returns the transcript and the name Claude Code would give it. */
export function claudeCodeTranscript(script: Script): { readonly path: string; readonly text: string } {
  const random = createRandom(script.turns.length + Number.parseInt(script.id.slice(0, 8), 16));
  const uuid = (): string => [8, 4, 4, 4, 12].map((length) => random.hex(length)).join('-');
  const clock = clockFrom(script.at);
  let parent: string | null = null;
  const rows: Row[] = [];
  const add = (turn: Turn, row: Row): void => {
    const id = uuid();
    rows.push({
      parentUuid: parent,
      isSidechain: false,
      userType: 'external',
      cwd: script.cwd,
      sessionId: script.id,
      version: '2.1.37',
      gitBranch: script.branch,
      ...row,
      uuid: id,
      timestamp: clock(turn),
    });
    parent = id;
  };
  const said = (turn: Turn, block: Row): void =>
    add(turn, {
      type: 'assistant',
      requestId: `req_${random.hex(16)}`,
      message: {
        id: `msg_${random.hex(16)}`,
        type: 'message',
        role: 'assistant',
        model: 'claude-opus-4-5-20251101',
        content: [block],
        stop_reason: null,
        usage: { input_tokens: random.between(5, 900), output_tokens: random.between(5, 900) },
      },
    });
  const heard = (turn: Turn, content: unknown, extra: Row = {}): void =>
    add(turn, { type: 'user', message: { role: 'user', content }, ...extra });
  const called = (turn: Turn, name: string, input: Row, result: Row): void => {
    const call = `toolu_${random.hex(20)}`;
    said(turn, { type: 'tool_use', id: call, name, input });
    const { toolUseResult, ...block } = result;
    heard(turn, [{ type: 'tool_result', tool_use_id: call, ...block }], { toolUseResult });
  };
  for (const turn of script.turns) writeTurn(turn, script.cwd, { said, heard, called });
  return {
    path: `${script.cwd.replaceAll('/', '-')}/${script.id}.jsonl`,
    text: rows.map((row) => `${JSON.stringify(row)}\n`).join(''),
  };
}

interface Writers {
  readonly said: (turn: Turn, block: Row) => void;
  readonly heard: (turn: Turn, content: unknown) => void;
  readonly called: (turn: Turn, name: string, input: Row, result: Row) => void;
}

function writeTurn(turn: Turn, cwd: string, { said, heard, called }: Writers): void {
  switch (turn.type) {
    case 'person':
      return heard(turn, turn.text);
    case 'agent':
      return said(turn, { type: 'text', text: turn.text });
    case 'thinking':
      return said(turn, { type: 'thinking', thinking: turn.text, signature: 'c2ln' });
    case 'run': {
      const failed = turn.exit !== 0;
      return called(
        turn,
        'Bash',
        { command: turn.command, description: 'Run a command' },
        {
          content: failed ? `Exit code ${turn.exit}\n${turn.output}` : turn.output,
          is_error: failed,
          toolUseResult: failed
            ? `Error: Exit code ${turn.exit}\n${turn.output}`
            : { stdout: turn.output, stderr: '', interrupted: false, isImage: false },
        },
      );
    }
    case 'read':
      return called(
        turn,
        'Read',
        { file_path: `${cwd}/${turn.path}` },
        {
          content: numbered(turn.content),
          toolUseResult: { type: 'text', file: { filePath: `${cwd}/${turn.path}`, content: turn.content } },
        },
      );
    case 'edit':
      return called(turn, 'Edit', editOf(cwd, turn), {
        content: `The file ${cwd}/${turn.path} has been updated.`,
        toolUseResult: { filePath: `${cwd}/${turn.path}`, oldString: turn.before, newString: turn.after },
      });
    case 'fetch':
      return called(
        turn,
        'WebFetch',
        { url: turn.url, prompt: 'What does it say?' },
        {
          content: turn.content,
          toolUseResult: { url: turn.url, code: 200, result: turn.content },
        },
      );
    case 'refusal':
      return called(turn, 'Edit', editOf(cwd, turn), {
        content: `${refused}${turn.words}`,
        is_error: true,
        toolUseResult: 'User rejected tool use',
      });
  }
}

function editOf(cwd: string, turn: { path: string; before: string; after: string }): Row {
  return { file_path: `${cwd}/${turn.path}`, old_string: turn.before, new_string: turn.after };
}

function numbered(text: string): string {
  return text
    .split('\n')
    .map((line, index) => `${String(index + 1).padStart(6)}→${line}`)
    .join('\n');
}
