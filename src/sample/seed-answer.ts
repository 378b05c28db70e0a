import { checkChannels } from '../actions/check-channels.ts';
import { disposeOfComment } from '../actions/dispose-of-comment.ts';
import { drawUp } from '../actions/draw-up.ts';
import { publishNotice } from '../actions/publish-notice.ts';
import { signNotice } from '../actions/sign-notice.ts';
import { deskComments } from '../db/comments.ts';
import type { Consultation } from '../db/consultations.ts';
import type { Deps } from '../deps.ts';
import { openChannels } from '../domain/announcement-issues.ts';
import type { Officer } from '../domain/officer.ts';
import type { Sample } from './sample.ts';
import type { AgencyOfficers } from './seed-officers.ts';

/** Disposes of a closed sample's comments, and has its feedback notice signed and published. */
export async function seedAnswer(
  deps: Deps,
  sample: Sample,
  { caseworker, approver }: AgencyOfficers,
  consultation: Consultation,
  now: Date,
): Promise<void> {
  const by = { officer: caseworker, consultationId: consultation.id };
  await seedDispositions(deps, sample, by, now);
  await checkChannels(deps.db, { ...by, checked: openChannels(consultation.announcement) }, now);
  const words = deps.sentences.notice;
  const { seen } = await drawUp(deps.db, consultation, words, now);
  await signNotice(deps.db, { ...by, officer: approver, seen }, words, now);
  await publishNotice(deps.db, by, now);
}

async function seedDispositions(
  deps: Deps,
  sample: Sample,
  by: { readonly officer: Officer; readonly consultationId: number },
  now: Date,
): Promise<void> {
  const given = sample.comments.flatMap((submission) => submission.comments);
  for (const { id, dispositionId, text } of await deskComments(deps.db, by.consultationId)) {
    const disposition = given.find((each) => each.text === text)?.disposition;
    if (disposition)
      await disposeOfComment(deps.db, { ...by, commentId: id, seen: dispositionId, disposition }, now);
  }
}
