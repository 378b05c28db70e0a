import type { Beside } from './desk-beside.ts';
import type { Ground } from './desk-stored.ts';

/** Pages that are asked for by the administrator; all others by the caseworker. */
export const administered = ['officers', 'one officer', 'departments', 'traces of the agency'];

/** The address of each page of the desk that is measured of a closed consultation, by what it is called. */
export function pagesOf(ground: Ground & Beside): Record<string, string> {
  const base = `/desk/consultations/${ground.consultationId}`;
  return {
    home: '/desk',
    consultation: base,
    ...listsOf(base, ground),
    'one comment': `${base}/comments/${ground.commentId}`,
    'one ticked comment to dispose of': `${base}/comments/together?chosen=${ground.commentId}`,
    'sixty comments to screen together': `${base}/comments/screen-together?words=${encodeURIComponent('坡道')}`,
    'one ticked comment to assign': `${base}/comments/assignment?chosen=${ground.commentId}`,
    ...formsOf(base, ground),
    channels: `${base}/channels`,
    notice: `${base}/notice`,
    'words of the notice': `${base}/notice/words`,
    'one paragraph of the notice': `${base}/notice/words/asked`,
    'word that the draft is dropped': `${base}/notice/dropped`,
    groups: `${base}/groups`,
    'a suggested group': `${base}/groups/suggestions/${ground.searchId}/1`,
    letters: `${base}/letters`,
    'letters, page 1,000': `${base}/letters?before=${ground.farLetter}`,
    'letters that wait': `${base}/letters?show=waiting`,
    'letters that were sent': `${base}/letters?show=sent`,
    'letters that were set aside': `${base}/letters?show=failed`,
    'letters set aside, far down': `${base}/letters?show=failed&before=${ground.farLetter}`,
    'one letter': `${base}/letters/${ground.letterId}`,
    traces: `${base}/audit`,
    'traces, page 1,000': `${base}/audit?before=${ground.farTrace}`,
    'traces of the agency': '/desk/audit',
    exports: `${base}/exports`,
    ...besides(base),
  };
}

function listsOf(base: string, { clauseId, farId }: Ground): Record<string, string> {
  return {
    list: `${base}/comments`,
    'list, page 1,000': `${base}/comments?from=${farId}`,
    'list of a clause': `${base}/comments?clause=${clauseId}`,
    'list of a channel': `${base}/comments?channel=letter`,
    'list of undisposed': `${base}/comments?disposition=undisposed`,
    'list of mine': `${base}/comments?assigned=me`,
    'list of unassigned': `${base}/comments?assigned=none`,
    'list of hidden': `${base}/comments?screening=hidden`,
    'list of a stance': `${base}/comments?stance=amend`,
    'list of words that all hold': `${base}/comments?words=${encodeURIComponent('公示期')}`,
    'list of words that sixty hold': `${base}/comments?words=${encodeURIComponent('坡道')}`,
  };
}

function formsOf(base: string, { clauseId }: Ground): Record<string, string> {
  return {
    'all comments to dispose of': `${base}/comments/together`,
    'all of a clause to dispose of': `${base}/comments/together?clause=${clauseId}`,
    'all undisposed to dispose of': `${base}/comments/together?disposition=undisposed`,
    'all comments to screen': `${base}/comments/screen-together`,
    'all of a clause to screen': `${base}/comments/screen-together?clause=${clauseId}`,
    'all comments to assign': `${base}/comments/assignment`,
    'all of a clause to assign': `${base}/comments/assignment?clause=${clauseId}`,
  };
}

function besides(base: string): Record<string, string> {
  return {
    versions: `${base}/versions`,
    orphans: `${base}/orphans`,
    entry: `${base}/entry`,
    'entry by table': `${base}/entry/sheet`,
    'table to fill in, .xlsx': `${base}/entry/sheet/template.xlsx`,
    'table to fill in, .csv': `${base}/entry/sheet/template.csv`,
    mail: `${base}/mail`,
    'mail of the agency': '/desk/mail',
    handover: `${base}/handover`,
    'extension and end': `${base}/extension`,
    'new consultation': '/desk/consultations/new',
    templates: '/desk/templates',
    officers: '/desk/officers',
    'one officer': '/desk/officers/1',
    departments: '/desk/departments',
    'own account': '/desk/account',
    'own reminders': '/desk/account/reminders',
  };
}

/** Routes of the desk that are not measured, and why. A route that is in neither list fails a test. */
export const notMeasured: Readonly<Record<string, string>> = {
  ...because('holds nothing of a consultation', [
    'GET /desk/sign-in',
    'GET /desk/sign-in/code',
    'GET /desk/forgotten-password',
    'GET /desk/password/:token',
    'GET /desk/invitations/:token',
    'GET /desk/account/password',
    'GET /desk/account/email',
    'GET /desk/account/second-factor',
    'GET /desk/account/second-factor/qr.svg',
    'GET /desk/templates/:template',
    'GET /desk/departments/:department',
    'GET /desk/mail/:message/original',
  ]),
  ...because('a draft before it is published: no comment is there', [
    'GET /desk/consultations/:id/announcement',
    'GET /desk/consultations/:id/draft',
    'GET /desk/consultations/:id/source',
    'GET /desk/consultations/:id/imports',
    'GET /desk/consultations/:id/imports/:import',
    'GET /desk/consultations/:id/imports/:import/discard',
    'GET /desk/consultations/:id/draft/rows/:row',
    'GET /desk/consultations/:id/preview',
    'GET /desk/consultations/:id/release',
  ]),
  ...because('a version that is being prepared, which this consultation has none of', [
    'GET /desk/consultations/:id/versions/abandon',
    'GET /desk/consultations/:id/mapping',
    'GET /desk/consultations/:id/mapping/:address',
    'GET /desk/consultations/:id/versions/publish',
    'GET /desk/consultations/:id/orphans/:clause',
  ]),
  ...because('one file or table, whatever else there is', [
    'GET /desk/consultations/:id/attachments/:attachment',
    'GET /desk/consultations/:id/entry/sheet/:sheet',
  ]),
  ...because('a form for a consultation that is open, or a correction that is under way', [
    'GET /desk/consultations/:id/stop',
    'GET /desk/consultations/:id/notice/correction/abandon',
  ]),
  ...because('every comment there is: bench/exports.ts', [
    'GET /desk/consultations/:id/exports/comments.csv',
    'GET /desk/consultations/:id/exports/comments.xlsx',
  ]),
};

function because(reason: string, routes: readonly string[]): Record<string, string> {
  return Object.fromEntries(routes.map((route) => [route, reason]));
}
