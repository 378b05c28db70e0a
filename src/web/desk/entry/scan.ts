import { keepAttachment } from '../../../actions/keep-attachment.ts';
import { unsentAttachments } from '../../../db/unsent-attachments.ts';
import type { AttachmentRefusal } from '../../../domain/attachment.ts';
import type { Issue } from '../../../domain/issue.ts';
import { cleanLine } from '../../../domain/text.ts';
import type { ConsultationVisit } from '../visit.ts';

/** Keeps the scan that came with a form, until the form is entered; gives what is wrong with it. */
export async function keepScan(
  { site, request, now }: ConsultationVisit,
  formToken: string,
): Promise<Issue[]> {
  const { upload } = request;
  if (!upload) return [];
  const name = cleanLine(upload.name.slice(0, 100));
  const refused = (refusal: AttachmentRefusal): Issue[] => [
    {
      field: 'scan',
      key: 'attachmentRefused',
      values: { name, reason: site.sentences.attachmentRefusals[refusal] },
    },
  ];
  if (!upload.bytes) return refused('tooLarge');
  const checked = await site.checkAttachment(upload.bytes, upload.name);
  if ('refusal' in checked) return refused(checked.refusal);
  const kept = await keepAttachment(site.db, { formToken, file: checked }, now);
  return 'refusal' in kept ? refused(kept.refusal) : [];
}

/** Names of the scans that are kept with a form. */
export async function keptScans({ site }: ConsultationVisit, formToken: string): Promise<string[]> {
  return (await unsentAttachments(site.db, formToken)).map(({ name }) => name);
}
