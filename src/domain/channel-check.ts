import type { Issue } from './issue.ts';

/** What an officer declared of a channel: that it was looked through, and how many 件 were found in time. */
export interface ChannelDeclaration {
  readonly checked: boolean;
  /** Null where this was not asked. */
  readonly found: number | null;
}

/** True while a channel counts as looked through: what was found there is what is stored of it, in 件. */
export function stillHolds({ checked, found }: ChannelDeclaration, stored: number): boolean {
  return checked && (found === null || found === stored);
}

/** The number of 件 that was typed, or what is wrong with it: issues on `field`. It has to be what is stored. */
export function judgeFound(
  typed: string,
  stored: number,
  field: string,
): { readonly found: number } | { readonly issues: Issue[] } {
  if (typed === '') return { issues: [{ field, key: 'foundMissing' }] };
  if (!/^\d{1,7}$/.test(typed)) return { issues: [{ field, key: 'notANumber' }] };
  const found = Number(typed);
  return found === stored
    ? { found }
    : { issues: [{ field, key: 'foundDiffers', values: { found, stored } }] };
}
