import type { Test } from 'tap';
import { captchaAnswer } from '../src/db/captchas.ts';
import { deskComments } from '../src/db/comments.ts';
import { publish } from './consultation.ts';
import { testSite } from './support.ts';
import { type Page, type Typed, visit } from './visitor.ts';

/** What a citizen writes unless a test says else. */
export const written = {
  stance: 'amend',
  text: '建议写明检测项目。\n\n另：𠮷村尚未通水 <script>alert(1)</script>',
  proposedWording: '（一）每日检测浊度、余氯；',
};

/** What a citizen tells of themselves unless a test says else. */
export const about: Typed = {
  commenterKind: 'individual',
  name: '朱明远',
  phone: '0999-5550188',
  email: 'zhu@example.cn',
  consent: 'withName',
};

/** An open consultation and a citizen who writes, goes from page to page by its buttons, and sends. */
export async function openForm(t: Test, wanted: Parameters<typeof publish>[4] = {}) {
  const plenty = { max: 1_000, windowMs: 60_000 };
  const site = await testSite(t, { limits: { submissions: plenty, forms: plenty } });
  const { caseworker } = site.officers;
  if (!caseworker) throw new Error('no officer');
  const closesAt = new Date('2026-04-10T18:00:00+08:00');
  const consultation = await publish(site.db, caseworker, site.clock(), closesAt, wanted);
  const visitor = visit(site.app);
  const to = `/consultations/${consultation.number}`;
  /** The answer of the captcha on the page before the visitor. */
  const solved = async (): Promise<Typed> => {
    const id = visitor.page().field('captchaId') ?? '';
    return { captcha: (await captchaAnswer(site.db, id, site.clock())) ?? '' };
  };
  const press = (button: string, typed: Typed = {}) => visitor.send('/comments', typed, `do=${button}`);
  const write = (typed: Readonly<Record<string, string>> = written, index = 0, button = 'check') => {
    const fields = Object.entries(typed).map(([name, value]) => [`${name}-${index}`, value]);
    return press(button, Object.fromEntries(fields));
  };
  const send = async (typed: Typed = about) => press('send', { ...typed, ...(await solved()) });
  const stored = () => deskComments(site.db, consultation.id);
  const form = (clause = 'art_3') => visitor.get(`${to}/comments/new?clause=${clause}`);
  /** Where the error summary leads. */
  const told = () =>
    visitor
      .page()
      .document.querySelectorAll('.errors a')
      .map((a) => a.getAttribute('href'));
  return { ...site, caseworker, consultation, visitor, to, solved, press, write, send, stored, form, told };
}

/** What a form holds by name, chosen, typed or hidden. */
export function held(page: Page, name: string): string | undefined {
  const chosen = page.document.querySelector(`[name="${name}"][checked]`)?.getAttribute('value');
  return chosen ?? page.field(name)?.replace(/^\n/, '');
}
