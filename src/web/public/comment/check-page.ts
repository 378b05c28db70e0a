import type { FastifyReply } from 'fastify';
import { type Asks, commenterKinds, consents, mostComments, type Stance } from '../../../domain/comment.ts';
import type { Issue } from '../../../domain/issue.ts';
import type { Sentences } from '../../../sentences.ts';
import { formState } from '../../forms.ts';
import { filesOf, withIds } from '../attachments/form-files.ts';
import { contactsOf } from '../consultation.ts';
import type { Opened } from './arrived.ts';
import type { Basket } from './basket.ts';
import { choices } from './choices.ts';
import type { CheckPage, CommentCard, ProofView } from './contexts.ts';
import { nameIn } from './names.ts';
import { proofFor } from './proof-for.ts';
import { sendFormPage } from './send-page.ts';
import { sharedBy } from './shared.ts';

const ofProof = ['captchaId', 'captcha', 'work', 'proofEmail'];
const shown = ['commenterKind', 'name', 'phone', 'email', 'consent', ...ofProof];

/** Sends the page that shows everything before it is sent, with a sentence for each issue (422). */
export async function sendCheckPage(form: Opened, issues: readonly Issue[] = []): Promise<FastifyReply> {
  const { site, consultation, basket } = form;
  const { asks, announcement } = consultation;
  const proof = await proofFor(form);
  const attached = await filesOf(site, basket);
  const told = [...issues, ...attached.issues];
  const offered = consents.filter((each) => each !== 'withName' || asks.name !== 'no');
  const page: CheckPage & { title: string } = {
    title: '核对并提交',
    ...sharedBy({ ...form, basket: withIds({ ...basket, editing: null }, attached.ids) }, 'check', shown),
    ...attached.files,
    form: formState(typedFor(proof, basket), told, site.sentences),
    agencyName: announcement.agencyName,
    comments: cardsOf(form),
    takesMore: basket.comments.length < mostComments,
    asks,
    collects: collectedBy(asks, site.sentences),
    consents: choices(offered, site.sentences.consents),
    commenterKinds: choices(commenterKinds, site.sentences.commenterKinds),
    proof,
    contacts: contactsOf(consultation),
  };
  return sendFormPage(form, 'public/comment-check', page, told.length > 0 ? 422 : 200);
}

// What was typed for another captcha is of no use.
function typedFor({ captchaId }: ProofView, { fields }: Basket): Basket['fields'] {
  return captchaId === fields['captchaId'] ? fields : { ...fields, captcha: '', work: '' };
}

function cardsOf({ site, draft, basket }: Opened): CommentCard[] {
  const nameOf = nameIn(draft, site.sentences);
  return basket.comments.map((comment, index) => ({
    ...comment,
    index,
    clause: nameOf(comment.clause),
    stance: comment.stance as Stance,
  }));
}

function collectedBy(asks: Asks, { fields }: Sentences): string {
  const asked = (['name', 'phone', 'email'] as const).filter((each) => asks[each] !== 'no');
  return asked.map((each) => fields[each]).join('、');
}
