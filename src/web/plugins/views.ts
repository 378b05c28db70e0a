import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import fastifyView from '@fastify/view';
import type { FastifyInstance } from 'fastify';
import Handlebars from 'handlebars';
import { root } from '../../root.ts';
import type { Sentences } from '../../sentences.ts';
import { registerHelpers } from '../helpers.ts';

const viewsFolder = path.join(root, 'views');
const staticFolder = path.join(root, 'static');

// Otherwise a partial indents every line it shows, those that people typed included.
const compileOptions = { preventIndent: true };

/** Registers templates and static files; gives the version of the static files for their addresses. */
export async function registerViews(app: FastifyInstance, sentences: Sentences): Promise<string> {
  await app.register(fastifyView, {
    engine: { handlebars: engineFor(sentences) },
    root: viewsFolder,
    viewExt: 'hbs',
    production: true,
    options: { compileOptions },
  });
  await app.register(fastifyStatic, {
    root: staticFolder,
    prefix: '/static/',
    immutable: true,
    maxAge: '365d',
  });
  return assetsVersion();
}

const engines = new WeakMap<Sentences, typeof Handlebars>();

// Applications with the same sentences share an engine that compiles each template once: tests build one after another.
function engineFor(sentences: Sentences): typeof Handlebars {
  const known = engines.get(sentences);
  if (known) return known;
  const engine = Handlebars.create();
  registerHelpers(engine, sentences);
  const compile = engine.compile.bind(engine);
  const compiled = new Map<string, ReturnType<typeof compile>>();
  engine.compile = (text: string, options) => {
    const template = compiled.get(text) ?? compile(text, options);
    compiled.set(text, template);
    return template;
  };
  for (const [name, text] of partials()) engine.registerPartial(name, engine.compile(text, compileOptions));
  engines.set(sentences, engine);
  return engine;
}

function partials(): [name: string, text: string][] {
  const folder = path.join(viewsFolder, 'partials');
  const names = readdirSync(folder).filter((name) => name.endsWith('.hbs'));
  return names.map((name) => [name.slice(0, -4), readFileSync(path.join(folder, name), 'utf8')]);
}

function assetsVersion(): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(staticFolder).sort())
    hash.update(readFileSync(path.join(staticFolder, name)));
  return hash.digest('hex').slice(0, 12);
}
