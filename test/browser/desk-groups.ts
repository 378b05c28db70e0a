import type { Page } from 'playwright-core';
import type { Test } from 'tap';
import { look } from './look.ts';
import type { BrowsedSite } from './site.ts';

const letter =
  '本人住在南街小区三号楼，养犬六年。办理登记要跑三趟，材料一样的反复交，建议把登记和年检放到社区服务站一次办完，并公布收费标准，希望起草部门采纳。';

/** Looks at the groups of alike comments of a closed consultation at `at`, from the search to the disposition. */
export async function lookAtGroups(t: Test, site: BrowsedSite, page: Page, at: string): Promise<void> {
  const id = Number(at.split('/').at(-1));
  const comments = await site.db
    .selectFrom('comments')
    .select('id')
    .where('consultation_id', '=', id)
    .orderBy('id')
    .limit(3)
    .execute();
  for (const [index, comment] of comments.entries())
    await site.db
      .updateTable('comments')
      .set({ text: letter.replace('三号楼', `${index + 3}号楼`) })
      .where('id', '=', comment.id)
      .execute();
  await page.goto(`${at}/groups`);
  await look(t, page, 'desk-groups-none');
  await page.click('text=现在查找');
  // A page that looks again by itself would go on while it is looked at.
  await page.goto(`${at}/groups?still=1`);
  await look(t, page, 'desk-groups-searching');
  await site.workOnGroups();
  await page.goto(`${at}/groups`);
  await page.click('summary');
  await look(t, page, 'desk-groups');
  await page.click('section.card h3 a');
  await look(t, page, 'desk-group-suggestion');
  const other = await page.context().newPage();
  await other.goto(page.url());
  await page.fill('#groupLabel', '');
  await page.click('text=确认归并');
  await look(t, page, 'desk-group-suggestion-errors');
  await page.fill('#groupLabel', '登记和年检一次办完');
  await page.click('text=确认归并');
  await look(t, page, 'desk-group');
  await other.click('text=确认归并');
  await look(t, other, 'desk-group-suggestion-stale');
  await page.click('text=一起办理');
  await page.click('text=移到另一组');
  await look(t, page, 'desk-group-errors');
  await page.goto(`${at}/groups`);
  await look(t, page, 'desk-groups-confirmed');
  await page.goto(`${at}/comments/${comments[0]?.id}`);
  await look(t, page, 'desk-comment-grouped');
  await page.goto(`${at}/notice`);
  await look(t, page, 'desk-notice-grouped');
}
