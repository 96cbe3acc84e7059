// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
//
// The contrast (WCAG 2, 1.4.3) of all text with what is behind it, and of the style's colours for
// links that were visited or are pointed at, which scripts are not told.
const rgb = color => color.match(/[\d.]+/g).map(Number);
const named = name => {
  const probe = document.createElement('b');
  probe.style.color = `var(${name})`; // Of the object model, which the policy does not forbid.
  document.body.append(probe);
  const value = rgb(getComputedStyle(probe).color);
  probe.remove();
  return value;
};
const luminance = color => color.slice(0, 3)
  .map(c => c / 255)
  .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
  .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
const contrast = (a, b) => {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
};
const behind = element => {
  for (let e = element; e; e = e.parentElement) {
    const color = rgb(getComputedStyle(e).backgroundColor);
    if (color.length < 4 || color[3] === 1) return color;
  }
  return [255, 255, 255];
};
let worst = '';
let texts = 0;
const check = (ratio, least, what) => {
  if (!(ratio >= least)) worst += `${what}: ${ratio.toFixed(2)}\n`;
};
for (const element of document.body.querySelectorAll('*')) {
  if ([...element.childNodes].some(node => node.nodeType === 3 && node.data.trim())) {
    texts++;
    check(contrast(rgb(getComputedStyle(element).color), behind(element)), 4.5, element.outerHTML);
  }
}
for (const back of ['--back', '--hover', '--mark']) {
  for (const fore of back === '--mark' ? ['--link', '--seen'] : ['--text', '--dim', '--link', '--seen']) {
    check(contrast(named(fore), named(back)), 4.5, fore + ' on ' + back);
  }
}
check(contrast(named('--folder'), named('--back')), 3, 'the mark of folders');
return { worst, texts, back: luminance(behind(document.body)) };
