/** Something a person can put right: the field it concerns and the key of its sentence. Leads to 422. */
export interface Issue {
  readonly field: string;
  readonly key: string;
  readonly values?: Readonly<Record<string, string | number>>;
}

/** What cannot be put right on the form: a bug, or a page that went stale. Leads to 409. */
export class RuleBroken extends Error {
  readonly rule: Rule;
  constructor(rule: Rule) {
    super(rule);
    this.name = 'RuleBroken';
    this.rule = rule;
  }
}

/** The rules an action may find broken; each has a sentence under `rules` in views/sentences. */
export type Rule =
  | 'stale'
  | 'alreadyPublished'
  | 'notPublished'
  | 'notOpenYet'
  | 'notClosed'
  | 'alreadyClosed'
  | 'notWithdrawable'
  | 'scheduled'
  | 'ownPreparation'
  | 'noticeSigned'
  | 'noticeNotSigned'
  | 'correctionNeeded'
  | 'noticePublished'
  | 'noticeNotPublished'
  | 'ownWork'
  | 'notAllowed'
  | 'notReady'
  | 'importNotRead'
  | 'sheetGone'
  | 'mailNotTakeable'
  | 'invitationUsed';
