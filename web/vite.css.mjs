// Squeezes the style sheets the widget keeps as css`…` templates: minifiers leave template texts alone, and
// the widget's size is counted.
import { transformWithEsbuild } from 'vite';

export function minifyTemplateCss() {
  return {
    name: 'minify-template-css',
    enforce: 'pre',
    async transform(code, id) {
      if (!id.endsWith('styles.ts')) return null;
      const pieces = [...code.matchAll(/css`([^`]*)`/g)];
      let out = code;
      for (const [whole, sheet] of pieces) {
        if (sheet.includes('${')) this.error(`${id}: a css template holds no expressions`);
        const { code: small } = await transformWithEsbuild(sheet, 'sheet.css', { loader: 'css', minify: true, target: 'chrome100' });
        out = out.replace(whole, () => JSON.stringify(small.trim()));
      }
      return { code: out, map: null };
    },
  };
}
