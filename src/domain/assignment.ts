import type { Issue } from './issue.ts';
import { characters } from './text.ts';

/** Whose a comment is: `o` and an officer's id, `d` and a department's, or (empty) nobody's. */
export type Assignee = `o${number}` | `d${number}` | '';

/** Whose comments a list asks for, as its address says it: anybody's, mine, those of colleagues who left, nobody's, or one's. */
export type AssignedFilter = '' | 'me' | 'left' | 'none' | Exclude<Assignee, ''>;

/** Reads a key such as `o12`; undefined for what is none. */
export function assigneeIn(typed: string): Exclude<Assignee, ''> | undefined {
  return /^[od][1-9]\d{0,14}$/.test(typed) ? (typed as Exclude<Assignee, ''>) : undefined;
}

/** Reads what an address asks for; what cannot be read asks for nothing. */
export function assignedFilterIn(typed: string): AssignedFilter {
  const words = (['me', 'left', 'none'] as const).find((each) => each === typed);
  return words ?? assigneeIn(typed) ?? '';
}

/** The officer or the department that a key means; neither for nobody. */
export function partsOfAssignee(key: Assignee): {
  readonly officerId: number | null;
  readonly departmentId: number | null;
} {
  const id = Number(key.slice(1));
  return { officerId: key.startsWith('o') ? id : null, departmentId: key.startsWith('d') ? id : null };
}

const longestRemark = 500;
const longestName = 60;

/** What is wrong with the words that go with an assignment; they may be left out. */
export function remarkIssues(remark: string): Issue[] {
  const length = characters(remark);
  if (length <= longestRemark) return [];
  return [{ field: 'assignmentRemark', key: 'tooLong', values: { limit: longestRemark, length } }];
}

/** What is wrong with the name of a department. */
export function departmentIssues(name: string): Issue[] {
  const length = characters(name);
  if (length === 0) return [{ field: 'departmentName', key: 'required' }];
  if (length <= longestName) return [];
  return [{ field: 'departmentName', key: 'tooLong', values: { limit: longestName, length } }];
}
