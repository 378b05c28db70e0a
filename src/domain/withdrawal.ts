import { phaseOf, type Schedule } from './consultation.ts';

/** Why a submission cannot be withdrawn at its receipt's address. */
export type NoWithdrawal = 'notOpen' | 'entered';

/**
 * What keeps the holder of a receipt from withdrawing; null when nothing does. It ends with the period. What an officer
 * entered is withdrawn at the agency: the officer who printed its receipt has the address, too, and nobody could tell
 * who used it.
 */
export function whyNotWithdraw(
  schedule: Schedule,
  { enteredAt }: { readonly enteredAt: Date | null },
  now: Date,
): NoWithdrawal | null {
  if (phaseOf(schedule, now) !== 'open') return 'notOpen';
  return enteredAt ? 'entered' : null;
}
