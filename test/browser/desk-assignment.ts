import type { Page } from 'playwright-core';
import type { Test } from 'tap';
import { look } from './look.ts';
import type { BrowsedSite } from './site.ts';

/** Looks at the giving of comments of a consultation at `at`, up to whom they were given. */
export async function lookAtAssignment(t: Test, page: Page, at: string): Promise<void> {
  const other = await page.context().newPage();
  for (const each of [page, other]) await each.goto(`${at}/comments/assignment?clause=whole`);
  await look(t, page, 'desk-assignment');
  await page.click('main button:text-is("分办")');
  await look(t, page, 'desk-assignment-errors');
  for (const each of [page, other]) await each.selectOption('#assignee', { index: 1 });
  await page.fill('#assignmentRemark', '请在4月20日前提出意见。');
  await page.click('main button:text-is("分办")');
  await look(t, page, 'desk-comments-assigned');
  await other.click('main button:text-is("分办")');
  await look(t, other, 'desk-assignment-stale');
  await other.close();
  await page.click('section.card h4 a');
  await look(t, page, 'desk-comment-assigned');
}

/** Looks at the list of departments, as an administrator keeps it. */
export async function lookAtDepartments(t: Test, site: BrowsedSite, page: Page): Promise<void> {
  await page.goto(`${site.url}/desk/departments`);
  await page.click('main button:text-is("添加")');
  await look(t, page, 'desk-departments-errors');
  await page.fill('#departmentName', '县农业农村局');
  await page.click('main button:text-is("添加")');
  await look(t, page, 'desk-departments');
  await page.click('main .list a');
  await look(t, page, 'desk-department');
  const other = await page.context().newPage();
  await other.goto(page.url());
  await page.click('main button:text-is("停用")');
  await look(t, page, 'desk-departments-ended');
  await other.click('main button:text-is("保存")');
  await look(t, other, 'desk-department-stale');
  await other.close();
}
