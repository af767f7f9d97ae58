/** The patch language of `apply_patch`, which Codex and Copilot write instead of an edit per file. */

export interface PatchedFile {
  readonly path: string;
  readonly change: 'add' | 'update' | 'delete';
  /** The lines that came, without their `+`, joined by line feeds. */
  readonly added: string;
  /** The lines that went, without their `-`. */
  readonly removed: string;
}

const fileHeader = /^\*\*\* (Add|Update|Delete) File: (.+)$/;
const changes = { Add: 'add', Update: 'update', Delete: 'delete' } as const;

/** The files a patch touches, in its order; none when the text is no such patch. A patch may be cut or wrapped in a command. */
export function patchedFiles(patch: string): readonly PatchedFile[] {
  const files: { path: string; change: PatchedFile['change']; added: string[]; removed: string[] }[] = [];
  for (const line of patch.split(/\r?\n/)) {
    const header = fileHeader.exec(line);
    const current = files.at(-1);
    if (header !== null) {
      const [, verb = 'Update', path = ''] = header;
      files.push({
        path: path.trim(),
        change: changes[verb as keyof typeof changes],
        added: [],
        removed: [],
      });
    } else if (line.startsWith('*** Move to: ') && current !== undefined) {
      current.path = line.slice('*** Move to: '.length).trim();
    } else if (line.startsWith('*** End Patch')) {
      break;
    } else if (line.startsWith('+')) {
      current?.added.push(line.slice(1));
    } else if (line.startsWith('-')) {
      current?.removed.push(line.slice(1));
    }
  }
  return files.map((file) => ({ ...file, added: file.added.join('\n'), removed: file.removed.join('\n') }));
}
