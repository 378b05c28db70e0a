import type { FastifyInstance } from 'fastify';
import { registerDeskSession } from '../plugins/desk-session.ts';
import { limited } from '../plugins/rate-limit.ts';
import { formats } from '../public/downloads.ts';
import type { Site } from '../site.ts';
import { showReminders, takeReminders } from './account/reminders.ts';
import { registerAccounts } from './account/routes.ts';
import { showAnnouncement, takeAnnouncement } from './announcement.ts';
import { showAttachment } from './attachment.ts';
import { showAgencyAudit, showConsultationAudit } from './audit/audit.ts';
import { sendAgencyExport, sendConsultationExport } from './audit/export.ts';
import { showChannels, takeChannels } from './channels.ts';
import { showConsultation } from './consultation.ts';
import { showCorrectionAbandoning, takeCorrectionAbandoning } from './correction-abandon.ts';
import { showDraft, takeDraft } from './draft.ts';
import { showEntry, takeEntry } from './entry/entry.ts';
import { showEntrySheet } from './entry/sheet.ts';
import { takeSheetConfirmation, takeSheetDiscard } from './entry/sheet-deeds.ts';
import { sendCsvTemplate, sendXlsxTemplate, showSheets, takeSheet } from './entry/sheets.ts';
import { registerDeskErrors } from './errors.ts';
import { registerExports } from './exports/routes.ts';
import { takeCommentGroup } from './groups/of-comment.ts';
import { registerGroups } from './groups/routes.ts';
import { showHandover, takeHandover } from './handover.ts';
import { showHome } from './home.ts';
import { showDiscard, takeDiscard } from './imports/discard.ts';
import { showImports } from './imports/list.ts';
import { showImport } from './imports/one.ts';
import { showRow } from './imports/row.ts';
import { takeEdit } from './imports/row-edit.ts';
import { takeSettings } from './imports/settings.ts';
import { takeRedo, takeUndo } from './imports/undo.ts';
import { registerUploads } from './imports/upload.ts';
import { showInvitation, takeInvitation } from './invitation.ts';
import { showLetters, takeLettersAgain } from './letters/list.ts';
import { showLetter } from './letters/one.ts';
import { showExtension, takeExtension } from './lifecycle/extension.ts';
import { takeNextRound } from './lifecycle/next-round.ts';
import { showRelease } from './lifecycle/release.ts';
import {
  takeApproval,
  takeApprovalRequest,
  takeApprovalReturn,
  takePreviewLink,
  takePreviewRevocation,
  takeSchedule,
  takeScheduleEnd,
} from './lifecycle/release-deeds.ts';
import { takeApprovalSwitch } from './lifecycle/require-approval.ts';
import { showStop, takeStop } from './lifecycle/stop.ts';
import { registerMail } from './mail/routes.ts';
import { showNewConsultation, takeNewConsultation } from './new-consultation.ts';
import { showNotice } from './notice.ts';
import { showCorrection, takeCorrection } from './notice-correction.ts';
import { showSheet, takeNoticePublication, takeReturn, takeSigning } from './notice-deeds.ts';
import { showDropped, takeDropped } from './notice-dropped.ts';
import { sendNoticeFile } from './notice-file.ts';
import { showOfficers, takeOfficer } from './officers.ts';
import { showPreview, takePublication } from './preview.ts';
import { registerReceived } from './received/routes.ts';
import { showSignIn, takeSignIn, takeSignOut } from './sign-in.ts';
import { showSource, takeSource } from './source.ts';
import { showAbandoning, takeAbandoning } from './versions/abandon.ts';
import { showLink, takeLink } from './versions/link.ts';
import { showMapping } from './versions/mapping.ts';
import { showOrphan, takeOrphan } from './versions/orphan.ts';
import { showOrphans, takePlacementUndo } from './versions/orphans.ts';
import { showVersionPublication, takeVersionPublication } from './versions/publish.ts';
import { showVersions, takeVersion } from './versions/versions.ts';
import { forConsultation, forOfficers } from './visit.ts';
import { showWordings, takeParagraph } from './wording/list.ts';
import { showWording, takeWording } from './wording/one.ts';

/** Everything under /desk: the only part of the site with sessions. */
export async function registerDesk(app: FastifyInstance, site: Site): Promise<void> {
  await registerDeskSession(app, site);
  await registerUploads(app);
  registerDeskErrors(app, site);
  const files = { config: { takesFile: true } };
  const signIns = { config: limited('signIns', site.limits.signIns) };

  app.get('/sign-in', showSignIn(site));
  app.post('/sign-in', signIns, takeSignIn(site));
  app.post('/sign-out', takeSignOut(site));
  app.get('/invitations/:token', showInvitation(site));
  app.post('/invitations/:token', signIns, takeInvitation(site));

  app.get('/', forOfficers(site, null, showHome));
  app.get('/account/reminders', forOfficers(site, null, showReminders));
  app.post('/account/reminders', forOfficers(site, null, takeReminders));
  app.get('/officers', forOfficers(site, 'manageOfficers', showOfficers));
  app.post('/officers', forOfficers(site, 'manageOfficers', takeOfficer));
  registerAccounts(app, site);

  app.get('/audit', forOfficers(site, 'audit', showAgencyAudit));
  app.post('/audit/export', forOfficers(site, 'audit', sendAgencyExport));

  app.get('/consultations/new', forOfficers(site, 'prepare', showNewConsultation));
  app.post('/consultations', files, forOfficers(site, 'prepare', takeNewConsultation));
  app.get('/consultations/:id', forConsultation(site, null, showConsultation));
  app.get('/consultations/:id/handover', forConsultation(site, 'handOver', showHandover));
  app.post('/consultations/:id/handover', forConsultation(site, 'handOver', takeHandover));
  app.get('/consultations/:id/announcement', forConsultation(site, 'prepare', showAnnouncement));
  app.post('/consultations/:id/announcement', forConsultation(site, 'prepare', takeAnnouncement));
  app.get('/consultations/:id/draft', forConsultation(site, 'prepare', showDraft));
  app.post('/consultations/:id/draft', forConsultation(site, 'prepare', takeDraft));
  app.get('/consultations/:id/source', forConsultation(site, 'prepare', showSource));
  app.post('/consultations/:id/source', files, forConsultation(site, 'prepare', takeSource));
  app.get('/consultations/:id/imports', forConsultation(site, 'prepare', showImports));
  app.get('/consultations/:id/imports/:import', forConsultation(site, 'prepare', showImport));
  app.post('/consultations/:id/imports/:import/settings', forConsultation(site, 'prepare', takeSettings));
  app.get('/consultations/:id/imports/:import/discard', forConsultation(site, 'prepare', showDiscard));
  app.post('/consultations/:id/imports/:import/discard', forConsultation(site, 'prepare', takeDiscard));
  app.get('/consultations/:id/draft/rows/:row', forConsultation(site, 'prepare', showRow));
  app.post('/consultations/:id/draft/edit', forConsultation(site, 'prepare', takeEdit));
  app.post('/consultations/:id/draft/undo', forConsultation(site, 'prepare', takeUndo));
  app.post('/consultations/:id/draft/redo', forConsultation(site, 'prepare', takeRedo));
  app.get('/consultations/:id/preview', forConsultation(site, null, showPreview));
  app.post('/consultations/:id/publish', forConsultation(site, 'publish', takePublication));

  app.get('/consultations/:id/release', forConsultation(site, null, showRelease));
  app.post('/consultations/:id/approval', forConsultation(site, 'prepare', takeApprovalRequest));
  app.post('/consultations/:id/approval/approve', forConsultation(site, 'approve', takeApproval));
  app.post('/consultations/:id/approval/return', forConsultation(site, 'approve', takeApprovalReturn));
  app.post('/consultations/:id/schedule', forConsultation(site, 'publish', takeSchedule));
  app.post('/consultations/:id/schedule/cancel', forConsultation(site, 'publish', takeScheduleEnd));
  app.post('/consultations/:id/preview-links', forConsultation(site, 'prepare', takePreviewLink));
  app.post(
    '/consultations/:id/preview-links/:link/revoke',
    forConsultation(site, 'prepare', takePreviewRevocation),
  );
  app.post('/officers/approval', forOfficers(site, 'manageOfficers', takeApprovalSwitch));
  app.get('/consultations/:id/extension', forConsultation(site, null, showExtension));
  app.post('/consultations/:id/extension', forConsultation(site, 'extend', takeExtension));
  app.post('/consultations/:id/next-round', forConsultation(site, 'prepare', takeNextRound));
  app.get('/consultations/:id/stop', forConsultation(site, 'withdraw', showStop));
  app.post('/consultations/:id/stop', forConsultation(site, 'withdraw', takeStop));

  app.get('/consultations/:id/versions', forConsultation(site, null, showVersions));
  app.post('/consultations/:id/versions', forConsultation(site, 'prepare', takeVersion));
  app.get('/consultations/:id/versions/abandon', forConsultation(site, 'prepare', showAbandoning));
  app.post('/consultations/:id/versions/abandon', forConsultation(site, 'prepare', takeAbandoning));
  app.get('/consultations/:id/mapping', forConsultation(site, 'prepare', showMapping));
  app.get('/consultations/:id/mapping/:address', forConsultation(site, 'prepare', showLink));
  app.post('/consultations/:id/mapping/:address', forConsultation(site, 'prepare', takeLink));
  app.get('/consultations/:id/versions/publish', forConsultation(site, 'publish', showVersionPublication));
  app.post('/consultations/:id/versions/publish', forConsultation(site, 'publish', takeVersionPublication));
  app.get('/consultations/:id/orphans', forConsultation(site, null, showOrphans));
  app.post('/consultations/:id/orphans/undo', forConsultation(site, 'dispose', takePlacementUndo));
  app.get('/consultations/:id/orphans/:clause', forConsultation(site, null, showOrphan));
  app.post('/consultations/:id/orphans/:clause', forConsultation(site, 'dispose', takeOrphan));

  app.get('/consultations/:id/entry', forConsultation(site, 'enter', showEntry));
  app.post('/consultations/:id/entry', files, forConsultation(site, 'enter', takeEntry));
  app.get('/consultations/:id/entry/sheet', forConsultation(site, 'enter', showSheets));
  app.post('/consultations/:id/entry/sheet', files, forConsultation(site, 'enter', takeSheet));
  app.get('/consultations/:id/entry/sheet/template.xlsx', forConsultation(site, 'enter', sendXlsxTemplate));
  app.get('/consultations/:id/entry/sheet/template.csv', forConsultation(site, 'enter', sendCsvTemplate));
  app.get('/consultations/:id/entry/sheet/:sheet', forConsultation(site, 'enter', showEntrySheet));
  app.post(
    '/consultations/:id/entry/sheet/:sheet/store',
    forConsultation(site, 'enter', takeSheetConfirmation),
  );
  app.post('/consultations/:id/entry/sheet/:sheet/discard', forConsultation(site, 'enter', takeSheetDiscard));
  registerReceived(app, site);
  app.post('/consultations/:id/comments/:comment/group', forConsultation(site, 'group', takeCommentGroup));
  registerGroups(app, site);
  registerExports(app, site);
  app.get('/consultations/:id/attachments/:attachment', forConsultation(site, null, showAttachment));
  app.get('/consultations/:id/channels', forConsultation(site, null, showChannels));
  app.post('/consultations/:id/channels', forConsultation(site, 'dispose', takeChannels));
  registerMail(app, site);
  app.get('/consultations/:id/letters', forConsultation(site, null, showLetters));
  app.post('/consultations/:id/letters', forConsultation(site, 'sendLetters', takeLettersAgain));
  app.get('/consultations/:id/letters/:letter', forConsultation(site, null, showLetter));
  app.get('/consultations/:id/audit', forConsultation(site, null, showConsultationAudit));
  app.post('/consultations/:id/audit/export', forConsultation(site, null, sendConsultationExport));
  app.get('/consultations/:id/notice', forConsultation(site, null, showNotice));
  app.get('/consultations/:id/notice/sheet', forConsultation(site, null, showSheet));
  app.get('/consultations/:id/notice/words', forConsultation(site, null, showWordings));
  app.post('/consultations/:id/notice/words', forConsultation(site, 'dispose', takeParagraph));
  app.get('/consultations/:id/notice/words/:part', forConsultation(site, 'dispose', showWording));
  app.post('/consultations/:id/notice/words/:part', forConsultation(site, 'dispose', takeWording));
  app.get('/consultations/:id/notice/dropped', forConsultation(site, 'dispose', showDropped));
  app.post('/consultations/:id/notice/dropped', forConsultation(site, 'dispose', takeDropped));
  app.get('/consultations/:id/notice/correction', forConsultation(site, 'dispose', showCorrection));
  app.post('/consultations/:id/notice/correction', forConsultation(site, 'dispose', takeCorrection));
  app.get(
    '/consultations/:id/notice/correction/abandon',
    forConsultation(site, 'dispose', showCorrectionAbandoning),
  );
  app.post(
    '/consultations/:id/notice/correction/abandon',
    forConsultation(site, 'dispose', takeCorrectionAbandoning),
  );
  for (const format of formats)
    app.get(`/consultations/:id/notice/sheet.${format}`, forConsultation(site, null, sendNoticeFile(format)));
  app.post('/consultations/:id/notice/sign', forConsultation(site, 'sign', takeSigning));
  app.post('/consultations/:id/notice/return', forConsultation(site, 'sign', takeReturn));
  app.post('/consultations/:id/notice/publish', forConsultation(site, 'publish', takeNoticePublication));
}
