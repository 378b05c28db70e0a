import type { CheckedAttachment } from '../domain/attachment.ts';
import type { Reading } from '../domain/import.ts';
import type { Mail } from '../domain/mail.ts';
import type { Paste } from '../domain/parse/paste.ts';
import type { ParseSettings } from '../domain/parse/settings.ts';
import type { JudgedSheet, SheetMatter } from '../domain/sheets/judge.ts';
import type { SheetRefusal } from '../domain/sheets/table.ts';

/** What the reading thread is asked; it answers one request after the other. */
export type ToReader =
  | { readonly bytes: Uint8Array; readonly name: string; readonly settings: ParseSettings }
  | { readonly text: string; readonly settings: ParseSettings }
  | { readonly bytes: Uint8Array; readonly name: string; readonly attached: true }
  | { readonly bytes: Uint8Array; readonly message: true }
  | { readonly bytes: Uint8Array; readonly sheet: SheetMatter };

/** What a request gives: the same kind of thing that was asked for, or a fault of our own. */
export type Answer =
  | { readonly reading: Reading }
  | { readonly paste: Paste }
  | { readonly checked: CheckedAttachment }
  | { readonly mail: Mail }
  | { readonly sheet: JudgedSheet | { readonly refusal: SheetRefusal } }
  | { readonly fault: Error; readonly tooLarge: boolean };

/** What the reading thread says: that it has started, how far it is, and last the answer. */
export type FromReader = 'ready' | { readonly percent: number } | Answer;
