import type { FastifyRequest } from 'fastify';
import { anyUnsentBeside, unsentAttachments } from '../../../db/unsent-attachments.ts';
import { largestAttachment, mostAttachments } from '../../../domain/attachment.ts';
import type { Issue } from '../../../domain/issue.ts';
import { sizeText } from '../../attachments/links.ts';
import type { Site } from '../../site.ts';
import type { Basket } from '../comment/basket.ts';
import type { FormFiles } from './contexts.ts';

/** The ids of the files that a form says it has, each once, in the order in which they were added. */
export function attachedIds({ fields }: Pick<Basket, 'fields'>): number[] {
  if (!fields['attachments']) return [];
  const ids = fields['attachments'].split(',').filter((each) => /^[1-9]\d{0,14}$/.test(each));
  return [...new Set(ids.map(Number))].sort((one, other) => one - other).slice(0, mostAttachments);
}

/** A basket with the files that just came with it. */
export function withArrived(basket: Basket, { arrivedFiles }: FastifyRequest): Basket {
  if (!arrivedFiles || arrivedFiles.ids.length === 0) return basket;
  return withIds(basket, [...attachedIds(basket), ...arrivedFiles.ids]);
}

/** A basket with no file but these. */
export function withIds(basket: Basket, ids: readonly number[]): Basket {
  return { ...basket, fields: { ...basket.fields, attachments: ids.join(',') } };
}

/** The files that are stored with a form, and an issue when one that it had is gone. Asks nothing for forms without. */
export async function filesOf(
  site: Site,
  basket: Basket,
): Promise<{
  readonly files: FormFiles;
  readonly ids: readonly number[];
  readonly issues: readonly Issue[];
}> {
  const { formToken = '' } = basket.fields;
  const known = attachedIds(basket);
  const stored = known.length === 0 ? [] : await unsentAttachments(site.db, formToken);
  const ids = stored.map(({ id }) => id);
  return {
    files: {
      files: stored.map(({ id, name, size }) => ({ id, name, size: sizeText(size) })),
      largestFile: largestAttachment,
      takesFiles: stored.length < mostAttachments,
    },
    ids,
    issues: known.every((id) => ids.includes(id)) ? [] : [gone],
  };
}

/** True when a form that was sent before comes with a file that did not go with it. */
export async function hasNewFiles(site: Site, basket: Basket): Promise<boolean> {
  const { formToken = '' } = basket.fields;
  const ids = attachedIds(basket);
  return ids.length > 0 && anyUnsentBeside(site.db, formToken, ids);
}

/** Files of a form were not kept so long. */
export const gone: Issue = { field: 'attachments', key: 'attachmentsGone' };
