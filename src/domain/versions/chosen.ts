import { type ClauseLink, isMapped, type VersionClause } from './clause.ts';
import { mapClauses } from './map.ts';
import { relink } from './relink.ts';

/** A clause of the new version as an officer chose it; known by its words when editing gives it another address. */
export interface LinkTarget {
  readonly address: string;
  readonly words: string;
}

/** An officer's correction: what became of one old clause. No target: it was deleted. */
export interface MadeChoice {
  readonly from: string;
  readonly targets: readonly LinkTarget[];
  readonly officerId: number;
}

/** The links of two versions as corrected, and the corrections that do not fit the new version any more. */
export interface ChosenLinks {
  readonly links: readonly ClauseLink[];
  readonly lost: readonly MadeChoice[];
}

/** The program's links with the corrections applied in their order; of several for one clause the last counts. */
export function chosenLinks(
  old: readonly VersionClause[],
  next: readonly VersionClause[],
  choices: readonly MadeChoice[],
): ChosenLinks {
  const latest = new Map(choices.map((choice) => [choice.from, choice]));
  let links = mapClauses(old, next);
  const lost: MadeChoice[] = [];
  for (const choice of choices.filter((each) => latest.get(each.from) === each)) {
    const to = addressesNow(choice.targets, next);
    const corrected = to && relink(links, old, next, { from: choice.from, to });
    if (Array.isArray(corrected)) links = corrected;
    else lost.push(choice);
  }
  return { links, lost };
}

/** How a chosen clause is remembered. */
export function targetOf({ address, label, heading, text }: VersionClause): LinkTarget {
  const words = heading + text || label;
  return { address, words: words.slice(0, longestWords) };
}

const longestWords = 200;

function addressesNow(targets: readonly LinkTarget[], next: readonly VersionClause[]): string[] | undefined {
  const found = targets.map((target) => addressNow(target, next));
  return found.includes(undefined) ? undefined : (found as string[]);
}

function addressNow(target: LinkTarget, next: readonly VersionClause[]): string | undefined {
  const alike = next.filter((clause) => isMapped(clause) && targetOf(clause).words === target.words);
  const kept = alike.find((clause) => clause.address === target.address);
  return kept?.address ?? (alike.length === 1 ? alike[0]?.address : undefined);
}
