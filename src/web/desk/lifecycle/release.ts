import type { FastifyReply } from 'fastify';
import { contentFingerprint } from '../../../actions/approval.ts';
import { publishingIssues } from '../../../actions/publish-consultation.ts';
import { approvalsOf, preparersOf, requiresApproval } from '../../../db/approvals.ts';
import { isPublished } from '../../../db/consultations.ts';
import { draftWork } from '../../../db/draft-work.ts';
import { type PreviewLink, previewLinksOf } from '../../../db/preview-links.ts';
import { type ApprovalState, approvalState } from '../../../domain/approval.ts';
import { fill } from '../../../domain/fill.ts';
import type { Issue } from '../../../domain/issue.ts';
import { previewDays } from '../../../domain/lifecycle.ts';
import { may } from '../../../domain/officer.ts';
import { type FormState, formState } from '../../forms.ts';
import type { Choice } from '../../public/shapes.ts';
import type { Matter, Tag } from '../contexts.ts';
import { baseOf, crumbsOf, matterOf } from '../matter.ts';
import { goTo, sendDesk } from '../page.ts';
import type { ConsultationVisit } from '../visit.ts';

export interface ReleasePage {
  readonly matter: Matter;
  readonly form: FormState;
  readonly revision: number;
  readonly stale: boolean;
  /** True when nothing is left to put right before it can be published. */
  readonly complete: boolean;
  readonly required: boolean;
  readonly approval: Tag;
  /** The fingerprint of what is shown, for whoever decides on it. */
  readonly seen: string;
  readonly steps: readonly {
    readonly at: Date;
    readonly who: string;
    readonly what: string;
    readonly remark: string;
  }[];
  readonly mayAsk: boolean;
  readonly mayDecide: boolean;
  /** True for an approver who prepared it, and so cannot decide on it. */
  readonly isOwnWork: boolean;
  readonly mayPublish: boolean;
  readonly publishAt: Date | null;
  /** The same in milliseconds, for whoever cancels it. */
  readonly publishAtSeen: number;
  readonly publishFailedAt: Date | null;
  readonly mayPrepare: boolean;
  readonly links: readonly (PreviewLink & { readonly good: boolean })[];
  readonly dayChoices: readonly Choice[];
  /** A secret link, shown on this one answer and never again; empty otherwise. */
  readonly link: string;
}

export interface ReleaseState {
  readonly typed?: Readonly<Partial<Record<'remark' | 'publishAt' | 'previewDays', string>>>;
  readonly issues?: readonly Issue[];
  readonly stale?: boolean;
  readonly link?: string;
}

const tagKinds: Readonly<Record<ApprovalState, string>> = {
  none: 'grey',
  asked: 'blue',
  approved: 'green',
  returned: 'red',
  changed: 'amber',
};

/** What comes before publication: approval by another officer, a set time, and links for people outside. */
export async function showRelease(visit: ConsultationVisit): Promise<FastifyReply> {
  return sendRelease(visit, {});
}

/** The same page, with what was typed, what is wrong with it, or a new link. */
export async function sendRelease(visit: ConsultationVisit, state: ReleaseState): Promise<FastifyReply> {
  const { site, consultation, officer, now } = visit;
  if (isPublished(consultation)) return goTo(visit, baseOf(consultation));
  const { typed = {}, issues = [], stale = false, link = '' } = state;
  const values = { remark: '', publishAt: '', previewDays: '7', ...typed };
  const page = {
    title: site.sentences.desk.pages.release,
    crumbs: crumbsOf(visit),
    matter: matterOf(visit, 'release'),
    form: formState(values, issues, site.sentences),
    revision: consultation.revision,
    stale,
    ...(await approvalPart(visit)),
    mayPublish: may(officer, 'publish'),
    publishAt: consultation.publishAt,
    publishAtSeen: consultation.publishAt?.getTime() ?? 0,
    publishFailedAt: consultation.publishFailedAt,
    mayPrepare: may(officer, 'prepare'),
    links: (await previewLinksOf(site.db, consultation.id)).map((each) => ({
      ...each,
      good: !each.revokedAt && each.expiresAt > now,
    })),
    dayChoices: previewDays.map((days) => ({
      value: String(days),
      label: fill(site.sentences.desk.previewFor, { days }),
    })),
    link,
  };
  return sendDesk(visit, 'desk/release', page, issues.length > 0 ? 422 : stale ? 409 : 200);
}

async function approvalPart({ site, consultation, officer, now }: ConsultationVisit) {
  const { approvalStates, approvalSteps } = site.sentences.desk;
  const work = await draftWork(site.db, consultation.id);
  const seen = contentFingerprint(consultation, work);
  const steps = await approvalsOf(site.db, consultation.id);
  const state = approvalState(steps[0], seen);
  const complete = publishingIssues(consultation, work, site.isWorkingDay, now).length === 0;
  const isOwnWork = (await preparersOf(site.db, consultation.id)).includes(officer.id);
  const isAsked = state === 'asked' && may(officer, 'approve');
  return {
    complete,
    seen,
    required: await requiresApproval(site.db, consultation.agencyId),
    approval: { kind: tagKinds[state], text: approvalStates[state] },
    steps: steps.map(({ at, officerName, step, remark }) => ({
      ...{ at, remark },
      who: officerName,
      what: approvalSteps[step],
    })),
    mayAsk: may(officer, 'prepare') && complete && state !== 'asked' && state !== 'approved',
    mayDecide: isAsked && !isOwnWork,
    isOwnWork: isAsked && isOwnWork,
  };
}
