import { isPublished } from '../../db/consultations.ts';
import { fill } from '../../domain/feedback-notice.ts';
import { may } from '../../domain/officer.ts';
import type { Tag } from './contexts.ts';
import { baseOf } from './matter.ts';
import type { Standing } from './standing.ts';
import type { ConsultationVisit } from './visit.ts';

/** One step of the way from paste to published notice; `to` is empty where there is nothing to open. */
export interface Step {
  readonly to: string;
  readonly text: string;
  readonly tag: Tag;
}

const names = [
  'announcement',
  'draft',
  'publish',
  'collect',
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
  publish: '/preview',
  collect: '/comments',
  dispose: '/comments',
  channels: '/channels',
  sign: '/notice',
  answer: '/notice',
};
const before = new Set<Name>(['announcement', 'draft', 'publish']);

/** The eight steps with their states: done, under way (with what is left), still to come. */
export function stepsOf(visit: ConsultationVisit, standing: Standing): Step[] {
  const { sentences } = visit.site;
  return names.map((name) => {
    const state = stateOf(name, standing);
    const left = state === 'now' ? leftIn(name, standing, visit) : '';
    return {
      to: isOpen(name, visit) ? baseOf(visit.consultation) + pages[name] : '',
      text: sentences.desk.stepNames[name],
      tag: { kind: kinds[state], text: left || sentences.desk.stepStates[state] },
    };
  });
}

function stateOf(name: Name, { phase, counts, unchecked, verdict }: Standing): State {
  if (phase === 'draft') return before.has(name) ? 'now' : 'later';
  if (before.has(name) || phase === 'answered') return 'done';
  if (phase === 'upcoming' || phase === 'withdrawn') return 'later';
  if (phase === 'open') return name === 'collect' ? 'now' : 'later';
  const isSigned = verdict === 'signed';
  const isReady = counts.undisposed === 0 && unchecked.length === 0;
  const done: Readonly<Record<Name, boolean>> = {
    announcement: true,
    draft: true,
    publish: true,
    collect: true,
    dispose: counts.undisposed === 0,
    channels: unchecked.length === 0,
    sign: isSigned,
    answer: false,
  };
  if (done[name]) return 'done';
  if (name === 'sign') return isReady ? 'now' : 'later';
  return name === 'answer' && !isSigned ? 'later' : 'now';
}

function leftIn(name: Name, { counts, unchecked, verdict }: Standing, { site }: ConsultationVisit): string {
  const { waits, desk } = site.sentences;
  if (name === 'dispose') return fill(waits.undisposed, { count: counts.undisposed });
  if (name === 'channels') return fill(desk.channelsLeft, { count: unchecked.length });
  if (name === 'sign') return verdict === 'returned' ? waits.returned : waits.toSign;
  return name === 'answer' ? waits.toPublish : '';
}

function isOpen(name: Name, { consultation, officer }: ConsultationVisit): boolean {
  if (!before.has(name)) return isPublished(consultation);
  return !isPublished(consultation) && (name === 'publish' || may(officer, 'prepare'));
}
