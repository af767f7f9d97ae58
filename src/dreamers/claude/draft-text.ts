/** Parts of a proposal as a model reads them; for data blocks. */
import type { Evidence } from '../../core/dream/evidence.ts';
import type { Operation } from '../../core/memory/operation.ts';

export function operationLine(operation: Operation): string {
  const { op, ...rest } = operation;
  return `Operation ${op} ${JSON.stringify(rest)}`;
}

export function evidenceLine(item: Evidence): string {
  switch (item.type) {
    case 'quote': {
      const { session, event, trust, person, at, quote } = item;
      const who = [trust, person, at?.slice(0, 10)].filter((part) => part !== undefined).join(', ');
      return `- session ${session} event ${event} (${who}): ${JSON.stringify(quote)}`;
    }
    case 'entry':
      return `- entry ${item.entry} at ${item.file}:${item.lines[0]}`;
    case 'fact':
      return `- fact: ${item.path} ${item.fact}${item.to === undefined ? '' : ` to ${item.to}`}${item.at === undefined ? '' : ` on ${item.at.slice(0, 10)}`}`;
    case 'comment':
      return `- ${item.person} in review: ${JSON.stringify(item.quote)}`;
    case 'unattributed':
      return '- no words of anybody were found for it';
  }
}
