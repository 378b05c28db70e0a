import type { PublishedConsultation } from '../../db/consultations.ts';
import { phaseOf } from '../../domain/consultation.ts';
import { dayMs, daysUntil } from '../../domain/shanghai.ts';

/** Days until a consultation opens or closes, or full days since it closed; 0 once it is answered or withdrawn. */
export function daysShown(consultation: PublishedConsultation, now: Date): number {
  const phase = phaseOf(consultation, now);
  if (phase === 'upcoming') return daysUntil(now, consultation.opensAt);
  if (phase === 'open') return daysUntil(now, consultation.closesAt);
  return phase === 'closed' ? daysSince(consultation.closesAt, now) : 0;
}

/** The next instant at which the clock alone changes the phase or the days shown; null when it never will. */
export function nextChange(consultation: PublishedConsultation, now: Date): Date | null {
  const { opensAt, closesAt } = consultation;
  const days = daysShown(consultation, now);
  const phase = phaseOf(consultation, now);
  if (phase === 'upcoming') return daysAfter(opensAt, 1 - days);
  if (phase === 'open') return daysAfter(closesAt, 1 - days);
  return phase === 'closed' ? daysAfter(closesAt, days + 1) : null;
}

/** The earliest of some instants, or null when there is none. */
export function earliest(instants: readonly (Date | null)[]): Date | null {
  const times = instants.flatMap((instant) => (instant ? [instant.getTime()] : []));
  return times.length > 0 ? new Date(Math.min(...times)) : null;
}

function daysSince(instant: Date, now: Date): number {
  return Math.floor((now.getTime() - instant.getTime()) / dayMs);
}

function daysAfter(instant: Date, days: number): Date {
  return new Date(instant.getTime() + days * dayMs);
}
