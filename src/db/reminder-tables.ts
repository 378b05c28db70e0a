import type { Generated } from 'kysely';
import type { ReminderKind } from '../domain/reminder.ts';

/** Tables of who is responsible for a consultation, and of reminders. */
export interface ReminderTables {
  handovers: {
    id: Generated<number>;
    consultation_id: number;
    officer_id: number;
    handed_over_by: number;
    created_at: Date;
  };
  reminders: {
    id: Generated<number>;
    consultation_id: number;
    kind: ReminderKind;
    due_at: Date;
    created_at: Date;
  };
  reminder_choices: { id: Generated<number>; officer_id: number; wanted: boolean; created_at: Date };
}
