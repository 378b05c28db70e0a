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

/** Registers templates and static files; gives the version of the static files for their addresses. */
export async function registerViews(app: FastifyInstance, sentences: Sentences): Promise<string> {
  await app.register(fastifyView, {
    engine: { handlebars: engineFor(sentences) },
    root: viewsFolder,
    viewExt: 'hbs',
    production: true,
    // Without this a partial indents every line it shows, those that people typed included.
    options: { partials: partials(), compileOptions: { preventIndent: true } },
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
  const engine = engines.get(sentences) ?? Handlebars.create();
  if (engines.has(sentences)) return engine;
  registerHelpers(engine, sentences);
  const compile = engine.compile.bind(engine);
  const compiled = new Map<string, ReturnType<typeof compile>>();
  engine.compile = (text: string, options) => {
    const template = compiled.get(text) ?? compile(text, options);
    compiled.set(text, template);
    return template;
  };
  engines.set(sentences, engine);
  return engine;
}

function partials(): Record<string, string> {
  const names = readdirSync(path.join(viewsFolder, 'partials')).filter((name) => name.endsWith('.hbs'));
  return Object.fromEntries(names.map((name) => [name.slice(0, -4), `partials/${name}`]));
}

function assetsVersion(): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(staticFolder).sort())
    hash.update(readFileSync(path.join(staticFolder, name)));
  return hash.digest('hex').slice(0, 12);
}
