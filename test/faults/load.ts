import { EventEmitter, once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { Running } from '../../bench/process.ts';
import type { PreparedForm } from './forms.ts';

/** People who send their forms, again and again until each has its receipt. */
export interface Load {
  /** Receipt addresses that were shown, by the form's number: every answer to that form. */
  readonly receipts: ReadonlyMap<number, ReadonlySet<string>>;
  /** Answers by what they were: 303, 500, … and `lost` where none came. */
  readonly answers: Readonly<Record<string, number>>;
  /** What must never happen, in words. */
  readonly wrong: readonly string[];
  /** Emits `sent` before each form goes out, then `receipt`, or `failure` for a 500 and for no answer. */
  readonly events: EventEmitter;
  /** Resolves when every form that was taken has its receipt, and nobody takes another. */
  readonly finished: Promise<void>;
  /** From now on nobody takes another form; gives those that were taken. */
  end(): readonly PreparedForm[];
  /** From now on forms go to these portals. */
  use(portals: readonly Running[]): void;
}

/** Starts people: each takes the next form, sends it (some twice at once, to whichever portal), and reads the receipt. */
export function startLoad(consultation: string, forms: readonly PreparedForm[], people: number): Load {
  const receipts = new Map<number, Set<string>>();
  const answers: Record<string, number> = {};
  const wrong: string[] = [];
  const events = new EventEmitter().setMaxListeners(0);
  const waiting = [...forms];
  let portals: readonly Running[] = [];
  let isOver = false;
  let turn = 0;
  let sends = 0;

  // Each comes from a network of its own: whoever tries again and again would be asked to wait.
  function nextSender(): string {
    sends += 1;
    return `10.${Math.floor(sends / 250) % 250}.${sends % 250}.1`;
  }

  async function somePortal(): Promise<string> {
    for (;;) {
      const running = portals.filter((portal) => portal.isRunning());
      turn += 1;
      const portal = running[turn % running.length];
      if (portal) return `http://127.0.0.1:${portal.port}`;
      await once(events, 'portals');
    }
  }

  async function person(): Promise<void> {
    for (let form = waiting.shift(); form; form = isOver ? undefined : waiting.shift()) {
      const tries = form.number % 5 === 0 ? [form, form] : [form];
      await Promise.all(tries.map(sendUntilReceived));
    }
  }

  async function sendUntilReceived(form: PreparedForm): Promise<void> {
    for (;;) {
      const answer = await send(form);
      if (answer?.status === 303) return readUntilShown(form, answer.location);
      if (answer && answer.status !== 500) return note(form, `${answer.status} instead of a receipt`);
      if (answer && !answer.body.includes(escaped(form.text))) note(form, 'an error page without its words');
      events.emit('failure');
      await pause(300);
    }
  }

  async function send(form: PreparedForm): Promise<Answer | undefined> {
    const url = `${await somePortal()}/consultations/${consultation}/comments`;
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      'x-forwarded-for': nextSender(),
    };
    events.emit('sent');
    const answer = await ask(url, { method: 'POST', headers, body: form.body, redirect: 'manual' });
    count(answer ? String(answer.status) : 'lost');
    if (answer?.status !== 303) return answer;
    receipts.set(form.number, (receipts.get(form.number) ?? new Set()).add(answer.location));
    events.emit('receipt');
    return answer;
  }

  async function readUntilShown(form: PreparedForm, receipt: string): Promise<void> {
    for (;;) {
      const answer = await ask((await somePortal()) + receipt, {});
      if (answer && answer.status !== 200 && answer.status !== 500)
        return note(form, `${answer.status} instead of its receipt`);
      if (answer?.status === 200 && !answer.body.includes(escaped(form.text)))
        return note(form, 'another text on its receipt');
      if (answer?.status === 200) return;
      // Everybody may be reading when the database goes away.
      events.emit('failure');
      await pause(100);
    }
  }

  function note(form: PreparedForm, fault: string): void {
    wrong.push(`form ${form.number}: ${fault}`);
  }

  function count(answer: string): void {
    answers[answer] = (answers[answer] ?? 0) + 1;
  }

  const finished = Promise.all(Array.from({ length: people }, person)).then(() => undefined);
  const use = (next: readonly Running[]) => {
    portals = next;
    events.emit('portals');
  };
  const end = () => {
    isOver = true;
    return forms.slice(0, forms.length - waiting.length);
  };
  return { receipts, answers, wrong, events, finished, end, use };
}

interface Answer {
  readonly status: number;
  readonly location: string;
  readonly body: string;
}

/** What came back, or undefined when no answer came. */
async function ask(url: string, init: RequestInit): Promise<Answer | undefined> {
  try {
    const response = await fetch(url, init);
    const location = response.headers.get('location') ?? '';
    return { status: response.status, location, body: await response.text() };
  } catch {
    return undefined;
  }
}

// As the pages write it: Handlebars escapes these in a text.
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
