// The page's code and style, put together when the playground starts.

import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** What the browser loads. */
export interface Bundle {
  js: string;
  css: string;
}

/** Bundles the page. Throws with the mistakes in it. */
export async function bundlePage(): Promise<Bundle> {
  const page = (file: string): string => fileURLToPath(new URL(`page/${file}`, import.meta.url));
  const result = await build({
    entryPoints: { page: page('main.tsx'), style: page('style.css') },
    tsconfig: page('tsconfig.json'),
    outdir: 'out',
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    loader: { '.woff2': 'dataurl', '.woff': 'empty' },
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'silent',
  });
  const textOf = (ending: string): string =>
    result.outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? '';
  return { js: textOf('.js'), css: textOf('.css') };
}
