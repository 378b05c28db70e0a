import type { FastifyRequest } from 'fastify';
import type { Intake } from '../../../actions/take-import.ts';
import { readAtOnce } from '../../../domain/import.ts';
import type { Issue } from '../../../domain/issue.ts';
import { characters } from '../../../domain/text.ts';
import { type FormBody, line, text } from '../../forms.ts';

/** What a form with `source` and `file` brought, or what to put right; the status is 413 where the file is too large. */
export type Brought =
  | { readonly intake: Intake; readonly isReadAtOnce: boolean }
  | { readonly issues: readonly Issue[]; readonly status: 413 | 422 };

/** What of such a form can be shown again: browsers give files back to nobody. */
export interface SourceWords {
  readonly source: string;
  /** The name of the file that was chosen; empty when none was. */
  readonly file: string;
}

const longestPaste = 1_000_000;

/** The text or file of a form. */
export function broughtIn(request: FastifyRequest): Brought {
  const { source, file } = sourceWords(request);
  const { upload } = request;
  if (upload && !upload.bytes) return refused({ field: 'file', key: 'fileTooLarge' }, 413);
  if (source !== '' && file !== '') return refused({ field: 'file', key: 'pasteOrFile' });
  if (file !== '' && !upload) return refused({ field: 'file', key: 'fileAgain' });
  if (upload?.bytes?.length === 0) return refused({ field: 'file', key: 'fileEmpty' });
  if (upload?.bytes) return { intake: { file: { name: file, bytes: upload.bytes } }, isReadAtOnce: false };
  if (source === '') return refused({ field: 'source', key: 'pasteNothing' });
  const length = characters(source);
  if (length <= longestPaste) return { intake: { source }, isReadAtOnce: source.length <= readAtOnce };
  return refused({ field: 'source', key: 'tooLong', values: { limit: longestPaste, length } });
}

/** What was typed into such a form. */
export function sourceWords(request: FastifyRequest): SourceWords {
  const body = (request.body ?? {}) as FormBody;
  return { source: text(body, 'source'), file: lastName(line(body, 'file')) };
}

// Some browsers send the whole path of a file.
function lastName(path: string): string {
  return path.split(/[\\/]/).at(-1)?.slice(-200) ?? '';
}

function refused(issue: Issue, status: 413 | 422 = 422): Brought {
  return { issues: [issue], status };
}
