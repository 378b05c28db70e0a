import { captchaAnswer } from '../../src/db/captchas.ts';
import type { TestSite } from '../support.ts';
import type { Page, Typed, Visitor } from '../visitor.ts';
import { visit } from '../visitor.ts';

/** Pastes, confirms with these changes, gives the reason when asked, publishes; gives the consultation's number. */
export async function publishByHand(
  desk: Visitor,
  source: string,
  typed: Typed & { readonly kind: string },
): Promise<{ readonly number: string; readonly at: string; readonly fields: Page }> {
  await desk.get('/desk/consultations/new');
  const fields = await desk.send('/desk/consultations', { kind: typed.kind, source });
  const at = fields.address.replace(/\/announcement.*/, '');
  await desk.send('/announcement', typed);
  await desk.get(`${at}/preview`);
  const published = await desk.send('/publish');
  const number = /consultations\/(\d{4}-\d{4,})/.exec(published.html)?.[1];
  if (!number) throw new Error(`not published: ${published.status} ${published.text.slice(0, 600)}`);
  return { number, at, fields };
}

/** Opens the form for a clause (or the whole draft), writes, checks, reads the captcha from the database, and sends. */
export async function comment(
  site: TestSite,
  number: string,
  clause: string,
  text: string,
  more: Typed & { readonly stance?: string } = {},
): Promise<Visitor> {
  const { stance = 'amend', ...about } = more;
  const citizen = visit(site.app);
  await citizen.get(`/consultations/${number}/comments/new?clause=${clause}`);
  await citizen.send('/comments', { 'stance-0': stance, 'text-0': text }, 'do=check');
  await sendChecked(site, citizen, about);
  return citizen;
}

/** Sends what stands on the check page before the visitor. */
export async function sendChecked(site: TestSite, citizen: Visitor, about: Typed = {}): Promise<Page> {
  const captcha = await captchaOn(site, citizen.page());
  return citizen.send('/comments', { consent: 'withoutName', captcha, ...about }, 'do=send');
}

/** What a person reads from the picture on this page. */
export async function captchaOn(site: TestSite, page: Page): Promise<string> {
  return (await captchaAnswer(site.db, page.field('captchaId') ?? '', site.clock())) ?? '';
}

/** Ticks every channel as looked through. */
export async function tickChannels(desk: Visitor, at: string): Promise<Page> {
  const page = await desk.get(`${at}/channels`);
  const all = page.document
    .querySelectorAll('input[name="checked"]')
    .map((box) => box.getAttribute('value') ?? '');
  return desk.send('/channels', { checked: all, ...foundOn(page) });
}

/** The approver signs, the caseworker publishes. */
export async function signAndPublish(site: TestSite, desk: Visitor, at: string): Promise<Page> {
  const approver = await site.signIn('approver');
  await approver.get(`${at}/notice`);
  await approver.send('/notice/sign');
  await desk.get(`${at}/notice`);
  return desk.send('/notice/publish');
}

/** True when the parts stand in the text in this order. */
export function inOrder(text: string, parts: readonly string[]): boolean {
  let from = 0;
  return parts.every((part) => {
    const found = text.indexOf(part, from);
    from = found + part.length;
    return found >= 0;
  });
}

/** For each channel, the number of 件 that the page says is stored, as somebody types it who found the same. */
export function foundOn(page: Page): Record<string, string> {
  const fields = page.document.querySelectorAll('input[name^="found-"]');
  return Object.fromEntries(
    fields.map((field) => {
      const name = field.getAttribute('name') ?? '';
      const hint = page.document.querySelector(`#${name.replace('found', 'checked')}-hint`)?.text ?? '';
      return [name, /已有(\d+)件/.exec(hint)?.[1] ?? ''];
    }),
  );
}
