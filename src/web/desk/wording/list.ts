import type { FastifyReply } from 'fastify';
import { addParagraph } from '../../../actions/word-notice.ts';
import { isPublished, type PublishedConsultation } from '../../../db/consultations.ts';
import { type WordingChange, wordingChanges } from '../../../db/notice-wordings.ts';
import type { Issue } from '../../../domain/issue.ts';
import { ownPlaces } from '../../../domain/notice-wording.ts';
import type { Sentences } from '../../../sentences.ts';
import { type FormBody, type FormState, formState, line } from '../../forms.ts';
import type { Choice } from '../../public/shapes.ts';
import type { Matter } from '../contexts.ts';
import { baseOf, crumbsOf, matterOf } from '../matter.ts';
import { goTo, sendDesk } from '../page.ts';
import type { ConsultationVisit } from '../visit.ts';
import { partName, partsOfNotice, type WordingStage } from './parts.ts';

export interface WordingsPage {
  readonly matter: Matter;
  readonly form: FormState;
  readonly stage: WordingStage;
  readonly mayWord: boolean;
  readonly rows: readonly {
    readonly name: string;
    readonly wording: string;
    readonly state: 'standard' | 'edited' | 'outdated' | 'own';
    readonly to: string;
  }[];
  readonly places: readonly Choice[];
  /** Newest first. */
  readonly changes: readonly {
    readonly name: string;
    readonly who: string;
    readonly at: Date;
    /** Empty where there was, or is, no such paragraph. */
    readonly before: string;
    readonly after: string;
  }[];
}

/** The words of the notice, part by part, with who changed them when. */
export async function showWordings(visit: ConsultationVisit): Promise<FastifyReply> {
  const { consultation } = visit;
  if (!isPublished(consultation)) return goTo(visit, baseOf(consultation));
  return sendWordings(visit, consultation, { place: 'changes', wording: '' }, []);
}

/** Adds a paragraph of the officer's own. */
export async function takeParagraph(visit: ConsultationVisit): Promise<FastifyReply> {
  const { site, request, officer, consultation, now } = visit;
  if (!isPublished(consultation)) return goTo(visit, baseOf(consultation));
  const body = (request.body ?? {}) as FormBody;
  const typed = { place: line(body, 'place'), wording: line(body, 'wording') };
  const place = ownPlaces.find((each) => each === typed.place);
  if (!place) return sendWordings(visit, consultation, typed, [{ field: 'place', key: 'choose' }]);
  const input = { officer, consultationId: consultation.id, place, wording: typed.wording };
  const refused = await addParagraph(site.db, input, site.sentences.notice, now);
  if (refused) return sendWordings(visit, consultation, typed, refused.issues);
  return goTo(visit, `${baseOf(consultation)}/notice/words?done=paragraphAdded`);
}

async function sendWordings(
  visit: ConsultationVisit,
  consultation: PublishedConsultation,
  typed: Readonly<Record<string, string>>,
  issues: readonly Issue[],
): Promise<FastifyReply> {
  const { sentences, db } = visit.site;
  const { parts, stage, mayWord } = await partsOfNotice(visit, consultation);
  const at = `${baseOf(consultation)}/notice/words`;
  const page = {
    title: sentences.desk.wordings,
    crumbs: crumbsOf(visit),
    matter: matterOf(visit, 'notice'),
    form: formState(typed, issues, sentences),
    stage,
    mayWord,
    rows: parts.map(({ part, words, state }) => ({
      ...{ name: partName(part, sentences), wording: words, state },
      to: mayWord ? `${at}/${part}` : '',
    })),
    places: ownPlaces.map((value) => ({ value, label: sentences.desk.ownPlaces[value] })),
    changes: changesShown(await wordingChanges(db, consultation.id), sentences),
  };
  return sendDesk(visit, 'desk/wordings', page, issues.length > 0 ? 422 : 200);
}

/** Changes of the words with what stood there before and after, newest first. */
export function changesShown(
  changes: readonly WordingChange[],
  sentences: Sentences,
): WordingsPage['changes'] {
  const before = new Map<string, string>();
  const shown = changes.map(({ part, standard, wording, officerName, createdAt }) => {
    const was = before.get(part) || standard;
    before.set(part, wording);
    const name = partName(part, sentences);
    return { name, who: officerName, at: createdAt, before: was, after: wording || standard };
  });
  return shown.reverse();
}
