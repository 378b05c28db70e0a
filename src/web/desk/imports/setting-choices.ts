import { autoSettings, type ParseSettings } from '../../../domain/parse/settings.ts';
import type { Sentences } from '../../../sentences.ts';
import { type FormBody, raw } from '../../forms.ts';
import type { Choice } from '../../public/shapes.ts';

/** The choices of each setting, in plain words. */
export function settingChoices({ desk }: Sentences): {
  readonly [name in keyof ParseSettings]: readonly Choice[];
} {
  const choices = (labels: Readonly<Record<string, string>>) =>
    Object.entries(labels).map(([value, label]) => ({ value, label }));
  const { whole, family, lines } = desk.settings;
  return { whole: choices(whole), family: choices(family), lines: choices(lines) };
}

/** The settings that a form chose; what it leaves out is left to the parser. */
export function settingsIn(body: FormBody, sentences: Sentences): ParseSettings {
  const choices = settingChoices(sentences);
  const known = Object.entries(choices).flatMap(([name, each]) => {
    const typed = raw(body, name);
    return each.some(({ value }) => value === typed) ? [[name, typed]] : [];
  });
  return { ...autoSettings, ...Object.fromEntries(known) };
}
