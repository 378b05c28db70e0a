import type { AttachmentRefusal, CheckAttachment, CheckedAttachment } from '../domain/attachment.ts';
import { type FileReader, type IntakeRefusal, type Reading, ReadingRefused } from '../domain/import.ts';
import type { MessageReader } from '../domain/mail.ts';
import type { SheetReader } from '../domain/sheets/judge.ts';
import type { ToReader } from './reader-messages.ts';
import { type Outcome, startThread, type Thread } from './reader-thread.ts';

/** What reading a file may take: time from when its thread is there, heap of the thread, and threads at once. */
export interface ReaderLimits {
  readonly timeMs?: number;
  readonly memoryMb?: number;
  readonly atOnce?: number;
}

type Progress = (percent: number) => void;

/**
 * A reader whose work is done in threads of its own: started when first needed, kept, replaced when one reaches a limit
 * or dies. Requests beyond `atOnce` wait their turn. A fault of our own in reading a file counts as a corrupt file, and
 * is told as a process warning.
 */
export function createReader(limits: ReaderLimits = {}): FileReader & SheetReader {
  const pool = threads(limits);
  return {
    read: async (bytes, name, settings, onProgress) => {
      const outcome = await pool.run({ bytes, name, settings }, onProgress);
      if (typeof outcome === 'object' && 'reading' in outcome) return outcome.reading;
      return refused(refusalOf(outcome));
    },
    parse: async (text, settings) => {
      const outcome = await pool.run({ text, settings }, () => {});
      if (typeof outcome === 'object' && 'paste' in outcome) return outcome.paste;
      throw new ReadingRefused(refusalOf(outcome));
    },
    readSheet: async (bytes, sheet) => {
      const outcome = await pool.run({ bytes, sheet }, () => {});
      if (typeof outcome === 'object' && 'sheet' in outcome) return outcome.sheet;
      const refusal = refusalOf(outcome);
      return { refusal: isLimit(refusal) ? refusal : 'corrupt' };
    },
    close: pool.close,
  };
}

function isLimit(refusal: IntakeRefusal): refusal is 'tookTooLong' | 'tookTooMuchMemory' {
  return refusal === 'tookTooLong' || refusal === 'tookTooMuchMemory';
}

/** Judges attached files in threads of its own, like a reader. */
export function createChecker(limits: ReaderLimits = {}): {
  readonly check: CheckAttachment;
  close(): Promise<void>;
} {
  const pool = threads({ timeMs: 40_000, ...limits });
  const check = async (bytes: Uint8Array, name: string): Promise<CheckedAttachment> => {
    const outcome = await pool.run({ bytes, name, attached: true }, () => {});
    if (typeof outcome === 'object' && 'checked' in outcome) return outcome.checked;
    const refusal = refusalOf(outcome);
    return { refusal: attachmentRefusals[refusal] ?? 'corrupt' };
  };
  return { check, close: pool.close };
}

/** Takes messages apart in a thread of its own, like a reader; what reaches a limit cannot be read. */
export function createMailReader(limits: ReaderLimits = {}): {
  readonly read: MessageReader;
  close(): Promise<void>;
} {
  const pool = threads({ timeMs: 20_000, atOnce: 1, ...limits });
  const read: MessageReader = async (bytes) => {
    const outcome = await pool.run({ bytes, message: true }, () => {});
    if (typeof outcome === 'string' || 'fault' in outcome) return null;
    if ('mail' in outcome) return outcome.mail;
    throw 'died' in outcome ? outcome.died : new Error('The reading thread answered something else.');
  };
  return { read, close: pool.close };
}

const attachmentRefusals: Partial<Record<IntakeRefusal, AttachmentRefusal>> = {
  tookTooLong: 'tookTooLong',
  tookTooMuchMemory: 'tooLargeInside',
};

function refused(refusal: IntakeRefusal): Reading {
  return { result: { refusal }, paste: null };
}

function refusalOf(outcome: Outcome): IntakeRefusal {
  if (typeof outcome === 'string') return outcome;
  if ('died' in outcome) throw outcome.died;
  if (!('fault' in outcome)) throw new Error('The reading thread answered something else.');
  if (outcome.tooLarge) return 'tookTooMuchMemory';
  process.emitWarning(outcome.fault);
  return 'corrupt';
}

function threads({ timeMs = 60_000, memoryMb = 512, atOnce = 2 }: ReaderLimits) {
  const all = new Set<Thread>();
  const idle: Thread[] = [];
  const waiting: (() => void)[] = [];
  let busy = 0;
  let closed = false;

  const run = async (request: ToReader, onProgress: Progress): Promise<Outcome> => {
    if (busy >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
    else busy += 1;
    try {
      const outcome = await once(request, onProgress);
      // A thread that was killed may not be the file's fault; a second one that dies is.
      return isDeath(outcome) && !closed ? await once(request, onProgress) : outcome;
    } finally {
      const next = waiting.shift();
      if (next) next();
      else busy -= 1;
    }
  };
  const once = async (request: ToReader, onProgress: Progress): Promise<Outcome> => {
    if (closed) return { died: new Error('The reader is closed.') };
    const thread = idle.pop() ?? startThread(memoryMb);
    all.add(thread);
    const outcome = await thread.ask(request, timeMs, onProgress);
    if (typeof outcome === 'string' || isDeath(outcome)) all.delete(thread);
    else idle.push(thread);
    return outcome;
  };
  const close = async () => {
    closed = true;
    await Promise.all([...all].map((thread) => thread.close()));
  };
  return { run, close };
}

function isDeath(outcome: Outcome): boolean {
  return typeof outcome === 'object' && 'died' in outcome;
}
