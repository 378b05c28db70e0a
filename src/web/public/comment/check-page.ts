import type { FastifyReply } from 'fastify';
import { type Asks, commenterKinds, consents, mostComments, type Stance } from '../../../domain/comment.ts';
import type { Issue } from '../../../domain/issue.ts';
import type { Sentences } from '../../../sentences.ts';
import { formState } from '../../forms.ts';
import { filesOf, withIds } from '../attachments/form-files.ts';
import { contactsOf } from '../consultation.ts';
import type { Opened } from './arrived.ts';
import { captchaFor } from './captcha-for.ts';
import { choices } from './choices.ts';
import type { CheckPage, CommentCard } from './contexts.ts';
import { nameIn } from './names.ts';
import { sendFormPage } from './send-page.ts';
import { sharedBy } from './shared.ts';

const shown = ['commenterKind', 'name', 'phone', 'email', 'consent', 'captcha', 'captchaId'];

/** Sends the page that shows everything before it is sent, with a sentence for each issue (422). */
export async function sendCheckPage(form: Opened, issues: readonly Issue[] = []): Promise<FastifyReply> {
  const { site, consultation, basket } = form;
  const { asks, announcement } = consultation;
  const captcha = await captchaFor(site, basket.fields);
  const attached = await filesOf(site, basket);
  const told = [...issues, ...attached.issues];
  const offered = consents.filter((each) => each !== 'withName' || asks.name !== 'no');
  const page: CheckPage & { title: string } = {
    title: '核对并提交',
    ...sharedBy({ ...form, basket: withIds({ ...basket, editing: null }, attached.ids) }, 'check', shown),
    ...attached.files,
    form: formState({ ...basket.fields, ...captcha }, told, site.sentences),
    agencyName: announcement.agencyName,
    comments: cardsOf(form),
    takesMore: basket.comments.length < mostComments,
    asks,
    collects: collectedBy(asks, site.sentences),
    consents: choices(offered, site.sentences.consents),
    commenterKinds: choices(commenterKinds, site.sentences.commenterKinds),
    captchaId: captcha.captchaId,
    contacts: contactsOf(consultation),
  };
  return sendFormPage(form, 'public/comment-check', page, told.length > 0 ? 422 : 200);
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
