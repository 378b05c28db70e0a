import type { Test } from 'tap';
import type { Page, Typed, Visitor } from '../../visitor.ts';
import type { At } from '../access/rows.ts';
import type { Place, World } from '../access/world.ts';

/** Two officers at one form: both open it, the quicker one saves, then the other sends what they typed. */
export interface Scene {
  /** A place of test/web/access/world.ts, or one that is made for the scene. */
  readonly at?: At | ((world: World) => Promise<Place>);
  /** The one who is told, and the quicker one; two caseworkers unless it says otherwise. */
  readonly by?: readonly [string, string];
  /** Address of the page with the form; the form's own where it is the same. */
  readonly page?: string;
  readonly mine?: Typed;
  readonly button?: string;
  /** What the quicker one does; the same form unless it says otherwise, or deeds without a page. */
  readonly quicker: Sent | ((world: World, place: Place) => Promise<unknown>);
  /** Words that tell the second what the first did. */
  readonly shows: readonly (string | RegExp)[];
  /**
   * `fields`: what was typed stands in the form again. `words`: it stands there to be read, since nothing can be sent.
   * `nothing`: it was a button.
   */
  readonly keeps?: 'fields' | 'words' | 'nothing';
  /** What the page says once the form was sent as it now stands; null where there is nothing to send any more. */
  readonly again: string | RegExp | null;
}

interface Sent {
  readonly page?: string;
  readonly form?: string;
  readonly typed?: Typed;
  readonly button?: string;
}

/** Scenes of a route, or why two officers cannot disturb each other there. */
export type Told = Scene | readonly Scene[] | string;

/** Plays a scene and holds it to what every form promises: the second is told, sees both, loses nothing, can go on. */
export async function play(t: Test, world: World, route: string, scene: Scene): Promise<void> {
  const { by = ['caseworker', 'second'], at, mine = {}, quicker, keeps = 'fields' } = scene;
  const place = typeof at === 'function' ? await at(world) : at ? world.places[at] : {};
  const filled = (text: string) => text.replace(/:([a-z]+)/g, (_, name: string) => place[name] ?? name);
  const own = filled(route.split(' ')[1] ?? '');
  const second = await officerAt(world, by[0]);
  const typed = typedAt(mine, filled);
  await open(t, second, filled(scene.page ?? own));
  if (typeof quicker === 'function') await quicker(world, place);
  else {
    const first = await officerAt(world, by[1]);
    await open(t, first, filled(quicker.page ?? scene.page ?? own));
    const theirs = typedAt(quicker.typed ?? {}, filled);
    const quick = await first.send(filled(quicker.form ?? own), theirs, quicker.button ?? scene.button);
    t.equal(quick.status, 200, `the first is taken: ${quick.text.slice(0, 300)}`);
  }
  const told = await second.send(own, typed, scene.button);
  if (typeof quicker !== 'function')
    t.match(told.text, new RegExp(`日.*${by[1]}：|${by[1]}于.*日`), 'by whom, and when');
  t.equal(told.status, 409, `the second is told: ${told.text.slice(0, 300)}`);
  t.ok(told.document.querySelector('[role="alert"], h1'), 'in words');
  for (const words of scene.shows) t.match(told.text, words, 'and sees what the first did');
  for (const [name, value] of Object.entries(typed))
    if (keeps === 'nothing') break;
    else if (keeps === 'words') t.match(told.text, value as string, `${name} can still be read`);
    else t.ok(holds(told, name, [value].flat()), `${name} is still there: ${valuesOf(told, name)}`);
  if (scene.again === null) return;
  const again = await second.send(own, {}, scene.button);
  t.equal(again.status, 200, `sent again it is taken: ${again.text.slice(0, 300)}`);
  t.match(again.text, scene.again);
}

const signedIn = new Map<string, Promise<Visitor>>();

function officerAt({ signIn }: World, login: string): Promise<Visitor> {
  const visitor = signedIn.get(login) ?? signIn(login);
  signedIn.set(login, visitor);
  return visitor;
}

async function open(t: Test, visitor: Visitor, address: string): Promise<void> {
  const { status, text } = await visitor.get(address);
  t.equal(status, 200, `${address} opens: ${text.slice(0, 200)}`);
}

function typedAt(typed: Typed, filled: (text: string) => string): Typed {
  return Object.fromEntries(
    Object.entries(typed).map(([name, value]) => [
      filled(name),
      typeof value === 'string' ? filled(value) : value.map(filled),
    ]),
  );
}

function holds(page: Page, name: string, values: readonly string[]): boolean {
  const held = valuesOf(page, name);
  return values.every((value) => held.includes(value));
}

/** What the controls of a name hold. */
function valuesOf({ document, field }: Page, name: string): (string | undefined)[] {
  const controls = document.querySelectorAll(`[name="${name}"]`);
  const picks = controls.filter((each) => ['radio', 'checkbox'].includes(each.getAttribute('type') ?? ''));
  if (picks.length > 0)
    return picks.filter((each) => each.hasAttribute('checked')).map((each) => each.getAttribute('value'));
  const chosen = document.querySelector(`select[name="${name}"] option[selected]`);
  return [chosen ? chosen.getAttribute('value') : field(name)?.replace(/^\n/, '')];
}
