import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type PublishedConsultation, publishedConsultation } from '../../db/consultations.ts';
import { type Clause, type Draft, latestDraft } from '../../db/drafts.ts';
import { draftVersion } from '../../db/versions.ts';
import { commenterKinds, consents, stances } from '../../domain/comment.ts';
import { phaseOf } from '../../domain/consultation.ts';
import type { Issue } from '../../domain/issue.ts';
import { cleanLine } from '../../domain/text.ts';
import { newCaptcha } from '../captcha.ts';
import { formState } from '../forms.ts';
import { publicFrame } from '../frame.ts';
import { sendPage } from '../pages.ts';
import { limited } from '../plugins/rate-limit.ts';
import type { Site } from '../site.ts';
import { blockViews, nameOf, withDescendants } from './blocks.ts';
import { contactsOf } from './consultation.ts';
import type { CommentFormPage } from './contexts.ts';
import { homeLink } from './links.ts';
import type { Choice, Quoted } from './shapes.ts';
import { sendTooLate } from './too-late.ts';
import { type Typed, versionIn } from './typed.ts';

const untouched: Typed = { commenterKind: 'individual' };

/** The comment form, on a clause (`?clause=`, in `?version=`) or on the whole draft; sets no cookie. */
export function registerCommentForm(app: FastifyInstance, site: Site): void {
  const config = limited('forms', site.limits.forms);
  app.get<{ Params: { number: string }; Querystring: Asked }>(
    '/consultations/:number/comments/new',
    { config },
    async (request, reply) => {
      const consultation = await publishedConsultation(site.db, request.params.number);
      if (!consultation) return reply.callNotFound();
      const [clause, version] = [asked(request.query.clause), asked(request.query.version)];
      const typed = { ...untouched, clause, draftVersion: version };
      if (phaseOf(consultation, site.clock()) !== 'open')
        return sendTooLate(request, reply, site, consultation, typed);
      return sendCommentForm(request, reply, site, consultation, { typed, issues: [], status: 200 });
    },
  );
}

type Asked = Readonly<Partial<Record<'clause' | 'version', string | string[]>>>;

function asked(value: string | string[] | undefined): string {
  return cleanLine(typeof value === 'string' ? value : '');
}

/**
 * Sends the form with everything typed and a sentence for each issue. Without `captchaId` it gets a new captcha,
 * without `formToken` a new token. A clause the draft does not have is an issue, too.
 */
export async function sendCommentForm(
  request: FastifyRequest,
  reply: FastifyReply,
  site: Site,
  consultation: PublishedConsultation,
  state: { readonly typed: Typed; readonly issues: readonly Issue[]; readonly status: number },
): Promise<FastifyReply> {
  const { typed } = state;
  const draft = await draftShown(site, consultation, typed);
  const clauses = draft?.clauses ?? [];
  const clause = clauses.find((each) => each.address === typed['clause']);
  const unknown = Boolean(typed['clause']) && !clause;
  const told = state.issues.some((issue) => issue.key === 'unknownClause');
  const issues = unknown && !told ? [...state.issues, unknownClause] : state.issues;
  const base = `/consultations/${consultation.number}`;
  const page: CommentFormPage & { title: string } = {
    title: '提意见',
    crumbs: [homeLink, { to: base, text: consultation.announcement.draftName }],
    consultationTitle: consultation.announcement.title,
    agencyName: consultation.announcement.agencyName,
    closesAt: consultation.closesAt,
    postTo: `${base}/comments`,
    backTo: clause ? `${base}#${clause.address}` : `${base}#draft`,
    form: formState(typed, issues, site.sentences),
    quoted: clause ? quotedFrom(clauses, clause) : null,
    clauses: unknown ? clauseChoices(clauses) : [],
    stances: choices(stances, site.sentences.stances),
    consents: choices(consents, site.sentences.consents),
    commenterKinds: choices(commenterKinds, site.sentences.commenterKinds),
    draftVersion: draft?.version ?? null,
    formToken: typed['formToken'] || site.formTokens.make(consultation.number),
    captchaId: typed['captchaId'] || (await newCaptcha(site)),
    contacts: contactsOf(consultation),
  };
  const status = unknown ? 422 : state.status;
  return sendPage(request, reply, 'public/comment-form', page, publicFrame(request, site), status);
}

/** The version that the form was opened on, so that a comment stays with what its writer read; else the newest. */
async function draftShown(
  { db }: Site,
  { id }: PublishedConsultation,
  typed: Typed,
): Promise<Draft | undefined> {
  const version = versionIn(typed);
  return (version === null ? undefined : await draftVersion(db, id, version)) ?? latestDraft(db, id);
}

const unknownClause: Issue = { field: 'clause', key: 'unknownClause' };

function choices<K extends string>(keys: readonly K[], words: Readonly<Record<K, string>>): Choice[] {
  return keys.map((value) => ({ value, label: words[value] }));
}

function clauseChoices(clauses: readonly Clause[]): Choice[] {
  const asked = blockViews(clauses, '?').filter((block) => block.askTo !== '');
  return [
    { value: '', label: '整个草案' },
    ...asked.map((block) => ({ value: block.id, label: block.name })),
  ];
}

// An annex or a division can be as long as the draft: its name is enough to say what the comment is about.
function quotedFrom(clauses: readonly Clause[], clause: Clause): Quoted {
  const whole = clause.level === 'article' || clause.text !== '';
  const below = whole && clause.kind !== 'annex' ? withDescendants(clauses, clause).slice(1) : [];
  const own = clause.kind === 'annex' || clause.rows ? '' : clause.text;
  return {
    name: nameOf(clause),
    paragraphs: [...own.split('\n'), ...below.map((each) => each.label + each.heading + each.text)].filter(
      Boolean,
    ),
  };
}
