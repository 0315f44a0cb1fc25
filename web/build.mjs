// Builds web/dist: widget.js (one file for other people's pages) and one folder per application that is there.
//   node build.mjs [widget|shop|console|studio]…     without names: all
// The server serves dist/shop at /, dist/console at /console, dist/studio at /studio, widget.js at /widget.js and
// what the wire and the HTTP calls look like (docs/*.json) at /docs.
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';

const root = dirname(fileURLToPath(import.meta.url));
const dist = join(root, 'dist');
// A page pays for the widget on every visit of every visitor: the size is part of the contract.
const widgetLimit = 20_000;
const applications = { shop: '/', console: '/console/', studio: '/studio/' };

const wanted = process.argv.slice(2);
const isWanted = (name) => wanted.length === 0 || wanted.includes(name);
for (const name of wanted) {
  if (name !== 'widget' && !(name in applications)) {
    console.error(`build.mjs: there is no "${name}"; known are widget, ${Object.keys(applications).join(', ')}`);
    process.exit(2);
  }
}

const common = {
  configFile: false,
  logLevel: 'warn',
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact', legalComments: 'none', charset: 'utf8' },
};

const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;

async function buildApplication(name, base) {
  const source = join(root, name);
  if (!existsSync(join(source, 'index.html'))) {
    console.log(`${name}: not there, skipped`);
    return;
  }
  const outDir = join(dist, name);
  await build({
    ...common,
    root: source,
    base,
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      // The server's policy allows no data: fonts or scripts, and small files are cheap on one connection.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
    },
  });
  const assets = join(outDir, 'assets');
  const sizes = (existsSync(assets) ? readdirSync(assets) : [])
    .filter((file) => /\.(js|css)$/.test(file))
    .map((file) => gzipSync(readFileSync(join(assets, file)), { level: 9 }).length);
  console.log(`${name}: ${kilobytes(sizes.reduce((sum, size) => sum + size, 0))} gzipped (scripts and styles)`);
}

// Preact asks every component for what only classes and contexts have, and its options for what only add-ons set.
// The widget's components are plain functions: with the questions answered, the minifier drops what follows.
function plainPreact() {
  const source = join(root, 'node_modules', 'preact', 'src');
  const ofClasses = [
    'contextType',
    'componentDid\\w+',
    'componentWill\\w+',
    'getChildContext',
    'getDerivedStateFrom\\w+',
    'getSnapshotBeforeUpdate',
    'shouldComponentUpdate',
  ].join('|');
  const asked = new RegExp(`\\b\\w+\\.(?:${ofClasses})\\b(?! =[^=])|\\bnewType\\.prototype\\b|\\boptions\\.(?!_catchError\\b)\\w+`, 'g');
  const state = /^BaseComponent\.prototype\.(?:setState|forceUpdate) = [^]*?^};/gm;
  return {
    name: 'plain-preact',
    enforce: 'pre',
    resolveId: (id) => (id === 'preact' ? join(source, 'index.js') : null),
    transform: (code, id) => (id.startsWith(source) ? { code: code.replace(asked, '(void 0)').replace(state, ''), map: null } : null),
  };
}

async function buildWidget() {
  await build({
    ...common,
    // Without the automatic runtime, whose share of the bytes is larger than its use here.
    esbuild: {
      ...common.esbuild,
      jsx: 'transform',
      jsxFactory: '_h',
      jsxFragment: '_F',
      jsxInject: "import { h as _h, Fragment as _F } from 'preact'",
    },
    root: join(root, 'widget'),
    plugins: [plainPreact()],
    build: {
      outDir: dist,
      emptyOutDir: false,
      copyPublicDir: false,
      minify: 'terser',
      terserOptions: {
        ecma: 2020,
        module: true,
        compress: { passes: 4, unsafe: true, unsafe_methods: true, pure_getters: true },
        mangle: { properties: { regex: /^_/ } }, // Preact's own; nothing on the wire begins so
        format: { comments: false },
      },
      target: 'es2022',
      lib: {
        entry: join(root, 'widget', 'main.ts'),
        formats: ['iife'],
        name: 'MaruWidget',
        fileName: () => 'widget.js',
      },
    },
  });
  const bytes = readFileSync(join(dist, 'widget.js'));
  const size = gzipSync(bytes, { level: 9 }).length;
  console.log(`widget.js: ${kilobytes(size)} gzipped, ${kilobytes(bytes.length)} plain (limit ${kilobytes(widgetLimit)} gzipped)`);
  if (size > widgetLimit) {
    console.error(`widget.js is ${size - widgetLimit} bytes over its limit.`);
    process.exit(1);
  }
}

mkdirSync(join(dist, 'docs'), { recursive: true });
for (const file of readdirSync(join(root, 'docs')))
  writeFileSync(join(dist, 'docs', file), JSON.stringify(JSON.parse(readFileSync(join(root, 'docs', file), 'utf8'))));
if (isWanted('widget')) await buildWidget();
for (const [name, base] of Object.entries(applications)) {
  if (isWanted(name)) await buildApplication(name, base);
}
