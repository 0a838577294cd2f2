// Before anything is drawn: says that scripts run, which src/styles/base.css looks at, and sets the reader's theme,
// whose switch is src/state/page/theme.ts.
if (location.protocol === 'file:') {
  // Of the site's scripts only this one runs here: what the others would bring to life promises what will not come.
  addEventListener('DOMContentLoaded', () => {
    for (const island of document.querySelectorAll('astro-island')) island.remove();
  });
} else {
  document.documentElement.dataset.scripted = '';
}
try {
  const theme = JSON.parse(localStorage.getItem('backprop-by-hand/theme'));
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage is blocked or damaged: the system's theme it is.
}
