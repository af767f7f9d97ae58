/** Claude Code transcripts as text, for tests of what happens to any transcript. */
import { jsonl } from './source.ts';

/** A session in which a person and an agent take turns; `words` begin with the person's. */
export function transcript(id: string, ...words: readonly string[]): string {
  return jsonl(
    ...words.map((text, index) => ({
      type: index % 2 === 0 ? 'user' : 'assistant',
      uuid: `${id}-${index}`,
      sessionId: id,
      timestamp: new Date(Date.UTC(2026, 2, 1, 12, index)).toISOString(),
      cwd: '/home/ada/shop',
      gitBranch: 'main',
      version: '2.0.0',
      userType: 'external',
      message:
        index % 2 === 0
          ? { role: 'user', content: text }
          : { id: `message-${index}`, role: 'assistant', model: 'm', content: [{ type: 'text', text }] },
    })),
  );
}
