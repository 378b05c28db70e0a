import type { MultipartFile } from '@fastify/multipart';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { keepAttachment } from '../../../actions/keep-attachment.ts';
import {
  type AttachmentRefusal,
  type CheckAttachment,
  largestAttachment,
} from '../../../domain/attachment.ts';
import { cleanLine } from '../../../domain/text.ts';
import { type FormBody, line } from '../../forms.ts';
import { askToWait, TooMany } from '../../plugins/rate-limit.ts';
import { isFromHere } from '../../plugins/security.ts';
import type { Site } from '../../site.ts';
import type { ArrivedFiles } from './arrival.ts';

/** A form that is being read, as far as it was read. */
export interface FormArriving {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly body: FormBody;
  readonly arrived: ArrivedFiles;
}

/** Reads a file to its end, checks it and stores it with its form, or notes why not. */
export type FileTaker = (form: FormArriving, file: MultipartFile) => Promise<void>;

// What this process holds of files at a time: bytes, and files that wait to be checked or are.
const mostHeld = 24 * largestAttachment;
const mostInCheck = 16;

/** Takes files for forms that are ours; holds no more of them at a time than the process can bear. */
export function fileTaker(site: Site): FileTaker {
  const busy = { ...site, checkAttachment: checkInTurn(site.checkAttachment) };
  let heldByAll = 0;
  return async (form, file) => {
    let held = 0;
    const hold = (size: number) => {
      held += size;
      heldByAll += size;
      return heldByAll <= mostHeld;
    };
    try {
      await takeFile(busy, form, file, hold);
    } finally {
      heldByAll -= held;
    }
  };
}

/** Checks files while few enough wait for it: whoever sends one must not wait until the connection ends. */
function checkInTurn(check: CheckAttachment): CheckAttachment {
  let inCheck = 0;
  return async (bytes, name) => {
    if (inCheck >= mostInCheck) return { refusal: 'noRoom' };
    inCheck += 1;
    try {
      return await check(bytes, name);
    } finally {
      inCheck -= 1;
    }
  };
}

/** Counts bytes that are held from now on; false when that is too much for the process. */
type Hold = (size: number) => boolean;

async function takeFile(site: Site, form: FormArriving, file: MultipartFile, hold: Hold): Promise<void> {
  const tooOften = judgeSender(site, form);
  const isOurs = isFromUs(site, form);
  const bytes = await readFile(file, isOurs && tooOften === '', hold);
  if (!isOurs) return noteLost(form.arrived);
  if (tooOften) return refuse(form, file, tooOften);
  const stored = bytes ? await store(site, form, file, bytes) : { refusal: 'noRoom' as const };
  if ('id' in stored) form.arrived.ids.push(stored.id);
  else refuse(form, file, site.sentences.attachmentRefusals[stored.refusal]);
}

function refuse({ arrived }: FormArriving, { filename }: MultipartFile, reason: string): void {
  const values = { name: cleanLine(filename.slice(0, 100)), reason };
  arrived.issues.push({ field: 'attachments', key: 'attachmentRefused', values });
}

/** Why this sender may add no file now; empty when they may. */
function judgeSender(site: Site, { request, reply }: FormArriving): string {
  try {
    site.rates.holdSender(request, 'files', site.limits.files);
    return '';
  } catch (error) {
    if (error instanceof TooMany) return askToWait(reply, error, site.sentences);
    throw error;
  }
}

/** True for a form that this site made; the files of one that grew too old go with its successor. */
function isFromUs(site: Site, { request, body }: FormArriving): boolean {
  const { number = '' } = request.params as Readonly<Record<string, string>>;
  return isFromHere(request) && site.formTokens.judge(number, line(body, 'formToken')) !== 'forged';
}

/** Reads a file to its end; null when it is not wanted or there is no room for it. */
async function readFile({ file }: MultipartFile, isWanted: boolean, hold: Hold): Promise<Buffer | null> {
  const pieces: Buffer[] = [];
  let fits = isWanted;
  for await (const piece of file as AsyncIterable<Buffer>) {
    fits &&= hold(piece.length);
    if (fits) pieces.push(piece);
  }
  return fits ? Buffer.concat(pieces) : null;
}

async function store(
  site: Site,
  { body }: FormArriving,
  { file, filename }: MultipartFile,
  bytes: Buffer,
): Promise<{ readonly id: number } | { readonly refusal: AttachmentRefusal }> {
  if (file.truncated) return { refusal: 'tooLarge' };
  const checked = await site.checkAttachment(bytes, filename);
  if ('refusal' in checked) return checked;
  return keepAttachment(site.db, { formToken: line(body, 'formToken'), file: checked }, site.clock());
}

// Told once for all files.
function noteLost({ issues }: ArrivedFiles): void {
  const issue = { field: 'attachments', key: 'attachmentsAgain' };
  if (!issues.some(({ key }) => key === issue.key)) issues.push(issue);
}
