import { isPublished } from '../../db/consultations.ts';
import { fill } from '../../domain/fill.ts';
import { type Deed, may } from '../../domain/officer.ts';
import type { Tag } from './contexts.ts';
import { isFor, isReady } from './home/work.ts';
import { baseOf } from './matter.ts';
import type { Standing } from './standing.ts';
import type { ConsultationVisit } from './visit.ts';

/** One step of the way from paste to published notice; `to` is empty where there is nothing to open. */
export interface Step {
  readonly to: string;
  readonly text: string;
  readonly tag: Tag;
  /** Who can do it; empty once it is done. */
  readonly who: string;
  /** True for the first step that is not done. */
  readonly next: boolean;
}

const names = [
  'announcement',
  'draft',
  'approve',
  'publish',
  'collect',
  'screen',
  'dispose',
  'channels',
  'sign',
  'answer',
] as const;
type Name = (typeof names)[number];
type State = 'done' | 'now' | 'later';

const kinds: Readonly<Record<State, string>> = { done: 'green', now: 'blue', later: 'grey' };
const pages: Readonly<Record<Name, string>> = {
  announcement: '/announcement',
  draft: '/draft',
  approve: '/release',
  publish: '/preview',
  collect: '/comments',
  screen: '/comments?screening=waiting',
  dispose: '/comments?disposition=undisposed',
  channels: '/channels',
  sign: '/notice',
  answer: '/notice',
};
const deeds: Readonly<Record<Name, Deed | null>> = {
  announcement: 'prepare',
  draft: 'prepare',
  approve: 'approve',
  publish: 'publish',
  collect: null,
  screen: 'screen',
  dispose: 'dispose',
  channels: 'dispose',
  sign: 'sign',
  answer: 'publish',
};
const before = new Set<Name>(['announcement', 'draft', 'approve', 'publish']);

/** The steps with their states: done, under way (with what is left), still to come; and who can do them. */
export function stepsOf(visit: ConsultationVisit, standing: Standing, responsible: string): Step[] {
  const { desk } = visit.site.sentences;
  const all = names.filter((name) => isNeeded(name, visit, standing));
  const states = all.map((name) => stateOf(name, standing));
  const next = states.indexOf('now');
  return all.map((name, index) => {
    const state = states[index] ?? 'later';
    const left = state === 'now' ? leftIn(name, standing, visit) : '';
    return {
      to: isOpen(name, visit) ? baseOf(visit.consultation) + pages[name] : '',
      text: desk.stepNames[name],
      tag: { kind: kinds[state], text: left || desk.stepStates[state] },
      who: state === 'done' ? '' : whoFor(name, standing, visit, responsible),
      next: index === next,
    };
  });
}

function isNeeded(name: Name, { consultation }: ConsultationVisit, { approval }: Standing): boolean {
  return name === 'screen' ? consultation.showsComments : name !== 'approve' || approval !== null;
}

function stateOf(name: Name, standing: Standing): State {
  const { phase, owesAnswer, counts, toScreen, unchecked, verdict, approval } = standing;
  if (name === 'approve' && approval?.step === 'approved') return 'done';
  if (phase === 'draft') return before.has(name) ? 'now' : 'later';
  if (before.has(name) || phase === 'answered') return 'done';
  if (phase === 'upcoming') return 'later';
  if (phase === 'open') return name === 'collect' || (name === 'screen' && toScreen > 0) ? 'now' : 'later';
  if (!owesAnswer) return 'done';
  const isSigned = verdict === 'signed';
  const done: Readonly<Partial<Record<Name, boolean>>> = {
    collect: true,
    screen: toScreen === 0,
    dispose: counts.undisposed === 0,
    channels: unchecked.length === 0,
    sign: isSigned,
  };
  if (done[name]) return 'done';
  if (name === 'sign') return isReady(standing) ? 'now' : 'later';
  return name === 'answer' && !isSigned ? 'later' : 'now';
}

function leftIn(name: Name, standing: Standing, { site }: ConsultationVisit): string {
  const { counts, toScreen, unchecked, verdict, approval } = standing;
  const { waits } = site.sentences;
  if (name === 'approve') return approval?.step === 'returned' ? waits.approvalReturned : waits.toApprove;
  if (name === 'screen') return fill(waits.toScreen, { count: toScreen });
  if (name === 'dispose') return fill(waits.undisposed, { count: counts.undisposed });
  if (name === 'channels') return fill(waits.channelsUnchecked, { count: unchecked.length });
  if (name === 'sign') return verdict === 'returned' ? waits.returned : waits.toSign;
  return name === 'answer' ? waits.toPublish : '';
}

function whoFor(name: Name, standing: Standing, visit: ConsultationVisit, responsible: string): string {
  const { officer, site } = visit;
  const { whoCan } = site.sentences.desk;
  const deed = deeds[name];
  if (deed === null) return whoCan.public;
  if (name === 'sign' || name === 'approve') {
    const kind = name === 'sign' ? 'toSign' : 'toApprove';
    return isFor(officer, kind, standing) ? whoCan.you : whoCan[name];
  }
  if (visit.consultation.responsibleId === officer.id && may(officer, deed)) return whoCan.you;
  return fill(whoCan.responsible, { name: responsible });
}

function isOpen(name: Name, { consultation, officer }: ConsultationVisit): boolean {
  if (!before.has(name)) return isPublished(consultation);
  return !isPublished(consultation) && (name === 'publish' || name === 'approve' || may(officer, 'prepare'));
}
